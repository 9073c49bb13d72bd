#!/usr/bin/env python3
"""Holds the program's probabilities against labelled pairs.

    reliability.py BINARY PAIRS.csv...

PAIRS.csv has the columns name_a, name_b and label (1 the same, 0 different);
rows with another label are left out. Each pair is judged alone by
`explain --pairs FILE --format json`. Prints, for each file, a table of zones
and a reliability table: of the pairs said to be the same with a probability in
the bin, how many are. A calibrated program has the last two columns alike.
The file's mix of pairs colours the table: hard negatives are rarer in life.
"""

import csv
import json
import math
import os
import subprocess
import sys
import tempfile

from answers import markdown

# Upper ends of the bins. They are narrow at both ends, where the program acts
# alone and a wrong figure costs most.
BINS = [0.01, 0.05, 0.2, 0.4, 0.6, 0.8, 0.95, 0.99, 1.0]
ZONES = ["merge", "review", "apart"]


def main():
    """Prints the tables of every file."""
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    binary = os.path.abspath(sys.argv[1])
    for path in sys.argv[2:]:
        pairs = read_pairs(path)
        verdicts = explain(binary, pairs)
        labels = [label for _, _, label in pairs]
        print(f"### {os.path.basename(path)}: {len(pairs)} pairs, {sum(labels)} of them the same\n")
        print(zone_table(verdicts, labels) + "\n")
        probabilities = [verdict["probability"] for verdict in verdicts]
        print(bin_table(probabilities, labels) + "\n")
        print(summary(probabilities, labels) + "\n")


def read_pairs(path):
    """Reads the labelled pairs."""
    with open(path, newline="", encoding="utf-8-sig") as file:
        return [
            (row["name_a"], row["name_b"], int(row["label"]))
            for row in csv.DictReader(file)
            if row["label"] in ("0", "1")
        ]


def explain(binary, pairs):
    """Has every pair judged; one record a pair, in order."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "pairs.tsv")
        with open(path, "w", newline="", encoding="utf-8") as file:
            file.writelines(f"{one_line(a)}\t{one_line(b)}\n" for a, b, _ in pairs)
        run = subprocess.run([binary, "explain", "--pairs", path, "--format", "json"],
                             capture_output=True, encoding="utf-8", cwd=folder)
    if run.returncode not in (0, 1):
        sys.exit(f"explain ended with {run.returncode}: {run.stderr[:400]}")
    records = [json.loads(line) for line in run.stdout.splitlines() if line.strip()]
    records = [record for record in records if record["type"] == "pair"]
    if len(records) != len(pairs):
        sys.exit(f"explain answered {len(records)} of {len(pairs)} pairs")
    return records


def one_line(name):
    """A name without the tabs and line ends that would break the file."""
    for mark in "\t\r\n":
        name = name.replace(mark, " ")
    return name


def zone_table(verdicts, labels):
    """Zones against labels."""
    rows = []
    for zone in ZONES:
        same = [label for verdict, label in zip(verdicts, labels) if verdict["zone"] == zone]
        rows.append([zone, len(same), sum(same), len(same) - sum(same)])
    return markdown(["zone", "pairs", "the same", "different"], rows)


def bin_table(probabilities, labels):
    """Probability against the share that is the same, by bin."""
    rows, low = [], 0.0
    for high in BINS:
        inside = [
            (p, label)
            for p, label in zip(probabilities, labels)
            if (low < p or low == 0.0) and p <= high
        ]
        if inside:
            n = len(inside)
            mean = sum(p for p, _ in inside) / n
            same = sum(label for _, label in inside)
            rows.append([f"{low:g} to {high:g}", n, same, f"{mean:.3f}", f"{same / n:.3f}"])
        else:
            rows.append([f"{low:g} to {high:g}", 0, 0, "", ""])
        low = high
    header = ["probability", "pairs", "the same", "mean probability", "share the same"]
    return markdown(header, rows)


def summary(probabilities, labels):
    """The Brier score and the log loss, each beside always saying the mean."""
    n = max(1, len(labels))
    base = sum(labels) / n
    brier = sum((p - label) ** 2 for p, label in zip(probabilities, labels)) / n
    loss = sum(cost(p, label) for p, label in zip(probabilities, labels)) / n
    base_loss = sum(cost(base, label) for label in labels) / n
    return (
        f"Brier score {brier:.4f} (always saying {base:.3f}: {base * (1 - base):.4f}); "
        f"log loss {loss:.4f} bits (always saying {base:.3f}: {base_loss:.4f})."
    )


def cost(p, label):
    """Log loss of one pair in bits, kept finite at 0 and 1."""
    p = min(max(p, 1e-6), 1 - 1e-6)
    return -math.log2(p if label else 1 - p)


if __name__ == "__main__":
    main()
