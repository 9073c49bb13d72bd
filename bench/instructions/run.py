#!/usr/bin/env python3
"""Counts the instructions of a few fixed jobs, and compares them with a table.

    bench/instructions/run.py BINARY            # fails if a job needs over a tenth more
    bench/instructions/run.py BINARY --write    # makes the table anew
    bench/instructions/run.py BINARY --runs 5   # how much the counts vary by themselves

BINARY is a build of the profile that `cargo run` and `cargo test` use. A count does not
depend on how busy the machine is. It does depend on the compiler, the kind of processor, and
a little on the system's library for C: so the table says what it was made with. If the
compiler or the processor is another, the counts are printed, and nothing fails: an
unoptimized program can change by a fifth from one compiler to the next, with no fault of
ours. Then make the table anew, from a commit whose counts held.

`check` is not among the jobs: a build with debug assertions makes all its patterns twice and
compares what they find, which is seven eighths of its work, and no part of a release's.

Needs Valgrind. Each job runs with one thread, in a copy of the samples, with the same
environment. What is left to chance is the keys of hash maps and the names of temporary
files.
"""

import argparse
import collections
import csv
import importlib.util
import json
import mmap
import os
import pathlib
import platform
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
TABLE = pathlib.Path(__file__).resolve().with_name("table.json")

# How much more than the table a job may need, and how much less before the table is stale.
# Five runs of one build differ by less than a thousandth (docs/PERFORMANCE.md); a tenth
# leaves room for another version of the system's library, and for small features.
TOLERANCE = 0.10

# The functions of ours that the table keeps for each job, by what they and all that they call
# need: enough to see which part grew.
KEPT = 60
# How many of them are named when a job grew.
NAMED = 12

Job = collections.namedtuple("Job", "arguments status")
FORMATS = "pdf,html,email,docx,txt,md"
JOBS = {
    "dedupe of 1,000 rows": Job(["dedupe", "names.csv", "--format", "json"], 0),
    # Some of the rows ask to be left out, so that a person is needed.
    "import of 300 rows": Job(["import", "export.csv", "--out", "imported.csv"], 1),
    "render of the sample, all formats": Job(["render", "letters/dhs-100-days.md", "--to", FORMATS, "--out", "out"], 0),
    "render of 400 names as PDF": Job(["render", "letters/roll.md", "--to", "pdf", "--out", "out"], 0),
}

# A letter that is nearly all roll.
LETTER = """+++
kind = "letter"
title = "Keep the library open"
date = 2021-03-01
language = "en"
salutation = "Dear Mayor Example:"
closing = "Sincerely,"
signatories = ["../roll.csv"]
+++
The {{ signatories.count|words }} undersigned organizations ask you to keep the library open.
"""


# --- The jobs ----------------------------------------------------------------------------


def prepare(folder):
    """Makes the workspace of the jobs: the samples, and two made-up lists."""
    for name in ("letters", "signatories", "boilerplate"):
        shutil.copytree(ROOT / name, folder / name)
    growth = ROOT / "bench" / "linkage" / "growth.py"
    sys.path.insert(0, str(growth.parent))
    spec = importlib.util.spec_from_file_location("growth", growth)
    lists = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(lists)
    write(folder / "names.csv", lists.export(1_000))
    write(folder / "roll.csv", lists.export(400))
    write(folder / "export.csv", export(300))
    (folder / "letters" / "roll.md").write_text(LETTER, encoding="utf-8")


def write(path, rows):
    """Writes a list."""
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def export(size):
    """Rows of a form's export, with a question of consent and a few withdrawals."""
    yield ["Timestamp", "Email Address", "Organization Name (as it should appear)", "Your Name", "State(s)",
           "I am authorized to sign on behalf of my organization", "Comments"]
    for row in range(size):
        yield [f"2/{row % 28 + 1}/2021 9:{row % 60:02}:00", f"person{row}@example.org",
               f"Neighbors of Ward {row} for Housing", f"Ana Example {row}",
               ["NM", "TX", "CA", "NY", "TN"][row % 5], "Yes", "Please remove us." if row % 50 == 49 else ""]


def count(binary, job, folder, profile):
    """Runs a job under callgrind; returns its instructions, and those of each function."""
    shutil.rmtree(folder / "out", ignore_errors=True)
    (folder / "imported.csv").unlink(missing_ok=True)
    # Nothing else of the environment: its size moves the stack, and settings change the work.
    environment = {"HOME": str(folder), "LANG": "C.UTF-8", "PATH": os.environ["PATH"], "TZ": "UTC"}
    command = ["valgrind", "--tool=callgrind", "--quiet", "--cache-sim=no", "--branch-sim=no",
               "--compress-strings=yes", f"--callgrind-out-file={profile}",
               str(binary), "--jobs", "1", "--quiet", *job.arguments]
    run = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False, timeout=600)
    if run.returncode != job.status:
        sys.exit(f"{' '.join(job.arguments)} ended with {run.returncode}, not {job.status}:\n"
                 f"{run.stdout.decode(errors='replace')[-2000:]}\n{run.stderr.decode(errors='replace')[-2000:]}")
    return read(profile)


# --- What callgrind writes ---------------------------------------------------------------


