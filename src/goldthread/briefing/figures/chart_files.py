"""A chart of one table as a file of its own: SVG that says by itself what it shows."""

from __future__ import annotations

import re
import textwrap
from dataclasses import replace
from html import escape

from goldthread.analysis.periods import CHANGE
from goldthread.analysis.table import Table
from goldthread.analysis.tabulate import CONFIRMED_NOTE, DRAFT_NOTE
from goldthread.briefing.figures import charts
from goldthread.briefing.figures.drawing import INK, drawable, drawn, svg
from goldthread.briefing.figures.funnel_plot import funnel_plot, told
from goldthread.briefing.formats.folding import shown
from goldthread.errors import UsageError
from goldthread.protocol.model import TableKind
from goldthread.values import Basis

_WORDS = (TableKind.CRITERIA, TableKind.LISTING, TableKind.TERMS)
_FEW_COLUMNS = 3
_NAMES = {"bars": "Bar chart", "heatmap": "Heat map", "apart": "Bar charts"}
_VIEW = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')
_TITLE_LETTERS, _NOTE_LETTERS = 68, 112
_PAPER = '<rect width="100%" height="100%" fill="#ffffff"/>'


def has_counts(table: Table) -> bool:
    """Whether a table is one of numbers, and not of words."""
    return table.kind not in _WORDS


def can_be_drawn(table: Table) -> bool:
    """Whether a table has numbers a chart can show."""
    return has_counts(table) and bool(table.rows and table.columns)


def chart_file(table: Table) -> str:
    """The chart of a table as a whole SVG file: its title, on which basis it counts, the drawing, the table's notes.

    For those who listen it has a title, and a description that gives every number. Bars where there are few columns,
    a heat map where there are many; both can be read in black and white. Raises UsageError for a table of words.
    """
    if not can_be_drawn(table):
        raise UsageError(f"the table {table.id} has no numbers to draw", mend="take it as CSV, HTML or Word")
    drawing, words, left_out = _drawn(table)
    draft = "" if table.basis is Basis.CONFIRMED else " (draft: machine suggestions counted)"
    parts = [one for one in (_head(table), drawing, _foot(table, left_out)) if one]
    heights = [_size(one)[1] for one in parts]
    width, height = max(_size(one)[0] for one in parts), sum(heights)
    tops = [sum(heights[:n]) for n in range(len(parts))]
    placed = "".join(
        f'<g transform="translate(0 {top:.4f})">{_inside(one)}</g>' for one, top in zip(parts, tops, strict=True)
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<svg role="img" aria-labelledby="chart-title chart-told" xmlns="http://www.w3.org/2000/svg"'
        ' xmlns:xlink="http://www.w3.org/1999/xlink" version="1.1"'
        f' width="{width:.4f}pt" height="{height:.4f}pt" viewBox="0 0 {width:.4f} {height:.4f}">'
        f'<title id="chart-title">{escape(shown(table.title))}{draft}</title>'
        f'<desc id="chart-told">{escape(words)}</desc>{_PAPER}{placed}</svg>\n'
    )


def _head(table: Table) -> str:
    """The title, and whether machine suggestions are counted."""
    title = textwrap.wrap(drawable(shown(table.title)), _TITLE_LETTERS, max_lines=4, placeholder=" …")
    height = 0.5 * len(title) + 1.0
    with drawn(charts.WIDTH, height) as figure:
        figure.text(
            0.005, 1 - 0.12 / height, "\n".join(title), va="top", fontsize=11, fontweight="bold", linespacing=1.25
        )
        if table.basis is Basis.CONFIRMED:
            figure.text(0.005, 0.42 / height, "Counts only what people confirmed", va="center", fontsize=8.5)
        else:
            plate = {"boxstyle": "round,pad=0.35", "facecolor": "#ffe08a", "edgecolor": INK, "linewidth": 0.7}
            mark = "DRAFT: machine suggestions counted, not confirmed"
            figure.text(0.012, 0.42 / height, mark, va="center", fontsize=8.5, bbox=plate)
        return svg(figure, "chart-head")


def _foot(table: Table, left_out: int) -> str:
    """What the table says of itself: what it counts among how many, what is left out, how far it can be believed."""
    said = [note for note in table.notes if note not in (DRAFT_NOTE, CONFIRMED_NOTE)]
    if left_out:
        said.insert(
            0, f"The largest rows are drawn; {left_out:,} more {'is' if left_out == 1 else 'are'} in the table."
        )
    notes = [one for note in said for one in textwrap.wrap(drawable(shown(note)), _NOTE_LETTERS)]
    if not notes:
        return ""
    height = 0.36 * len(notes) + 0.4
    with drawn(charts.WIDTH, height) as figure:
        figure.text(0.005, 1 - 0.15 / height, "\n".join(notes), va="top", fontsize=7.5, linespacing=1.3)
        return svg(figure, "chart-foot")


def _size(drawing: str) -> tuple[float, float]:
    """Width and height of a drawing, in points."""
    found = _VIEW.search(drawing)
    return (float(found[1]), float(found[2])) if found else (0.0, 0.0)


def _inside(drawing: str) -> str:
    return drawing.partition(">")[2].rpartition("</svg>")[0]


def _drawn(table: Table) -> tuple[str, str, int]:
    """The drawing, all it shows in words, and how many rows with something in them it leaves out."""
    if table.kind is TableKind.RATES:
        return funnel_plot(table, "chart"), told(table), 0
    numbers = _numbers(table)
    style = "apart" if table.kind is TableKind.ALIGNMENT else "bars"
    if table.kind is TableKind.MATRIX or len(numbers.columns) > _FEW_COLUMNS:
        style = "heatmap"
    draw = {"bars": charts.bars, "apart": charts.apart, "heatmap": charts.heatmap}[style]
    words = charts.alternative(numbers, style, _NAMES[style])
    return draw(numbers, "chart"), words, charts.left_out(numbers, style)


def _numbers(table: Table) -> Table:
    """The table with only the columns that hold counts."""
    keep = range(len(table.columns))
    if table.kind in (TableKind.SUMMARY, TableKind.TOGETHER):
        keep = range(1)
    elif table.kind is TableKind.PERIODS:
        keep = range(sum(column.id != CHANGE for column in table.columns))
    elif table.kind is TableKind.ALIGNMENT:
        keep = range(int(table.columns[0].id == "themes"), len(table.columns))
    rows = (replace(row, cells=tuple(row.cells[n] for n in keep)) for row in table.rows)
    return replace(table, columns=tuple(table.columns[n] for n in keep), rows=tuple(rows))
