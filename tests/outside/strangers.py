#!/usr/bin/env python3
"""Files of strangers, mutated: no panic, no abort, no hang; and work that grows with its input.

    tests/outside/strangers.py BINARY [--runs N] [--seed N] [--keep FOLDER] [--growth]

Pictures, templates, workbooks, and pages are damaged by chance, from a seed, and given to the
program. Each run ends with exit code 0, 1, or 2, within five seconds of processor time, and
without a panic. With --growth, letters of n and 4n pieces are
checked and rendered: four times the input takes at most eight times the time.
"""
import argparse
import io
import os
import random
import resource
import shutil
import struct
import subprocess
import sys
import tempfile
import zipfile
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

LETTER = """+++
kind = "letter"
title = "T"
date = 2026-03-02
signatories = ["../signatories/l.csv"]
+++
"""
SECONDS = 5
WALL = 60
ADDRESS_SPACE = 3 << 30


def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(color):
    channels = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[color]
    rows = b"".join(b"\0" + bytes(range(8 * channels)) for _ in range(8))
    palette = chunk(b"PLTE", bytes(96)) if color == 3 else b""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 8, 8, 8, color, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + palette + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


SVG = """<svg xmlns="http://www.w3.org/2000/svg" width="90" height="60" viewBox="0 0 90 60"><defs>
<linearGradient id="g"><stop offset="0" stop-color="red"/><stop offset="1" stop-color="blue" stop-opacity=".4"/></linearGradient>
<clipPath id="c"><circle cx="20" cy="20" r="9"/></clipPath><mask id="m"><rect width="9" height="9" fill="white"/></mask>
<pattern id="p" width="3" height="3"><path d="M0 0L1 1"/></pattern><filter id="f"><feGaussianBlur stdDeviation="2"/></filter>
<marker id="k" markerWidth="3" markerHeight="3"><rect width="3" height="3"/></marker></defs>
<g transform="rotate(4)" opacity=".9"><rect x="1" y="2" width="50" height="30" fill="url(#g)" clip-path="url(#c)"/>
<path d="M1 2 C 3 4 5 6 7 8 A 3 3 0 0 1 9 9 Z" stroke="#123" stroke-dasharray="2 1" marker-mid="url(#k)"/>
<rect fill="url(#p)" width="9" height="9" mask="url(#m)" filter="url(#f)"/><use href="#c"/></g></svg>"""
PLAIN_SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M1 2 C 3 4 5 6 7 8 Z" fill="#123"/><circle cx="4" cy="4" r="3" stroke="red" stroke-dasharray="2 1"/></svg>'
TEMPLATE = """<!DOCTYPE html><html><head>{{ head }}<title>{{ title|upper }}</title></head><body>{% set x = 'a' %}
{% for i in range(3) %}{{ i ~ x }}{% endfor %}{% if date %}{{ date }}{% endif %}{{ letterhead }}{{ main }}{{ footer }}
{{ '%5d'|format(3) }}{{ [1, 2]|batch(2)|length }}{{ 'a b'|replace('a', 'bb')|indent(2) }}</body></html>"""
PAGE = "<html><head><title>T</title></head><body>" + "<div class='a'><table><tr><th>Organization</th><th>City</th></tr>" + "".join(
    f"<tr><td>Union of Weavers {n}</td><td>Troy</td></tr>" for n in range(20)
) + "</table><ul><li>Harbor Light</ul></div></body></html>"
NUMBERS = ["0", "-1", "1e39", "1e-39", "999999999", "99999999999999999999", "nan", "inf", "0.00001", "1e30", "65536", "2147483648"]


def xlsx():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
        package.writestr("xl/workbook.xml", f'<workbook {main} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>')
        package.writestr("xl/_rels/workbook.xml.rels", '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>')
        package.writestr("xl/sharedStrings.xml", f"<sst {main}><si><t>name</t></si><si><t>Harbor Light</t></si></sst>")
        package.writestr("xl/worksheets/sheet1.xml", f'<worksheet {main}><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="2"><c r="A2" t="s"><v>1</v></c></row><row r="3"><c r="A3" t="inlineStr"><is><t>Weavers</t></is></c></row></sheetData><mergeCells><mergeCell ref="A2:A3"/></mergeCells></worksheet>')
    return out.getvalue()


