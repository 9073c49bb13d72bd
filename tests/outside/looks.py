#!/usr/bin/env python3
"""Holds a few pages as pictures against those that were looked at and found good.

  looks.py BINARY            says which pages look different
  looks.py BINARY --accept   keeps the pages as they look now; look at each before
                             committing it

The pages are few and each shows much; all are set in the embedded faces alone, so
that they look the same on every machine. What is compared is their grey in squares
of a twelfth of an inch, as wide as a letter: another version of poppler, which
smooths letters otherwise, changes no square by much, and a word that moves does.
"""
import pathlib
import shutil
import sys
import tempfile

from PIL import Image, ImageChops

from report import check, failures, run

ROOT = pathlib.Path(__file__).resolve().parents[2]
KEPT = pathlib.Path(__file__).parent / "looks"
DENSITY = 100
# Pixels of a square's side, and by how much its grey may differ, of 255.
SQUARE = 8
TOLERANCE = 24

# Letter, page, and what there is to see; after a space, the look it is set in.
PAGES = [
    ("letters/dhs-100-days.md", 1, "letterhead with a logo, address, numbered list, link"),
    ("letters/dhs-100-days.md", 3, "running head, end of a balanced roll, copies"),
    ("tests/torture/letters/page-a4-justified.md", 1, "justified text, hyphens in the margin"),
    ("tests/torture/letters/table-wide.md", 1, "a table as wide as the text"),
    ("tests/torture/letters/footnotes-thirty.md", 1, "a foot full of notes"),
    ("tests/torture/letters/signatures.md", 1, "a signature and lines to sign on"),
    ("tests/torture/letters/images.md", 1, "figures, pictures within a line and in a list"),
    ("letters/we-are-home.md modern", 2, "boxes on a tint of the accent, headings in it, a QR code"),
    ("letters/we-are-home.md plain", 2, "boxes without ground, links underlined"),
]


def looks(binary, work, accept=False):
    by_look = {}
    for letter, _, _ in PAGES:
        letter, _, look = letter.partition(" ")
        by_look.setdefault(look, {})[letter] = None
    for look, letters in by_look.items():
        place = ROOT
        if look:
            place = work / "workspaces" / look
            for folder in ("letters", "signatories"):
                shutil.copytree(ROOT / folder, place / folder)
            (place / "undersigned.toml").write_text(f'[style]\nlook = "{look}"\n')
        done = run(binary, "render", *letters, "--to", "pdf", "--out", work / look, "--quiet", cwd=place)
        check(f"the letters to look at render {look}".strip(), done.returncode == 0, done.stderr[-800:])
    for letter, page, what in PAGES:
        letter, _, look = letter.partition(" ")
        stem = pathlib.Path(letter).stem
        pdf = next((work / look / stem).glob("*.pdf"))
        name = f"{stem}-{look}" if look else stem
        work.joinpath(name).mkdir(exist_ok=True)
        run("pdftoppm", "-r", DENSITY, "-gray", "-png", "-singlefile", "-f", page, "-l", page, pdf, work / name / "page")
        seen = work / name / "page.png"
        kept = KEPT / f"{name}-{page}.png"
        if accept:
            KEPT.mkdir(exist_ok=True)
            with Image.open(seen) as image:
                # Sixteen greys are enough to compare, and half the size.
                image.convert("L").quantize(16).save(kept, optimize=True)
            continue
        check(f"{name} page {page} looks as it did: {what}", *difference(seen, kept))


def difference(seen, kept):
    """Whether two pictures look alike, and where they do not."""
    if not kept.exists():
        return False, f"{kept.name} is not kept yet"
    with Image.open(seen) as seen, Image.open(kept) as kept:
        if seen.size != kept.size:
            return False, f"{seen.size} pixels instead of {kept.size}"
        size = (seen.width // SQUARE, seen.height // SQUARE)
        grey = [image.convert("L").resize(size, Image.Resampling.BOX) for image in (seen, kept)]
        apart = ImageChops.difference(*grey).point(lambda value: 255 * (value > TOLERANCE))
        box = apart.getbbox()
        squares = apart.histogram()[255]
    if box is None:
        return True, ""
    inches = [round(edge * SQUARE / DENSITY, 1) for edge in box]
    return False, f"{squares} squares differ, between {inches[:2]} and {inches[2:]} inches from the top left"


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    with tempfile.TemporaryDirectory() as folder:
        looks(pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(folder), accept="--accept" in sys.argv)
    sys.exit(1 if failures else 0)
