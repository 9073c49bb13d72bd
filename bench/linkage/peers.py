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
import platform
import random
import re
import string
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
    for package in ["rapidfuzz", "splink", "duckdb", "dedupe", "BTrees", "scikit-learn", "numpy"]:
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
    text = "".join(c for c in name.strip().lower() if c.isspace() or not is_dropped(c))
    text = unicodedata.normalize("NFKD", text.translate(WESTERN))
    text = "".join(c for c in text if not unicodedata.combining(c))
    return " ".join(sorted(set(text.split())))


def is_dropped(c):
    """Punctuation, as Unicode or as ASCII has it, and control characters."""
    return c in string.punctuation or unicodedata.category(c)[0] in "PC"


# Western letters that no normalisation form takes apart.
WESTERN = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d",
                         "ð": "d", "þ": "th", "ł": "l", "ħ": "h", "ı": "i"})


# --- RapidFuzz ------------------------------------------------------------


def rapidfuzz_sorted(_answers, names):
    """token_sort_ratio of at least 90, over default_process, all pairs."""
    from rapidfuzz import fuzz, process, utils

    table = process.cdist(names, names, scorer=fuzz.token_sort_ratio,
                          processor=utils.default_process, score_cutoff=90)
    rows, columns = (table >= 90).nonzero()
    return both({pair(names[i], names[j]) for i, j in zip(rows, columns) if i < j})


# --- Splink ---------------------------------------------------------------


def splink_one_comparison(_answers, names):
    """Splink with a single Jaro-Winkler comparison, term frequencies on."""
    return splink_pairs(names, {"name": [0.97, 0.92, 0.88]}, ["head"])


def splink_five_comparisons(_answers, names):
    """Splink with the name cut into columns of its own: whole, words sorted,
    first word, last word, numbers. They hang together, which Fellegi and Sunter
    rule out, but it is what one text column leaves."""
    jaro_winkler = {"name": [0.97, 0.92, 0.88], "ordered": [0.97, 0.92, 0.88],
                    "first": [], "last": [], "numbers": []}
    return splink_pairs(names, jaro_winkler, ["first", "last"])


def splink_pairs(names, compared, trained_on):
    """Splink on DuckDB: pairs of probability .99 or more.

    `compared` maps a column to its Jaro-Winkler thresholds, none for equality
    alone. u by random sampling over ten million pairs, m by expectation
    maximisation blocked on each column of `trained_on` in turn, the prior from
    equality of the words at a recall of .5. Candidates share the first word,
    the last word, or the first five characters.
    """
    import splink.comparison_library as comparisons
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    def comparison(column, thresholds):
        if thresholds:
            made = comparisons.JaroWinklerAtThresholds(column, thresholds)
        else:
            made = comparisons.ExactMatch(column)
        return made.configure(term_frequency_adjustments=True)

    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[comparison(*item) for item in compared.items()],
        blocking_rules_to_generate_predictions=[
            block_on("first"), block_on("last"), block_on("head"),
        ],
    )
    table = DuckDBAPI().register(splink_columns(names))
    linker = Linker(table, settings, log_level=logging.ERROR)
    training = linker.training
    training.estimate_probability_two_random_records_match([block_on("name")], recall=0.5)
    training.estimate_u_using_random_sampling(max_pairs=1e7, seed=SEED)
    for column in trained_on:
        training.estimate_parameters_using_expectation_maximisation(block_on(column))
    predictions = linker.inference.predict().as_record_list()
    probability = [row["match_probability"] for row in predictions]
    print(f"Splink with columns compared: {len(compared)}; candidate pairs: {len(probability)}; "
          f"highest probability: {max(probability, default=0):.3f}.\n")
    return both({
        pair(names[row["unique_id_l"]], names[row["unique_id_r"]])
        for row in predictions if row["match_probability"] >= 0.99
    })


def splink_columns(names):
    """The names in lower case without punctuation, and what is cut from them."""
    import pyarrow

    words = [re.findall(r"\w+", name.lower()) for name in names]
    return pyarrow.table({
        "unique_id": list(range(len(names))),
        "name": [" ".join(w) for w in words],
        "ordered": [" ".join(sorted(w)) for w in words],
        "first": [w[0] if w else "" for w in words],
        "last": [w[-1] if w else "" for w in words],
        "head": [" ".join(w)[:5] for w in words],
        "numbers": [" ".join(x for x in w if x[0].isdigit()) or None for w in words],
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
    """Pairs within half of the gold clusters: all true ones; the hard negatives
    whose two bodies are both of that half, and as many pairs at random."""
    from pairs import hard_negatives

    chance = random.Random(SEED)
    clusters = sorted(set(answers.gold.values()))
    half = set(chance.sample(clusters, len(clusters) // 2))
    known = sorted(name for name in answers.gold if answers.gold[name] in half)
    same = {p for p in answers.true_pairs() if answers.gold[p[0]] in half}
    different = {(a, b) for a, b in hard_negatives(answers) if {answers.gold[a], answers.gold[b]} <= half}
    wanted = 2 * len(different)
    while len(different) < wanted:
        a, b = chance.sample(known, 2)
        if answers.gold[a] != answers.gold[b] and not answers.is_unsure(a, b):
            different.add(pair(a, b))
    return sorted(same), sorted(different)


PEERS = [
    ("OpenRefine fingerprint", openrefine),
    ("RapidFuzz token_sort_ratio >= 90", rapidfuzz_sorted),
    ("Splink, one comparison, p >= .99", splink_one_comparison),
    ("Splink, five comparisons, p >= .99", splink_five_comparisons),
    ("dedupe, half of the labels", dedupe_trained),
]

if __name__ == "__main__":
    main()
