"""Measures everything that docs/PERFORMANCE.md says, and writes its tables.

    cargo build --release --bin undersigned --example read_csv
    pip install typst                       # only for the sections `page` and `merge`
    pip install weasyprint                  # only for the section `web`, which needs Chromium, too
    python3 bench/performance/run.py        # all sections
    python3 bench/performance/run.py --only dedupe --sizes 1000 10000
    python3 bench/performance/run.py --baseline OTHER/undersigned --only compare

Each section prints its table. With --write, it also takes the place of the same table in
docs/PERFORMANCE.md, between `<!-- table NAME -->` and `<!-- end -->`.

Processor time is the sum of user and system time of all threads; of several runs, the least
counts, for both sides. Wall time is given too, and says something only on a machine with
nothing else to do. Peak memory is the most that was resident.
"""

import argparse
import datetime
import importlib.util
import json
import os
import pathlib
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "PERFORMANCE.md"
SIZES = [1_000, 10_000, 100_000, 1_000_000]


def module(path):
    """Loads another script of bench/, which may load what lies beside it."""
    sys.path.insert(0, str((ROOT / "bench" / path).parent))
    spec = importlib.util.spec_from_file_location(path.replace("/", "_").removesuffix(".py"), ROOT / "bench" / path)
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


# --- Measuring ---------------------------------------------------------------------------


class Run:
    """What one run of a command took."""

    def __init__(self, command, folder, allowed=(0, 1)):
        start = time.perf_counter()
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            process = subprocess.Popen([str(part) for part in command], cwd=folder, stdout=out, stderr=err)
            _, status, usage = os.wait4(process.pid, 0)
            self.wall = time.perf_counter() - start
            process.returncode = os.waitstatus_to_exitcode(status)
            if process.returncode not in allowed:
                err.seek(0)
                sys.exit(f"{command} ended with {process.returncode}:\n{err.read().decode()[-2000:]}")
            out.seek(0, os.SEEK_END)
            out.seek(max(0, out.tell() - 4096))
            self.tail = out.read().decode(errors="replace")
        self.processor = usage.ru_utime + usage.ru_stime
        self.peak = usage.ru_maxrss / 1024


def least(runs):
    """The least of several runs, figure by figure; what was printed last."""
    best = runs[-1]
    best.wall = min(run.wall for run in runs)
    best.processor = min(run.processor for run in runs)
    best.peak = min(run.peak for run in runs)
    return best


def in_turn(commands, rounds, folder, before=None):
    """Runs commands one after the other, several times; the least of each."""
    runs = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            if before:
                before(name)
            runs[name].append(Run(command, folder))
    return {name: least(found) for name, found in runs.items()}


def rounds_for(seconds):
    """More rounds for what is over in a moment."""
    return 20 if seconds < 0.1 else 5 if seconds < 3 else 2


def table(header, rows):
    """A table in Markdown; all columns but the first to the right."""
    lines = ["| " + " | ".join(header) + " |", "|---|" + "---:|" * (len(header) - 1)]
    lines += ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows]
    return "\n".join(lines)


def seconds(value):
    """Seconds with as many digits as are worth reading."""
    return f"{value:.3f}" if value < 1 else f"{value:.2f}" if value < 10 else f"{value:.1f}"


# --- Sections ----------------------------------------------------------------------------


def real_list(names, size, path):
    """Writes rows of a file of real names: each copy beyond the first has a made-up place
    before it, and every 50th row repeats an earlier one in another spelling."""
    import csv
    import itertools

    syllables = "ba cor den fal gar hol kim lin mor nor pel quin ras sto tor vel wes yar".split()
    places = ["".join(parts).title() for parts in itertools.product(syllables, repeat=3)]
    done = []
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["Timestamp", "Organization Name", "Your Name", "Email"])
        for at in range(size):
            if at % 50 == 49:
                name = done[at * 7919 % len(done)]
                name = [name.upper(), name.replace(" and ", " & "), "The " + name, name + ", Inc."][at % 4]
            else:
                copy, which = divmod(at, len(names))
                # Each copy goes through all places before one comes again.
                place = f"{places[(which * 31 + copy) % len(places)]} " if copy else ""
                name = place + names[which]
            if len(done) < 20_000:
                done.append(name)
            writer.writerow(["1/2/2021 3:04:05", name, f"Signer {at}", f"signer{at}@example.org"])


def made_list(size, path):
    """Writes rows of made-up names, as bench/linkage/growth.py does."""
    import csv

    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows(module("linkage/growth.py").export(size))


