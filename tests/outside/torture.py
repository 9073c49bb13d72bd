"""Renders the torture corpus, and has each letter judged and read.

  torture.py BINARY [NAME...]     all letters, or those named
"""
import collections
import filecmp
import pathlib
import re
import sys
import tempfile
import tomllib

from playwright.sync_api import sync_playwright

import reading
from conformance import Judges, judge
from expected import Letter, Roll, folded, visible
from formats import audit
from report import check, failures, run

CORPUS = pathlib.Path(__file__).resolve().parents[1] / "torture"
# Widths in pixels: what WCAG 2.2, 1.4.10, asks for, and a usual phone.
PHONES = (320, 375)
AUDITED = {
    "addressees-many", "captions", "every-key", "footnotes-with-blocks", "images", "letter-arabic-tables",
    "letterhead-board", "letterhead-logos", "quotations", "roll-show", "rolls-several", "signatures", "table-looks",
    "table-wide", "text-marks",
}


def torture(binary, work, judges, only=()):
    """The whole corpus: laid out, rendered, judged and read."""
    work.mkdir(parents=True, exist_ok=True)
    run(sys.executable, CORPUS / "generate.py", work / "corpus", check=True)
    letters = sorted((work / "corpus/letters").glob("*.md"))
    check("the torture corpus has its letters", len(letters) >= 45, len(letters))
    known = tomllib.loads((CORPUS / "expected.toml").read_text())
    names = {letter.stem for letter in letters}
    check("expected.toml speaks of letters that are there", set(known) <= names, set(known) - names)
    untold = [letter.stem for letter in letters if "\n# Tries: " not in letter.read_text()]
    check("each letter says what it tries", not untold, untold)
    letters = [letter for letter in letters if not only or letter.stem in only]

    rendered = [letter for letter in letters if render(binary, letter, work / "apart")]
    same_bytes(binary, rendered, work)
    check("every letter of the torture corpus renders", len(rendered) == len(letters), "see above")
    for letter in rendered:
        judges.ask(f"{letter.stem} conforms", judge, work / "apart" / letter.stem / "letter.pdf", letter.stem)
    for letter in rendered:  # Afterwards, so that no tree is shown twice at the same time.
        judges.ask(f"{letter.stem} is whole and in order", read, letter, work / "apart" / letter.stem, known.get(letter.stem, {}))
    pages([work / "apart" / letter.stem / "letter.html" for letter in rendered])
    judges.report()


def pages(files):
    """The web pages: none scrolls sideways on a phone; and axe-core finds nothing, in the light and
    in the dark, in those that have what samples have not."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"])
        wide = []
        tab = browser.new_page()
        for file in files:
            tab.goto(file.as_uri())
            for width in PHONES:
                tab.set_viewport_size({"width": width, "height": 800})
                over = tab.evaluate("document.documentElement.scrollWidth - window.innerWidth")
                if over > 0:
                    wide.append(f"{file.parent.name} at {width}: {over} pixels")
        tab.close()
        check("no page of the torture corpus scrolls sideways on a phone", not wide, wide[:5])
        for file in files:
            if file.parent.name in AUDITED:
                audit(browser, file, file.parent.name)
        browser.close()


def render(binary, letter, out):
    done = run(binary, "render", letter, "--out", out, "--jobs", "2", "--format", "short")
    if done.returncode != 0:
        check(f"{letter.stem} renders", False, done.stderr[-800:])
    return done.returncode == 0


def same_bytes(binary, letters, work):
    """All letters once more, in one process with one job."""
    done = run(binary, "render", *letters, "--out", work / "together", "--jobs", "1", "--to", "pdf")
    check("all letters render in one process", done.returncode == 0, done.stderr[-800:])
    differ = [letter.stem for letter in letters
              if done.returncode == 0 and not filecmp.cmp(work / "apart" / letter.stem / "letter.pdf",
                                                          work / "together" / letter.stem / "letter.pdf",
                                                          shallow=False)]
    check("the same bytes in a process of its own with two jobs and in one of many with one", not differ, differ)


def read(source, folder, known):
    """Returns what to check of a letter's text, as (what, good, detail)."""
    name, pdf = source.stem, folder / "letter.pdf"
    roll = Roll((folder / "letter.html").read_text())
    letter = Letter(source, known, roll)
    found = []

    wanted = collections.Counter(folded(each) for each in letter.names())
    printed = collections.Counter(folded(each) for each in roll.names)
    found.append((f"{name}: each signatory exactly once", wanted == printed and max(wanted.values(), default=1) == 1,
                  {"missing": list(wanted - printed)[:5], "too many": list(printed - wanted)[:5]}))

    def text(*flags):
        pages = reading.page_texts(pdf, *flags)
        return reading.joined(reading.without_furniture(pages, letter.heads(), letter.date("date"), known.get("repeated", "")))

    # Poppler's own order fails at rows of short columns and at cells of several
    # lines, where the order of the content has to do, and at mixed directions.
    match known.get("read", "default"):
        case "default":
            bare = reading.unhyphenated
            astray = reading.astray(bare(text()), bare(letter.main), bare(letter.footnotes))
        case "raw":
            astray = reading.astray(text("-raw"), letter.main, letter.footnotes)
        case "letters":
            astray = reading.lost_letters(text(), letter.main, letter.footnotes)
    found.append((f"{name}: pdftotext reads it whole and in order", astray is None, astray))
    if known.get("words", True):
        lost = reading.lost_words(text("-raw"), letter.main, letter.footnotes)
        found.append((f"{name}: no word is cut, or run into another", not lost, lost[:10]))
    if known.get("tree", True):
        astray = reading.astray(reading.tree_text(pdf), letter.main, letter.footnotes)
        found.append((f"{name}: the structure tree reads in order", astray is None, astray))
    return found


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    with tempfile.TemporaryDirectory() as folder:
        judges = Judges()
        torture(sys.argv[1], pathlib.Path(folder), judges, sys.argv[2:])
        judges.close()
    print(f"\n{len(failures)} failed" if failures else "\nthe torture corpus held")
    sys.exit(1 if failures else 0)
