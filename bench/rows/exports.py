#!/usr/bin/env python3
"""Reads exports whose rows are marked, and says what became of them: exports.py PROGRAM [SET.txt...]

A set is a text of many files. `=== NAME` begins a file. The first character of each line below is
its mark: `+` must be printed, `-` must not be, `?` and a space are not counted. The rest of the
line is the file's line. A workbook has its sheets below `## SHEET`, with tabs between the cells;
`=FORMULA=>VALUE` is a formula with its result. No column of a file `plain-...` may be asked about.
"""

import json
import pathlib
import subprocess
import sys
import tempfile
import zipfile
from collections import Counter
from xml.sax.saxutils import escape

HERE = pathlib.Path(__file__).resolve().parent
COLUMN_REASONS = {"column-unclear"}


def files(path):
    """Yields the name, the lines, and the marks of each file of a set."""
    for block in path.read_text(encoding="utf-8").split("=== ")[1:]:
        name, _, text = block.partition("\n")
        lines = text.removesuffix("\n").split("\n")
        yield name, [line[1:] for line in lines], [line[:1] for line in lines]


def cell(text, reference):
    if text.startswith("=") and "=>" in text:
        formula, _, value = text[1:].partition("=>")
        return f'<c r="{reference}" t="str"><f>{escape(formula)}</f><v>{escape(value)}</v></c>'
    text = f"<is><t>{escape(text)}</t></is>"
    return f'<c r="{reference}" t="inlineStr">{text}</c>'


def write_workbook(path, lines, marks):
    """Writes the sheets of a set as a workbook; returns the mark of each row of the first sheet."""
    sheets = []
    for line, mark in zip(lines, marks):
        if mark == "#":
            sheets.append((line.removeprefix("# "), [], []))
        else:
            sheets[-1][1].append(line.split("\t"))
            sheets[-1][2].append(mark)
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    numbers = range(1, len(sheets) + 1)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{package}/content-types"><Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
            + "".join(
                f'<Override PartName="/xl/worksheets/sheet{n}.xml" '
                f'ContentType="{kind}.worksheet+xml"/>'
                for n in numbers
            )
            + "</Types>",
        )
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
            f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        )
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
            + "".join(
                f'<sheet name="{escape(sheets[n - 1][0])}" sheetId="{n}" r:id="r{n}"/>'
                for n in numbers
            )
            + "</sheets></workbook>",
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{package}/relationships">'
            + "".join(
                f'<Relationship Id="r{n}" Type="{office}/worksheet" '
                f'Target="worksheets/sheet{n}.xml"/>'
                for n in numbers
            )
            + "</Relationships>",
        )
        for n in numbers:
            rows = "".join(
                f'<row r="{y}">'
                + "".join(cell(text, f"{chr(65 + x)}{y}") for x, text in enumerate(row) if text)
                + "</row>"
                for y, row in enumerate(sheets[n - 1][1], 1)
            )
            archive.writestr(
                f"xl/worksheets/sheet{n}.xml",
                f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>',
            )
    return sheets[0][2], ["\t".join(row) for row in sheets[0][1]]


def fates(program, name, lines, marks):
    """Returns the text, the mark, and the fate of each marked line of a file."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, name)
        if path.suffix == ".xlsx":
            marks, lines = write_workbook(path, lines, marks)
        else:
            path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        command = [program, "dedupe", str(path), "--format", "json"]
        result = subprocess.run(command, capture_output=True, text=True, cwd=folder)
    fate = {}
    for line in map(json.loads, result.stdout.splitlines()):
        if line["type"] == "signatory":
            for row in line["rows"]:
                fate[row["line"]] = "printed"
        elif line["type"] in ("held", "excluded"):
            reason = line["reason"]
            word = "column" if reason in COLUMN_REASONS else line["type"]
            fate[line["line"]] = f"{word}: {reason}"
    missing = "absent" if result.returncode < 2 else "refused"
    for number, (line, mark) in enumerate(zip(lines, marks), 1):
        if mark in "+-":
            yield line, mark, fate.get(number, missing)


def main():
    program = str(pathlib.Path(sys.argv[1]).resolve())
    sets = [pathlib.Path(path) for path in sys.argv[2:]] or sorted(HERE.glob("exports/*.txt"))
    failed = False
    for path in sets:
        bad, good, count = Counter(), Counter(), 0
        for name, lines, marks in files(path):
            count += 1
            for line, mark, fate in fates(program, name, lines, marks):
                if mark == "-":
                    bad[fate.partition(":")[0]] += 1
                    wrong = fate == "printed"
                else:
                    good[fate.partition(":")[0]] += 1
                    asked = fate.startswith("column") and not name.startswith("plain-")
                    wrong = fate != "printed" and not asked
                if wrong:
                    failed = True
                    print(f"{path.name} {name}: {mark} {line!r} {fate}")
        print(f"{path.name}: {count} files")
        print(f"  rows that must not be printed: {bad.total()}, {dict(bad.most_common())}")
        print(f"  rows that must be printed: {good.total()}, {dict(good.most_common())}")
    sys.exit(failed)


main()
