"""Tables of the protocol: on either basis, each number leading to the reviews and words behind it."""

from __future__ import annotations

from urllib.parse import urlencode

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from goldthread.analysis import render
from goldthread.analysis.table import Cell, Column, Row, Table
from goldthread.anchors import Anchor
from goldthread.briefing.docx import table_docx
from goldthread.errors import UsageError
from goldthread.values import Basis
from goldthread.web.wiring import bench, page, query_of, shown

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_SHOWN_WORDS = 60


def basis_of(request: Request) -> Basis:
    """What an address counts: what people confirmed, or suggestions too."""
    return Basis.CONFIRMED if request.query_params.get("basis") == "confirmed" else Basis.DRAFT


def tables(request: Request) -> Response:
    """Every table of the protocol by name."""
    return page(request, "tables.html", screen="tables")


def table(request: Request) -> Response:
    """One table, its numbers linked to what they count."""
    found = _computed(request)
    return page(
        request,
        "table.html",
        screen="tables",
        table=found,
        body=Markup(render.to_html(found, _link(found))),  # noqa: S704 - every text in it is escaped there
        basis=found.basis,
        on=lambda basis: query_of(request, basis=basis),
    )


def cell(request: Request) -> Response:
    """The reviews and the words behind one number."""
    found, query = _computed(request), request.query_params
    try:
        here = found.cell(query.get("row", ""), query.get("column", ""))
    except KeyError:
        raise UsageError("the table has no such cell", mend="go back to the table") from None
    cited = {item.review_id: item for item in bench(request).desk.catalogue()}
    owner = bench(request).desk.reviews_of_documents({one.document_id for one in here.anchors})
    words: dict[str, list[Anchor]] = {}
    for one in here.anchors:
        words.setdefault(owner.get(one.document_id, ""), []).append(one)
    row = next(one for one in found.rows if one.id == query.get("row"))
    column = next(one for one in found.columns if one.id == query.get("column"))
    return page(
        request,
        "cell.html",
        screen="tables",
        table=found,
        row=row,
        column=column,
        cell=here,
        reviews=[(cited[one], words.get(one, [])[:_SHOWN_WORDS]) for one in dict.fromkeys(here.reviews)],
    )


def download(request: Request) -> Response:
    """One table as a file."""
    found, ending = _computed(request), request.path_params["ending"]
    match ending:
        case "csv":
            data, kind = render.to_csv(found).encode("utf-8-sig"), "text/csv; charset=utf-8"
        case "html":
            data, kind = render.to_html(found).encode(), "text/html; charset=utf-8"
        case "docx":
            data, kind = table_docx([found]), _WORD
        case _:
            raise UsageError(f"a table cannot be written as {ending}", mend="choose CSV, HTML or Word")
    name = f"{found.id}-{found.basis.value}.{ending}"
    return Response(data, media_type=kind, headers={"content-disposition": f'attachment; filename="{name}"'})


def _computed(request: Request) -> Table:
    return bench(request).study.table(request.path_params["table_id"], basis_of(request))


def _link(found: Table) -> render.Link:
    def link(row: Row, column: Column, here: Cell) -> str:
        if not here.reviews:
            return ""
        query = urlencode({"row": row.id, "column": column.id, "basis": found.basis.value})
        return f"/tables/{found.id}/cell?{query}"

    return link


routes: list[Route] = [
    shown("/tables", tables),
    shown("/tables/{table_id}.{ending}", download),
    shown("/tables/{table_id}", table),
    shown("/tables/{table_id}/cell", cell),
]