def ods():
    out = io.BytesIO()
    space = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text"))
    cell = lambda text, more="": f'<table:table-cell office:value-type="string" {more}><text:p>{text}</text:p></table:table-cell>'
    rows = "".join(f"<table:table-row>{row}</table:table-row>" for row in (cell("name"), cell("Harbor<text:s text:c='2'/>Light"), cell("Weavers", 'table:number-columns-repeated="2"')))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", f'<office:document-content {space}><office:body><office:spreadsheet><table:table table:name="S">{rows}</table:table></office:spreadsheet></office:body></office:document-content>')
    return out.getvalue()


def mutated_text(chance, text):
    """Numbers, quotation marks, doubled and dropped pieces."""
    for _ in range(chance.randint(1, 4)):
        kind = chance.randrange(6)
        at, to = sorted(chance.randrange(len(text) + 1) for _ in range(2))
        to = min(to, at + 300)
        if kind == 0:
            digits = [n for n, c in enumerate(text) if c.isdigit()]
            if digits:
                at = chance.choice(digits)
                text = text[:at] + chance.choice(NUMBERS) + text[at + 1:]
        elif kind == 1:
            text = text[:at] + text[at:to] * chance.choice([2, 3, 50, 2000]) + text[to:]
        elif kind == 2:
            text = text[:at] + text[to:]
        elif kind == 3:
            text = text[:at] + chance.choice("<>\"'&;{}%()#\\\0\u202e") + text[at:]
        elif kind == 4:
            names = ["m", "c", "p", "f", "g", "k"]
            text = text.replace(f"#{chance.choice(names)}", f"#{chance.choice(names)}")
        else:
            other = chance.randrange(len(text) + 1)
            text = text[:other] + text[at:to] + text[other:]
        text = text[: 1 << 20]
    return text


def mutated_bytes(chance, data):
    data = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(data))
        kind = chance.randrange(4)
        if kind == 0:
            data[at] = chance.randrange(256)
        elif kind == 1:
            del data[at : at + chance.randint(1, 20)]
        elif kind == 2:
            data[at:at] = data[at : at + 30] * chance.choice([1, 5, 100])
        else:
            data[at : at + 4] = chance.choice([b"\xff\xff\xff\xff", b"\0\0\0\0", b"\x7f\xff\xff\xff"])
        if not data:
            data = bytearray(b"\0")
    return bytes(data)


def mutated_png(chance):
    """Chunks with sound checksums, so that what is in them is read."""
    data = png(chance.choice([0, 2, 3, 4, 6]))
    out, at = data[:8], 8
    while at + 8 <= len(data):
        length, name = struct.unpack(">I", data[at : at + 4])[0], data[at + 4 : at + 8]
        content = data[at + 8 : at + 8 + length]
        if name != b"IEND" and content and chance.random() < 0.6:
            if name == b"IDAT" and chance.random() < 0.7:
                content = zlib.compress(mutated_bytes(chance, zlib.decompress(content)))
            else:
                content = mutated_bytes(chance, content)
        out += chunk(name, content)
        at += 12 + length
    return out if chance.random() < 0.7 else mutated_bytes(chance, out)


def mutated_zip(chance, data):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name).decode()
            new.writestr(name, mutated_text(chance, text).encode("utf-8", "replace") if chance.random() < 0.6 else text)
    return out.getvalue() if chance.random() < 0.8 else mutated_bytes(chance, out.getvalue())


def case(seed):
    """Files, arguments."""
    chance = random.Random(seed)
    kind = seed % 6
    letter = LETTER + "Hello.\n\n![A map](p.{})\n"
    lists = {"signatories/l.csv": b"name\nHarbor Light\n"}
    if kind == 0:
        text = mutated_text(chance, chance.choice([SVG, SVG, PLAIN_SVG]))
        return {"letters/a.md": letter.format("svg").encode(), "letters/p.svg": text.encode("utf-8", "replace"), **lists}, ["render", "--to", "pdf,html,docx", "-q"]
    if kind == 1:
        return {"letters/a.md": letter.format("png").encode(), "letters/p.png": mutated_png(chance), **lists}, ["render", "--to", "pdf,html", "-q"]
    if kind == 2:
        text = mutated_text(chance, TEMPLATE)
        return {"letters/a.md": (LETTER + "Hello.\n").encode(), "undersigned.toml": b'[style]\nhtml_template = "page.html"\n', "page.html": text.encode("utf-8", "replace"), **lists}, ["render", "--to", "html", "-q"]
    if kind == 3:
        return {"x.xlsx": mutated_zip(chance, xlsx())}, ["dedupe", "x.xlsx", "-q"]
    if kind == 4:
        return {"x.ods": mutated_zip(chance, ods())}, ["dedupe", "x.ods", "-q"]
    return {"x.html": mutated_text(chance, PAGE).encode("utf-8", "replace")}, ["import", "x.html", "--dry-run", "-q"]


