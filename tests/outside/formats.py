"""Every sample in every look and format, read by other people's programs: validators on
the PDF, axe-core on the HTML in light and dark, Python's e-mail package and Chromium on the .eml, LibreOffice on the
Word file."""
import base64
import email
import email.policy
import importlib.util
import pathlib
import re
import shutil
import zipfile
from xml.etree import ElementTree

from playwright.sync_api import sync_playwright

from conformance import judge
from report import check, run

ROOT = pathlib.Path(__file__).resolve().parents[2]
# axe-core as the package axe-playwright-python carries it.
AXE = pathlib.Path(importlib.util.find_spec("axe_playwright_python").origin).parent / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LOOKS = ["classic", "modern", "plain"]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LARGEST = 100 * 1024


def formats(binary, work, judges):
    """Renders each sample in each look and has it judged."""
    for look in LOOKS:
        place = work / look
        for folder in ("letters", "signatories", "boilerplate"):
            shutil.copytree(ROOT / folder, place / folder)
        (place / "undersigned.toml").write_text(f'[style]\nlook = "{look}"\n')
        done = run(binary, "render", "--to", "html,email,docx,txt,pdf", cwd=place)
        check(f"every sample renders in the look {look}", done.returncode == 0, done.stderr[-800:])
        # The classic ones are judged as the samples that they are.
        for pdf in sorted((place / "output").glob("*/*.pdf")) if look != "classic" else ():
            name = f"{pdf.parent.name}, {look},"
            judges.ask(f"{name} conforms", judge, pdf, name)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"])
        for look in LOOKS:
            for page in sorted((work / look / "output").glob("*/*.html")):
                audit(browser, page, f"{page.parent.name}, {look}")
        for mail in sorted((work / "classic/output").glob("*/*.eml")):
            read_mail(browser, mail, work)
        browser.close()
    files = sorted((work / "classic/output").glob("*/*.docx"))
    if not files:
        return  # LibreOffice would wait for some.
    texts = work / "docx"
    texts.mkdir()
    for file in files:
        shutil.copy(file, texts / f"{file.parent.name}.docx")
    # Its text export leaves footnotes out; its pages have them.
    for to in ("txt:Text (encoded):UTF8", "pdf"):
        run("soffice", f"-env:UserInstallation={(work / 'office').as_uri()}", "--headless", "--convert-to", to,
            "--outdir", texts, *sorted(texts.glob("*.docx")), timeout=300)
    for file in sorted(texts.glob("*.docx")):
        read_word(file, file.with_suffix(".txt"))


def audit(browser, page, name):
    """axe-core finds nothing, in the light and in the dark."""
    for scheme in ("light", "dark"):
        # The page's own policy lets no script in; the audit's is no part of the page.
        tab = browser.new_context(color_scheme=scheme, bypass_csp=True, viewport={"width": 1000, "height": 900}).new_page()
        tab.goto(page.as_uri())
        tab.evaluate(AXE.read_text())
        found = tab.evaluate("tags => axe.run(document, {runOnly: tags})", TAGS)
        said = [(rule["id"], rule["nodes"][0]["html"][:160], rule["nodes"][0].get("failureSummary", "")[:300])
                for rule in found["violations"]]
        check(f"axe finds nothing in {name}, {scheme}", not said and len(found["passes"]) > 10, said)
        tab.context.close()


def read_mail(browser, file, work):
    name = file.parent.name
    message = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    defects = [(part.get_content_type(), part.defects) for part in message.walk() if part.defects]
    check(f"{name}: Python reads the e-mail without defects", not defects and not message.defects, defects)
    check(f"{name}: the e-mail has a subject", bool(message["Subject"]), message.items())
    page = message.get_body(("html",)).get_content()
    text = message.get_body(("plain",)).get_content()
    check(f"{name}: the e-mail's HTML is under 100 KB", len(page.encode()) < LARGEST, len(page))
    plain = (file.parent / f"{file.stem}.txt").read_text()
    check(f"{name}: its text part is the plain text", text.replace("\r\n", "\n").strip() == plain.strip(), text[:200])
    for part in message.walk():
        if part["Content-ID"]:
            data = base64.b64encode(part.get_payload(decode=True)).decode()
            page = page.replace(f"cid:{part['Content-ID'].strip('<>')}", f"data:{part.get_content_type()};base64,{data}")
    check(f"{name}: every picture of the e-mail is in it", "cid:" not in page)
    shown = work / f"{name}.mail.html"
    shown.write_text(page)
    tab = browser.new_page(viewport={"width": 700, "height": 900})
    asked = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto(shown.as_uri())
    outside = [url for url in asked if not url.startswith(("file:", "data:"))]
    check(f"{name}: the e-mail asks for nothing", not outside, outside)
    broken = tab.evaluate("[...document.images].filter(image => !image.naturalWidth).length")
    check(f"{name}: the e-mail's pictures show", broken == 0, broken)
    seen = set(squashed(tab.inner_text("body")))
    check(f"{name}: the e-mail shows text", len(seen) > 20, seen)
    tab.close()


def squashed(text):
    return re.sub(r"\s+", "", text)


def read_word(file, converted):
    """LibreOffice reads in the Word file what stands in its XML, footnotes included."""
    name = file.stem
    with zipfile.ZipFile(file) as package:
        check(f"{name}: the Word file is a sound package", package.testzip() is None)
        body = ElementTree.fromstring(package.read("word/document.xml"))
        notes = ElementTree.fromstring(package.read("word/footnotes.xml"))
        dates = {item.date_time[:3] for item in package.infolist()}
    check(f"{name}: the Word file knows no clock", dates == {(1980, 1, 1)}, dates)
    pages = converted.with_suffix(".pdf")
    if not converted.exists() or not pages.exists():
        check(f"{name}: LibreOffice opens the Word file", False)
        return
    shown = run("pdftotext", "-raw", pages, "-").stdout
    contents(name, body, shown)
    for what, part, text in (("line", body, converted.read_text(encoding="utf-8-sig")), ("footnote", notes, shown)):
        text = squashed(text)
        lost = [line for line in map(said, part.iter(f"{W}p")) if squashed(line) not in text]
        check(f"{name}: LibreOffice reads every {what} of the Word file", not lost, lost[:3])


def contents(name, body, shown):
    """Each entry of the contents names the page on which LibreOffice sets its heading."""
    entries = [said(paragraph) for paragraph in body.iter(f"{W}p")
               if any("PAGEREF" in (node.text or "") for node in paragraph.iter(f"{W}instrText"))]
    if not entries and "plan" not in name:
        return
    wrong = []
    for title in entries:
        # At the place of the entry the number follows; elsewhere the heading stands alone.
        page = re.search(rf"^{re.escape(title)}\s+(\d+)$", shown, re.M)
        at = [number for number, text in enumerate(shown.split("\f"), 1) if re.search(rf"^{re.escape(title)}$", text, re.M)]
        if not page or int(page[1]) not in at:
            wrong.append((title, page and page[1], at))
    check(f"{name}: the contents name the pages in LibreOffice", entries and not wrong, wrong[:3])


def said(paragraph):
    """A paragraph's text up to its first footnote's mark, for which LibreOffice puts a
    number."""
    out = ""
    for node in paragraph.iter():
        if node.tag == f"{W}footnoteReference":
            break
        if node.tag == f"{W}t":
            out += node.text or ""
    return out