def dedupe(args, folder):
    """Matching names, beside reading the file with the csv crate into owned strings."""
    rows, before = [], None
    path = folder / "list.csv"
    names = None
    if args.names:
        import csv

        with args.names.open(encoding="utf-8", newline="") as file:
            names = [row["name"] for row in csv.DictReader(file)]
    for size in args.sizes:
        if names:
            real_list(names, size, path)
        else:
            made_list(size, path)
        commands = {"ours": [args.binary, "dedupe", path, "--format", "json", "--quiet"],
                    "reading": [args.reader, path]}
        first = Run(commands["ours"], folder)
        rounds = 1 if size > 2_000_000 else rounds_for(first.processor)
        found = in_turn(commands, rounds, folder)
        ours, reading = found["ours"], found["reading"]
        summary = json.loads(ours.tail.splitlines()[-1])
        growth = ""
        if before:
            growth = f"{(ours.processor / before[1]) / (size / before[0]):.2f}"
        before = (size, ours.processor)
        rows.append([f"{size:,}", seconds(ours.processor), seconds(ours.wall), seconds(reading.processor),
                     f"{ours.processor / reading.processor:.1f}", f"{ours.wall / reading.wall:.1f}", growth,
                     f"{ours.peak:,.0f}", f"{summary['merged']:,}", f"{summary['review']:,}"])
        path.unlink()
    name = "dedupe-real" if names else "dedupe"
    return name, table(["rows", "processor, s", "wall, s", "reading alone, s", "ratio of processor", "ratio of wall",
                        "growth", "peak MiB", "merged", "questions"], rows)


def export(path, megabytes):
    """A form's export of so many megabytes."""
    states = ["NM", "TX", "CA", "NY", "TN"]
    with path.open("w", encoding="utf-8") as out:
        out.write("Timestamp,Email Address,Organization Name (as it should appear),Your Name,State(s),"
                  "I am authorized to sign on behalf of my organization\n")
        row, size = 0, 0
        while size < megabytes << 20:
            row += 1
            line = (f"2/{row % 28 + 1}/2021 9:{row % 60:02}:00,person{row}@example.org,"
                    f"Neighbors of Ward {row} for Housing,Ana Example {row},{states[row % 5]},Yes\n")
            out.write(line)
            size += len(line)


def imports(args, folder):
    """Importing an export, beside reading it with the csv crate."""
    rows = []
    for megabytes in args.megabytes:
        path, into = folder / "export.csv", folder / "into.csv"
        export(path, megabytes)
        commands = {"ours": [args.binary, "import", path, "--quiet"], "reading": [args.reader, path]}
        found = in_turn(commands, 3, folder)
        new = Run([args.binary, "import", path, "--into", into, "--quiet"], folder)
        again = Run([args.binary, "import", path, "--into", into, "--quiet"], folder)
        ours, reading = found["ours"], found["reading"]
        rows.append([f"{megabytes} MB", seconds(ours.processor), seconds(reading.processor),
                     f"{ours.processor / reading.processor:.1f}", seconds(ours.wall), f"{ours.peak:,.0f}",
                     f"{new.peak:,.0f}", f"{again.peak:,.0f}"])
        path.unlink()
        into.unlink(missing_ok=True)
    return "import", table(["export", "processor, s", "reading alone, s", "ratio", "wall, s", "peak MiB",
                            "into a new list, MiB", "the same again, MiB"], rows)


def check(args, folder):
    """Checking fifty letters."""
    rows = []
    kinds = [("one list of 5,000 rows, shared by all", 5_000, ["--shared"], "1"),
             ("50 lists of 100 rows", 5_000, [], ""),
             ("50 lists of 5,000 rows", 50 * 5_000, [], "2")]
    for title, size, options, limit in kinds:
        workspace = folder / re.sub(r"\W+", "-", title)
        make = [sys.executable, ROOT / "bench" / "check" / "workspace.py", workspace, "50", str(size), *options]
        subprocess.run(make, check=True)
        commands = {"one": [args.binary, "check", "--format", "json", "--jobs", "1"],
                    "all": [args.binary, "check", "--format", "json"]}
        found = in_turn(commands, 3, workspace)
        rows.append([title, seconds(found["one"].processor), seconds(found["all"].processor),
                     seconds(found["all"].wall), limit, f"{found['all'].peak:,.0f}"])
        shutil.rmtree(workspace)
    return "check", table(["50 letters", "processor, one job, s", "processor, all jobs, s", "wall, s",
                           "wanted on two idle cores, s", "peak MiB"], rows)


