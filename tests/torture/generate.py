#!/usr/bin/env python3
"""Lays out the torture corpus as a workspace: the letters and lists beside this
file, and those that are too large to keep in the repository.

  generate.py DIR

Nothing is random: the same version of this file writes the same bytes.
"""
import pathlib
import shutil
import sys

HERE = pathlib.Path(__file__).resolve().parent

SENTENCES = [
    "The number 12 bus does not run on Sundays, and on Sundays people work.",
    "Nurses walk home along the shoulder of the county road after a night in the ward.",
    "The board was told so in March, in writing, and again in June, by those whom it concerns.",
    "It answered that the matter was under consideration.",
    "Representatives of neighborhood organizations recommended transportation improvements that cost little.",
    "A shelter keeps off the rain; a lamp lets a driver see who is waiting.",
    "We counted riders at nine stops on four mornings, and the counts are attached.",
    "Nobody who signs this letter asks for more than what the plan already promised.",
]


def prose(sentences, start=0):
    """So many sentences, begun at another one each time."""
    return " ".join(SENTENCES[(start + i) % len(SENTENCES)] for i in range(sentences))


FIRST = ["Acorn", "Beacon", "Cedar", "Delta", "Ember", "Falcon", "Garnet", "Hollow", "Island", "Juniper",
         "Kestrel", "Lantern", "Meadow", "North", "Orchard", "Pioneer", "Quarry", "Ridge", "Summit", "Tidewater"]
SECOND = ["Avenue", "Bridge", "County", "District", "East", "Ferry", "Grove", "Heights", "Inlet", "Junction",
          "Knoll", "Landing", "Mills", "Narrows", "Overlook", "Parish", "Quay", "Reach", "Shore", "Terrace"]
THIRD = ["Tenants Union", "Food Bank", "Legal Aid", "Workers’ Center", "Interfaith Council for Peace and Justice",
         "Clinic", "Library Guild", "Association of Retired Transit Employees", "Youth Choir", "Mutual Aid",
         "Riders", "Cyclists", "Parents’ League"]


def names(count):
    """So many names of organisations, each unlike the others."""
    every = (f"{first} {second} {third}" for third in THIRD for second in SECOND for first in FIRST)
    return [name for name, _ in zip(every, range(count))]


def letter(tries, title, body, front="", signatories="few.csv"):
    return (f'+++\n# Tries: {tries}\nkind = "letter"\ntitle = "{title}"\n'
            f'signatories = ["../signatories/{signatories}"]\n{front}+++\n\n{body.strip()}\n')


def roll(count, columns, tries):
    front = f'closing = "Respectfully,"\n[roll]\ncolumns = {columns}\nheading = "{{{{ signatories.count }}}} signatories"\n'
    return letter(tries, f"A roll of {count}", "We are {{ signatories.count }}.", front, f"{count}.csv")


def lists():
    """Lists by file name."""
    return {f"{count}.csv": "name\n" + "".join(f"{name}\n" for name in names(count)) for count in (1000, 5000)}


def letters():
    """Letters by file name."""
    long_note = "\n\n    ".join(prose(7, start) for start in range(14))
    last_lines = "\n\n".join(f"{prose(3, i)}[^{i}]" for i in range(24))
    last_notes = "\n\n".join(f"[^{i}]: {prose(1 + i % 3, i)}" for i in range(24))
    sections = "\n\n".join(f"## Section {i + 1}\n\n{prose(2 + i % 3, i)}" for i in range(30))
    table = "| No. | Stop | Riders | Remark |\n|---:|---|---:|---|\n" + "".join(
        f"| {i} | {FIRST[i % 20]} {SECOND[i % 17]} | {i * 37 % 997} | {SENTENCES[i % 8] if i % 9 == 4 else 'none'} |\n"
        for i in range(1, 121))
    tall = ("| Ask | Why |\n|---|---|\n| Before | short |\n"
            f"| A row that is taller than a page | {prose(110)} |\n| After | short |\n")
    items = "\n".join(f"{i}. {prose(1 + i % 3, i)}" for i in range(1, 41))
    quotation = "\n>\n".join(f"> {prose(6, i)}" for i in range(12))
    code = "```\n" + "".join(f"line {i:3} of a program that is longer than a page\n" for i in range(1, 91)) + "```"
    return {
        "roll-thousand.md": roll(1000, 3, "1,000 names in three columns over pages"),
        "roll-five-thousand.md": roll(5000, 2, "5,000 names in two columns"),
        "roll-thousand-sentence.md": letter(
            "1,000 names in one sentence over pages", "A sentence of 1000", "We are many.",
            '[roll]\nstyle = "sentence"\n', "1000.csv"),
        "footnote-longer-than-a-page.md": letter(
            "a footnote that is longer than a page, and a short one after it", "A long note",
            f"{prose(3)}[^long] {prose(4)}[^short] {prose(30)}\n\n[^long]: {long_note}\n\n[^short]: Short."),
        "footnotes-at-page-ends.md": letter(
            "a note at the end of each paragraph, so that some fall on the last line of a page", "Notes at page ends",
            f"{last_lines}\n\n{last_notes}"),
        "headings-at-page-ends.md": letter(
            "thirty sections of different lengths, so that some heading would fall on the last line of a page",
            "Headings at page ends", sections),
        "table-long.md": letter("a table of 120 rows over pages, its head repeated", "A long table",
                                f"Before.\n\n{table}\nAfter."),
        "table-tall-row.md": letter("a row that is taller than a page", "A tall row", f"{prose(9)}\n\n{tall}\nAfter."),
        "list-long.md": letter("an ordered list of forty items over pages", "A long list", items),
        "quotation-long.md": letter("a quotation over pages", "A long quotation", f"Before.\n\n{quotation}\n\nAfter."),
        "code-long.md": letter("code over pages", "Long code", f"Before.\n\n{code}\n\nAfter."),
        "prose-long.md": letter("ten pages of prose, justified, for widows, orphans and even pages", "Long prose",
                                "\n\n".join(prose(3 + i % 7, i) for i in range(60)), '[page]\nalign = "justified"\n'),
    }


def lay_out(folder):
    """Writes the workspace."""
    folder = pathlib.Path(folder)
    for part in ("letters", "signatories"):
        shutil.copytree(HERE / part, folder / part, dirs_exist_ok=True)
    for part, files in (("letters", letters()), ("signatories", lists())):
        for name, text in files.items():
            (folder / part / name).write_text(text)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    lay_out(sys.argv[1])
