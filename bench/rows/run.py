#!/usr/bin/env python3
"""Counts the rows that `undersigned` holds: run.py PROGRAM [LIST.csv...]"""

import csv
import json
import pathlib
import subprocess
import sys
import tempfile
from collections import Counter

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
LISTS = ["signatories/dhs-100-days.csv", "bench/linkage/coalition.csv", "bench/linkage/kinds.csv"]


def names(path):
    with open(path, newline="", encoding="utf-8-sig") as file:
        return [row["name"] for row in csv.DictReader(file) if row["name"].strip()]


def dedupe(program, rows):
    """Returns the number of rows, the reasons of those held, and the printed names."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "list.csv")
        with open(path, "w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(["name"])
            writer.writerows([name] for name in rows)
        command = [program, "dedupe", str(path), "--format", "json"]
        out = subprocess.run(command, capture_output=True, text=True, cwd=folder).stdout
    lines = [json.loads(line) for line in out.splitlines()]
    held = [line for line in lines if line["type"] == "held"]
    printed = [line["name"] for line in lines if line["type"] == "signatory"]
    return lines[-1], held, printed


def main():
    program = str(pathlib.Path(sys.argv[1]).resolve())
    rightly = set(names(HERE / "rightly_asked.csv"))
    for path in sys.argv[2:] or [ROOT / path for path in LISTS]:
        summary, held, _ = dedupe(program, names(path))
        reasons = dict(Counter(line["reason"] for line in held).most_common())
        without = [line["name"] for line in held if line["name"] not in rightly]
        share = 100 * len(without) / max(summary["rows"], 1)
        print(f"{path}: {summary['rows']} rows, {len(held)} held {reasons}")
        print(f"  without cause: {len(without)} ({share:.2f} %) {without if len(without) <= 20 else ''}")
    rows = names(HERE / "not_signatories.csv")
    # One by one: a heading or the end of a message changes what is seen of the rows below.
    printed = [name for row in rows for name in dedupe(program, [row])[2]]
    print(f"rows that must not be printed: {len(rows)}, printed: {len(printed)} {printed}")
    sys.exit(bool(printed))


main()