def merge(args, folder):
    """535 letters, beside Typst."""
    other = module("mail_merge/bench.py")
    other.BINARY = args.binary
    other.prepare(folder)
    letter = other.EXAMPLE / "letters" / "congress.md"
    commands = {
        "undersigned": [args.binary, "render", "--to", "pdf", "--out", folder / "out", letter],
        "Typst": [sys.executable, "-c", other.TYPST, folder / "letter.typ", folder / "typst.pdf",
                  ROOT / "assets" / "fonts"],
    }
    found = in_turn(commands, 3, folder)
    files = {"undersigned": folder / "out" / "congress" / "letters.pdf", "Typst": folder / "typst.pdf"}
    names = {"undersigned": "this program"}
    rows = [[names.get(who, who), seconds(run.processor), seconds(run.wall), f"{run.peak:,.0f}",
             f"{files[who].stat().st_size / 1e6:.1f}"] for who, run in found.items()]
    ours, theirs = found["undersigned"], found["Typst"]
    rows.append(["ratio (wanted: .08)", f"{ours.processor / theirs.processor:.3f}", f"{ours.wall / theirs.wall:.3f}",
                 f"{ours.peak / theirs.peak:.3f}",
                 f"{files['undersigned'].stat().st_size / files['Typst'].stat().st_size:.3f}"])
    return "merge", table(["535 letters", "processor, s", "wall, s", "peak MiB", "size of letters, MB"], rows)


def page(args, folder):
    """One letter, beside Typst: the whole job, and the page alone."""
    other = module("typst/run.py")
    rows = []
    for count in args.counts:
        where = folder / str(count)
        where.mkdir()
        other.write(where, count)
        commands = {
            "whole": [args.binary, "render", "letters/letter.md", "--to", "pdf", "--out", "ours", "--quiet"],
            "names": [args.binary, "dedupe", "signatories/names.csv", "--format", "csv", "--quiet"],
            "Typst": [sys.executable, "-c", other.COMPILE, "compile", str(ROOT / "assets" / "fonts")],
            "idle": [sys.executable, "-c", other.COMPILE, "import", ""],
            "start": [args.binary, "--version"],
        }
        first = Run(commands["Typst"], where)
        found = in_turn(commands, rounds_for(first.processor), where)
        theirs = found["Typst"].processor - found["idle"].processor
        start = found["start"].processor
        whole = found["whole"].processor
        alone = whole - (found["names"].processor - start)
        size = [(where / file).stat().st_size / 1e6 for file in ("ours/letter/letter.pdf", "typst.pdf")]
        rows.append([f"{count:,}", seconds(whole), seconds(alone), seconds(theirs), f"{alone / theirs:.2f}",
                     f"{whole / theirs:.2f}", f"{found['whole'].peak:,.0f}", f"{found['Typst'].peak:,.0f}",
                     f"{size[0]:.2f}", f"{size[1]:.2f}"])
    return "page", table(["names", "whole job, s", "page alone, s", "Typst, s", "page ÷ Typst (wanted: .10)",
                          "job ÷ Typst (wanted: .18)", "peak MiB", "Typst's", "PDF, MB", "Typst's"], rows)


def web(args, folder):
    """One letter as PDF, beside what prints our HTML page of the same letter.

    Chromium does its work in processes that it does not wait for, so only the wall tells its time."""
    other = module("typst/run.py")
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if not chromium:
        sys.exit("Chromium is not there; leave out the section `web` with --only")
    rows = []
    for count in [count for count in args.counts if count <= 10_000]:
        where = folder / str(count)
        where.mkdir()
        other.write(where, count)
        Run([args.binary, "render", "letters/letter.md", "--to", "html", "--out", "ours", "--quiet"], where)
        address = "ours/letter/letter.html"
        commands = {
            "ours": [args.binary, "render", "letters/letter.md", "--to", "pdf", "--out", "ours", "--quiet"],
            "WeasyPrint": [sys.executable, "-m", "weasyprint", "--quiet", "--pdf-variant", "pdf/ua-1", address,
                           "weasyprint.pdf"],
            "Chromium": [chromium, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
                         "--print-to-pdf=chromium.pdf", address],
        }
        first = Run(commands["WeasyPrint"], where)
        found = in_turn(commands, rounds_for(first.processor), where)
        files = {"ours": "ours/letter/letter.pdf", "WeasyPrint": "weasyprint.pdf", "Chromium": "chromium.pdf"}
        for who, run in found.items():
            rows.append([f"{count:,}" if who == "ours" else "", {"ours": "this program"}.get(who, who),
                         seconds(run.wall), f"{run.wall / found['ours'].wall:,.0f}",
                         "" if who == "Chromium" else seconds(run.processor), f"{run.peak:,.0f}",
                         f"{(where / files[who]).stat().st_size / 1e6:.2f}"])
    return "web", table(["names", "", "wall, s", "times as long", "processor, s", "peak MiB", "PDF, MB"], rows)


