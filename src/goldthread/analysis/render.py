"""A table as text for a terminal, as CSV, as accessible HTML and as plain data."""

from __future__ import annotations

import csv
import html
import io
import math
import textwrap
from collections import defaultdict
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from goldthread.analysis.table import Cell, Column, Row, Table

Link = Callable[["Row", "Column", "Cell"], str]
"""Given a cell, the address its number opens, or "" for none."""
Shade = Callable[["Row", "Column", "Cell"], tuple[str, str]]
"""Given a cell, the name of its shade and what the shade says in words; "" for none."""
HEATS = ("counts", "row", "column")
"""What a heat map can shade by: the counts themselves, or their share of all counts in the row or the column."""
SHADES = 5
_PAGE = (
    "body{font:16px/1.45 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1b1f24}"
    "figure{margin:0 0 2.5rem;overflow-x:auto}table{border-collapse:collapse}caption{font-weight:600;text-align:left;"
    "padding-bottom:.5rem}th,td{padding:.3rem .7rem;border-top:1px solid #c9ccd1;text-align:right;vertical-align:top}"
    "th:first-child{text-align:left}thead th{border-top:2px solid #1b1f24;vertical-align:bottom}"
    ".gt-total>*{font-weight:600;border-top:2px solid #1b1f24}.gt-notes{color:#50565d;font-size:.9rem}"
)

_COLUMNS = (
    *("row", "row_label", "kind", "column", "column_label"),
    *("base", "count", "denominator", "percent", "text"),
)


