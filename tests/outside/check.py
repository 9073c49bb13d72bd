#!/usr/bin/env python3
"""Renders the samples, letters that are hard to set and the torture corpus, and
asks other people's programs what they make of them: qpdf, poppler, two PDF/UA and
PDF/A validators, Chromium, axe-core and LibreOffice. Prints a line for each check; exits with 1 if one
fails.

  check.py BINARY
"""
import csv
import filecmp
import json
import pathlib
import re
import shutil
import sys
import tempfile

from playwright.sync_api import sync_playwright

from conformance import Judges, judge
from formats import formats
from looks import looks
from redline import redline
from report import check, failures, run
from torture import torture

BINARY = sys.argv[1]
ROOT = pathlib.Path(__file__).resolve().parents[2]


def render(letter, out, *flags):
    done = run(BINARY, "render", letter, "--out", out, *flags, cwd=ROOT)
    check(f"{letter.name} renders {' '.join(map(str, flags))}".strip(), done.returncode == 0, done.stderr[-800:])
    return out / letter.stem


def text_of(pdf, *flags):
    return run("pdftotext", *flags, pdf, "-").stdout


def squashed(text):
    """Text as one line: hyphens at line ends undone, white space folded."""
    return re.sub(r"\s+", " ", text.replace("\u00ad\n", "").replace("\u00ad", ""))


def as_printed(name):
    """A name with print's apostrophes and dashes."""
    return name.replace("'", "’").replace(" - ", " – ")


def first_letter(work, judges):
    """The sample letter, name by name."""
    letter = ROOT / "letters/dhs-100-days.md"
    one = render(letter, work / "one", "--jobs", "1")
    two = render(letter, work / "two", "--jobs", "2")
    for name in ("letter.pdf", "letter.html"):
        check(f"the same bytes with one job and two: {name}", filecmp.cmp(one / name, two / name, shallow=False))
    pdf = one / "letter.pdf"
    judges.ask(f"{letter.stem} conforms", judge, pdf, letter.stem)

    with open(ROOT / "signatories/dhs-100-days.csv", newline="") as file:
        names = list(dict.fromkeys(as_printed(row["name"]) for row in csv.DictReader(file)))
    check("the sample has 102 names", len(names) == 102, len(names))
    text = squashed(text_of(pdf))
    check("the letter counts 102 in words and figures",
          "one hundred and two undersigned organizations" in text and "The 102 undersigned" in text, text[:1200])
    start = text.index("The 102 undersigned")
    roll = text[start:text.index("cc:", start)]
    roll = re.sub(r"(We Are Home[^.]*?)?Page \d of \d", "", roll)
    at, missing = 0, []
    for name in names:
        found = roll.find(squashed(name), at)
        if found < 0:
            missing.append(name)
        else:
            at = found + len(name)
    check("each name stands in the roll, in order", not missing, missing[:5])
    once = [name for name in names if len(re.findall(rf"(?<!\w){re.escape(squashed(name))}(?!\w)", roll)) != 1]
    # A name that is the beginning of a longer one is found there as well.
    once = [name for name in once if not any(other != name and name in other for other in names)]
    check("each name stands in the roll once", not once, once[:5])
    tree = run("pdfinfo", "-struct-text", pdf).stdout
    for role in ("Document", "H1", "P ", "L ", "LI", "LBody", "Note", "Reference", "Link"):
        check(f"the structure tree has {role.strip()}", re.search(rf"^\s*{role}", tree, re.M) is not None, tree[:400])
    return one / "letter.html", names


