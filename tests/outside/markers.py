#!/usr/bin/env python3
"""A marker in every kind of block, in every place, in every format: it comes out, or its loss is told.

    tests/outside/markers.py BINARY

Each letter holds one word that stands nowhere else. After `render`, each format contains it,
or the program said something about the line that it is on. Needs pdftotext (poppler-utils).
"""
import base64
import email
import os
import re
import subprocess
import sys
import tempfile
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

MARKER = "Quillwort"
BLOCKS = {
    "paragraph": "Some {} here.",
    "emphasis": "Some **bold *{}* words** here.",
    "code": "Some `{}` here.",
    "code block": "```\n{}\n```",
    "heading": "## About {}\n\nText below.",
    "item": "- one\n- {}",
    "nested item": "- one\n  - {}",
    "numbered item": "1. one\n2. {}",
    "quote": "> They said {} to us.",
    "table cell": "| a | b |\n|---|---|\n| c | {} |",
    "table head": "| a | {} |\n|---|---|\n| c | d |",
    "extra cell": "| a | b |\n|---|---|\n| c | d | {} |",
    "link": "See [{}](https://example.org/page).",
    "dead link": "See [{}](setup.exe).",
    "strikethrough": "Some ~~{}~~ here.",
    "html": "Some <b>{}</b> here.",
    "html block": "<div>\n\n{}\n\n</div>",
    "html table": "<table><tr><td>{}</td></tr></table>",
    "span": 'Some <span lang="es">{}</span> here.',
    "entity": "Some &amp; {} here.",
    "line break": "one  \n{}",
    "definition": "{}\n: means this",
    "script": "<script>{}</script> text.",
    "comment": "text <!-- {} --> here.",
    "task": "- [ ] {}",
    "picture": "![{}](p.png)",
    "missing reference": "Some [{}][nowhere] here.",
    "box title": "> [!box] {}\n> Text.",
}
PLACES = {
    "body": "{}",
    "box": "> [!box]\n{quoted}",
    "figure": "> [!figure]\n{quoted}",
    "passage": '<div lang="es">\n\n{}\n\n</div>',
    "footnote": "Text.[^1]\n\n[^1]: Note.\n\n{indented}",
    "appendix": "Text.\n\n+++\n\n## Appendix A\n\n{}",
    "list": "- one\n\n{item}",
    "quote": "{quoted}",
    "boilerplate": None,
}
PNG = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")
FORMATS = ["pdf", "html", "email", "docx", "txt", "md"]


def placed(place, block):
    text = BLOCKS[block].format(MARKER)
    lines = text.split("\n")
    indent = lambda first, rest: "\n".join((first if n == 0 else rest) + line for n, line in enumerate(lines))
    values = {"quoted": indent("> ", "> "), "indented": indent("    ", "    "), "item": indent("- ", "  ")}
    template = PLACES[place]
    return template.replace("{}", text).format(**values) if "{}" not in template else template.replace("{}", text)


def words(path):
    data = path.read_bytes()
    if path.suffix == ".pdf":
        data = subprocess.run(["pdftotext", str(path), "-"], capture_output=True).stdout
    elif path.suffix == ".docx":
        with zipfile.ZipFile(path) as package:
            data = b"".join(package.read(name) for name in package.namelist() if name.endswith(".xml"))
    elif path.suffix == ".eml":
        parts = email.message_from_bytes(data).walk()
        data = b"\n".join(part.get_payload(decode=True) or b"" for part in parts if part.get_content_maintype() == "text")
    text = data.decode("utf-8", "replace")
    if path.suffix == ".docx":
        # Runs may divide a word; alt text is an attribute.
        text += re.sub(r"<[^>]*>", "", text)
    return text.replace("\u00ad", "").replace("-\n", "")


def one(binary, place, block):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for below in ("letters", "signatories", "boilerplate"):
            (folder / below).mkdir()
        (folder / "signatories/l.csv").write_text("name\nHarbor Light\n")
        (folder / "letters/p.png").write_bytes(PNG)
        (folder / "boilerplate/p.png").write_bytes(PNG)
        kind, front, body = "letter", "", ""
        if place == "boilerplate":
            kind, front, body = "press-release", 'boilerplate = ["../boilerplate/b.md"]\n', "Text."
            (folder / "boilerplate/b.md").write_text(BLOCKS[block].format(MARKER) + "\n")
        else:
            body = placed(place, block)
        letter = f'+++\nkind = "{kind}"\ntitle = "T"\ndate = 2026-03-02\nsignatories = ["../signatories/l.csv"]\n{front}+++\n{body}\n'
        (folder / "letters/a.md").write_text(letter)
        ran = subprocess.run([binary, "render", "letters/a.md", "--to", ",".join(FORMATS), "--format", "short"], cwd=folder, capture_output=True, text=True)
        checked = subprocess.run([binary, "check", "letters/a.md", "--format", "short"], cwd=folder, capture_output=True, text=True)
        said = ran.stderr + checked.stdout + checked.stderr
        if ran.returncode == 2:
            return [] if "error" in said else [f"{block} in {place}: exit 2 without an error"]
        source = (folder / ("boilerplate/b.md" if place == "boilerplate" else "letters/a.md")).read_text().split("\n")
        at = [n + 1 for n, line in enumerate(source) if MARKER in line]
        told = any(f".md:{n}:" in said for line in at for n in range(line - 2, line + 3))
        lost = [path.suffix for path in sorted((folder / "output/a").iterdir()) if path.is_file() and MARKER.lower() not in words(path).lower()]
        # A comment is none of the text; a picture's words are in the PDF's structure, which
        # pdftotext does not show.
        if not lost or told or block == "comment" or block == "picture" and set(lost) <= {".pdf"}:
            return []
        return [f"{block} in {place}: lost in {' '.join(lost)}, without a word"]


def main():
    binary = os.path.abspath(sys.argv[1])
    cases = [(place, block) for place in PLACES for block in BLOCKS]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        faults = [fault for found in pool.map(lambda case: one(binary, *case), cases) for fault in found]
    print("\n".join(faults))
    print(f"{len(cases)} letters with a marker: {len(faults)} faults")
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
