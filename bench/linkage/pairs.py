#!/usr/bin/env python3
"""Makes a file of labelled pairs from a list with known answers.

    pairs.py LIST.csv > LIST.pairs.csv

Every true pair of distinct spellings gets the label 1. Label 0 goes to hard
negatives: for each spelling its NEAREST look-alikes of another body, by the
share of words the two have in common and, weighing a tenth of it, the share of
letter pairs. Pairs
that nobody can decide from the names are left out. Same list, same bytes.
"""

import csv
import re
import sys
import unicodedata
from collections import defaultdict

from answers import pair, read_list

# Look-alikes for each spelling. Two give some two negatives to a true pair in
# coalition.csv; more of them would only be easier.
NEAREST = 2


def main():
    """Reads the list named on the command line, writes the pairs."""
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    answers = read_list(sys.argv[1])
    labelled = {p: 1 for p in answers.true_pairs()}
    labelled.update((p, 0) for p in hard_negatives(answers))
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(["name_a", "name_b", "label"])
    writer.writerows((a, b, label) for (a, b), label in sorted(labelled.items()))


def hard_negatives(answers):
    """Pairs of different bodies that look most alike."""
    features = {name: (words(name), letters(name)) for name in answers.gold}
    by_word = defaultdict(list)
    for name in sorted(features):
        for part in features[name][0] | features[name][1]:
            by_word[part].append(name)
    chosen = set()
    for name in sorted(features):
        near = {other for part in features[name][0] | features[name][1] for other in by_word[part]}
        ranked = sorted(
            (-likeness(features[name], features[other]), other)
            for other in near
            if answers.gold[other] != answers.gold[name] and not answers.is_unsure(name, other)
        )
        chosen |= {pair(name, other) for _, other in ranked[:NEAREST]}
    return chosen


def likeness(a, b):
    """How alike two names look; letters settle ties and misspelt words."""
    return round(jaccard(a[0], b[0]) + 0.1 * jaccard(a[1], b[1]), 9)


def jaccard(a, b):
    """Jaccard's share of two sets in common."""
    return len(a & b) / len(a | b) if a | b else 0.0


def words(name):
    """The set of folded words of a name."""
    return set(re.findall(r"\w+", fold(name)))


def letters(name):
    """The set of two-letter slices of a name, marked so as to be no words."""
    text = "".join(re.findall(r"\w+", fold(name)))
    return {"/" + text[i : i + 2] for i in range(len(text) - 1)}


def fold(name):
    """Compatibility forms and case folded, marks left where they are."""
    return unicodedata.normalize("NFKC", name).casefold()


if __name__ == "__main__":
    main()
