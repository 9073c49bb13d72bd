#!/usr/bin/env python3
"""Files of strangers, mutated: no panic, no abort, no hang; and work that grows with its input.

    tests/outside/strangers.py BINARY [--runs N] [--seed N] [--seconds N] [--keep FOLDER] [--growth]

Pictures, templates, workbooks, and pages are damaged by chance, from a seed, and given to the
program. Each run ends with exit code 0, 1, or 2, within five seconds of processor time and 512 MB
of memory, and without a panic; a build of the tests, which is several times as slow, gets more
--seconds. With --growth, letters of n and 4n pieces are
checked and rendered: four times the input takes at most eight times the time.
"""
import argparse
import io
import os
import random
import resource
import select
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
KINDS = 8
SECONDS = 5
WALL = 60
# The program's own code counts in the address space, and not in its data.
ADDRESS_SPACE = 3 << 30
MEMORY = 512 << 20
# Files in memory: a hundred thousand small folders wear out no disk.
SCRATCH = "/dev/shm" if os.path.isdir("/dev/shm") else None
MANIFEST = (Path(__file__).resolve().parent.parent / "cli/release/earlier/manifest.toml").read_bytes()


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
        package.writestr("_rels/.rels", '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>')
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
        package.writestr("META-INF/manifest.xml", '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>')
        package.writestr("content.xml", f'<office:document-content {space}><office:body><office:spreadsheet><table:table table:name="S">{rows}</table:table></office:spreadsheet></office:body></office:document-content>')
    return out.getvalue()


def record(kind, body=b""):
    """A record of an .xlsb part: kind and length in bytes of seven bits."""
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    length, size = b"", len(body)
    while size > 127:
        length, size = length + bytes([size & 0x7F | 0x80]), size >> 7
    return head + length + bytes([size]) + body


