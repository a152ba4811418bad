"""Tables as a page shows them and as files to take away."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from urllib.parse import urlencode

from markupsafe import Markup
from starlette.responses import Response

from goldthread.analysis import render
from goldthread.analysis.table import Cell, Column, Row, Table
from goldthread.briefing.figures.chart_files import chart_file
from goldthread.briefing.formats.docx import table_docx
from goldthread.errors import UsageError
from goldthread.interchange.table_book import to_workbook

Address = Callable[[Row, Column], str]
"""Where the number of a row and a column leads."""
_OPEN_XML = "application/vnd.openxmlformats-officedocument"
ENDINGS = {"csv": "CSV", "xlsx": "Excel", "docx": "Word", "html": "HTML", "svg": "chart as SVG"}
"""What a table can be taken away as, and what that is called."""


def downloaded(found: Sequence[Table], ending: str, name: str) -> Response:
    """Tables as one file; a chart is shown in the page that asks for it. Raises UsageError for another ending."""
    match ending:
        case "csv":
            data = "\r\n".join(map(render.to_csv, found)).encode("utf-8-sig")
            kind = "text/csv; charset=utf-8"
        case "html":
            data, kind = render.to_page(found).encode(), "text/html; charset=utf-8"
        case "docx":
            data, kind = table_docx(found), f"{_OPEN_XML}.wordprocessingml.document"
        case "xlsx":
            data, kind = to_workbook(found), f"{_OPEN_XML}.spreadsheetml.sheet"
        case "svg":
            data, kind = chart_file(found[0]).encode(), "image/svg+xml"
        case _:
            raise UsageError(f"a table cannot be written as {ending}", mend=f"choose {', '.join(ENDINGS.values())}")
    headers = {"content-disposition": f'attachment; filename="{name}.{ending}"'}
    return Response(data, media_type=kind, headers=headers)


def heat_of(written: str) -> str:
    """What an address shades by: "1" the counts, "row" or "column" their shares; "" for a plain table."""
    return {"1": render.HEATS[0]}.get(written, written if written in render.HEATS[1:] else "")


def as_markup(found: Table, address: Address, *, heat: str = "") -> Markup:
    """The table with each number leading to what it counts, and shaded as a heat map by one of `render.HEATS`."""

    def link(row: Row, column: Column, here: Cell) -> str:
        return address(row, column) if here.reviews else ""

    shade = render.heat(found, heat) if heat else None
    return Markup(render.to_html(found, link, shade))  # noqa: S704 - every text in it is escaped there


def cell_address(path: str, kept: Iterable[tuple[str, str]] = (), **query: str) -> Address:
    """Where a cell's number leads: the path with what is kept of the query, and the cell's row and column."""
    before = [*kept, *query.items()]

    def address(row: Row, column: Column) -> str:
        return f"{path}?{urlencode([*before, ('row', row.id), ('column', column.id)])}"

    return address
