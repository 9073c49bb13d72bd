"""Draws the plots of docs/PERFORMANCE.md from its tables.

    pip install matplotlib
    python3 bench/performance/plots.py

Run it after run.py --write. Both axes are logarithmic: a line that rises by one step for
each step to the right grows in proportion.
"""

import pathlib
import re

import matplotlib

matplotlib.use("svg")
import matplotlib.pyplot as plot
from matplotlib.ticker import FuncFormatter

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "PERFORMANCE.md").read_text(encoding="utf-8")
IMAGES = ROOT / "docs" / "images"
# The same tables give the same files.
matplotlib.rcParams.update({"svg.hashsalt": "undersigned", "svg.fonttype": "path", "font.size": 10,
                            "axes.spines.top": False, "axes.spines.right": False})
# Told apart by color, mark, and dash.
STYLES = [("#1f3a5f", "o", "-"), ("#b3541e", "s", "-"), ("#2f7d4f", "^", "--"), ("#6b6b6b", "D", ":")]


def columns(name):
    """The rows of a table, each as a dictionary of its cells by header."""
    block = re.search(rf"<!-- table {name} -->\n(.*?)<!-- end -->", PAGE, re.S)[1]
    lines = [[cell.strip() for cell in line.strip("|").split("|")]
             for line in block.splitlines() if line.startswith("|")]
    return [dict(zip(lines[0], line)) for line in lines[2:]]


def number(cell):
    """A number as the tables write it."""
    return float(cell.replace(",", ""))


def line(rows, across, up):
    """The points of two columns."""
    return [number(row[across]) for row in rows], [number(row[up]) for row in rows]


def draw(name, across, up, lines):
    """Draws lines, each `(label, (xs, ys))`, as an SVG."""
    figure, axes = plot.subplots(figsize=(6.4, 3.6), layout="constrained")
    for (label, (xs, ys)), (color, mark, dash) in zip(lines, STYLES, strict=False):
        axes.plot(xs, ys, color=color, marker=mark, linestyle=dash, markersize=5, label=label)
    axes.set(xscale="log", yscale="log", xlabel=across, ylabel=up)
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}"))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,g}"))
    axes.legend(frameon=False, loc="upper left")
    axes.grid(True, which="major", color="#dddddd", linewidth=0.6)
    figure.savefig(IMAGES / f"{name}.svg", metadata={"Date": None, "Creator": None})
    plot.close(figure)


def main():
    """Draws all plots."""
    made, real = columns("dedupe"), columns("dedupe-real")
    draw("plot-names", "rows", "processor time, seconds", [
        ("made-up names", line(made, "rows", "processor, s")),
        ("real names", line(real, "rows", "processor, s")),
        ("reading alone", line(made, "rows", "reading alone, s")),
    ])
    draw("plot-memory", "rows", "peak memory, MiB", [
        ("made-up names", line(made, "rows", "peak MiB")),
        ("real names", line(real, "rows", "peak MiB")),
    ])
    page = columns("page")
    draw("plot-page", "names", "processor time, seconds", [
        ("whole job", line(page, "names", "whole job, s")),
        ("page alone", line(page, "names", "page alone, s")),
        ("Typst", line(page, "names", "Typst, s")),
    ])


main()
