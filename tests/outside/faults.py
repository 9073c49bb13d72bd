#!/usr/bin/env python3
"""Every command that writes, cut short; and several at a time.

    tests/outside/faults.py BINARY [--every N] [--reads] [--kills N] [--races N] [--seed N] [--only NAME]

Each command runs in a fresh workspace. Its calls that change a file are counted; then, for
each of them, the command runs once with that call failing (no space left), and once killed
before it. After a failure, every file is as before. After a kill and one more run of the same
command, every file is as the command makes it, and nothing is left over; before that run, but
after another command, the set of files is the old one or the new one.

With --reads, each call that reads a file fails instead. With --kills, commands in turn are
killed at a moment chosen by chance. With --races, four acts at a time, chosen by chance, run in
one workspace: each that reports success has left its mark, each letter's files are of one
version, and nothing is left over. Needs a C compiler.
"""
import argparse
import http.client
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.parse
from pathlib import Path

HERE = Path(__file__).resolve().parent
LETTER = """+++
kind = "letter"
title = "T"
date = 2026-03-02
signatories = ["../signatories/l.csv"]
+++
Version ONE.
"""
DRAFT = "# Heat for all\n\nDear Secretary:\n\nWe ask for heat in every home this winter.\n\nSincerely,\n\nHarbor Light\n"
FROZEN = ["release", "letters/a.md", "--despite", "a test", "-q"]
INTO = ["import", "n.csv", "--into", "signatories/l.csv", "-q"]
# Name, arguments, what is typed, commands that run before. "desk" saves a letter in the browser.
COMMANDS = [
    ("render", ["render", "--to", "pdf,html,txt,md", "-q"], "", []),
    ("import into", INTO, "", []),
    ("import out", ["import", "n.csv", "--out", "signatories/new.csv", "-q"], "", []),
    ("import column", ["import", "q.csv", "--into", "signatories/l.csv", "--column", "Board vote=publish", "-q"], "", []),
    ("draft", ["draft", "d.md", "--out", "letters/d.md", "-q"], "", []),
    ("undo", ["undo"], "", [INTO]),
    ("review", ["review", "signatories/p.csv"], "dd", []),
    ("release", ["release", "letters/a.md", "--dossier", "--despite", "a test", "-q"], "", []),
    ("deliver", ["deliver", "letters/a.md", "--to", "docket", "--zip", "-q"], "", [FROZEN]),
    ("questions out", ["questions", "signatories/p.csv", "--out", "q.xlsx", "-q"], "", []),
    ("questions read", ["questions", "signatories/p.csv", "--read", "answers.csv", "--date", "2026-03-05", "-q"], "", []),
    ("tell", ["tell", "letters/a.md", "--about", "listing", "-q"], "", []),
    ("redline", ["diff", "signatories/l.csv", "signatories/p.csv", "--to", "html,docx", "-q"], "", []),
    ("new", ["new", "campaign"], "", []),
    ("man", ["man", "--out", "pages"], "", []),
    ("new key", ["release", "--new-key", "me.key"], "\n\n", []),
    ("desk", ["serve", "--no-open"], "", []),
]


# Finishes or clears away what an interrupted run left, and takes a hundredth of the time of `status`.
NEXT = ["dedupe", "signatories/l.csv", "-q"]


def workspace(folder):
    files = {
        "letters/a.md": LETTER,
        "signatories/l.csv": "name,email\nHarbor Light,a@b.example\n",
        "signatories/p.csv": "name\nUndocuBluerack\nUndocuBluerack Network\nUndocuTallrack\nUndocuTallrack Network\n",
        "n.csv": "name,email\nWeavers Union,c@d.example\n",
        "q.csv": "name,email,Board vote\nKite Hill School,k@d.example,Yes\n",
        "answers.csv": "Answer,Your name,Key\none and the same,Ana,q-7d5dec15f9b646b4\n",
        "d.md": DRAFT,
    }
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def snapshot(folder):
    """Every file's bytes; keys and dates differ from run to run, so only their names count."""
    files = {}
    for path in sorted(folder.rglob("*")):
        name = str(path.relative_to(folder))
        if path.is_dir() or name.startswith(".undersigned/history") or path.name in (".releases", ".dossiers", ".gitignore"):
            continue
        varies = name.startswith(("me.", "output/a/releases", "output/a/dossiers", "signatories/decisions"))
        files[name] = b"" if varies else path.read_bytes()
    return files


