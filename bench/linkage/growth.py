#!/usr/bin/env python3
"""Measures time and memory of `undersigned dedupe` as lists grow.

    growth.py BINARY [--reader PATH] [--sizes N...] [--repeat N] [--limit SECONDS]

Lists are made here, from the word lists below, in the shape of a form's
export: the same bytes each time. Every 50th row is another spelling of an
earlier one. The ratio is to examples/read_csv.rs, which reads the same file
into strings with the csv crate in the same run; build it first:

    cargo build --release && cargo build --release --example read_csv

"growth" is the power of the rows by which time grew since the size before: 1
is linear, 2 quadratic. "processor" is the time of all cores together: other work
on the machine changes it least. "peak" is the program's greatest resident memory; the
floor is this script's own, some 20 MiB. The best of --repeat runs counts. Then
lists made to hurt: see HOSTILE. A run longer than --limit is stopped and said.
"""

import argparse
import csv
import json
import math
import os
import signal
import subprocess
import sys
import tempfile
import time
import zlib

from answers import markdown

SIZES = [10_000, 30_000, 100_000, 300_000, 1_000_000]
RESPELT_EVERY = 50

# The parts of made-up places. Any two heads, and any two tails, are four letters
# apart at least: a neighbouring place must not look like a typing error, or the
# lists would measure how many questions made-up places raise.
HEADS = """
    Aspen Badger Basil Beacon Birch Bishop Bramble Bronze Candle Cedar Chapel Cherry Clover
    Cotton Crimson Crystal Cypress Dolphin Emerald Feather Flint Forge Glass Golden Granite
    Gypsum Harvest Hawk Hemlock Hickory Honey Indigo Juniper Kestrel Lantern Laurel Lavender
    Limestone Magnolia Mulberry Myrtle Obsidian Orchard Oyster Paddock Pebble Pepper Pigeon
    Quartz Rowan Russet Saffron Sapphire Shepherd Sparrow Spruce Squirrel Stag Summer
    Tamarack Thistle Trout Tulip Velvet Walnut Wheat Willow Wolf
""".split()
TAILS = """
    acre bay bluff borough bottom bourne branch bridge brook canyon chapel church cottage
    field flats forest garden harbor heights hollow island junction keep knoll landing marsh
    meadow minster orchard pasture prairie quarry rapids river spring stone stream summit
    thorpe trail valley village vineyard wharf wick
""".split()
SUBJECTS = ["Housing", "Immigrant Rights", "Food", "Climate", "Worker", "Tenant", "Youth",
            "Legal", "Health", "Literacy", "Veterans", "Interfaith", "Farmworker", "Women's",
            "Disability Rights", "Voting Rights", "Clean Water", "Public Transit", "Refugee",
            "Elder Care", "Arts and Culture", "Open Space", "Home Care", "School Meals",
            "Domestic Worker", "Peace and Justice", "Watershed", "Reentry", "Library",
            "Street Vendor", "Child Care", "Mutual Aid", "Language Access"]
KINDS = ["Alliance", "Coalition", "Network", "Center", "Project", "Collective", "Association",
         "Council", "Initiative", "Fund", "Union", "Partnership", "Committee", "Campaign",
         "Foundation", "Institute", "Society", "Action", "Clinic"]

# For the lists made to hurt, where words shall look alike.
SYLLABLES = ["bar", "cor", "den", "fal", "gar", "hol", "kim", "lin", "mor", "nor",
             "pel", "quin", "ras", "sto", "tor", "vel", "wes", "yar", "zan", "ul"]

# One letter of each of these alphabets begins a run of at least ten letters.
ALPHABETS = "aаαאاԱაअঅਅઅଅஅఅಅഅกກကកአᎠᐁᚠアあ가一ㄅꀀⴰߊܐހסខདᠠ"


def main():
    """Prints the two tables."""
    args = arguments()
    print(markdown(HEADER, growth(args)) + "\n", flush=True)
    print(markdown(["list", *HEADER[:5], *HEADER[6:]], hostile(args)))


