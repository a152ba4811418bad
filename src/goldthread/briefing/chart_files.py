"""A chart of one table as a file of its own: SVG that says by itself what it shows."""

from __future__ import annotations

from dataclasses import replace
from html import escape

from goldthread.analysis.periods import CHANGE
from goldthread.analysis.table import Table
from goldthread.briefing import charts
from goldthread.briefing.folding import shown
from goldthread.briefing.funnel_plot import funnel_plot, told
from goldthread.errors import UsageError
from goldthread.protocol.model import TableKind
from goldthread.values import Basis

_WORDS = (TableKind.CRITERIA, TableKind.LISTING, TableKind.TERMS)
_FEW_COLUMNS = 3
_NAMES = {"bars": "Bar chart", "heatmap": "Heat map", "apart": "Bar charts"}
_PAPER = '<rect width="100%" height="100%" fill="#ffffff"/>'


def can_be_drawn(table: Table) -> bool:
    """Whether a table has numbers a chart can show."""
    return table.kind not in _WORDS and bool(table.rows and table.columns)


def chart_file(table: Table) -> str:
    """The chart of a table as a whole SVG file, with a title, and a description that gives every number.

    Bars where there are few columns, a heat map where there are many; both can be read in black and white.
    Raises UsageError for a table of words.
    """
    if not can_be_drawn(table):
        raise UsageError(f"the table {table.id} has no numbers to draw", mend="take it as CSV, HTML or Word")
    drawn, words = _drawn(table)
    draft = "" if table.basis is Basis.CONFIRMED else " (draft: machine suggestions counted)"
    named = '<svg role="img" aria-labelledby="chart-title chart-told"'
    said = (
        f'<title id="chart-title">{escape(shown(table.title))}{draft}</title>'
        f'<desc id="chart-told">{escape(words)}</desc>{_PAPER}'
    )
    opened, _, rest = drawn.partition(">")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{named}{opened.removeprefix("<svg")}>{said}{rest}\n'


def _drawn(table: Table) -> tuple[str, str]:
    """The drawing, and all it shows in words."""
    if table.kind is TableKind.RATES:
        return funnel_plot(table, "chart"), told(table)
    numbers = _numbers(table)
    style = "apart" if table.kind is TableKind.ALIGNMENT else "bars"
    if table.kind is TableKind.MATRIX or len(numbers.columns) > _FEW_COLUMNS:
        style = "heatmap"
    draw = {"bars": charts.bars, "apart": charts.apart, "heatmap": charts.heatmap}[style]
    return draw(numbers, "chart"), charts.alternative(numbers, style, _NAMES[style])


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