def leftovers(folder):
    names = [str(path.relative_to(folder)) for path in folder.rglob("*")]
    return [
        name
        for name in names
        if ".undersigned/tmp" in name or "journal" in name or "/.undersigned-" in name or ".staging" in name
    ]


class Faults(list):
    """What falls short, told at once: a long run may be stopped."""

    def append(self, fault):
        super().append(fault)
        print("  " + fault, file=sys.stderr, flush=True)


class Ended:
    """How a command ended, as `subprocess` says it."""

    def __init__(self, returncode, stderr=b""):
        self.returncode, self.stderr = returncode, stderr


def save_on_desk(desk, folder, old="ONE", new="TWO"):
    """Saves the letter over the desk's form; returns 0 if it was taken, and 2 if not."""
    line = desk.stdout.readline().decode().strip()
    place = urllib.parse.urlparse(line)
    if not place.port:
        return 2
    link = http.client.HTTPConnection("127.0.0.1", place.port, timeout=60)

    def ask(method, path, headers=None, body=None):
        link.request(method, path, body, {"Connection": "close", **(headers or {})})
        answer = link.getresponse()
        text = answer.read().decode("utf-8", "replace")
        link.close()
        return answer, text

    entered, _ = ask("GET", f"{place.path}?{place.query}")
    cookie = {"Cookie": (entered.getheader("set-cookie") or "").split(";")[0]}
    _, page = ask("GET", "/letters/a", cookie)
    fields = {name: re.search(f'name="{name}" value="([^"]*)"', page) for name in ("token", "seen")}
    if None in fields.values():
        return 2
    form = {name: found.group(1) for name, found in fields.items()}
    form["text"] = (folder / "letters/a.md").read_text().replace(old, new)
    headers = {"Origin": f"http://127.0.0.1:{place.port}", "Content-Type": "application/x-www-form-urlencoded", **cookie}
    saved, _ = ask("POST", "/letters/a", headers, urllib.parse.urlencode(form))
    return 0 if saved.status == 303 else 2


