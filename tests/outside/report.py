"""Says what held and what did not, and runs other people's programs."""
import os
import pathlib
import subprocess

KNOWN = {line for line in (pathlib.Path(__file__).parent / "known-failures.txt").read_text().splitlines()
         if line and not line.startswith("#")}

failures = []


def check(what, good, detail=""):
    """Prints a line for a check, and remembers it if it failed.

    A check of known-failures.txt must fail: one that holds is to be taken out there."""
    if what in KNOWN:
        good, detail = not good, "it holds now; take it out of known-failures.txt"
        what = f"known not to hold: {what}"
    print(("ok    " if good else "FAIL  ") + what + ("" if good else f": {detail}"), flush=True)
    if not good:
        failures.append(what)


def run(*command, **options):
    """Runs a program to its end; its output is text, bad bytes replaced (pdfinfo
    prints some titles as raw UTF-16)."""
    words = [str(word) for word in command]
    return subprocess.run(words, capture_output=True, encoding="utf-8", errors="replace", **options)


def tree(pdf):
    """The structure tree of a PDF as poppler shows it. It is kept beside the PDF: of five
    thousand names it takes twenty seconds, and more than one check reads it."""
    kept = pathlib.Path(pdf).with_suffix(".tree")
    if not kept.exists():
        made = kept.with_suffix(f".{os.getpid()}")
        made.write_text(run("pdfinfo", "-struct-text", pdf).stdout, encoding="utf-8")
        made.rename(kept)
    return kept.read_text(encoding="utf-8")
