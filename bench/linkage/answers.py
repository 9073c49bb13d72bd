"""Lists with known answers, and what a matcher's result is worth on them.

In: a list with the columns name and gold_cluster (further ones are ignored)
and, beside LIST.csv, perhaps LIST.unsure.csv with the pairs of clusters that
nobody can decide from the names. Out: measures over pairs of distinct
spellings; a spelling that stands twice in a list counts once. Nothing here
knows a particular matcher.
"""

import csv
import itertools
import os
from collections import defaultdict
from dataclasses import dataclass, field


@dataclass
class List:
    """A list with known answers. Rows are numbered from 0."""

    title: str
    names: list  # one spelling for each row
    gold: dict  # spelling -> gold cluster
    unsure: set  # sorted pairs of gold clusters

    def is_unsure(self, a, b):
        """Whether nobody can tell if two spellings name one body."""
        return pair(self.gold[a], self.gold[b]) in self.unsure

    def true_pairs(self):
        """Every pair of distinct spellings of one body."""
        members = defaultdict(list)
        for name, cluster in self.gold.items():
            members[cluster].append(name)
        return pairs_within(members.values())


@dataclass
class Measures:
    """What a result is worth. Counts are pairs of distinct spellings; the
    questions are pairs of clusters, for a person answers each only once."""

    true: int = 0
    wrong: list = field(default_factory=list)  # merged, yet different
    unclear: list = field(default_factory=list)  # merged, and nobody can tell
    right: int = 0  # merged, and the same
    reached: int = 0  # the same, and merged or asked about
    questions: int = 0
    needless: list = field(default_factory=list)  # asked, yet different
    missed: list = field(default_factory=list)  # the same, and left apart

    def share(self, count):
        """A count as a share of the true pairs."""
        return count / self.true if self.true else float("nan")


def pair(a, b):
    """Returns two values in sorted order."""
    return (a, b) if a <= b else (b, a)


def pairs_within(groups):
    """Every pair of distinct values that share a group."""
    return {
        pair(a, b)
        for group in groups
        for a, b in itertools.combinations(sorted(set(group)), 2)
    }


def read_list(path):
    """Reads LIST.csv and, where it exists, LIST.unsure.csv."""
    with open(path, newline="", encoding="utf-8-sig") as file:
        rows = [(row["name"], row["gold_cluster"]) for row in csv.DictReader(file)]
    gold = {}
    for name, cluster in rows:
        if gold.setdefault(name, cluster) != cluster:
            raise SystemExit(f"{path}: {name!r} stands in two gold clusters")
    unsure = set()
    beside = os.path.splitext(path)[0] + ".unsure.csv"
    if os.path.exists(beside):
        with open(beside, newline="", encoding="utf-8-sig") as file:
            unsure = {pair(r["cluster_a"], r["cluster_b"]) for r in csv.DictReader(file)}
    return List(os.path.basename(path), [name for name, _ in rows], gold, unsure)


def measure(answers, merged, clusters=(), asked=()):
    """Weighs one result.

    `merged` holds pairs of spellings. `asked` holds pairs of spellings put to
    a person; with `clusters` (spelling -> cluster) two questions about the
    same two clusters are one, and a yes to it joins all their spellings.
    """
    true = answers.true_pairs()
    wrong, unclear = [], []
    for a, b in sorted(merged - true):
        (unclear if answers.is_unsure(a, b) else wrong).append((a, b))
    home = dict(clusters)

    def question(a, b):
        return pair(home.get(a, a), home.get(b, b))

    questions = {}
    for a, b in sorted(asked):
        questions.setdefault(question(a, b), []).append((a, b))
    # A question is worth asking when any spelling of one cluster means the
    # same as any of the other, not only the two that were shown.
    useful = {question(a, b) for a, b in true - merged}
    needless = [
        shown[0]
        for key, shown in sorted(questions.items())
        if key not in useful and not any(answers.is_unsure(a, b) for a, b in shown)
    ]
    right = len(merged & true)
    missed = sorted((a, b) for a, b in true - merged if question(a, b) not in questions)
    reached = len(true) - len(missed)
    return Measures(
        len(true), wrong, unclear, right, reached, len(questions), needless, missed
    )


def markdown(header, rows):
    """Returns a Markdown table; the first column is text, the rest figures."""
    lines = ["| " + " | ".join(header) + " |"]
    lines.append("|" + "|".join(["---"] + ["---:"] * (len(header) - 1)) + "|")
    lines += ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows]
    return "\n".join(lines)


def plain(text):
    """A name on one line of a Markdown table or list."""
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;")
