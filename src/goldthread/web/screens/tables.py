"""Tables of the protocol: on either basis, each number leading to the reviews and words behind it."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from goldthread.analysis.ask import UNIT_LABELS
from goldthread.analysis.render import can_be_shaded
from goldthread.analysis.shelves import shelves
from goldthread.analysis.table import Table
from goldthread.anchors import Anchor
from goldthread.briefing.figures.chart_files import can_be_drawn, has_counts
from goldthread.errors import UsageError
from goldthread.values import Basis
from goldthread.web.table_files import ENDINGS, as_markup, cell_address, downloaded, heat_of
from goldthread.web.wiring import bench, page, query_of, shown

_SHOWN_WORDS = 60


def basis_of(request: Request) -> Basis:
    """What an address counts: what people confirmed, or suggestions too."""
    return Basis.CONFIRMED if request.query_params.get("basis") == "confirmed" else Basis.DRAFT


def tables(request: Request) -> Response:
    """Every table of the protocol by name."""
    groups = shelves(bench(request).desk.protocol)
    return page(request, "tables.html", screen="tables", shelves=groups, units=UNIT_LABELS)


def table(request: Request) -> Response:
    """One table, its numbers linked to what they count."""
    found = _computed(request)
    heat = heat_of(request.query_params.get("heat", "")) if can_be_shaded(found) else ""
    address = cell_address(f"/tables/{found.id}/cell", basis=found.basis.value)
    return page(
        request,
        "table.html",
        screen="tables",
        table=found,
        body=as_markup(found, address, heat=heat),
        basis=found.basis,
        heat=heat,
        drawn=can_be_drawn(found),
        counted_here=has_counts(found),
        can_heat=can_be_shaded(found),
        endings=ENDINGS,
        on=lambda basis: query_of(request, basis=basis),
        shaded=lambda by: query_of(request, heat=by or None),
    )


def cell(request: Request) -> Response:
    """The reviews and the words behind one number."""
    found = _computed(request)
    return behind(request, found, f"/tables/{found.id}?basis={found.basis.value}", f"{found.id}: {found.title}")


def behind(request: Request, found: Table, back: str, name: str) -> Response:
    """The reviews and the words behind the cell that the address names. `back` leads to the table called `name`."""
    query = request.query_params
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
        back=back,
        name=name,
        reviews=[(cited[one], words.get(one, [])[:_SHOWN_WORDS]) for one in dict.fromkeys(here.reviews)],
    )


def download(request: Request) -> Response:
    """One table as a file."""
    found = _computed(request)
    return downloaded([found], request.path_params["ending"], f"{found.id}-{found.basis.value}")


def _computed(request: Request) -> Table:
    return bench(request).study.table(request.path_params["table_id"], basis_of(request))


routes: list[Route] = [
    shown("/tables", tables),
    shown("/tables/{table_id}.{ending}", download),
    shown("/tables/{table_id}", table),
    shown("/tables/{table_id}/cell", cell),
]
