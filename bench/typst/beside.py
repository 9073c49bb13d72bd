"""Sets three letters with us and with Typst and puts a page of each beside the other, for
docs/TYPOGRAPHY.md: ours at the left.

    pip install typst pillow
    python3 bench/typst/beside.py target/release/undersigned [--only NAME]

Text, faces, sizes, leading and columns are the same. Needs pdftoppm. The pictures go to
docs/images/beside-*.png. Says how many pages each needs.
"""
import argparse
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

from PIL import Image

import run

HERE = pathlib.Path(__file__).resolve().parent
IMAGES = HERE.parents[1] / "docs" / "images"
DENSITY = 72
STATES = ("Alabama Alaska Arizona Arkansas California Colorado Connecticut Delaware Florida Georgia Hawaii Idaho Illinois "
          "Indiana Iowa Kansas Kentucky Louisiana Maine Maryland Massachusetts Michigan Minnesota Mississippi Missouri "
          "Montana Nebraska Nevada Ohio Oregon Texas Utah Vermont").split()


def sample(folder):
    run.write(folder, 103)
    return "letters/letter.md", "letter.typ"


def roll(folder):
    """280 names in 33 states."""
    names = run.names(280 + 103)[103:]
    sections = [{"state": state, "names": sorted(names[at::len(STATES)])} for at, state in enumerate(STATES)]
    rows = "".join(f'"{name}",{section["state"]}\n' for section in sections for name in section["names"])
    (folder / "names.csv").write_text("name,state\n" + rows)
    (folder / "sections.json").write_text(json.dumps(sections))
    (folder / "states.md").write_text(
        '+++\nkind = "letter"\ntitle = "A roll by state"\nclosing = "Respectfully,"\nsignatories = ["names.csv"]\n'
        '[roll]\nheading = "The undersigned"\nsections = "state"\ncolumns = 3\n+++\n\nWe ask for a reply.\n')
    return "states.md", "states.typ"


def comment(folder):
    names = run.names(103)[:24]
    (folder / "names.csv").write_text("name\n" + "".join(f'"{name}"\n' for name in names))
    (folder / "names.json").write_text(json.dumps(sorted(names)))
    shutil.copy(HERE / "comment.md", folder)
    return "comment.md", "comment.typ"


# What is set, and the page of it that is shown.
LETTERS = {"letter": (sample, 2), "states": (roll, 2), "comment": (comment, 1)}


def pages(pdf):
    said = subprocess.run(["pdfinfo", pdf], capture_output=True, text=True, check=True).stdout
    return int(next(line.split()[1] for line in said.splitlines() if line.startswith("Pages:")))


def picture(pdf, page, out):
    subprocess.run(["pdftoppm", "-r", str(DENSITY), "-gray", "-png", "-singlefile", "-f", str(page), "-l", str(page),
                    pdf, out], check=True)
    return Image.open(out.with_suffix(".png"))


def beside(binary, name, folder):
    make, page = LETTERS[name]
    source, template = make(folder)
    shutil.copy(HERE / template, folder)
    subprocess.run([binary, "render", source, "--to", "pdf", "--out", "ours", "--quiet"], cwd=folder, check=True)
    ours = next((folder / "ours").glob("*/letter.pdf"))
    theirs = folder / "typst.pdf"
    code = run.COMPILE.replace('"letter.typ"', f'"{template}"')
    subprocess.run([sys.executable, "-c", code, "compile", str(run.ROOT / "assets/fonts")], cwd=folder, check=True)
    both = [picture(pdf, page, folder / stem) for pdf, stem in ((ours, "left"), (theirs, "right"))]
    width = sum(image.width for image in both) + 6
    sheet = Image.new("L", (width, both[0].height), 128)
    sheet.paste(both[0], (0, 0))
    sheet.paste(both[1], (both[0].width + 6, 0))
    out = IMAGES / f"beside-{name}.png"
    # Sixteen grays are enough to see letters by.
    sheet.quantize(16).save(out, optimize=True)
    print(f"{name}: {pages(ours)} pages, Typst {pages(theirs)}; {out.stat().st_size / 1024:.0f} KB")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary")
    parser.add_argument("--only", choices=LETTERS)
    arguments = parser.parse_args()
    for name in [arguments.only] if arguments.only else LETTERS:
        with tempfile.TemporaryDirectory() as folder:
            beside(os.path.abspath(arguments.binary), name, pathlib.Path(folder))
