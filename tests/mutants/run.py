#!/usr/bin/env python3
"""Finds out which small mistakes in the library no test would see.

    tests/mutants/run.py --count 100 src/store src/resolve/cluster.rs
    tests/mutants/run.py --count 100 --seed 7 --tests lib rules -- src/load/lists

Draws so many places of the files (folders stand for all files in them), at each of which the
library could have a mistake: a comparison or `and` and `or` exchanged, a condition turned
round, a function that returns at once. All mistakes go into one copy of the library, each
made only if it is asked for, so that one build serves for all. Then each is asked for in
turn. A mistake that makes a test fail, or run ten times as long, is seen. Those that no test
sees are printed; kill them with a test, or know why they change nothing.

--tests names the tests that are tried, the quickest first: `lib` runs those of the room
(src/ROOM) that the file is in; the others, as `rules`, run whole. The copy is in
target/mutants; the build shares the target folder. `--check` prints which mistakes there are.
"""

import argparse
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import threading
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
COPY = ROOT / "target" / "mutants"
# Without lines for a debugger, what is built of the copy has names of its own, and takes the
# place of nothing that is built of the library itself; the crates that both need are shared.
CARGO = dict(os.environ, CARGO_TARGET_DIR=str(ROOT / "target"), CARGO_PROFILE_DEV_DEBUG="false")


def sources(paths):
    """The files of the library that paths stand for, without those of tests alone."""
    for path in paths:
        path = (ROOT / path).resolve()
        for file in sorted(path.rglob("*.rs")) if path.is_dir() else [path]:
            if not re.search(r"(^|_)tests\.rs$", file.name):
                yield str(file.relative_to(ROOT))


def copy():
    """Makes the copy: what git knows, as it is now."""
    shutil.rmtree(COPY, ignore_errors=True)
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    for name in listed.decode().split("\0"):
        if name and (ROOT / name).is_file():
            (COPY / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, COPY / name)


def put(args, files, left_out):
    """Puts the mistakes into the copy; returns them by their numbers."""
    for file in ["src/lib.rs", *files]:
        shutil.copyfile(ROOT / file, COPY / file)
    command = ["cargo", "run", "--quiet", "--manifest-path", HERE / "Cargo.toml", "--", COPY, str(args.seed),
               str(args.count), ",".join(map(str, left_out)), *files]
    made = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout
    return {int(number): (place, what) for number, place, what in (line.split("\t") for line in made.splitlines())}


def build(tests):
    """Builds tests of the copy; returns programs by their names, and the numbers of mistakes
    that the compiler itself refuses."""
    programs, refused = {}, set()
    for name in tests:
        chosen = ["--lib"] if name == "lib" else ["--test", name]
        command = ["cargo", "test", "--no-run", "--message-format=json", *chosen]
        run = subprocess.run(command, cwd=COPY, env=CARGO, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                             check=False)
        for line in run.stdout.splitlines():
            message = json.loads(line) if line.startswith("{") else {}
            if message.get("executable") and message["target"]["name"] in (name, "undersigned"):
                programs[name] = message["executable"]
            elif message.get("reason") == "compiler-message" and message["message"]["level"] == "error":
                refused |= set(blamed(message["message"]))
        if run.returncode and not refused:
            sys.exit(run.stderr[-3000:])
        if refused:
            break
    return programs, refused


def blamed(message):
    """The numbers of the mistakes before the places of an error of the compiler."""
    for span in message["spans"]:
        if span["is_primary"] and (COPY / span["file_name"]).is_file():
            before = (COPY / span["file_name"]).read_bytes()[: span["byte_end"]]
            numbers = re.findall(rb"crate::mutant\((\d+)\)", before)
            if numbers:
                yield int(numbers[-1])


def attempt(program, chosen, mistake, limit):
    """Runs tests with a mistake until one fails; returns whether all hold, and the seconds."""
    environment = dict(os.environ)
    if mistake is not None:
        environment["UNDERSIGNED_MUTANT"] = str(mistake)
    begun = time.monotonic()
    run = subprocess.Popen([program, *chosen], cwd=COPY, env=environment, stdout=subprocess.PIPE,
                           stderr=subprocess.DEVNULL, text=True, errors="replace")
    patience = threading.Timer(limit or 3_600, run.kill)
    patience.start()
    if any(line.startswith("test ") and line.endswith("FAILED\n") for line in run.stdout):
        run.kill()
    patience.cancel()
    return run.wait() == 0, time.monotonic() - begun


def filters(tests, file):
    """What is given to tests to run those that are about a file, the nearest first."""
    if tests != "lib":
        return [()]
    parts = file.removesuffix(".rs").removesuffix("/mod").split("/")[1:]
    return [("::".join(parts) + "::",), (parts[0] + "::",)]


def try_all(tests, programs, mistakes):
    """Makes each mistake in turn; returns the numbers of those that no test sees."""
    usual, unseen = {}, []
    for number, (place, what) in sorted(mistakes.items()):
        seen = None
        for name in tests:
            for chosen in filters(name, place.split(":")[0]):
                if (name, chosen) not in usual:
                    held, usual[name, chosen] = attempt(programs[name], chosen, None, None)
                    if not held:
                        sys.exit(f"the tests {name} {' '.join(chosen)} do not hold without a mistake")
                held, _ = attempt(programs[name], chosen, number, 10 * usual[name, chosen] + 10)
                if not held:
                    seen = f"{name} {' '.join(chosen)}"
                    break
            if seen:
                break
        print(f"{number}\t{place}\t{what}\t{'seen by ' + seen if seen else 'NOT SEEN'}", flush=True)
        if not seen:
            unseen.append(number)
    return unseen


def main():
    """Draws, builds and tries."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+")
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--tests", nargs="+", default=["lib"])
    parser.add_argument("--check", action="store_true")
    args = parser.parse_args()
    files = list(sources(args.paths))
    copy()
    left_out = set()
    while True:
        mistakes = put(args, files, left_out)
        if args.check:
            print("\n".join(f"{number}\t{place}\t{what}" for number, (place, what) in sorted(mistakes.items())))
            return
        programs, refused = build(args.tests)
        if not refused:
            break
        left_out |= refused
        print(f"{len(refused)} mistakes are refused by the compiler", flush=True)
    unseen = try_all(args.tests, programs, mistakes)
    print(f"{len(mistakes) - len(unseen)} of {len(mistakes)} mistakes are seen")
    sys.exit(1 if unseen else 0)


if __name__ == "__main__":
    main()