def read(profile):
    """Returns the sum of a profile, and what each function needs with all that it calls.

    A function that calls itself, in however many steps, counts each time, but never as more
    than all. The format: https://valgrind.org/docs/manual/cl-format.html
    """
    names, total, needs = {}, 0, collections.Counter()
    function, calls = None, None

    def named(text):
        number, _, name = text.partition(" ")
        if name:
            names[number] = re.sub(r"(::h[0-9a-f]{16}|'\d+)$", "", name)
        return names[number]

    with profile.open(encoding="utf-8", errors="replace") as lines:
        for line in lines:
            line = line.rstrip("\n")
            if line.startswith("fn="):
                function = named(line[3:])
            elif line.startswith("cfn="):
                calls = named(line[4:])
            elif line.startswith(("calls=", "#")) or not line:
                continue
            elif line.startswith(("summary:", "totals:")):
                total = int(line.split(":")[1].split()[0])
            elif function is not None and line[0] in "0123456789+-*":
                amount = int(line.split()[-1])
                if calls != function:
                    needs[function] += amount
                calls = None
    return total, {name: min(amount, total) for name, amount in needs.items()}


def ours(needs):
    """Returns the functions of this crate that need most."""
    kept = [(name, amount) for name, amount in needs.items() if re.match(r"<*&?(mut )?undersigned::", name)]
    return dict(sorted(kept, key=lambda each: (-each[1], each[0]))[:KEPT])


# --- What the counts depend on -----------------------------------------------------------


def compiler(binary):
    """Returns the version of the compiler that made a program, as the program itself says."""
    with binary.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        found = re.search(rb"rustc version (\d[\w.-]* \(\w+ [\d-]+\))", content)
        return content[slice(*found.span(1))].decode() if found else "unknown"


def circumstances(binary):
    """Returns what the counts depend on beside the program."""
    valgrind = subprocess.run(["valgrind", "--version"], capture_output=True, text=True, check=True)
    return {"compiler": compiler(binary), "processor": platform.machine(),
            "library": " ".join(platform.libc_ver()), "valgrind": valgrind.stdout.strip()}


# --- Comparing ---------------------------------------------------------------------------


def growth(before, now, least):
    """Returns lines about the functions that grew most, and by so much at least."""
    grown = [(amount - before.get(name, 0), name) for name, amount in now.items()]
    for more, name in sorted(grown, reverse=True)[:NAMED]:
        if more > least:
            old = f"{before[name] / 1e6:,.1f}" if name in before else "not in the table"
            yield f"    {more / 1e6:+10,.1f} million  ({old} before)  {name[:150]}"


def compare(table, counts, made_with):
    """Prints each count beside the table's; returns whether all hold."""
    decisive = [key for key in ("compiler", "processor") if table["made with"][key] != made_with[key]]
    other = [key for key in made_with if table["made with"][key] != made_with[key]]
    if other:
        for key in other:
            print(f"{key}: {made_with[key]}; the table was made with {table['made with'][key]}")
    held = True
    for name, (total, needs) in counts.items():
        if name not in table["jobs"]:
            print(f"{name}: {total / 1e6:,.1f} million instructions; not in the table")
            held = False
            continue
        before = table["jobs"][name]["instructions"]
        change = total / before - 1
        print(f"{name}: {total / 1e6:,.1f} million instructions, {change:+.2%}")
        if abs(change) > TOLERANCE:
            grown = growth(table["jobs"][name]["functions"], ours(needs), before / 1000)
            print("\n".join(grown) or "    no function of ours grew")
        if change > TOLERANCE:
            held = False
        elif change < -TOLERANCE:
            print("    the table is out of date; make it anew with --write, so that growth is seen again")
    if decisive:
        print(f"not compared: another {' and '.join(decisive)}. Make the table anew with --write, from a commit "
              "that held before")
        return True
    if not held:
        print(f"a job needs over {TOLERANCE:.0%} more than the table says. If that is wanted, say why in the commit "
              "and make the table anew:\n    bench/instructions/run.py target/debug/undersigned --write")
    return held


def save(counts, made_with):
    """Writes the table."""
    jobs = {name: {"instructions": total, "functions": ours(needs)} for name, (total, needs) in counts.items()}
    TABLE.write_text(json.dumps({"made with": made_with, "jobs": jobs}, indent=1) + "\n", encoding="utf-8")
    print(f"written: {TABLE.relative_to(ROOT)}")


def main():
    """Runs the jobs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary", type=pathlib.Path)
    parser.add_argument("--only", nargs="*", choices=JOBS, default=list(JOBS))
    parser.add_argument("--runs", type=int, default=1, help="run each job so often, and print the spread")
    parser.add_argument("--write", action="store_true", help="make the table anew")
    args = parser.parse_args()
    if args.write and args.only != list(JOBS):
        parser.error("--write makes the table of all jobs")
    made_with = circumstances(args.binary)
    counts = {}
    with tempfile.TemporaryDirectory() as place:
        # Valgrind reads the names of functions in a moment, and those of lines in many.
        binary = pathlib.Path(place) / "undersigned"
        subprocess.run(["strip", "--strip-debug", "-o", binary, args.binary], check=True)
        folder = pathlib.Path(place) / "workspace"
        folder.mkdir()
        prepare(folder)
        for name in args.only:
            found = [count(binary, JOBS[name], folder, pathlib.Path(place) / "profile") for _ in range(args.runs)]
            counts[name] = min(found, key=lambda each: each[0])
            totals = [total for total, _ in found]
            if args.runs > 1:
                print(f"{name}: {min(totals):,} to {max(totals):,} in {args.runs} runs, "
                      f"a spread of {max(totals) / min(totals) - 1:.4%}", flush=True)
    if args.write:
        save(counts, made_with)
        return
    if not compare(json.loads(TABLE.read_text(encoding="utf-8")), counts, made_with):
        sys.exit(1)


if __name__ == "__main__":
    main()