def limits():
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def run(binary, files, arguments, folder):
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    process = subprocess.Popen([binary, *arguments], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, preexec_fn=limits)
    try:
        said = process.communicate(timeout=WALL)[1].decode("utf-8", "replace")
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        return "never ends"
    if process.returncode not in (0, 1, 2):
        return f"ends with {process.returncode}: {said[-300:]}"
    if "panicked" in said:
        return f"panics: {said[-300:]}"
    return None


def one(binary, seed, keep):
    folder = Path(tempfile.mkdtemp())
    try:
        files, arguments = case(seed)
        fault = run(binary, files, arguments, folder)
        if fault and keep:
            shutil.copytree(folder, Path(keep) / str(seed), dirs_exist_ok=True)
        return (seed, " ".join(arguments), fault) if fault else None
    finally:
        shutil.rmtree(folder, ignore_errors=True)


SHAPES = {
    "words in capitals": lambda n: "Word " * n,
    "names joined by and": lambda n: "Word Ward and " * n,
    "claims": lambda n: "over 170 organizations have signed. " * n,
    "open braces": lambda n: "{" * n,
    "fields": lambda n: "{{ signatories.count }} " * n,
    "code spans": lambda n: "`code` " * n,
    "speakers": lambda n: '"' + "said Word Ward " * n,
    "links": lambda n: "".join(f"[a](https://a{k}.example/x) " for k in range(n)),
    "tables": lambda n: "| a | b |\n|---|---|\n" + "| Word Ward | 12 |\n" * n,
    "lists": lambda n: "- one thing we ask\n" * n,
    "footnotes": lambda n: "".join(f"a[^{k}] " for k in range(n)) + "\n\n" + "".join(f"[^{k}]: note\n\n" for k in range(n)),
    "headings": lambda n: "## Section one\n\ntext here.\n\n" * n,
    "paragraphs": lambda n: "".join(f"Sentence number {k} is written here for you.\n\n" for k in range(n)),
    "blanks": lambda n: "TODO " * n,
    "colons": lambda n: "We ask for this:\n\n" * n,
    "sections": lambda n: "See Appendix A and Section 3. " * n,
}


def seconds(binary, arguments, text):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "letters").mkdir()
        (folder / "signatories").mkdir()
        (folder / "letters/a.md").write_text(LETTER + text + "\n")
        (folder / "signatories/l.csv").write_text("name\nHarbor Light\nWord Word Wood\n")
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([binary, *arguments], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=600)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime - before.ru_utime


def growth(binary):
    faults = []
    for what, arguments in {"check": ["check", "-q"], "render": ["render", "--to", "pdf,html,txt,md,docx,email", "-q"]}.items():
        for name, shape in SHAPES.items():
            small, large = (seconds(binary, arguments, shape(n)) for n in (1000, 4000))
            # Below a tenth of a second, starting is most of it.
            if large > 8 * max(small, 0.1):
                faults.append(f"{what} of {name}: {small:.2f} s, and {large:.2f} s for four times as many")
    return faults


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("binary")
    parser.add_argument("--runs", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", help="folder for the inputs of faults")
    parser.add_argument("--growth", action="store_true", help="measure growth, too")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    given = parser.parse_args()
    binary = os.path.abspath(given.binary)
    with ThreadPoolExecutor(given.jobs) as pool:
        seeds = range(given.seed * 1_000_000, given.seed * 1_000_000 + given.runs)
        faults = [fault for fault in pool.map(lambda seed: one(binary, seed, given.keep), seeds) if fault]
    for seed, arguments, fault in faults:
        print(f"{seed}: undersigned {arguments} {fault}")
    grown = growth(binary) if given.growth else []
    for fault in grown:
        print(fault)
    print(f"{given.runs} mutated files: {len(faults)} faults" + (f"; growth: {len(grown)} faults" if given.growth else ""))
    sys.exit(bool(faults or grown))


if __name__ == "__main__":
    main()