def to_text(table: Table, *, width: int = 100) -> str:
    """The table in aligned columns, its title above and its notes below, at most `width` wide where it can be."""
    heads = [table.row_label, *(column.heading for column in table.columns)]
    lines = [[row.label, *(cell.text for cell in row.cells)] for row in table.rows]
    room = max(16, width - sum(_widest(n, [heads, *lines]) + 2 for n in range(1, len(heads))))
    widths = [
        min(_widest(n, [heads, *lines]), room if n == 0 else max(28, width // len(heads))) for n in range(len(heads))
    ]
    out = [f"{table.id}  {table.title}", ""]
    out += _line(heads, widths)
    out.append("  ".join("─" * wide for wide in widths))
    for row, line in zip(table.rows, lines, strict=True):
        if row.kind == "total":
            out.append("  ".join("─" * wide for wide in widths))
        out += _line(line, widths)
    out += ["", *(wrapped for note in table.notes for wrapped in textwrap.wrap(note, width))]
    return "\n".join(line.rstrip() for line in out) + "\n"


def _widest(column: int, lines: list[list[str]]) -> int:
    return max(len(line[column]) for line in lines)


def _line(cells: list[str], widths: list[int]) -> list[str]:
    parts = [textwrap.wrap(cell, wide) or [""] for cell, wide in zip(cells, widths, strict=True)]
    height = max(len(part) for part in parts)
    return [
        "  ".join((part[n] if n < len(part) else "").ljust(wide) for part, wide in zip(parts, widths, strict=True))
        for n in range(height)
    ]


def table_records(table: Table) -> list[dict[str, str | int | None]]:
    """One dict a cell, in reading order, with ids and labels of its row and column."""
    return [
        {
            "row": row.id,
            "row_label": row.label,
            "kind": row.kind,
            "column": column.id,
            "column_label": column.label,
            "base": column.base,
            "count": cell.count,
            "denominator": cell.denominator,
            "percent": cell.percent,
            "text": cell.text,
        }
        for row in table.rows
        for column, cell in zip(table.columns, row.cells, strict=True)
    ]


def to_csv(table: Table) -> str:
    """One line a cell (RFC 4180, header first): table, ids and labels, base, count, denominator, percent, text.

    Text that a spreadsheet would run as a formula is written after an apostrophe.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["table", *_COLUMNS, "basis"])
    for record in table_records(table):
        values = [record[name] for name in _COLUMNS]
        writer.writerow([inert(value) for value in (table.id, *values, table.basis.value)])
    return out.getvalue()


def inert(value: str | int | None) -> str | int:
    """A cell no spreadsheet takes for a formula."""
    if value is None:
        return ""
    if isinstance(value, str) and value.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\n")):
        return f"'{value}"
    return value


def can_be_shaded(table: Table) -> bool:
    """Whether all numbers of a table count the same, so that darker can mean more."""
    return table.kind in ("crosstab", "matrix")


def heat(table: Table, of: str = "counts") -> Shade:
    """Shades from `gt-heat-1`, the least, to `gt-heat-5`; nothing for nought, totals and what is missing.

    `of` is one of `HEATS`. A shade is a class of its own, darker where there is more, so that the order holds in
    black and white; a share is also said in words.
    """
    columns = {column.id for column in table.columns}
    shaded = columns - {"total", "all"} or columns
    sums: dict[str, int] = defaultdict(int)
    counts = [
        (row.id, column.id, cell.count or 0)
        for row in table.rows
        if row.kind == "value"
        for column, cell in zip(table.columns, row.cells, strict=True)
        if column.id in shaded
    ]
    for row_id, column_id, count in counts:
        sums[row_id if of == "row" else column_id if of == "column" else ""] += count

    def share(row_id: str, column_id: str, count: int) -> Fraction:
        if of == "counts":
            return Fraction(count)
        return Fraction(count, sums[row_id if of == "row" else column_id] or 1)

    most = max((share(*one) for one in counts), default=Fraction(0))

    def shade(row: Row, column: Column, cell: Cell) -> tuple[str, str]:
        if row.kind != "value" or column.id not in shaded or not cell.count:
            return "", ""
        mine = share(row.id, column.id, cell.count)
        said = "" if of == "counts" else f"{math.floor(100 * mine + Fraction(1, 2))}% of its {of}"
        return f"gt-heat-{max(1, math.ceil(SHADES * mine / most))}", said

    return shade


def to_html(table: Table, link: Link | None = None, shade: Shade | None = None) -> str:
    """A `<table>` with caption, scoped headers and notes. `link` gives the address a cell's text opens."""
    heads = "".join(f'<th scope="col">{html.escape(column.heading)}</th>' for column in table.columns)
    corner = html.escape(table.row_label)
    rows = "".join(_html_row(table, row, link, shade) for row in table.rows)
    notes = "".join(f"<li>{html.escape(note)}</li>" for note in table.notes)
    return (
        f'<figure class="gt-table" data-basis="{table.basis.value}" data-kind="{table.kind}"><table>'
        f"<caption>{html.escape(table.title)}</caption>"
        f'<thead><tr><th scope="col">{corner}</th>{heads}</tr></thead>'
        f'<tbody>{rows}</tbody></table><ul class="gt-notes">{notes}</ul></figure>'
    )


def to_page(tables: Sequence[Table]) -> str:
    """Tables as one web page that stands by itself, to keep or to print."""
    body = "\n".join(map(to_html, tables))
    title = html.escape("; ".join(dict.fromkeys(table.title for table in tables)))
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f"<style>{_PAGE}</style></head><body>\n{body}\n</body></html>\n"
    )


def _html_row(table: Table, row: Row, link: Link | None, shade: Shade | None) -> str:
    cells = "".join(
        _html_cell(row, column, cell, link, shade) for column, cell in zip(table.columns, row.cells, strict=True)
    )
    return f'<tr class="gt-{row.kind}"><th scope="row">{html.escape(row.label)}</th>{cells}</tr>'


def _html_cell(row: Row, column: Column, cell: Cell, link: Link | None, shade: Shade | None) -> str:
    text = html.escape(cell.text)
    name, said = shade(row, column, cell) if shade else ("", "")
    address = link(row, column, cell) if link and cell.text else ""
    if address:
        words = f"{row.label}, {column.label}: {cell.text}{f', {said}' if said else ''}"
        named = html.escape(words, quote=True)
        text = f'<a href="{html.escape(address, quote=True)}" aria-label="{named}">{text}</a>'
    title = f' title="{html.escape(said, quote=True)}"' if said else ""
    return f'<td class="{name}"{title}>{text}</td>' if name else f"<td>{text}</td>"


def to_json(table: Table) -> dict[str, object]:
    """The table as plain data: what it counts, columns, rows with cells, and the
    reviews and words behind each, notes."""
    return {
        "id": table.id,
        "title": table.title,
        "unit": table.unit.value,
        "unit_label": table.unit_label,
        "basis": table.basis.value,
        "population": table.population,
        "row_label": table.row_label,
        "columns": [{"id": one.id, "label": one.label, "base": one.base} for one in table.columns],
        "rows": [
            {"id": row.id, "label": row.label, "kind": row.kind, "cells": [_json_cell(cell) for cell in row.cells]}
            for row in table.rows
        ],
        "notes": list(table.notes),
        "state": table.state,
        "filtered": table.filtered,
    }


def _json_cell(cell: Cell) -> dict[str, object]:
    return {
        "text": cell.text,
        "count": cell.count,
        "denominator": cell.denominator,
        "percent": cell.percent,
        "reviews": list(cell.reviews),
        "anchors": [
            {"document_id": at.document_id, "page": at.page, "start": at.start, "end": at.end, "quote": at.quote}
            for at in cell.anchors
        ],
    }