HEADER = ["rows", "seconds", "rows a second", "reading alone", "ratio", "growth",
          "processor", "peak MiB", "merged", "questions"]


def arguments():
    """Reads the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary")
    parser.add_argument("--reader", help="default: examples/read_csv beside BINARY")
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--limit", type=float, default=600, help="seconds a run may take")
    args = parser.parse_args()
    args.binary = os.path.abspath(args.binary)
    beside = os.path.join(os.path.dirname(args.binary), "examples", "read_csv")
    args.reader = os.path.abspath(args.reader or beside)
    for program in [args.binary, args.reader]:
        if not os.path.exists(program):
            sys.exit(f"{program} is not there; see --help for how to build it")
    return args


def growth(args):
    """One row of the table for each size."""
    before = None
    for size in args.sizes:
        result = measured(args, export(size))
        power = ""
        if before and before[1] and result["seconds"]:
            power = f"{math.log(result['seconds'] / before[1]) / math.log(size / before[0]):.2f}"
        before = (size, result["seconds"])
        cells = line(size, result)
        yield cells[:5] + [power] + cells[5:]


def hostile(args):
    """One row of the table for each list made to hurt."""
    for title, make in HOSTILE:
        rows = list(make())
        yield [title] + line(len(rows), measured(args, table(rows)))


def line(size, result):
    """The figures of one list."""
    seconds, reading = result["seconds"], result["reading"]
    if seconds is None:
        return [f"{size:,}", f"over {result['limit']:g}", "", f"{reading:.4f}", "", "", "", "", ""]
    return [f"{size:,}", f"{seconds:.3f}", f"{size / seconds:,.0f}", f"{reading:.4f}",
            f"{seconds / reading:.1f}", f"{result['processor']:.2f}", f"{result['peak']:.0f}",
            result["merged"], result["review"]]


# --- Lists ------------------------------------------------------------------


def export(size):
    """Rows of a form's export, every 50th another spelling of an earlier one."""
    yield ["Timestamp", "Organization Name", "Your Name", "Email"]
    for i in range(size):
        if i % RESPELT_EVERY == RESPELT_EVERY - 1:
            name = respelt(i)
        else:
            name = organisation(i)
        yield ["1/2/2021 3:04:05", name, f"Signer {i}", f"signer{i}@example.org"]


def organisation(i):
    """The i-th name; no two are the same below 1.9 million."""
    # Multiplying by a prime that does not divide the count visits every name
    # once, with neighbours far apart.
    count = len(HEADS) * len(TAILS) * len(SUBJECTS) * len(KINDS)
    i = i * 1_000_003 % count
    i, kind = divmod(i, len(KINDS))
    i, subject = divmod(i, len(SUBJECTS))
    head, tail = divmod(i, len(TAILS))
    return f"{HEADS[head]}{TAILS[tail]} {SUBJECTS[subject]} {KINDS[kind]}"


