#!/usr/bin/env python3
"""Holds other matchers against lists with known answers.

    peers.py LIST.csv...

Each peer merges without asking; none of them asks. Its pairs are measured as
it names them ("pairs") and after joining whatever hangs together ("closure"),
for a printed roll has no room for half a merge. A peer that fails on a list is
reported with its error. Versions are pinned in requirements.txt. The settings
of every peer stand in its function below and in README.md; they are a fair
first use of its documentation, not its best possible tuning.
"""

import importlib.metadata
import logging
import os
import platform
import random
import re
import sys
import time
import unicodedata
import warnings
from collections import defaultdict

from answers import markdown, measure, pair, pairs_within, plain, read_list

SEED = 20210301
HEADER = ["peer", "joined by", "wrong", "unclear", "merged", "seconds"]


def main():
    """Prints one table for each list."""
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    warnings.simplefilter("ignore")
    logging.disable(logging.WARNING)
    print(versions() + "\n")
    for path in sys.argv[1:]:
        answers = read_list(path)
        names = sorted(answers.gold)
        true = len(answers.true_pairs())
        print(f"### {answers.title}: {len(names)} spellings, {true} true pairs\n")
        rows, failures = [], []
        for title, peer in PEERS:
            start = time.perf_counter()
            try:
                found = peer(answers, names)
            except Exception as error:  # a peer may fail in any way it likes
                failures.append(f"{title} fails: {type(error).__name__}: {first_line(error)}")
                rows.append([title, "fails"] + [""] * (len(HEADER) - 2))
                continue
            seconds = time.perf_counter() - start
            for way, merged in found:
                m = measure(answers, merged)
                rows.append([title, way, len(m.wrong), len(m.unclear),
                             f"{m.share(m.right):.3f}", f"{seconds:.1f}"])
        print(markdown(HEADER, rows) + "\n")
        for failure in failures:
            print(plain(failure) + "\n")


def first_line(error):
    """An error's first line of text."""
    return (str(error).strip().splitlines() or [""])[0][:300]


def versions():
    """One line on what ran."""
    parts = [f"Python {platform.python_version()}"]
    for package in ["rapidfuzz", "splink", "duckdb", "dedupe", "scikit-learn", "numpy"]:
        try:
            parts.append(f"{package} {importlib.metadata.version(package)}")
        except importlib.metadata.PackageNotFoundError:
            parts.append(f"{package} not installed")
    return "Versions: " + ", ".join(parts) + "."


def both(pairs):
    """A peer's pairs, alone and under transitive closure."""
    return [("pairs", pairs), ("closure", closure(pairs))]


def closure(pairs):
    """Every pair that a chain of pairs joins."""
    parent = {}

    def root(x):
        while parent.setdefault(x, x) != x:
            parent[x] = parent[parent[x]]
            x = parent[x]
        return x

    for a, b in sorted(pairs):
        parent[root(a)] = root(b)
    groups = defaultdict(list)
    for name in sorted(parent):
        groups[root(name)].append(name)
    return pairs_within(groups.values())


# --- OpenRefine -----------------------------------------------------------


def openrefine(_answers, names):
    """OpenRefine's fingerprint key collision, from its documented steps."""
    groups = defaultdict(list)
    for name in names:
        groups[fingerprint(name)].append(name)
    return both(pairs_within(groups.values()))


def fingerprint(name):
    """The key: trim, lower case, no punctuation or control characters, ASCII
    for Western letters, split at white space, sort, drop repeats, join."""
    text = name.strip().lower()
    text = "".join(c for c in text if unicodedata.category(c)[0] not in "PC" or c.isspace())
    decomposed = unicodedata.normalize("NFKD", text)
    text = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(sorted(set(re.split(r"\s+", text.strip()))))


# --- RapidFuzz ------------------------------------------------------------


