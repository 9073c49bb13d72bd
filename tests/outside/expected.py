"""What a letter must print, worked out from its source without our program.

The front matter is read with tomllib and the Markdown with markdown-it, so that
what is missing, doubled or out of order in a PDF is seen. Only the order of the
roll is taken from our HTML: whether that order is right is a test of `compose`;
here it must be the same on paper. What the program words by itself (a date in
Arabic, a count in words) stands in tests/torture/expected.toml.
"""
import collections
import csv
import html.parser
import itertools
import re
import tomllib
import unicodedata

from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).use(footnote_plugin)
# Figures above and below the line keep their value when they are read.
RAISED = {"sup": str.maketrans("0123456789+-=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾"), "sub": str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")}
FIELD = re.compile(r"(?<!\\)\{\{\s*(.*?)\s*\}\}")
# The bullets of the look, by the depth of lists of both kinds.
BULLETS = ["•", "–", "·"]
MONTHS = ("January February March April May June July August September October November December").split()


class Letter:
    """A letter's source and what it must print."""

    def __init__(self, path, known, roll):
        """`known`: the letter's table of expected.toml; `roll`: a Roll of our HTML."""
        _, header, body = re.split(r"^\+\+\+\s*$", path.read_text(), maxsplit=2, flags=re.M)
        self.path, self.known, self.roll = path, known, roll
        self.front = tomllib.loads(header)
        self.title = self.line("title")
        self.sender = self.inline(self.front.get("letterhead", {}).get("name", ""))
        main = self.head()
        # Appendices stand last; all are one text, whose footnotes are numbered through.
        body, definitions = self.body(body)
        body, *appendices = divided(body)
        main += body
        # A roll of nobody has no heading on paper.
        main += [self.line("closing"), self.signatures(), roll.text if roll.names else ""]
        main += self.notes("cc", self.label("cc", "cc:"))
        many = len(self.front.get("enclosures", [])) != 1
        label = self.label("enclosures", "Enclosures:") if many else self.label("enclosure", "Enclosure:")
        main += self.notes("enclosures", known.get("enclosures", label))
        main += [text for appendix in appendices for text in appendix]
        self.main = " ".join(main)
        # The address at the foot of page 1 stands below its notes, and is read last.
        foot = [self.inline(line) for line in self.front.get("letterhead", {}).get("footer", [])]
        self.footnotes = " ".join(definitions + foot)

    def label(self, key, usual):
        """A word that the document prints by itself, or the author's in its place."""
        return self.front.get("labels", {}).get(key, usual)

    def heads(self):
        """What the pages after the first may say at their top: who writes to whom of what."""
        subject = self.line("subject") or self.title
        addressees = list(self.addressees())
        names = [block[0] for block in addressees[:1] if len(addressees) == 1]
        whole = [each for each in (self.sender, *names, subject) if each]
        short = [each for each in (self.sender, subject) if each]
        return [" \u00b7 ".join(whole), " \u00b7 ".join(short), self.sender, subject]

    def names(self):
        """The names that must be printed: those of the lists, each once, unless it is
        said otherwise."""
        if "names" in self.known:
            return self.known["names"]
        left_out = self.known.get("left_out", [])
        names = [name for path in self.front["signatories"] for name in read_list(self.path.parent / path)]
        return [name for name in dict.fromkeys(names) if name not in left_out]

    def head(self):
        """What stands above the body."""
        front = self.front
        letterhead = front.get("letterhead", {})
        lines = [self.inline(letterhead.get("name", ""))] + [self.inline(line) for line in letterhead.get("lines", [])]
        lines += [self.inline(line) for line in letterhead.get("board", [])]
        lines.append(self.date("date"))
        lines.append(self.line("via"))
        for block in self.addressees():
            lines += block
        if "subject" in front:
            lines += [self.known.get("subject", self.label("subject", "RE:")), self.line("subject")] if front["subject"] else []
        lines.append(self.line("salutation"))
        return lines

    def addressees(self):
        """The address blocks: those of one organization at one address share theirs."""
        blocks = {}
        for number, to in enumerate(self.front.get("to", [])):
            name, title, organization = (self.inline(to.get(key, "")) for key in ("name", "title", "organization"))
            address = [self.inline(line) for line in to.get("address", [])]
            place = (organization.lower(), *address) if organization else number
            blocks.setdefault(place, []).append((name, title, [organization, *address]))
        for block in blocks.values():
            if len(block) == 1:
                yield [*block[0][:2], *block[0][2]]
            else:
                yield [", ".join(filter(None, one[:2])) for one in block] + block[0][2]

    def notes(self, key, label):
        lines = self.front.get(key, [])
        return [label] + [self.inline(line) for line in lines] if lines else []

    def signatures(self):
        """Who signs by hand; a picture of a signature is seen, not read."""
        keys = ("name", "title", "organization")
        signers = self.front.get("signature", [])
        return " ".join(self.inline(signer.get(key, "")) for signer in signers for key in keys)

    def line(self, key):
        return self.inline(self.front.get(key, ""))

    def date(self, key):
        """The date in words: English ones are made here, others are known."""
        value = self.front.get(key)
        if value is None:
            return ""
        return self.known.get(key, f"{MONTHS[value.month - 1]} {value.day}, {value.year}")

    def field(self, match):
        expression = match[1].replace(" ", "")
        if expression in self.known:
            return str(self.known[expression])
        if expression == "signatories.count":
            return f"{len(self.names()):,}"
        return self.date(expression.removeprefix("letter."))

    def fill(self, text):
        return FIELD.sub(self.field, text)

    def inline(self, text):
        """One line of Markdown that is never a list or a heading."""
        return self.spoken(MARKDOWN.parseInline(self.fill(text))[0].children)

    def body(self, text):
        """The body's text, and the footnotes' with their numbers."""
        # In code a field stays as it is, so code is filled with what it says.
        text = re.sub(r"`[^`\n]*\{\{[^`\n]*`", lambda code: code[0].replace("{{", "\0{"), text)
        tokens = MARKDOWN.parse(self.fill(text).replace("\0{", "{{").replace(r"\{{", "{{"))
        main, notes = [], []
        out, lists, labels = main, [], []
        captions, this = Captions(), None
        paragraphs = itertools.count(1) if self.front.get("page", {}).get("numbered_paragraphs") else None
        for token in tokens:
            before, this = this, token.type
            match token.type:
                case "footnote_block_open":
                    out = notes
                case "footnote_open":
                    notes.append(str(token.meta["id"] + 1))
                case "bullet_list_open":
                    lists.append(None)
                case "ordered_list_open":
                    lists.append(int(token.attrs.get("start", 1)))
                case "bullet_list_close" | "ordered_list_close":
                    lists.pop()
                case "list_item_open" if lists[-1] is None:
                    out.append(BULLETS[min(len(lists), len(BULLETS)) - 1])
                case "list_item_open":
                    out.append(f"{lists[-1]}.")
                    lists[-1] += 1
                case "inline" if [child.type for child in token.children] == ["image"]:
                    # A figure is seen, and its words are its alternative; its title is its caption.
                    if "title" in token.children[0].attrs:
                        out.append(captions.numbered(token.children[0].attrs["title"]))
                case "inline":
                    words = captions.numbered(self.spoken(token.children).removeprefix("[!pull] "))
                    is_caption = (token.children and token.children[0].type == "image") or CAPTION.match(words)
                    if paragraphs and out is main and token.level == 1 and before == "paragraph_open" and not is_caption:
                        out.append(f"{next(paragraphs)}.")
                    out.append(words)
                case "fence" | "code_block":
                    out.append(token.content)
                case "html_block":
                    out.extend(between_boxes(token.content))
        return main, notes

    def spoken(self, tokens):
        """The text of inlines: without looks, addresses, raw HTML and what is between
        the tags of a script."""
        out, before, script, raised = [], None, False, None
        for token in tokens or []:
            if token.type == "html_inline" and (tag := re.fullmatch(r"<(/?)(sup|sub)>", token.content)):
                raised = None if tag[1] else RAISED[tag[2]]
                continue
            if token.type == "html_inline" and re.match(r"</?(script|style)\b", token.content, re.I):
                script = not token.content.startswith("</")
            if script:
                continue
            # Two marks side by side have a comma between them.
            if token.type == before == "footnote_ref":
                out.append(",")
            before = token.type
            match token.type:
                case "text" | "code_inline":
                    out.append(token.content.translate(raised) if raised else token.content)
                case "softbreak" | "hardbreak":
                    out.append(" ")
                case "image":
                    pass  # it is seen, and its words are its alternative
                case "footnote_ref":
                    out.append(str(token.meta["id"] + 1))
                case "html_inline" if re.fullmatch(r"<br\s*/?>", token.content):
                    out.append(" ")
        return "".join(out)


# What a caption begins with, once it has its number.
CAPTION = re.compile(r"\s*(Table|Figure) (\d+)\. ")


class Captions:
    """Numbers captions that ask for it: tables and pictures apart."""

    def __init__(self):
        self.counts = collections.Counter()

    def numbered(self, words):
        if written := CAPTION.match(words):
            self.counts[written[1]] = max(self.counts[written[1]], int(written[2]))
        if asked := re.match(r"(Table|Figure): ", words):
            self.counts[asked[1]] += 1
            return f"{asked[1]} {self.counts[asked[1]]}. {words[asked.end():]}"
        return words


def between_boxes(html):
    """The lines between tags that only hold text together."""
    lines = [line.strip() for line in html.splitlines() if line.strip()]
    tags = [line for line in lines if line.startswith("<")]
    box = r"</?(div|section|article|main|center|header|footer|p)\b(?![^>]*\blang=)[^<>]*>"
    return [line for line in lines if line not in tags] if all(re.fullmatch(box, tag) for tag in tags) else []


def divided(texts):
    """Texts divided at lines of plus signs."""
    parts = [[]]
    for text in texts:
        if text.strip() == "+++":
            parts.append([])
        # The end of a page has no words.
        elif text.strip() != "\\newpage":
            parts[-1].append(text)
    return parts


class Roll(html.parser.HTMLParser):
    """The roll of our HTML: its text in order, and the names in it."""

    # Elements whose text is no signatory's name.
    NO_NAME = {"h2", "h3", "h4", "span"}

    def __init__(self, page):
        super().__init__()
        self.names, self.pieces, self.open = [], [], []
        self.feed(page)
        self.text = "".join(self.pieces)

    def handle_starttag(self, tag, attributes):
        if not self.open and not (tag == "section" and "roll" in dict(attributes).get("class", "").split()):
            return
        if tag in ("br", "wbr"):
            self.pieces.append(" ")
            return
        self.open.append(tag)
        if tag in ("h2", "h3", "h4", "p", "li"):
            self.pieces.append(" ")
        if self.in_name():
            self.names.append("")

    def in_name(self):
        return "bdi" in self.open and not self.NO_NAME & set(self.open)

    def handle_endtag(self, tag):
        if self.open and self.open[-1] == tag:
            self.open.pop()

    def handle_data(self, data):
        if self.open:
            self.pieces.append(data)
            if self.in_name():
                self.names[-1] += data


def read_list(path):
    """The names of a list, as a person reads them in the file."""
    text = path.read_text()
    match path.suffix:
        case ".csv":
            names = [row["name"] for row in csv.DictReader(text.splitlines(keepends=True))]
        case ".tsv":
            names = [row["name"] for row in csv.DictReader(text.splitlines(keepends=True), delimiter="\t")]
        case ".toml":
            names = [table["name"] for table in tomllib.loads(text)["signatory"]]
        case _:
            names = text.splitlines()
    return [visible(name) for name in names if name.strip()]


def visible(text):
    """Without what nobody sees: controls, zero-width characters."""
    kept = (" " if unicodedata.category(c) == "Cc" else c for c in text
            if unicodedata.category(c) != "Cf" or c in "\u200c\u200d")
    return " ".join("".join(kept).split())


SAME = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "ʼ": "'", "ʻ": "'",
                      "–": "-", "—": "-", "‑": "-", "−": "-", "·": " ", "…": "...", "′": "'", "″": '"', "‚": "'", "‹": "'", "›": "'"})


def folded(text):
    """Text in the form in which it is compared: compatibility characters, quotation
    marks and dashes in one shape, nothing invisible. The spaces within French quotation
    marks are the program's: a source has none."""
    text = re.sub(r"(?<=«)\s|\s(?=»)", "", text)
    text = unicodedata.normalize("NFKC", text.replace("---", "-").replace("--", "-").translate(SAME))
    text = text.translate(SAME)
    return "".join(c for c in text if unicodedata.category(c) != "Cf" and not 0xFE00 <= ord(c) <= 0xFE0F)
