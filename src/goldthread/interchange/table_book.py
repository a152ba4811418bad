"""Tables as one Excel workbook: a sheet a table, counts and percentages as numbers in columns of their own."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from goldthread.analysis.table import Cell, Column, Table
from goldthread.briefing.formats.folding import shown

_SAFE = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_UNSAFE = re.compile(r"[\[\]:*?/\\']")
_LONGEST = 31
_A_COUNT = re.compile(r"\d+(?: \([\d.]+\))?")


def to_workbook(tables: Sequence[Table]) -> bytes:
    """The bytes of an .xlsx file. Nothing in it is ever a formula or a link.

    A column of shares of a denominator becomes two, its count and its per cent; words stay words.
    Notes stand below each table: a draft says so there.
    """
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, dict(_SAFE)) as book:
        made = _Book(book)
        taken: set[str] = set()
        for table in tables:
            made.table(table, _sheet_name(table.id, taken))
    return out.getvalue()


def _sheet_name(name: str, taken: set[str]) -> str:
    """A name Excel takes: short, without its special characters, and like no other."""
    bare = _UNSAFE.sub("-", name)[:_LONGEST] or "Table"
    found, n = bare, 2
    while found.casefold() in taken:
        found, n = f"{bare[: _LONGEST - len(str(n)) - 1]} {n}", n + 1
    taken.add(found.casefold())
    return found


class _Book:
    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self._book = book
        self._title: Format = book.add_format({"bold": True, "font_size": 13})
        self._head: Format = book.add_format({"bold": True, "bg_color": "#F3F2F1", "text_wrap": True, "bottom": 1})
        self._plain: Format = book.add_format({"text_wrap": True, "valign": "top"})
        self._total: Format = book.add_format({"bold": True, "top": 1})
        self._note: Format = book.add_format({"font_color": "#505A5F"})

    def table(self, table: Table, name: str) -> None:
        sheet: Worksheet = self._book.add_worksheet(name)
        sheet.write_string(0, 0, f"{table.id}  {shown(table.title)}", self._title)
        shares = [any(row.cells[n].percent is not None for row in table.rows) for n in range(len(table.columns))]
        starts = [1 + sum(1 + share for share in shares[:n]) for n in range(len(shares))]
        sheet.set_column(0, 0, 44)
        sheet.write_string(2, 0, table.row_label, self._head)
        for column, start, share in zip(table.columns, starts, shares, strict=True):
            self._heading(sheet, column, start, share=share)
        for at, row in enumerate(table.rows, 3):
            look = self._total if row.kind == "total" else self._plain
            sheet.write_string(at, 0, shown(row.label), look)
            for cell, start, share in zip(row.cells, starts, shares, strict=True):
                self._cell(sheet, at, start, cell, look, share=share)
        sheet.freeze_panes(3, 1)
        for at, note in enumerate([*table.notes, f"State of the study: {table.state[:12]}"], len(table.rows) + 4):
            sheet.write_string(at, 0, note, self._note)

    def _heading(self, sheet: Worksheet, column: Column, start: int, *, share: bool) -> None:
        sheet.set_column(start, start, 16)
        sheet.write_string(2, start, shown(column.heading), self._head)
        if share:
            sheet.set_column(start + 1, start + 1, 8)
            sheet.write_string(2, start + 1, "%", self._head)

    def _cell(self, sheet: Worksheet, at: int, start: int, cell: Cell, look: Format, *, share: bool) -> None:
        if cell.count is not None and _A_COUNT.fullmatch(cell.text):
            sheet.write_number(at, start, cell.count, look)
        else:
            sheet.write_string(at, start, cell.text, look)
        if share and cell.percent is not None:
            sheet.write_number(at, start + 1, float(cell.percent), look)
