"""Sets the sample letter with us and with Typst, and compares time, memory and size.

    pip install typst
    python3 bench/typst/run.py target/release/undersigned [103 10000 100000] [--rounds N] [--keep FOLDER]

Both set the same text in the same faces, sizes and columns, with embedded fonts
alone; Typst is asked for PDF/UA-1, which costs it little. The two run in turn, so
that a busy machine is busy for both; of each the least time counts. From Typst's
time that of its Python interpreter and its imports is taken off: the sum of user and
system time, and the wall's, of a process that does everything but compile. What the
whole process takes, interpreter included, stands above it.

103 names are the sample's own. More are made up by combining words, each name once.
"""
import argparse
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib

ROOT = pathlib.Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "letters" / "dhs-100-days.md"
LIST = ROOT / "signatories" / "dhs-100-days.csv"

COMPILE = """
import sys, typst
if sys.argv[1] == "compile":
    typst.compile("letter.typ", output="typst.pdf", font_paths=[sys.argv[2]], ignore_system_fonts=True,
                  pdf_standards="ua-1")
"""


def names(count):
    """The sample's names, or made-up ones: three syllables that tell them apart, and
    what such bodies are called."""
    if count <= 103:
        import csv
        return [row["name"] for row in csv.DictReader(LIST.open())][:count]
    starts = "Ba Cor Del Fen Gal Har Jor Kel Lam Mon Nor Pel Quin Ros Sal Tor Ver Wes Yor Zan".split()
    middles = "ba de fi go lu ma ne pi ro su ta ve wi xo za".split()
    ends = "bal den fort gate ham ley mont ridge ton ville wick worth".split()
    bodies = ["Workers’ Center", "Legal Aid", "Council of Churches", "Tenants Union", "Immigrant Rights Coalition",
              "Food Bank", "Community Health Network", "Justice Project", "Neighbors United", "Library Guild"]
    made = []
    for body in bodies:
        for a in starts:
            for b in middles:
                for c in ends:
                    for d in ("", "North ", "South "):
                        made.append(f"{d}{a}{b}{c} {body}")
    # A step without a common factor spreads the kinds of names.
    made = [made[index * 7919 % len(made)] for index in range(len(made))]
    if count > len(made):
        sys.exit(f"at most {len(made)} names")
    return made[:count]


def markup(body, count):
    """The sample's Markdown as Typst's markup: as much of either as the sample uses."""
    notes = dict(re.findall(r"^\[\^(\w+)\]:\s*(.+)$", body, flags=re.M))
    body = re.sub(r"^\[\^\w+\]:.*\n?", "", body, flags=re.M)
    def inline(text):
        text = text.replace("@", "\\@").replace("$", "\\$").replace("#", "\\#")
        text = re.sub(r"\[([^\]^][^\]]*)\]\(([^)]+)\)", r'#link("\2")[\1]', text)
        return text.replace("**", "*")
    def line(text):
        if text.startswith("## "):
            return "== " + inline(text[3:])
        if text.startswith("> "):
            return f"#quote(block: true)[{inline(text[2:])}]"
        return re.sub(r"^\d+\. ", "+ ", inline(text))
    body = "\n".join(line(text) for text in body.splitlines())
    body = re.sub(r"\[\^(\w+)\]", lambda note: f"#footnote[{inline(notes[note[1]])}]", body)
    return re.sub(r"\{\{.*?\}\}", str(count), body)


def write(folder, count):
    """Writes the letter for both."""
    _, header, body = re.split(r"^\+\+\+\s*$", SAMPLE.read_text(), maxsplit=2, flags=re.M)
    # Without the logo, so that both do the same, and without its twin.
    header = re.sub(r"^(logo|twins).*\n", "", header, flags=re.M)
    header = header.replace("dhs-100-days.csv", "names.csv")
    front = tomllib.loads(header)
    listed = names(count)
    printed = sorted(set(listed))
    for each in ("letters", "signatories"):
        (folder / each).mkdir(parents=True)
    (folder / "letters" / "letter.md").write_text(f"+++{header}+++{body}")
    (folder / "signatories" / "names.csv").write_text("name\n" + "".join(f'"{name}"\n' for name in listed))
    to = front["to"][0]
    date = front["date"]
    (folder / "letter.json").write_text(json.dumps({
        "title": front["title"], "author": front["letterhead"]["name"], "lines": front["letterhead"]["lines"],
        "date": f"{date:%B} {date.day}, {date.year}", "via": front["via"], "subject": front["subject"],
        "to": [to["name"], to["title"], to["organization"], *to["address"]], "salutation": front["salutation"],
        "closing": front["closing"], "cc": front.get("cc", []), "body": markup(body, len(printed)),
        "names": printed,
    }))
    shutil.copy(pathlib.Path(__file__).parent / "letter.typ", folder)


def run(command, folder):
    """Runs a command; returns wall seconds, processor seconds and peak memory in MB."""
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    said = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{command[0]} failed:\n{said.decode()[-2000:]}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def compare(binary, count, rounds, folder):
    write(folder, count)
    ours = [binary, "render", "letters/letter.md", "--to", "pdf", "--out", "ours", "--quiet"]
    theirs = [sys.executable, "-c", COMPILE, "compile", str(ROOT / "assets" / "fonts")]
    idle = [sys.executable, "-c", COMPILE, "import", ""]
    best = {}
    for _ in range(rounds):
        for name, command in (("ours", ours), ("theirs", theirs), ("idle", idle)):
            found = run(command, folder)
            best[name] = [min(pair) for pair in zip(best.get(name, found), found)]
    size = [(folder / file).stat().st_size / 1e6 for file in ("ours/letter/letter.pdf", "typst.pdf")]
    rows = []
    rows.append(("wall of the whole process, s", best["ours"][0], best["theirs"][0], .15))
    for what, index, asked in (("wall, s", 0, .15), ("processor, s", 1, .15), ("peak memory, MB", 2, .25)):
        mine = best["ours"][index]
        other = best["theirs"][index] - (best["idle"][index] if index < 2 else 0)
        rows.append((what, mine, other, asked))
    rows.append(("size, MB", *size, .5))
    for what, mine, other, asked in rows:
        print(f"| {count:,} | {what} | {mine:.3f} | {other:.3f} | {mine / other:.2f} | {asked} |", flush=True)
    return best["ours"][1]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary")
    parser.add_argument("counts", nargs="*", type=int, default=[103, 10_000])
    parser.add_argument("--rounds", type=int, default=0, help="0: 20 for the sample, 3 for thousands, 1 beyond")
    parser.add_argument("--keep", type=pathlib.Path, help="keep both PDFs here, to hold them side by side")
    arguments = parser.parse_args()
    print("| names | | undersigned | Typst | ratio | asked |\n|---:|---|---:|---:|---:|---:|")
    spent = {}
    with tempfile.TemporaryDirectory() as folder:
        for count in arguments.counts:
            rounds = arguments.rounds or (20 if count < 1_000 else 3 if count < 50_000 else 1)
            where = (arguments.keep or pathlib.Path(folder)) / str(count)
            shutil.rmtree(where, ignore_errors=True)
            where.mkdir(parents=True)
            spent[count] = compare(os.path.abspath(arguments.binary), count, rounds, where)
    for small, large in zip(arguments.counts, arguments.counts[1:]):
        if large == 10 * small:
            print(f"growth from {small:,} to {large:,} names: {spent[large] / spent[small]:.1f} (asked: 11)")