def rapidfuzz_sorted(_answers, names):
    """token_sort_ratio of at least 90, over default_process, all pairs."""
    from rapidfuzz import fuzz, process, utils

    table = process.cdist(names, names, scorer=fuzz.token_sort_ratio,
                          processor=utils.default_process, score_cutoff=90)
    rows, columns = (table >= 90).nonzero()
    return both({pair(names[i], names[j]) for i, j in zip(rows, columns) if i < j})


# --- Splink ---------------------------------------------------------------


def splink_one_column(_answers, names):
    """Splink on DuckDB: one Jaro-Winkler comparison with term frequencies.

    u by random sampling over a million pairs, m by expectation maximisation
    blocked on the first five characters, the prior from equality of the
    lower-cased name at a recall of .5, pairs of probability .99 or more.
    Blocked on the first word, the last word, or the first five characters.
    """
    import pyarrow
    import splink.comparison_library as comparisons
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    lower = [" ".join(re.findall(r"\w+", name.lower())) for name in names]
    table = pyarrow.table({
        "unique_id": list(range(len(names))),
        "name": lower,
        "first": [(text.split() or [""])[0] for text in lower],
        "last": [(text.split() or [""])[-1] for text in lower],
        "head": [text[:5] for text in lower],
    })
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            comparisons.JaroWinklerAtThresholds("name", [0.97, 0.92, 0.88])
            .configure(term_frequency_adjustments=True)
        ],
        blocking_rules_to_generate_predictions=[
            block_on("first"), block_on("last"), block_on("head"),
        ],
    )
    linker = Linker(DuckDBAPI().register(table), settings, log_level=logging.ERROR)
    linker.training.estimate_probability_two_random_records_match([block_on("name")], recall=0.5)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=SEED)
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("head"))
    predictions = linker.inference.predict(threshold_match_probability=0.99).as_record_dict()
    return both({
        pair(names[row["unique_id_l"]], names[row["unique_id_r"]]) for row in predictions
    })


# --- dedupe ---------------------------------------------------------------


def dedupe_trained(answers, names):
    """dedupe with one String field, trained on half of the gold clusters.

    A match is a score of at least .5, the default. It is measured on the whole
    list, the half it learnt from included, which flatters it. The third row is
    its own clustering (partition) at the default threshold.
    """
    import dedupe
    import numpy

    random.seed(SEED)
    numpy.random.seed(SEED)
    data = {name: {"name": name} for name in names}
    same, different = labels(answers)
    deduper = dedupe.Dedupe([dedupe.variables.String("name")], num_cores=0, in_memory=True)
    deduper.prepare_training(data, sample_size=15000)
    deduper.mark_pairs({
        "match": [(data[a], data[b]) for a, b in same],
        "distinct": [(data[a], data[b]) for a, b in different],
    })
    deduper.train(recall=1.0)
    scored = deduper.score(deduper.pairs(data))
    pairs = {pair(*ids) for ids, value in zip(scored["pairs"], scored["score"]) if value >= 0.5}
    clusters = [list(ids) for ids, _ in deduper.partition(data, 0.5)]
    return both(pairs) + [("its clusters", pairs_within(clusters))]


def labels(answers):
    """Pairs of half of the gold clusters: the true ones, and as many hard
    negatives as look-alikes of those clusters give."""
    from pairs import hard_negatives

    clusters = sorted(set(answers.gold.values()))
    half = set(random.Random(SEED).sample(clusters, len(clusters) // 2))
    inside = lambda p: answers.gold[p[0]] in half and answers.gold[p[1]] in half
    return (
        sorted(filter(inside, answers.true_pairs())),
        sorted(filter(inside, hard_negatives(answers))),
    )


PEERS = [
    ("OpenRefine fingerprint", openrefine),
    ("RapidFuzz token_sort_ratio >= 90", rapidfuzz_sorted),
    ("Splink, p >= .99", splink_one_column),
    ("dedupe, half of the labels", dedupe_trained),
]

if __name__ == "__main__":
    main()