def html(file, names):
    """The page in Chromium: what is seen, and what is heard."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"])
        tab = browser.new_page(viewport={"width": 390, "height": 844})
        asked = []
        tab.on("request", lambda request: asked.append(request.url))
        complaints = []
        tab.on("console", lambda message: complaints.append(message.text))
        tab.goto(file.as_uri())
        check("HTML asks for nothing but itself", asked == [file.as_uri()], asked)
        check("HTML has no complaint on the console", not complaints, complaints)
        check("HTML does not scroll sideways on a phone",
              tab.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
        skip = tab.locator(".skip")
        hidden = skip.bounding_box()
        tab.keyboard.press("Tab")
        seen = skip.bounding_box()
        check("HTML's first link skips to the text, and is seen when the keyboard is on it",
              skip.evaluate("link => link === document.activeElement") and hidden["width"] <= 1 < 80 < seen["width"],
              (hidden, seen))
        tab.keyboard.press("Enter")
        tab.keyboard.press("Tab")
        check("HTML goes on in the text after it", tab.evaluate("!!document.activeElement.closest('main')"))
        heard = tab.locator("body").aria_snapshot()
        headings = re.findall(r'heading "(.*)" \[level=(\d)\]', heard)
        check("HTML has one heading of level 1", [level for _, level in headings].count("1") == 1, headings)
        check("HTML's headings include the roll's",
              any("102 undersigned" in name for name, _ in headings), headings)
        items = [name.replace("\\", "") for name in re.findall(r"listitem: ?\"?(.*?)\"?$", heard, re.M)]
        check("HTML's roll is a list with each name", set(names) <= set(items), sorted(set(names) - set(items))[:5])
        browser.close()


def every_sample(work, judges):
    """The samples of all kinds: each conforms, and its page holds on a phone."""
    letters = [letter for letter in sorted((ROOT / "letters").glob("*.md")) if letter.stem != "dhs-100-days"]
    check("there is a sample of each kind", len(letters) >= 5, letters)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"])
        for letter in letters:
            out = render(letter, work / "samples", "--to", "pdf,html")
            for pdf in sorted(out.glob("*.pdf")):
                judges.ask(f"{letter.stem} conforms", judge, pdf, letter.stem)
                sharp = run("pdfimages", "-list", pdf).stdout.splitlines()[2:]
                check(f"{letter.stem}: codes and drawings are shapes, not pixels", not sharp, sharp)
            for file in sorted(out.glob("*.html")):
                tab = browser.new_page(viewport={"width": 320, "height": 800})
                asked, complaints = [], []
                tab.on("request", lambda request: asked.append(request.url))
                tab.on("console", lambda message: complaints.append(message.text))
                tab.goto(file.as_uri())
                outside = [url for url in asked if not url.startswith("data:") and url != file.as_uri()]
                check(f"{letter.stem}: HTML asks for nothing but itself", not outside, outside)
                check(f"{letter.stem}: HTML has no complaint on the console", not complaints, complaints)
                check(f"{letter.stem}: HTML does not scroll sideways at 320 pixels",
                      tab.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
                heard = tab.locator("body").aria_snapshot()
                levels = [int(level) for level in re.findall(r"heading .*\[level=(\d)\]", heard)]
                steps = all(after <= before + 1 for before, after in zip(levels, levels[1:]))
                check(f"{letter.stem}: HTML's headings begin with one and skip no level",
                      levels[:1] == [1] and levels.count(1) == 1 and steps, levels)
                broken = tab.evaluate(
                    "[...document.querySelectorAll('a[href^=\"#\"]')]"
                    ".filter(a => !document.getElementById(a.hash.slice(1))).map(a => a.hash)")
                check(f"{letter.stem}: links within the page lead somewhere", not broken, broken)
                tab.close()
        browser.close()


def hard_letters(work, judges):
    """Letters that are hard to set: each renders and conforms, or says why not."""
    scripts = {
        "greek": "Ελληνικό Συμβούλιο για τους Πρόσφυγες",
        "cyrillic": "Комитет «Гражданское содействие»",
        "vietnamese": "Hội Người Việt Tị Nạn Tự Do",
        "arabic": "المنظمة العربية لحقوق الإنسان",
        "hebrew": "המוקד לפליטים ולמהגרים",
        "chinese": "華人權益促進會",
        "korean": "미주한인봉사교육단체협의회",
    }
    syllables = ["ba", "cor", "den", "fal", "gar", "hol", "kim", "lin", "mor", "nor", "pel", "quin", "ras", "sto"]
    many = [f"{a.title()}{b} {c.title()}{d} Workers’ Center"
            for a in syllables for b in syllables for c in syllables for d in syllables][:5000]
    lists = {
        "empty": [], "one": ["Only One"], "five-thousand": many,
        "long-name": ["Coalition " + "of Coalitions " * 27 + "of Springfield", "Donaudampfschifffahrtsgesellschaft" * 12],
        "all-scripts": list(scripts.values()),
        **{name: [value, "Poder Latinx"] for name, value in scripts.items()},
    }
    for name, names in lists.items():
        folder = work / "hard" / name
        folder.mkdir(parents=True)
        (folder / "names.csv").write_text("name\n" + "".join(f'"{n}"\n' for n in names))
        letter = folder / f"{name}.md"
        letter.write_text(
            f'+++\nkind = "letter"\ntitle = "A letter: {name}"\nsignatories = ["names.csv"]\n'
            '[letterhead]\nname = "The Coalition"\n'
            '[roll]\nheading = "Signed"\n+++\n\nWe ask for a reply, all {{ signatories.count }} of us.\n')
        out = render(letter, work / "out")
        pdf = out / "letter.pdf"
        if not pdf.exists():
            continue
        judges.ask(f"{name} conforms", judge, pdf, name)
        text = re.sub(r"\s+", "", text_of(pdf))
        if name in ("five-thousand", "one", "long-name"):
            lost = [n for n in names if re.sub(r"\s+", "", n) not in text.replace("\u00ad", "")]
            # Page furniture may stand between the halves of a name only if it were split.
            check(f"{name}: no name is lost", not lost, lost[:3])
        if name in ("greek", "cyrillic", "vietnamese", "chinese", "korean"):
            check(f"{name}: the name is text", re.sub(r"\s+", "", names[0]) in text, text[-200:])


def bundles(work, judges):
    """What `deliver` makes beside a release: covers conform, and the picture is one."""
    for folder in ("letters", "signatories", "boilerplate"):
        shutil.copytree(ROOT / folder, work / folder)
    done = run(BINARY, "release", "letters/dhs-100-days.md", "--despite", "a check", cwd=work)
    check("the sample is released", done.returncode == 0, done.stderr[-800:])
    for to in ("docket", "congress", "press", "web"):
        done = run(BINARY, "deliver", "letters/dhs-100-days.md", "--to", to, "--out", work / to, cwd=work)
        # The sample's press release has no release, which is told with 1.
        check(f"the sample is delivered to {to}", done.returncode == (1 if to == "press" else 0), done.stderr[-800:])
    for cover in ("docket/upload/01-cover.pdf", "congress/cover.pdf", "press/cover.pdf"):
        judges.ask(f"{cover} conforms", judge, work / cover, cover)
    head = (work / "web/card.png").read_bytes()[:24]
    check("the picture for posts is a PNG of 1200 by 630",
          head[:8] == b"\x89PNG\r\n\x1a\n" and head[16:] == bytes([0, 0, 4, 176, 0, 0, 2, 118]), head)
    told = json.loads((work / "web/signatories.json").read_text())
    check("signatories.json has the 102", len(told["signatories"]) == told["counts"]["signatories"] == 102)


def dedupe():
    done = run(BINARY, "dedupe", "signatories/dhs-100-days.csv", "--format", "json", cwd=ROOT)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    check("dedupe ends with its summary", lines[-1] == {
        "type": "summary", "rows": 103, "signatories": 102, "merged": 1, "review": 0, "excluded": 0, "held": 0}, lines[-1])
    pairs = [line for line in lines if line["type"] == "pair"]
    check("dedupe merged Doctors for Camp Closure",
          [(p["a"]["line"], p["b"]["line"], p["a"]["name"]) for p in pairs] == [(30, 31, "Doctors for Camp Closure")], pairs)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        judges = Judges()
        page_file, names = first_letter(work, judges)
        html(page_file, names)
        every_sample(work, judges)
        hard_letters(work, judges)
        bundles(work / "bundles", judges)
        dedupe()
        formats(BINARY, work / "formats", judges)
        looks(BINARY, work / "looks")
        (work / "redline").mkdir()
        redline(BINARY, work / "redline")
        torture(BINARY, work / "torture", judges)
        judges.close()
    print(f"\n{len(failures)} failed" if failures else "\nall checks from outside held")
    sys.exit(1 if failures else 0)