def compare(args, folder):
    """This build beside another, in turn."""
    if not args.baseline:
        return None
    samples = [str(ROOT / "letters" / name) for name in ("dhs-100-days.md",)]
    lists = {}
    for size in (1_000, 15_000, 100_000):
        lists[size] = folder / f"{size}.csv"
        made_list(size, lists[size])
    export(folder / "export.csv", 28)
    example = ROOT / "examples" / "mail-merge" / "letters" / "congress.md"
    works = [("render of the sample, PDF", ROOT, ["render", *samples, "--to", "pdf"]),
             ("render of all samples", ROOT, ["render"]),
             ("check of the samples", ROOT, ["check"]),
             *((f"dedupe of {size:,} rows", folder, ["dedupe", path, "--format", "json", "--quiet"])
               for size, path in lists.items()),
             ("import of 28 MB", folder, ["import", folder / "export.csv", "--quiet"]),
             ("535 letters", ROOT, ["render", example, "--to", "pdf"])]
    rows = []
    for title, where, arguments in works:
        out = ["--out", folder / "out"] if arguments[0] == "render" else []
        commands = {"new": [args.binary, *arguments, *out], "old": [args.baseline, *arguments, *out]}
        first = Run(commands["new"], where)
        found = in_turn(commands, rounds_for(first.processor), where)
        new, old = found["new"], found["old"]
        rows.append([title, seconds(old.processor), seconds(new.processor), f"{new.processor / old.processor:.2f}",
                     f"{old.peak:,.0f}", f"{new.peak:,.0f}"])
    return "compare", table(["", "before, s", "now, s", "ratio", "before, MiB", "now, MiB"], rows)


SECTIONS = {"dedupe": dedupe, "import": imports, "check": check, "merge": merge, "page": page, "web": web,
            "compare": compare}


# --- The page ----------------------------------------------------------------------------


def machine():
    """The date and the kind of machine."""
    model = "an unknown processor"
    try:
        cpu = pathlib.Path("/proc/cpuinfo").read_text()
        model = re.search(r"model name\s*:\s*(.+)", cpu)[1]
        memory = pathlib.Path("/proc/meminfo").read_text()
        kilobytes = int(re.search(r"MemTotal:\s*(\d+)", memory)[1])
        memory = f", {kilobytes / 1024 / 1024:.0f} GiB"
    except (OSError, TypeError):
        memory = ""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return f"{datetime.date.today():%B %-d, %Y}; {cores} virtual cores of {model}{memory}; {platform.system()}"


def write(name, text):
    """Puts a table in the place of its last one."""
    before = PAGE.read_text(encoding="utf-8")
    pattern = re.compile(rf"(<!-- table {name} -->\n).*?(<!-- end -->)", re.S)
    after, found = pattern.subn(lambda found: f"{found[1]}\n{text}\n\n{found[2]}", before)
    if not found:
        sys.exit(f"{PAGE} has no place for the table {name}")
    PAGE.write_text(after, encoding="utf-8")


def main():
    """Runs the sections."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", type=pathlib.Path, default=ROOT / "target/release/undersigned")
    parser.add_argument("--reader", type=pathlib.Path, help="default: examples/read_csv beside the binary")
    parser.add_argument("--baseline", type=pathlib.Path, help="another build of undersigned")
    parser.add_argument("--only", nargs="*", choices=SECTIONS, default=list(SECTIONS))
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES, help="rows for `dedupe`")
    parser.add_argument("--names", type=pathlib.Path, help="a CSV file of your own names, for `dedupe`")
    parser.add_argument("--megabytes", type=int, nargs="*", default=[28, 100], help="sizes for `import`")
    parser.add_argument("--counts", type=int, nargs="*", default=[103, 10_000, 100_000], help="names for `page`")
    parser.add_argument("--write", action="store_true", help="puts the tables into docs/PERFORMANCE.md")
    args = parser.parse_args()
    args.binary = args.binary.resolve()
    args.reader = (args.reader or args.binary.parent / "examples" / "read_csv").resolve()
    for program in (args.binary, args.reader):
        if not program.exists():
            sys.exit(f"{program} is not there: cargo build --release --bin undersigned --example read_csv")
    for section in args.only:
        with tempfile.TemporaryDirectory() as folder:
            made = SECTIONS[section](args, pathlib.Path(folder))
        if made is None:
            continue
        name, text = made
        text += f"\n\nMeasured on {machine()}."
        print(f"{name}\n\n{text}\n", flush=True)
        if args.write:
            write(name, text)


if __name__ == "__main__":
    main()