def respelt(i):
    """Another spelling of a name before the i-th."""
    earlier = i // RESPELT_EVERY * 7919 % i
    if earlier % RESPELT_EVERY == RESPELT_EVERY - 1:
        earlier -= 1
    name = organisation(earlier)
    ways = [
        name.upper(),
        "The " + name,
        name + ", Inc.",
        name.replace(" and ", " & ") + " ",
        name.replace(" ", "  ", 1).lower(),
        name[:-3] + name[-2] + name[-3] + name[-1],  # two letters changed round
    ]
    return ways[i // RESPELT_EVERY % len(ways)]


def table(names):
    """A list of one column."""
    yield ["name"]
    for name in names:
        yield [name]


def one_shared_word():
    """200,000 rows: one word in all of them, the other in one only."""
    return (f"{word(i)} Alliance" for i in range(200_000))


def identical():
    """50,000 times the same row."""
    return ("Corbarden Housing Alliance" for _ in range(50_000))


def long_names():
    """1,000 names of 10,000 characters that differ in one word."""
    tail = " ".join(word(k) for k in range(2_000))
    return (f"{word(i)} {tail}"[:10_000] for i in range(1_000))


def scripts():
    """40,000 rows, each in another script than the row before."""
    for i in range(40_000):
        first = ord(ALPHABETS[i % len(ALPHABETS)])
        letters = [chr(first + (i // 7**k) % 7) for k in range(8)]
        yield "".join(letters[:4]) + " " + "".join(letters[4:])


def numbered():
    """100,000 locals of one union."""
    return (f"United Care Workers Local {i}" for i in range(1, 100_001))


def typos():
    """50,000 names, each one letter from hundreds of the others."""
    letters = "abcdefghijklmnop"
    for i in range(50_000):
        changed = [letters[i >> 4 * k & 15] for k in range(4)]
        yield "Har{}or Leg{}l Defe{}ders Coaliti{}n".format(*changed)


def reordered():
    """20,000 rows of the same forty words, shuffled."""
    words = [word(k) for k in range(40)]
    for i in range(20_000):
        yield " ".join(sorted(words, key=lambda w: zlib.crc32(f"{i} {w}".encode())))


def word(i):
    """The i-th word of four syllables."""
    out = ""
    for _ in range(5):
        i, syllable = divmod(i, len(SYLLABLES))
        out += SYLLABLES[syllable]
    return out.capitalize()


HOSTILE = [
    ("one word shared by all", one_shared_word),
    ("all rows identical", identical),
    ("names of 10,000 characters", long_names),
    ("each row another script", scripts),
    ("numbers of one union", numbered),
    ("each a letter from many others", typos),
    ("the same forty words reordered", reordered),
]


# --- Measuring --------------------------------------------------------------


def measured(args, rows):
    """Writes a list, reads it alone, resolves it; the best run of several."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "list.csv")
        with open(path, "w", newline="", encoding="utf-8") as file:
            csv.writer(file, lineterminator="\n").writerows(rows)
        reading = min(read_alone(args.reader, path) for _ in range(args.repeat))
        result = {"reading": reading, "seconds": None, "limit": args.limit}
        for _ in range(args.repeat):
            run = resolve(args.binary, path, folder, args.limit)
            if run is None:
                break
            if result["seconds"] is None or run["seconds"] < result["seconds"]:
                result.update(run)
    return result


def read_alone(reader, path):
    """Seconds the csv crate needs for the file."""
    run = subprocess.run([reader, path], capture_output=True, text=True, check=True)
    return float(run.stdout.split()[0])


def resolve(binary, path, folder, limit):
    """Runs `dedupe` once; its time, peak memory and summary, or None."""
    out, err = os.path.join(folder, "out.jsonl"), os.path.join(folder, "err.txt")
    with open(out, "wb") as file, open(err, "wb") as errors:
        start = time.perf_counter()
        process = subprocess.Popen([binary, "dedupe", path, "--format", "json", "--quiet"],
                                   stdout=file, stderr=errors, cwd=folder)
        signal.signal(signal.SIGALRM, lambda *_: process.kill())
        signal.setitimer(signal.ITIMER_REAL, limit)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        signal.setitimer(signal.ITIMER_REAL, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode == -signal.SIGKILL:
        return None
    if process.returncode not in (0, 1):
        with open(err, encoding="utf-8", errors="replace") as errors:
            sys.exit(f"dedupe ended with {process.returncode}: {errors.read(400)}")
    with open(out, "rb") as file:
        file.seek(max(0, os.path.getsize(out) - 4096))
        summary = json.loads(file.read().splitlines()[-1])
    return {"seconds": seconds, "processor": usage.ru_utime + usage.ru_stime, "peak": usage.ru_maxrss / 1024,
            "merged": summary["merged"], "review": summary["review"]}


if __name__ == "__main__":
    main()
