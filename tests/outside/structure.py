"""What validators do not notice in the structure tree of a PDF: cells of a head that are no
headers, headers that say not what they are of, items without a body, figures without words.

  structure.py FILE...     says what is wrong with each
"""
import sys

import pikepdf


def faults(file):
    """Returns what is wrong with the tree of a PDF, each fault once."""
    found = []
    with pikepdf.open(file) as pdf:
        walk(pdf.Root.StructTreeRoot.K, found)
    return sorted(set(found))


def elements(element):
    """The elements within one, in order; numbers and objects are its content."""
    kids = element.get("/K", [])
    kids = kids if isinstance(kids, pikepdf.Array) else [kids]
    return [kid for kid in kids if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]


def role(element):
    return str(element.S)[1:]


def attribute(element, key):
    attributes = element.get("/A", {})
    return attributes.get(key) if isinstance(attributes, pikepdf.Dictionary) else None


def walk(element, found):
    todo = list(element) if isinstance(element, pikepdf.Array) else [element]
    while todo:
        element = todo.pop()
        kids = elements(element)
        todo.extend(kids)
        roles = [role(kid) for kid in kids]
        match role(element):
            case "Table":
                table(kids, found)
            case "L":
                if set(roles) - {"LI"}:
                    found.append(f"a list holds {roles}")
                labeled = [any(role(part) == "Lbl" for part in elements(item)) for item in kids]
                if len(set(labeled)) > 1:
                    found.append("an item has lost its label")
                if any(labeled) != (attribute(element, "/ListNumbering") is not None):
                    found.append("a list says not how it is numbered")
            case "LI":
                # An item without words is a label alone.
                if roles not in (["Lbl", "LBody"], ["LBody"], ["Lbl"]):
                    found.append(f"an item holds {roles}")
            case "Figure":
                if not str(element.get("/Alt", "")).strip() or attribute(element, "/BBox") is None:
                    found.append("a figure has no words or no place")
            case "Note":
                if roles[:1] != ["Lbl"]:
                    found.append("a footnote has no number")


def table(kids, found):
    rows = [elements(kid) for kid in kids if role(kid) == "TR"]
    if len({len(row) for row in rows}) != 1:
        found.append(f"rows of a table are of unlike length: {[len(row) for row in rows]}")
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            scope = str(attribute(cell, "/Scope") or "")
            expected = "/Column" if at == 0 else "/Row" if column == 0 and role(cell) == "TH" else ""
            if (role(cell) == "TH") != bool(expected) or scope != expected:
                found.append(f"the cell {column + 1} of row {at + 1} is {role(cell)} {scope}")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    wrong = {file: faults(file) for file in sys.argv[1:]}
    for file, said in wrong.items():
        for fault in said:
            print(f"{file}: {fault}")
    sys.exit(1 if any(wrong.values()) else 0)
