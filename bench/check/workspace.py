"""Lays out a workspace with many letters and rows, to see how long `check` takes.

    python3 bench/check/workspace.py DIR [LETTERS] [ROWS] [--shared]

ROWS are those of all lists together; with --shared, every letter has one list of
that many rows. `speed.py` makes two of these and times them. The names are made up.
"""

import itertools
import pathlib
import random
import sys

PLACES = """Alder Birch Cedar Dover Elm Fairview Glen Harbor Iron Juniper Keene Lark Mill
North Oak Pine Quarry River Stone Trout Union Valley Willow York Zephyr Ash Bay Clear Dry Eagle
Fox Green High Indian Jasper Knob Laurel Maple Newton Orchard Prairie Red Salem Tower""".split()
PEOPLE = """Workers Families Immigrant Tenant Farmers Teachers Nurses Students Veterans Women
Youth Refugee Disability Housing Climate Voting Labor Health Food Water""".split()
BODIES = """Alliance Center Coalition Council Network Project Union Fund League Collective
Clinic Initiative""".split()

BODY = """On behalf of the {{{{ signatories.count|words }}}} undersigned organizations, we write about letter {n}.
More than {low} organizations join in this letter.

We ask for these three changes:

1. **Open the doors.** Libraries in every town should be open by Friday, March 12, 2021.
2. **Keep them open.** See [the plan](https://example.org/plan-{n}).
3. **Say so.** “Nobody can read behind a closed door,” said Ana Ruiz of the Alder Workers Alliance.

## Why

""" + "\n\n".join(
    "The people who come to us have waited long, and what they wait for is within your power. "
    "We have seen it done in other towns, in good years and in bad ones, by those who wanted it done."
    for _ in range(8)
)


def main():
    shared = "--shared" in sys.argv
    arguments = [argument for argument in sys.argv[1:] if not argument.startswith("--")]
    folder = pathlib.Path(arguments[0])
    letters = int(arguments[1]) if len(arguments) > 1 else 50
    rows = int(arguments[2]) if len(arguments) > 2 else 5000
    (folder / "letters").mkdir(parents=True, exist_ok=True)
    (folder / "signatories").mkdir(exist_ok=True)
    names = [" ".join(words) for words in itertools.product(PLACES, PEOPLE, BODIES)]
    random.Random(1).shuffle(names)
    each = rows if shared else rows // letters
    for n in range(letters):
        # Lists share names where there are more rows than names.
        at = 0 if shared else n * each
        chosen = [names[(at + k) % len(names)] for k in range(min(each, len(names)))]
        name = "all" if shared else f"list-{n}"
        if not shared or n == 0:
            lines = [f"{name},organization,a{k}@example.org" for k, name in enumerate(chosen)]
            (folder / f"signatories/{name}.csv").write_text("name,kind,email\n" + "\n".join(lines) + "\n")
        (folder / f"letters/letter-{n}.md").write_text(
            f'+++\nkind = "letter"\ntitle = "Letter {n}"\ndate = 2021-03-01\n'
            f'salutation = "Dear Mayor Example:"\nsignatories = ["../signatories/{name}.csv"]\n+++\n'
            + BODY.format(n=n, low=each // 2)
        )


main()
