#!/usr/bin/env python3
"""Times 535 letters of two pages with 102 names: undersigned beside Typst.

    pip install typst            # from PyPI; its version is printed
    cargo build --release
    python3 bench/mail_merge/bench.py [--runs 3]

Both set examples/mail-merge with the fonts of assets/fonts. Typst is measured in its
best case: one run, one document of all letters, no other process. undersigned writes
535 files and the document of all letters. Besides wall time the processor's time is
printed: on a busy machine it is the truer of the two. What is claimed is the ratio.
"""

import argparse
import csv
import json
import os
import pathlib
import resource
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "mail-merge"
BINARY = ROOT / "target" / "release" / "undersigned"

TYPST = """
import sys, typst
typst.compile(sys.argv[1], output=sys.argv[2], font_paths=[sys.argv[3]], ignore_system_fonts=True)
"""


def measured(command):
    """Seconds on the wall and of the processor, and the most memory in MB."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    errors = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    if status:
        sys.exit(errors.decode())
    del before
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def prepare(folder):
    """Puts what letter.typ reads beside it."""
    shutil.copy(EXAMPLE / "recipients" / "congress.csv", folder / "recipients.csv")
    shutil.copy(pathlib.Path(__file__).with_name("letter.typ"), folder / "letter.typ")
    listed = subprocess.run(
        [BINARY, "dedupe", ROOT / "signatories" / "dhs-100-days.csv", "--format", "json"],
        capture_output=True, text=True, check=False,
    ).stdout.splitlines()
    names = [line["name"] for line in map(json.loads, listed) if line["type"] == "signatory"]
    assert len(names) == 102, len(names)
    (folder / "names.json").write_text(json.dumps(names))
    import tomllib
    states = tomllib.loads((ROOT / "data" / "states.toml").read_text())
    (folder / "states.json").write_text(json.dumps({code: names["en"] for code, names in states.items()}))


def many(folder, count):
    """The example with that many recipients, for how memory grows."""
    workspace = folder / f"many-{count}"
    shutil.copytree(EXAMPLE, workspace, ignore=shutil.ignore_patterns("output"))
    with (workspace / "recipients" / "congress.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    with (workspace / "recipients" / "congress.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        for at in range(count):
            row = dict(rows[at % len(rows)])
            row["first_name"] = f"{row['first_name']} {at}"
            writer.writerow(row)
    letter = workspace / "letters" / "congress.md"
    text = letter.read_text().replace('file_name = "', 'file_name = "{{ recipient.first_name }}-')
    letter.write_text(text.replace("../../../signatories", str(ROOT / "signatories")))
    return letter


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--memory", action="store_true", help="also 100 and 4,000 recipients")
    runs = parser.parse_args()
    import typst

    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        prepare(folder)
        ours = [BINARY, "render", "--to", "pdf", "--out", folder / "out", EXAMPLE / "letters" / "congress.md"]
        theirs = [sys.executable, "-c", TYPST, folder / "letter.typ", folder / "typst.pdf", ROOT / "assets" / "fonts"]
        best = {}
        for _ in range(runs.runs):
            for who, command in (("undersigned", ours), ("typst", theirs)):
                took = measured(command)
                best[who] = tuple(map(min, took, best.get(who, took)))
        sizes = {
            "undersigned": (folder / "out" / "congress" / "letters.pdf").stat().st_size,
            "typst": (folder / "typst.pdf").stat().st_size,
        }
        print(f"typst {typst.__version__}, best of {runs.runs}")
        print("| | wall, s | processor, s | memory, MB | all letters, MB |")
        print("|---|---|---|---|---|")
        for who, (wall, processor, memory) in best.items():
            print(f"| {who} | {wall:.2f} | {processor:.2f} | {memory:.0f} | {sizes[who] / 1e6:.1f} |")
        ratio = [a / b for a, b in zip(best["undersigned"], best["typst"])]
        print(f"| ratio | {ratio[0]:.3f} | {ratio[1]:.3f} | {ratio[2]:.3f} | {sizes['undersigned'] / sizes['typst']:.3f} |")
        if runs.memory:
            for count in (100, 4000):
                letter = many(folder, count)
                wall, processor, memory = measured(
                    [BINARY, "render", "--to", "pdf", "--out", folder / f"out-{count}", letter])
                print(f"{count} recipients: {wall:.2f} s, processor {processor:.2f} s, {memory:.0f} MB")


if __name__ == "__main__":
    main()
