"""A redline in Word's form, settled by LibreOffice: with all changes accepted it says what the later
letter says, and with all rejected what the earlier one said, to the letter.

  redline.py BINARY
"""
import pathlib
import re
import shutil
import sys
import tempfile

from report import check, failures, run

ROOT = pathlib.Path(__file__).resolve().parents[2]
# What an editor does to a letter: words changed, added, taken away at the start, in the middle and
# at the end, a sentence rewritten, a paragraph and an item added, a paragraph taken away.
EDITS = [
    ("Priorities on paper free nobody. ", ""),
    ("or be well under way, within 100 days.", "or be well under way, within one hundred days, and not later."),
    ("3. **Close detention facilities.**", "3. **Close all detention facilities.**"),
    ("Every week of delay is counted in people:", "Each week of delay is counted in people, and in families:"),
    ("## Why it cannot wait", "## Why this cannot wait\n\nA new paragraph that only the later letter has, with “quotation marks”."),
    ("Detention and deportation are not abstractions to those who sign this letter. ", "We know detention and deportation. "),
]
MACRO = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">
Sub Settle(source As String, target As String, act As String)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden"
  hidden(0).Value = True
  document = StarDesktop.loadComponentFromURL(source, "_blank", 0, hidden())
  dispatcher = createUnoService("com.sun.star.frame.DispatchHelper")
  Dim none()
  dispatcher.executeDispatch(document.CurrentController.Frame, ".uno:" &amp; act &amp; "AllTrackedChanges", "", 0, none())
  Dim filter(1) As New com.sun.star.beans.PropertyValue
  filter(0).Name = "FilterName"
  filter(0).Value = "Text (encoded)"
  filter(1).Name = "FilterOptions"
  filter(1).Value = "UTF8,LF"
  document.storeToURL(target, filter())
  document.close(True)
End Sub
</script:module>
"""


def paragraphs(file):
    """The paragraphs of a text, without the numbers of lists."""
    lines = (re.sub(r"^\s*(?:\d+\.|•)\s+", "", line) for line in file.read_text("utf-8-sig").splitlines())
    return [line.strip("\t\r") for line in lines if line.strip()]


def redline(binary, work):
    """Writes both letters and the redline, and has LibreOffice settle the changes."""
    for folder in ("letters", "signatories", "boilerplate"):
        shutil.copytree(ROOT / folder, work / folder)
    old = work / "letters/dhs-100-days.md"
    text = old.read_text()
    for before, after in EDITS:
        check(f"the sample has the words that are edited: {before[:30]}", text.count(before) == 1, text.count(before))
        text = text.replace(before, after)
    (work / "letters/later.md").write_text(text)
    done = [run(binary, "render", f"letters/{name}.md", "--to", "docx", cwd=work) for name in ("dhs-100-days", "later")]
    done.append(run(binary, "diff", "letters/dhs-100-days.md", "letters/later.md", "--to", "docx", cwd=work))
    check("both letters and the redline are written", not any(one.returncode for one in done), [one.stderr[-300:] for one in done])
    for name, file in (("old", "dhs-100-days/letter"), ("new", "later/letter"), ("redline", "redline/redline")):
        shutil.copy(work / f"output/{file}.docx", work / f"{name}.docx")
    profile = f"-env:UserInstallation={(work / 'office').as_uri()}"
    # The first run makes the profile, with an empty module for macros.
    run("soffice", profile, "--headless", "--convert-to", "txt:Text (encoded):UTF8", "--outdir", work, work / "old.docx",
        work / "new.docx", timeout=300)
    (work / "office/user/basic/Standard/Module1.xba").write_text(MACRO)
    for act, name in (("Accept", "new"), ("Reject", "old")):
        settled = work / f"{act}.txt"
        macro = f"macro:///Standard.Module1.Settle({(work / 'redline.docx').as_uri()},{settled.as_uri()},{act})"
        run("soffice", profile, "--headless", "--norestore", macro, timeout=120)
        check(f"LibreOffice writes the redline with {act}", settled.is_file())
        if not settled.is_file():
            continue
        said, letter = paragraphs(settled), paragraphs(work / f"{name}.txt")
        start = next(at for at, line in enumerate(letter) if line.startswith("On behalf of"))
        end = next(at for at, line in enumerate(letter) if line.startswith("Respectfully"))
        body = letter[start:end + 1]
        first = said.index(body[0]) if body[0] in said else 0
        check(f"the {name} letter has a text of many paragraphs", len(body) > 15, len(body))
        own = said[first:first + len(body)]
        apart = [pair for pair in zip(body, own) if pair[0] != pair[1]]
        check(f"{act} all: the text is the {name} letter's, to the letter", own == body, apart[:2])


def main():
    with tempfile.TemporaryDirectory() as folder:
        redline(pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(folder))
    sys.exit(bool(failures))


if __name__ == "__main__":
    main()