def start(binary, folder, arguments, **settings):
    environment = dict(os.environ, **{key: str(value) for key, value in settings.items()})
    pipes = dict(stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    return subprocess.Popen([binary, *arguments], cwd=folder, env=environment, **pipes)


def run(binary, folder, arguments, typed, **settings):
    process = start(binary, folder, arguments, **settings)
    if arguments[0] == "serve":
        try:
            code = save_on_desk(process, folder)
        except (OSError, http.client.HTTPException):
            code = 2
        process.terminate()
        process.communicate(timeout=120)
        return Ended(process.returncode if process.returncode < 0 else code)
    _, said = process.communicate(typed.encode(), timeout=120)
    return Ended(process.returncode, said)


def fresh(scratch, binary=None, before=()):
    """A workspace, always in one place; the commands that run before are run once, and kept."""
    folder, kept = scratch / "w", scratch / f"kept-{len(before)}-{'-'.join(before[0][:1]) if before else ''}"
    shutil.rmtree(folder, ignore_errors=True)
    if not kept.exists():
        workspace(folder)
        for arguments in before:
            run(binary, folder, arguments, "")
        shutil.copytree(folder, kept, symlinks=True)
        return folder
    shutil.copytree(kept, folder, symlinks=True)
    return folder


class Case:
    """A command, and the files before and after it."""

    def __init__(self, binary, scratch, command, **settings):
        self.name, self.arguments, self.typed, self.before = command
        self.binary, self.scratch = binary, scratch
        folder = self.fresh()
        old = snapshot(folder)
        count = scratch / "count"
        count.write_text("0")
        begun = time.monotonic()
        self.ran = run(binary, folder, self.arguments, self.typed, FAULT_COUNT=count, **settings)
        self.seconds = time.monotonic() - begun
        self.new = snapshot(folder)
        self.calls = int(count.read_text())
        # A review saves each answer by itself.
        self.steps = [old, self.new]
        if self.name == "review":
            folder = self.fresh()
            run(binary, folder, self.arguments, self.typed[:1])
            self.steps.insert(1, snapshot(folder))

    def fresh(self):
        return fresh(self.scratch, self.binary, self.before)

    def after_error(self, where, folder, ran, bad):
        after = snapshot(folder)
        if ran.returncode not in (0, 1, 2):
            bad.append(f"{where}: exit {ran.returncode}: {ran.stderr.decode()[-200:]}")
        elif ran.returncode == 2 and after not in self.steps[:-1]:
            bad.append(f"{where}: exit 2, but files are new: {sorted(set(after.items()) ^ set(self.steps[0].items()))[:3]}")
        elif ran.returncode != 2 and after != self.new:
            bad.append(f"{where}: exit {ran.returncode}, but files are missing: {ran.stderr.decode()[-200:]}")

    def after_kill(self, where, folder, bad):
        run(self.binary, folder, NEXT, "")
        found = snapshot(folder)
        if found not in self.steps and self.name != "release":
            bad.append(f"{where}: neither the old nor the new files")
        # What was done is not done again: the next `undo` would take back another act.
        if self.name != "undo" or found == self.steps[0]:
            run(self.binary, folder, self.arguments, self.typed)
        if leftovers(folder):
            bad.append(f"{where}: left over: {leftovers(folder)[:3]}")
        elif self.name not in ("release", "import out", "draft", "new", "new key") and snapshot(folder) != self.new:
            bad.append(f"{where}: one more run does not end as the first")


def cut_short(binary, scratch, shim, commands, options, bad):
    tried = 0
    settings = {"LD_PRELOAD": shim, **({"FAULT_READS": 1} if options.reads else {})}
    for command in commands:
        case = Case(binary, scratch, command, **settings)
        print(f"{case.name}: {case.calls} calls", file=sys.stderr, flush=True)
        if case.ran.returncode not in (0, 1):
            bad.append(f"{case.name}: fails by itself: {case.ran.stderr.decode()}")
            continue
        for at in range(1, case.calls + 1, options.every):
            for kind in ["error"] if options.reads else ["error", "kill"]:
                tried += 1
                folder = case.fresh()
                ran = run(binary, folder, case.arguments, case.typed, FAULT_AT=at, FAULT=kind, **settings)
                where = f"{case.name}, {'read ' if options.reads else ''}{kind} at call {at} of {case.calls}"
                if kind == "error":
                    case.after_error(where, folder, ran, bad)
                    run(binary, folder, case.arguments, case.typed)
                    if leftovers(folder):
                        bad.append(f"{where}: left over: {leftovers(folder)[:3]}")
                else:
                    case.after_kill(where, folder, bad)
    return tried


def kills(binary, scratch, commands, number, chance, bad):
    cases = [Case(binary, scratch, command) for command in commands]
    for round in range(number):
        if round % 100 == 0:
            print(f"{round} of {number} killed, {len(bad)} fall short", file=sys.stderr, flush=True)
        case = cases[round % len(cases)]
        folder = case.fresh()
        after = chance.uniform(0, case.seconds * 1.1)
        process = start(binary, folder, case.arguments)
        how = chance.choice([signal.SIGKILL, signal.SIGKILL, signal.SIGTERM])
        if case.arguments[0] == "serve":
            # The moment counts from the start; the desk saves meanwhile.
            subprocess.Popen(["sh", "-c", f"sleep {after:.3f}; kill -{int(how)} {process.pid} 2>/dev/null"])
            try:
                save_on_desk(process, folder)
            except (OSError, http.client.HTTPException):
                pass
            process.kill()
            process.communicate()
        else:
            try:
                process.communicate(case.typed.encode(), timeout=after)
            except subprocess.TimeoutExpired:
                process.send_signal(how)
                process.communicate()
        case.after_kill(f"round {round}, {case.name}, signal {int(how)} after {after:.3f} s", folder, bad)
    return number


# Acts that run at one time: name, arguments with a number of their own, what is typed, and how
# many marks of an act that succeeded there are.
def marks(folder, name, number):
    text = lambda path: (folder / path).read_text() if (folder / path).exists() else ""
    return {
        "import": lambda: text("signatories/l.csv").count(f"Weavers of {number}th Street"),
        "import column": lambda: text("signatories/l.csv").count(f"Kite Hill {number}"),
        "draft": lambda: int((folder / f"letters/d{number}.md").exists()),
        "review": lambda: text("signatories/decisions.toml").count(f"Undocu{number}rack Network"),
        "release": lambda: 1,
        "render": lambda: 1,
        "undo": lambda: 1,
    }[name]()


def act(binary, folder, name, number):
    (folder / f"n{number}.csv").write_text(f"name\nWeavers of {number}th Street\n")
    (folder / f"q{number}.csv").write_text(f"name,Board vote\nKite Hill {number},Yes\n")
    (folder / f"signatories/p{number}.csv").write_text(f"name\nUndocu{number}rack\nUndocu{number}rack Network\n")
    arguments, typed = {
        "import": (["import", f"n{number}.csv", "--into", "signatories/l.csv"], ""),
        "import column": (["import", f"q{number}.csv", "--into", "signatories/l.csv", "--column", "Board vote=publish"], ""),
        "draft": (["draft", "d.md", "--out", f"letters/d{number}.md"], ""),
        "review": (["review", f"signatories/p{number}.csv"], "d"),
        "release": (["release", "letters/a.md", "--despite", "a test"], ""),
        "render": (["render", "letters/a.md", "--to", "html,txt,md"], ""),
        "undo": (["undo"], ""),
    }[name]
    process = start(binary, folder, arguments)
    process.stdin.write(typed.encode())
    process.stdin.close()
    process.stdin = None
    return process


def races(binary, scratch, number, chance, bad):
    names = ["import", "import column", "draft", "review", "release", "render", "undo"]
    done = 0
    for round in range(number):
        if round % 20 == 0:
            print(f"{round} of {number} rounds, {len(bad)} fall short", file=sys.stderr, flush=True)
        folder = fresh(scratch)
        chosen = [names[round % len(names)], *chance.choices(names, k=3)]
        chance.shuffle(chosen)
        processes = [act(binary, folder, name, number) for number, name in enumerate(chosen)]
        lost, undone, released = [], 0, 0
        for number, (name, process) in enumerate(zip(chosen, processes)):
            out, said = process.communicate(timeout=120)
            if process.returncode not in (0, 1, 2) or b"panicked" in said:
                bad.append(f"round {round}, {chosen}: {name} ends with {process.returncode}: {said.decode()[-200:]}")
            done += process.returncode in (0, 1)
            process.said = out + said
        for number, (name, process) in enumerate(zip(chosen, processes)):
            if process.returncode not in (0, 1):
                continue
            undone += name == "undo" and b"nothing to undo" not in process.said
            released += name == "release"
            if not marks(folder, name, number):
                lost.append(f"{name} {number}")
        if len(lost) > undone:
            bad.append(f"round {round}, {chosen}: without a mark: {lost}, and {undone} taken back")
        if len(list((folder / "output/a/releases").glob("[0-9]*"))) != released:
            bad.append(f"round {round}, {chosen}: {released} releases were told, and others are there")
        run(binary, folder, NEXT, "")
        if leftovers(folder):
            bad.append(f"round {round}, {chosen}: left over: {leftovers(folder)[:3]}")
    return done


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("binary")
    parser.add_argument("--every", type=int, default=1, help="try only every N-th call")
    parser.add_argument("--reads", action="store_true", help="calls that read fail")
    parser.add_argument("--kills", type=int, help="kill this many runs at a moment chosen by chance")
    parser.add_argument("--races", type=int, help="this many rounds of four acts at a time")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", help="only this command")
    options = parser.parse_args()
    binary = str(Path(options.binary).resolve())
    # In memory, where there is such a place: each of thousands of runs begins with a new folder.
    scratch = Path(tempfile.mkdtemp(dir="/dev/shm" if os.path.isdir("/dev/shm") else None))
    commands = [command for command in COMMANDS if options.only in (None, command[0])]
    chance, bad = random.Random(options.seed), Faults()
    if options.races:
        done = races(binary, scratch, options.races, chance, bad)
        what = f"{options.races} rounds of four acts at a time, {done} acts done"
    elif options.kills:
        what = f"{kills(binary, scratch, commands, options.kills, chance, bad)} runs killed"
    else:
        shim = scratch / "faults.so"
        subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", shim, HERE / "faults.c", "-ldl"], check=True)
        what = f"{cut_short(binary, scratch, shim, commands, options, bad)} runs cut short"
    shutil.rmtree(scratch)
    print(f"{what}; " + (f"{len(bad)} fall short, above" if bad else "all hold"))
    sys.exit(bool(bad))


if __name__ == "__main__":
    main()
