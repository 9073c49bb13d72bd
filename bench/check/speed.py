"""How long `check` takes of 50 letters.

    python3 bench/check/speed.py [BINARY]

Makes two workspaces in a folder for the time being, 50 letters that share one list of 5,000
rows and 50 letters with a list of 100 rows each, and prints the seconds on the clock and of
the processors, with one job and with as many as there are cores; then whether the findings
are the same with any number of jobs. BINARY: target/release/undersigned unless it is given.
"""

import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
BINARY = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else HERE.parent.parent / "target/release/undersigned")


def timed(folder, jobs):
    """Returns what `check` prints, its seconds on the clock and those of the processors."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun = time.monotonic()
    command = [BINARY, "check", "--format", "json", *jobs]
    found = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    clock = time.monotonic() - begun
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return found.stdout + found.stderr, clock, used


def main():
    with tempfile.TemporaryDirectory() as folder:
        for title, options in [("one list of 5,000 rows", ["--shared"]), ("50 lists of 100 rows", [])]:
            workspace = pathlib.Path(folder) / title.replace(" ", "-")
            make = [sys.executable, HERE / "workspace.py", workspace, "50", "5000", *options]
            subprocess.run(make, check=True)
            printed = set()
            for jobs in [["--jobs", "1"], []]:
                best = min((timed(workspace, jobs) for _ in range(3)), key=lambda run: run[1])
                printed.add(best[0])
                name = "one job" if jobs else "all cores"
                print(f"50 letters, {title}, {name}: {best[1]:.2f} s, {best[2]:.2f} s of processors")
            print("findings: the same" if len(printed) == 1 else "findings: DIFFERENT")


if __name__ == "__main__":
    main()
