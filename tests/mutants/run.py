#!/usr/bin/env python3
"""Finds out which small mistakes in the library no test would see.

    tests/mutants/run.py --count 100 src/store src/resolve/cluster.rs
    tests/mutants/run.py --count 100 --seed 7 --jobs 2 --tests lib rules=resolve cli=import,dedupe -- src/load/lists

Draws so many places of each path (a folder stands for all files in it), at each of which the
library could have a mistake: a comparison, a sum, or `and` and `or` exchanged, a condition
turned round, an arm of a `match` left out, a function that returns at once. All mistakes go
into one copy of the library, each made only if it is asked for, so that one build serves for
all: cargo-mutants, which makes such mistakes, too, builds the library once for each of them.
Then each is asked for in turn. A mistake that makes a test fail, or run ten times as long, is
seen. Those that no test sees are printed; kill them with a test, or know why they change
nothing.

--tests names the tests that are tried, the quickest first: `lib` runs those of the room
(src/ROOM) that the file is in; the others run whole, or, as `cli=import,dedupe`, those whose
names contain one of the words. --skip leaves out those that take long. --jobs tries several
mistakes at once. --again tries those of the build before, as with other tests; --only, some
of them, by their numbers. The copy is in target/mutants; the build shares the target folder.
`--check` prints which mistakes there are.
"""

import argparse
import concurrent.futures
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
BUILT = COPY / "built.json" # the mistakes and the programs of the last build
SKIPPED = [] # what tells the programs which tests to leave out
# Without lines for a debugger, what is built of the copy has names of its own, and takes the
# place of nothing that is built of the library itself; the crates that both need are shared.
CARGO = dict(os.environ, CARGO_TARGET_DIR=str(ROOT / "target"), CARGO_PROFILE_DEV_DEBUG="false")


def sources(path):
    """The files of the library that a path stands for, without those of tests alone."""
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


def put(args, left_out):
    """Puts the mistakes into the copy; returns them by their numbers."""
    shutil.copyfile(ROOT / "src/lib.rs", COPY / "src/lib.rs")
    mistakes = {}
    for at, path in enumerate(args.paths):
        files = list(sources(path))
        for file in files:
            shutil.copyfile(ROOT / file, COPY / file)
        numbers = [str(number) for number in (args.seed, args.count, at * args.count)]
        command = ["cargo", "run", "--quiet", "--manifest-path", HERE / "Cargo.toml", "--", COPY, *numbers,
                   ",".join(map(str, left_out)), *files]
        made = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout
        for number, place, what in (line.split("\t") for line in made.splitlines()):
            mistakes[int(number)] = (place, what)
    return mistakes


def build(tests):
    """Builds tests of the copy; returns programs by their names, and the numbers of mistakes
    that the compiler itself refuses."""
    programs, refused = {}, set()
    for name in dict.fromkeys(test.split("=")[0] for test in tests):
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
    run = subprocess.Popen([program, *chosen, *SKIPPED], cwd=COPY, env=environment, stdout=subprocess.PIPE,
                           stderr=subprocess.DEVNULL, text=True, errors="replace")
    patience = threading.Timer(limit or 3_600, run.kill)
    patience.start()
    if any(line.startswith("test ") and line.endswith("FAILED\n") for line in run.stdout):
        run.kill()
    patience.cancel()
    return run.wait() == 0, time.monotonic() - begun


def filters(tests, file):
    """What is given to tests to run those that are about a file, the nearest first."""
    name, _, words = tests.partition("=")
    if name != "lib" or words:
        return [tuple(filter(None, words.split(",")))]
    parts = file.removesuffix(".rs").removesuffix("/mod").split("/")[1:]
    return [("::".join(parts) + "::",), (parts[0] + "::",)]


def seen_by(tests, programs, usual, number, place):
    """The tests that see a mistake, or nothing."""
    for name in tests:
        for chosen in filters(name, place.split(":")[0]):
            held, _ = attempt(programs[name.split("=")[0]], chosen, number, 10 * usual[name, chosen] + 10)
            if not held:
                return f"{name} {' '.join(chosen)}"
    return None


def try_all(args, programs, mistakes):
    """Makes each mistake; returns the numbers of those that no test sees."""
    if args.jobs > 1:
        os.environ["RUST_TEST_THREADS"] = "1"
    usual = {}
    for place, _ in mistakes.values():
        for name in args.tests:
            for chosen in filters(name, place.split(":")[0]):
                if (name, chosen) not in usual:
                    held, usual[name, chosen] = attempt(programs[name.split("=")[0]], chosen, None, None)
                    if not held:
                        sys.exit(f"the tests {name} {' '.join(chosen)} do not hold without a mistake")
    unseen = []
    with concurrent.futures.ThreadPoolExecutor(args.jobs) as pool:
        asked = {pool.submit(seen_by, args.tests, programs, usual, number, place): number
                 for number, (place, _) in sorted(mistakes.items())}
        for answer in concurrent.futures.as_completed(asked):
            number, seen = asked[answer], answer.result()
            place, what = mistakes[number]
            print(f"{number}\t{place}\t{what}\t{'seen by ' + seen if seen else 'NOT SEEN'}", flush=True)
            if not seen:
                unseen.append(number)
    return unseen


def put_and_build(args):
    """Makes the copy; returns the mistakes that the compiler accepts, and programs of tests."""
    left_out = set()
    while True:
        mistakes = put(args, left_out)
        programs, refused = build(args.tests) if not args.check else ({}, set())
        if not refused:
            return mistakes, programs
        left_out |= refused
        print(f"{len(refused)} mistakes are refused by the compiler", flush=True)


def main():
    """Draws, builds and tries."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+")
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--tests", nargs="+", default=["lib"])
    parser.add_argument("--only", type=lambda numbers: set(map(int, numbers.split(","))))
    parser.add_argument("--again", action="store_true")
    parser.add_argument("--skip", nargs="+", default=[])
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--check", action="store_true")
    args = parser.parse_args()
    SKIPPED.extend(f"--skip={word}" for word in args.skip)
    if args.again:
        mistakes, programs = json.loads(BUILT.read_text())
        mistakes = {int(number): mistake for number, mistake in mistakes.items()}
        programs |= build([test for test in args.tests if test.split("=")[0] not in programs])[0]
    else:
        copy()
        mistakes, programs = put_and_build(args)
    if not args.check:
        BUILT.write_text(json.dumps([mistakes, programs]))
    if args.check:
        print("\n".join(f"{number}\t{place}\t{what}" for number, (place, what) in sorted(mistakes.items())))
        return
    if args.only:
        mistakes = {number: mistake for number, mistake in mistakes.items() if number in args.only}
    unseen = try_all(args, programs, mistakes)
    print(f"{len(mistakes) - len(unseen)} of {len(mistakes)} mistakes are seen")
    sys.exit(1 if unseen else 0)


if __name__ == "__main__":
    main()
