"""Periods side by side: what changed, and how far the last can be believed; under an address that can be kept."""

from __future__ import annotations

from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from goldthread.analysis.rates import can_be_dated
from goldthread.analysis.table import Table
from goldthread.briefing.figures.chart_files import can_be_drawn
from goldthread.errors import UsageError
from goldthread.protocol.model import FieldKind, Protocol
from goldthread.web.screens.tables import basis_of, behind
from goldthread.web.table_files import ENDINGS, as_markup, cell_address, downloaded
from goldthread.web.wiring import bench, page, query_of, shown

_ASKED = ("field", "dated", "periods", "crosswalk", "where", "basis")


def periods(request: Request) -> Response:
    """The form, and the table it asks for; what cannot be set side by side is said above it."""
    query, protocol = request.query_params, bench(request).study.protocol
    fault: UsageError | None = None
    found: Table | None = None
    try:
        found = _computed(request) if query.get("field") else None
    except UsageError as refused:
        fault = refused
    return page(
        request,
        "periods.html",
        screen="tables",
        fields=_fields(protocol),
        dates=[*(one.id for one in protocol.fields if can_be_dated(one.id, protocol)), "publication_date"],
        walks=protocol.crosswalks,
        asked={name: query.get(name, "") for name in _ASKED},
        fault=fault,
        table=found,
        drawn=found is not None and can_be_drawn(found),
        body=as_markup(found, cell_address("/periods/cell", _kept(request))) if found else "",
        basis=basis_of(request),
        endings=ENDINGS,
        file=lambda ending: f"/periods.{ending}?{urlencode(_kept(request))}",
        on=lambda basis: query_of(request, basis=basis),
    )


def cell(request: Request) -> Response:
    """The reviews and words behind one number."""
    return behind(request, found := _computed(request), f"/periods?{urlencode(_kept(request))}", found.title)


def download(request: Request) -> Response:
    """The table of periods as a file."""
    found = _computed(request)
    return downloaded([found], request.path_params["ending"], f"{found.id}-{found.basis.value}")


def _computed(request: Request) -> Table:
    query, study = request.query_params, bench(request).study
    named = [text.strip() for text in query.get("periods", "").split(",") if text.strip()]
    return study.by_period(
        query.get("field", ""),
        basis_of(request),
        dated=query.get("dated") or "publication_date",
        periods=named,
        crosswalk=query.get("crosswalk", ""),
        where=study.filters([text for text in query.getlist("where") if text.strip()]),
    )


def _fields(protocol: Protocol) -> list[str]:
    return [one.id for one in protocol.fields if one.kind not in (FieldKind.TEXT, FieldKind.DATE)]


def _kept(request: Request) -> list[tuple[str, str]]:
    return [(name, value) for name, value in request.query_params.multi_items() if name in _ASKED and value.strip()]


routes: list[Route] = [
    shown("/periods", periods),
    shown("/periods.{ending}", download, "periods_download"),
    shown("/periods/cell", cell, "periods_cell"),
]
