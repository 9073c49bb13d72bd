"""What poppler reads in a PDF, held against what the letter must print."""
import collections
import re

from expected import folded
from report import run, tree


def page_texts(pdf, *flags):
    """The text of each page."""
    return run("pdftotext", "-enc", "UTF-8", *flags, pdf, "-").stdout.split("\f")[:-1]


def without_furniture(pages, heads, date, repeated=""):
    """Drops the running head and the page's number from all pages but the first,
    and there the table's head that is repeated. `heads`: what a running head may say
    beside the date."""
    heads, date = [plain(head) for head in heads], plain(date)
    repeated = re.compile(r"\s+".join(map(re.escape, repeated.split())))
    kept = pages[:1]
    for number, page in enumerate(pages[1:], 2):
        lines = page.split("\n")
        # The name and the date are a line, or two where they stand far apart.
        head = [line for line in lines[:3] if is_head(plain(line), heads, date)][:2]
        foot = [line for line in lines if re.fullmatch(rf"\W*\w+ {number} \w+ {len(pages)}\W*", plain(line))][-1:]
        for line in head + foot:
            lines.remove(line)
        kept.append(repeated.sub("", "\n".join(lines), count=1))
    return "\n".join(kept)


def plain(line):
    return " ".join(folded(line).split())


def is_head(line, heads, date):
    """Whether a line is one of the heads, or its beginning and an ellipsis, with the
    date after it or without; or the date alone."""
    name = line.removesuffix(date).rstrip()
    cut = name.removesuffix("...").rstrip()
    begins = cut not in (name, "") and any(head.startswith(cut) for head in heads)
    return line != "" and name in ("", *heads) or begins


def joined(text):
    """Undoes the hyphens that were set at line ends."""
    return re.sub(r"\u00ad\s*", "", text)


def tree_text(pdf):
    """The text of the structure tree, in its order. Poppler shows a hyphen at a
    line's end as a piece of its own, without its ActualText."""
    pieces = re.findall(r'^ *"(.*)"$', tree(pdf), re.M)
    return joined(" ".join("\u00ad" if piece == "-" else piece for piece in pieces))


def squashed(text):
    """Text without white space, in the form in which it is compared."""
    return re.sub(r"\s+", "", folded(text))


def unhyphenated(text):
    """Without any hyphen: poppler drops those at line ends, real ones as well,
    where it reads by its own order."""
    return folded(text).replace("-", "")


def lost_letters(text, main, notes):
    """Letters that are found more or less often than expected, in whatever order."""
    found = collections.Counter(squashed(text))
    wanted = collections.Counter(squashed(main) + squashed(notes))
    return {"missing": dict(wanted - found), "too many": dict(found - wanted)} if found != wanted else None


def astray(text, main, notes):
    """Returns None if `text` is `main` with `notes` laid in, both in order and
    whole, or else where the text goes astray. White space does not count.

    Follows every way of dividing the text at once: the set of lengths of `main`
    that may have been read so far; there are seldom more than a few.
    """
    text, main, notes = squashed(text), squashed(main), squashed(notes)
    ways = {0}
    for at, letter in enumerate(text):
        following = set()
        for read in ways:
            if main[read:read + 1] == letter:
                following.add(read + 1)
            if notes[at - read:at - read + 1] == letter:
                following.add(read)
        if not following:
            read = max(ways)
            return (f"found …{text[max(0, at - 30):at]}⟂{text[at:at + 40]}…, "
                    f"expected …⟂{main[read:read + 40]}… or a note's …⟂{notes[at - read:at - read + 30]}…")
        ways = following
    if len(main) not in ways or len(text) != len(main) + len(notes):
        read = max(ways)
        return f"ended before …{main[read:read + 40]}…, notes {notes[len(text) - read:len(text) - read + 40]}…"
    return None


# Words that may turn at the end of a line without a hyphen: those with marks at
# which a line may end, of scripts without spaces, and those too long for a line.
TURNS = re.compile(r"[-/.@_?&=,:;)(|\u0e00-\u0e7f\u3000-\u9fff\uac00-\ud7af\uff00-\uffef]")
TOO_LONG = 30


def lost_words(text, main, notes):
    """Words that are expected more often than they are found: they were lost, or
    run into their neighbours."""
    found = collections.Counter(folded(text).split())
    wanted = collections.Counter((folded(main) + " " + folded(notes)).split())
    return [word for word, count in (wanted - found).items()
            if not TURNS.search(word) and len(word) < TOO_LONG]
