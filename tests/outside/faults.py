#!/usr/bin/env python3
"""Every command that writes, cut short at every call that changes a file.

    tests/outside/faults.py BINARY [--every N]

Each command runs in a fresh workspace. Its calls are counted; then, for each of them, the
command runs once with that call failing (no space left), and once killed before it. After a
failure, every file is as before. After a kill and one more run of the same command, every
file is as the command makes it, and nothing is left over; before that run, but after
`status`, the set of files is the old one or the new one. Needs a C compiler.
"""
import argparse
import os
import shutil
import subprocess
import sys
import tempfile
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
# Name, arguments, what is typed, what is compared between two runs of the same command.
COMMANDS = [
    ("render", ["render", "--to", "pdf,html,txt,md", "-q"], ""),
    ("import into", ["import", "n.csv", "--into", "signatories/l.csv", "-q"], ""),
    ("import out", ["import", "n.csv", "--out", "signatories/new.csv", "-q"], ""),
    ("review", ["review", "signatories/p.csv"], "dd"),
    ("release", ["release", "letters/a.md", "--dossier", "--despite", "a test", "-q"], ""),
    ("new", ["new", "campaign"], ""),
    ("man", ["man", "--out", "pages"], ""),
    ("new key", ["release", "--new-key", "me.key"], "\n\n"),
]


def workspace(folder):
    files = {
        "letters/a.md": LETTER,
        "signatories/l.csv": "name,email\nHarbor Light,a@b.example\n",
        "signatories/p.csv": "name\nUndocuBluerack\nUndocuBluerack Network\nUndocuTallrack\nUndocuTallrack Network\n",
        "n.csv": "name,email\nWeavers Union,c@d.example\n",
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
        if path.is_dir() or name.startswith(".undersigned/history") or path.name in (".releases", ".dossiers"):
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


def run(binary, folder, arguments, typed, **settings):
    environment = dict(os.environ, **{key: str(value) for key, value in settings.items()})
    return subprocess.run(
        [binary, *arguments], cwd=folder, env=environment, input=typed.encode(), capture_output=True, timeout=120
    )


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("binary")
    parser.add_argument("--every", type=int, default=1, help="try only every N-th call")
    options = parser.parse_args()
    binary = str(Path(options.binary).resolve())
    scratch = Path(tempfile.mkdtemp())
    shim = scratch / "faults.so"
    subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", shim, HERE / "faults.c", "-ldl"], check=True)
    bad, tried = [], 0

    for name, arguments, typed in COMMANDS:
        def fresh():
            folder = scratch / "w"
            shutil.rmtree(folder, ignore_errors=True)
            workspace(folder)
            return folder

        folder = fresh()
        old = snapshot(folder)
        count = scratch / "count"
        ran = run(binary, folder, arguments, typed, LD_PRELOAD=shim, FAULT_COUNT=count)
        if ran.returncode not in (0, 1):
            bad.append(f"{name}: fails by itself: {ran.stderr.decode()}")
            continue
        new = snapshot(folder)
        calls = int(count.read_text())
        # A review saves each answer by itself.
        steps = [old, new]
        if name == "review":
            folder = fresh()
            run(binary, folder, arguments, typed[:1])
            steps.insert(1, snapshot(folder))
        for at in range(1, calls + 1, options.every):
            for kind in ("error", "kill"):
                tried += 1
                folder = fresh()
                ran = run(binary, folder, arguments, typed, LD_PRELOAD=shim, FAULT_AT=at, FAULT=kind)
                where = f"{name}, {kind} at call {at} of {calls}"
                if kind == "error":
                    after = snapshot(folder)
                    if ran.returncode not in (0, 1, 2):
                        bad.append(f"{where}: exit {ran.returncode}: {ran.stderr.decode()[-200:]}")
                    elif ran.returncode == 2 and after not in steps[:-1]:
                        bad.append(f"{where}: exit 2, but files are new: {sorted(after.items() - old.items())[:3]}")
                    elif ran.returncode != 2 and after != new:
                        bad.append(f"{where}: exit {ran.returncode}, but files are missing")
                else:
                    run(binary, folder, ["status"], "")
                    if snapshot(folder) not in steps and name != "release":
                        bad.append(f"{where}: neither the old nor the new files")
                run(binary, folder, arguments, typed)
                if leftovers(folder):
                    bad.append(f"{where}: left over: {leftovers(folder)[:3]}")
    shutil.rmtree(scratch)
    print(f"{tried} runs cut short; " + (f"{len(bad)} fall short:" if bad else "all hold"))
    for line in bad:
        print("  " + line)
    sys.exit(bool(bad))


if __name__ == "__main__":
    main()