def wide(text):
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def xlsb():
    """Each part's records: a workbook of one sheet with a header and two names."""
    row = lambda at: record(0, struct.pack("<IIHHBI", at, 0, 300, 0, 0, 1) + struct.pack("<II", 0, 0))
    cell = lambda column, string: record(7, struct.pack("<III", column, 0, string))
    inline = lambda column, text: record(6, struct.pack("<II", column, 0) + wide(text))
    root = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relation = lambda name, kind, target: f'<Relationship Id="{name}" Type="{root}/{kind}" Target="{target}"/>'
    relations = lambda *of: [f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{"".join(of)}</Relationships>'.encode()]
    return {
        "_rels/.rels": relations(relation("r1", "officeDocument", "xl/workbook.bin")),
        "xl/_rels/workbook.bin.rels": relations(
            relation("r1", "worksheet", "worksheets/sheet1.bin"), relation("r2", "sharedStrings", "sharedStrings.bin"), relation("r3", "styles", "styles.bin")
        ),
        "xl/workbook.bin": [record(131), record(143), record(156, struct.pack("<II", 0, 1) + wide("r1") + wide("S")), record(144), record(132)],
        "xl/styles.bin": [record(278), record(611, struct.pack("<I", 1)), record(43, bytes(21) + wide("Arial")), record(612),
                          record(617, struct.pack("<I", 1)), record(47, bytes(16)), record(618), record(279)],
        "xl/sharedStrings.bin": [record(159, struct.pack("<II", 2, 2)), record(19, b"\0" + wide("name")), record(19, b"\0" + wide("Harbor Light")), record(160)],
        "xl/worksheets/sheet1.bin": [record(129), record(148, struct.pack("<IIII", 0, 2, 0, 1)), record(145), row(0), cell(0, 0), row(1), cell(0, 1), row(2), inline(0, "Weavers"),
                                     record(146), record(177, struct.pack("<I", 1)), record(176, struct.pack("<IIII", 1, 2, 0, 0)), record(178), record(130)],
    }


def mutated_xlsb(chance):
    """Records damaged, doubled, dropped, and exchanged, in parts that are sound otherwise."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name, records in xlsb().items():
            if name.endswith(".bin") and chance.random() < 0.6:
                for _ in range(chance.randint(1, 4)):
                    at, kind = chance.randrange(len(records)), chance.randrange(4)
                    if kind == 0:
                        records[at] = mutated_bytes(chance, records[at])
                    elif kind == 1:
                        records[at:at] = [records[at]] * chance.choice([1, 5, 100, 20000])
                    elif kind == 2:
                        other = chance.randrange(len(records))
                        records[at], records[other] = records[other], records[at]
                    elif len(records) > 1:
                        del records[at]
            new.writestr(name, b"".join(records))
    return out.getvalue() if chance.random() < 0.8 else mutated_bytes(chance, out.getvalue())


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


def hostile_xlsb():
    """Workbooks made to do harm: names, and the parts that are replaced."""
    number = lambda *numbers: struct.pack("<" + "I" * len(numbers), *numbers)
    row = lambda at: record(0, struct.pack("<IIHHBI", at, 0, 300, 0, 0, 1) + number(0, 0))
    cell = lambda column, string: record(7, number(column, 0, string))
    around = lambda cells, after=b"": record(129) + record(148, number(0, 2, 0, 1)) + record(145) + cells + record(146) + after + record(130)
    strings = lambda items: record(159, number(2, 2)) + items + record(160)
    sheet, shared, styles, book = "xl/worksheets/sheet1.bin", "xl/sharedStrings.bin", "xl/styles.bin", "xl/workbook.bin"
    text = lambda text: record(19, b"\0" + wide(text))
    sheets = b"".join(record(156, number(0, at + 1) + wide("r1") + wide(f"S{at}")) for at in range(2000))
    return {
        "empty texts": {shared: strings(text("") * 8_000_000)},
        "a number of texts": {shared: record(159, number(0xFFFFFFFF, 0xFFFFFFFF)) + text("name") + record(160)},
        "a length of a text": {shared: strings(record(19, b"\0" + number(0xFFFFFFFF) + b"ab"))},
        "a text in each row": {shared: strings(text("x" * 32_000) * 2), sheet: around(b"".join(row(at) + cell(0, 0) for at in range(200_000)))},
        "texts of rows": {sheet: around(b"".join(row(at) + record(6, number(0, 0) + wide("y" * 30_000)) for at in range(9_000)))},
        "a row": {sheet: around(row(0) + cell(0, 0) + row(0xFFFFFFFF) + cell(0, 1))},
        "a column": {sheet: around(row(0) + cell(0xFFFFFFFE, 0))},
        "one row again and again": {sheet: around((row(5) + cell(0, 1)) * 4_000_000)},
        "dimensions": {sheet: record(129) + record(148, number(0, 0xFFFFFFFF, 0, 0xFFFFFFFF)) + record(145) + row(0) + cell(0, 0) + record(146) + record(130)},
        "a length of a record": {sheet: around(row(0))[:-4] + b"\x07\xff\xff\xff\x7fab"},
        "a part of a gigabyte": {sheet: b"\0" * (1100 << 20)},
        "sheets of one part": {book: record(131) + record(143) + sheets + record(144) + record(132), sheet: around(b"".join(row(at) + cell(0, 1) for at in range(30_000)))},
        "merged cells": {sheet: around(row(0) + cell(0, 0) + row(1) + cell(0, 1), record(177, number(9)) + record(176, number(1, 0xFFFFFFFE, 0, 0)) * 3000 + record(178))},
        "a number of formats": {styles: record(278) + record(617, number(0xFFFFFFFF)) + record(47, bytes(16)) * 3_000_000 + record(618) + record(279)},
    }


def hostile_faults(binary):
    for name, replaced in hostile_xlsb().items():
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
            for part, records in xlsb().items():
                package.writestr(part, replaced.get(part) or b"".join(records))
        with tempfile.TemporaryDirectory(dir=SCRATCH) as folder:
            fault, _ = run(binary, {"x.xlsb": out.getvalue()}, ["dedupe", "x.xlsb", "-q"], Path(folder))
            if fault:
                yield f"a workbook with {name}: {fault}"


class Sound(random.Random):
    """Chance that damages nothing."""

    def randint(self, low, high):
        return 0

    def random(self):
        return 0.75


def case(seed, sound=False):
    """Files, arguments; of the kind that the seed says, damaged unless they are to be sound."""
    chance = Sound(seed) if sound else random.Random(seed)
    kind = seed % KINDS
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
    if kind == 5:
        return {"x.xlsb": mutated_xlsb(chance)}, ["dedupe", "x.xlsb", "-q"]
    page = mutated_text(chance, PAGE).encode("utf-8", "replace")
    if kind == 6:
        return {"x.html": page, "manifest.toml": MANIFEST}, ["verify", "x.html", "--manifest", "manifest.toml"]
    return {"x.html": page}, ["import", "x.html", "--dry-run", "-q"]


def run(binary, files, arguments, folder):
    """What is wrong with how the program ends, if anything, and its seconds of processor time."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    with open(folder / "said", "wb+") as words:
        process = subprocess.Popen([binary, *arguments], cwd=folder, stdout=subprocess.DEVNULL, stderr=words, stdin=subprocess.DEVNULL)
        # Set from outside: what would run in the child would make each start slow.
        try:
            resource.prlimit(process.pid, resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
            resource.prlimit(process.pid, resource.RLIMIT_DATA, (MEMORY, MEMORY))
        except ProcessLookupError:
            pass
        end = os.pidfd_open(process.pid)
        in_time = select.select([end], [], [], WALL)[0]
        os.close(end)
        if not in_time:
            process.kill()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        words.seek(0)
        said = words.read().decode("utf-8", "replace")
    fault = None
    if not in_time:
        fault = "never ends"
    elif process.returncode not in (0, 1, 2):
        fault = f"ends with {process.returncode}: {said[-300:]}"
    elif "panicked" in said:
        fault = f"panics: {said[-300:]}"
    return fault, used.ru_utime + used.ru_stime


def one(binary, seed, keep):
    folder = Path(tempfile.mkdtemp(dir=SCRATCH))
    try:
        files, arguments = case(seed)
        fault, seconds = run(binary, files, arguments, folder)
        if fault and keep:
            shutil.copytree(folder, Path(keep) / str(seed), dirs_exist_ok=True)
        return seed, " ".join(arguments), fault, seconds
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
    parser.add_argument("--seconds", type=int, default=SECONDS, help="of processor time at most")
    given = parser.parse_args()
    globals()["SECONDS"] = given.seconds
    binary = os.path.abspath(given.binary)
    hostile = list(hostile_faults(binary))
    for fault in hostile:
        print(fault)
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for kind in range(KINDS):
        with tempfile.TemporaryDirectory(dir=SCRATCH) as folder:
            files, arguments = case(kind, sound=True)
            fault, _ = run(binary, files, arguments, Path(folder))
            said = (Path(folder) / "said").read_text()
            # A file that cannot be read in the first place would make a long run say nothing.
            if fault or "error" in said:
                sys.exit(f"undamaged, undersigned {' '.join(arguments)}: {fault or said}")
    faults, slowest = 0, 0
    with ThreadPoolExecutor(given.jobs) as pool:
        seeds = range(given.seed * 1_000_000, given.seed * 1_000_000 + given.runs)
        for seed, arguments, fault, seconds in pool.map(lambda seed: one(binary, seed, given.keep), seeds):
            slowest = max(slowest, seconds)
            if fault:
                faults += 1
                print(f"{seed}: undersigned {arguments} {fault}", flush=True)
    grown = growth(binary) if given.growth else []
    for fault in grown:
        print(fault)
    print(f"{given.runs} mutated files: {faults} faults; at most {slowest:.1f} s of processor time" + (f"; growth: {len(grown)} faults" if given.growth else ""))
    sys.exit(bool(hostile or faults or grown))


if __name__ == "__main__":
    main()
