#!/usr/bin/env python3
"""Scores `undersigned dedupe` against lists with known answers.

    score.py BINARY LIST.csv... [--show N] [--write ../../docs/LINKAGE.md]

Only the names are handed to the program, in a list of one column, outside any
workspace: no decisions, no directory, no e-mail addresses help it. Prints a
Markdown table:

wrong      pairs merged without asking though they are different; must be 0
unclear    pairs merged without asking that nobody can decide from the names
merged     share of the true pairs merged without asking
reached    share of the true pairs merged or asked about
questions  what a person is asked, one for each pair of clusters
needless   questions whose answer is "different"
seconds    wall-clock time of the program, start-up included

With --write, the rows of these lists in the table of results of a page are replaced.
"""

import argparse
import csv
import io
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import defaultdict

from answers import markdown, measure, pairs_within, plain, read_list

HEADER = ["list", "rows", "true pairs", "wrong", "unclear", "merged", "reached",
          "questions", "needless", "seconds"]


def main():
    """Scores every list, then shows the mistakes."""
    args = arguments()
    binary = os.path.abspath(args.binary)
    table, mistakes = [], []
    for path in args.lists:
        answers = read_list(path)
        records, seconds = dedupe(binary, answers.names)
        m, lost = judge(answers, records)
        table.append([
            answers.title, len(answers.names), m.true, len(m.wrong), len(m.unclear),
            f"{m.share(m.right):.3f}", f"{m.share(m.reached):.3f}",
            m.questions, len(m.needless), f"{seconds:.2f}",
        ])
        mistakes += shown("lost row", [(name,) for name in lost], args.show)
        mistakes += shown("wrong merge", m.wrong, args.show)
        mistakes += shown("unclear merge", m.unclear, args.show)
        mistakes += shown("needless question", m.needless, args.show)
        if args.missed:
            mistakes += shown("missed", m.missed, args.show)
    print(markdown(HEADER, table))
    if args.write:
        write(args.write, table)
    if mistakes:
        print("\n" + "\n".join(mistakes))


def write(path, table):
    """Replaces the rows of the lists in a page's table of results."""
    with open(path, encoding="utf-8") as file:
        lines = file.read().split("\n")
    for title, _, _, wrong, _, merged, reached, questions, needless, _ in table:
        name = title.removesuffix(".csv").split("_")[0]
        short = [f"{float(share):.2f}".lstrip("0") for share in (merged, reached)]
        row = f"| {name} | {wrong} | {short[0]} | {short[1]} | {questions} | {needless} |"
        found = [at for at, line in enumerate(lines) if line.startswith(f"| {name} | ") and line.count("|") == 7]
        if len(found) != 1:
            sys.exit(f"{path}: {len(found)} rows of `{name}` in a table of six columns")
        lines[found[0]] = row
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join(lines))


def arguments():
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("binary")
    parser.add_argument("lists", nargs="+", metavar="LIST.csv")
    parser.add_argument("--show", type=int, default=10, help="mistakes of each kind to print")
    parser.add_argument("--write", metavar="PAGE", help="page whose table of results is brought up to date")
    parser.add_argument("--missed", action="store_true", help="print true pairs left apart too")
    return parser.parse_args()


def dedupe(binary, names):
    """Runs the program on names; returns its records, by row, and the time."""
    text, first_line = one_column(names)
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "list.csv")
        with open(path, "w", newline="", encoding="utf-8") as file:
            file.write(text)
        start = time.perf_counter()
        run = subprocess.run([binary, "dedupe", path, "--format", "json"],
                             capture_output=True, encoding="utf-8", cwd=folder)
        seconds = time.perf_counter() - start
    if run.returncode not in (0, 1):
        sys.exit(f"dedupe ended with {run.returncode}: {run.stderr[:400]}")
    records = [json.loads(line) for line in run.stdout.splitlines() if line.strip()]
    for record in records:
        rows = record["rows"] if record["type"] == "signatory" else []
        for place in [record, record.get("a", {}), record.get("b", {}), *rows]:
            if "line" in place:
                place["row"] = first_line[place["line"]]
    return records, seconds


def one_column(names):
    """Returns a list of one column, and which row begins on which line."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["name"])
    first_line, line = {}, 2
    for row, name in enumerate(names):
        first_line[line] = row
        writer.writerow([name])
        line += 1 + name.count("\n")
    return out.getvalue(), first_line


def judge(answers, records):
    """Turns the program's records into measures; also the rows it lost."""
    name = answers.names
    groups, home, rows = defaultdict(set), {}, {}
    for record in records:
        if record["type"] == "signatory":
            for place in record["rows"]:
                rows[place["row"]] = record["id"]
                groups[record["id"]].add(name[place["row"]])
                home[name[place["row"]]] = record["id"]
    kept = set(rows) | {r["row"] for r in records if r["type"] == "excluded"}
    lost = [name[row] for row in range(len(name)) if row not in kept]
    asked = {
        (name[r["a"]["row"]], name[r["b"]["row"]])
        for r in records
        if r["type"] == "pair" and r["zone"] == "review"
    }
    home = {spelling: (0, cluster) for spelling, cluster in home.items()}
    for spelling in answers.gold:
        home.setdefault(spelling, (1, spelling))
    return measure(answers, pairs_within(groups.values()), home, asked), lost


def shown(kind, found, limit):
    """Lines for the first mistakes of a kind."""
    lines = [f"- {kind}: " + " = ".join(plain(n) for n in names) for names in found[:limit]]
    if len(found) > limit:
        lines.append(f"- ... {len(found) - limit} more of kind {kind}")
    return lines


if __name__ == "__main__":
    main()
