"""A study as one Excel workbook: a sheet a table, written row by row in constant memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from goldthread.interchange.about import about
from goldthread.interchange.exporting import whole_file
from goldthread.interchange.files import FILES, rows_of
from goldthread.interchange.rows import FRACTIONS, WHOLE_NUMBERS, Row
from goldthread.store.journal import now
from goldthread.study.study import Study

CELL_LIMIT = 32_767
ROW_LIMIT = 1_048_576
LONG = "quote", "text", "title", "before", "after", "problems"
_WIDTHS = {"quote": 80, "text": 80, "title": 50, "file_name": 32, "before": 40, "after": 40, "problems": 50}
_SAFE = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


@dataclass(frozen=True, slots=True)
class Cut:
    """A cell that Excel cannot hold whole. `characters` is its full length."""

    sheet: str
    cell: str
    characters: int


class WorkbookExporter:
    """One .xlsx file: About, every table, and what had to be cut."""

    name = "xlsx"
    writes: Literal["file"] = "file"

    def write(self, study: Study, out: Path) -> None:
        """Write the workbook; nothing in it is ever a formula or a link."""
        kept = study.record(every_state=True)
        rows = rows_of(study, kept)
        with whole_file(out) as temporary, xlsxwriter.Workbook(str(temporary), dict(_SAFE)) as book:
            made = _Book(book)
            made.facts([*about(kept, study.protocol), ("Written", now())])
            for name, columns in FILES.items():
                made.table(name, columns, rows[name])
            made.notes()


class _Book:
    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self._book = book
        self._head: Format = book.add_format({"bold": True, "bg_color": "#F3F2F1", "bottom": 1})
        self._wrapped: Format = book.add_format({"text_wrap": True, "valign": "top"})
        self._plain: Format = book.add_format({"valign": "top"})
        self._cuts: list[Cut] = []

    def facts(self, facts: Iterable[tuple[str, str]]) -> None:
        sheet = self._sheet("About", ("what", "value"), (40, 90))
        for at, (what, value) in enumerate(facts, 1):
            self._text(sheet, "About", at, 0, what, self._plain)
            self._text(sheet, "About", at, 1, value, self._wrapped)

    def table(self, name: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
        """One sheet, or as many as it takes where there are more rows than a sheet holds."""
        widths = [_WIDTHS.get(column, max(12, len(column) + 4)) for column in columns]
        formats = [self._wrapped if column in LONG else self._plain for column in columns]
        title, at, part = name, 0, 1
        sheet = self._sheet(title, columns, widths)
        for row in rows:
            if at == ROW_LIMIT - 1:
                sheet.autofilter(0, 0, at, len(columns) - 1)
                part, at = part + 1, 0
                title = f"{name} {part}"
                sheet = self._sheet(title, columns, widths)
            at += 1
            for column, value in enumerate(row):
                if columns[column] in WHOLE_NUMBERS | FRACTIONS and isinstance(value, int | float):
                    sheet.write_number(at, column, value, formats[column])
                elif value != "":
                    self._text(sheet, title, at, column, str(value), formats[column])
        sheet.autofilter(0, 0, at, len(columns) - 1)

    def notes(self) -> None:
        """What Excel could not hold; the CSV export holds it whole."""
        sheet = self._sheet("Notes", ("sheet", "cell", "characters", "note"), (20, 12, 14, 70))
        for at, cut in enumerate(self._cuts, 1):
            note = f"cut to the {CELL_LIMIT:,} characters an Excel cell holds; whole in the CSV export"
            sheet.write_string(at, 0, cut.sheet)
            sheet.write_string(at, 1, cut.cell)
            sheet.write_number(at, 2, cut.characters)
            sheet.write_string(at, 3, note)
        if not self._cuts:
            sheet.write_string(1, 3, "Nothing was cut: every cell is whole.")

    def _sheet(self, title: str, columns: Sequence[str], widths: Sequence[int]) -> Worksheet:
        sheet = self._book.add_worksheet(title)
        sheet.freeze_panes(1, 0)
        for column, (heading, width) in enumerate(zip(columns, widths, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, heading, self._head)
        return sheet

    def _text(self, sheet: Worksheet, title: str, row: int, column: int, text: str, look: Format) -> None:
        units = len(text.encode("utf-16-le", "surrogatepass")) // 2
        if units > CELL_LIMIT:
            cell = xlsxwriter.utility.xl_rowcol_to_cell(row, column)
            self._cuts.append(Cut(title, cell, len(text)))
            text = cut_text(text)
        sheet.write_string(row, column, text, look)


def cut_text(text: str) -> str:
    """The beginning of a text too long for a cell, with a mark that says how long it was."""
    mark = f" … [cut: {len(text):,} characters in all, see the sheet Notes]"
    room = CELL_LIMIT - len(mark)
    kept = text.encode("utf-16-le", "surrogatepass")[: room * 2].decode("utf-16-le", "ignore")
    return kept + mark
