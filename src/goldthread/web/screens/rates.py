"""Rates: how many of a population, area by area, with a funnel plot; under an address that can be kept and sent."""

from __future__ import annotations

from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from goldthread.analysis.ask import UNIT_LABELS
from goldthread.analysis.rates import area_fields, can_be_dated, level_of_areas
from goldthread.analysis.table import Table
from goldthread.errors import UsageError
from goldthread.values import Unit
from goldthread.web.screens.tables import basis_of, behind
from goldthread.web.table_files import ENDINGS, as_markup, cell_address, downloaded
from goldthread.web.wiring import bench, number_of, page, query_of, shown

_PER = (100_000, 10_000, 1_000)
_ASKED = ("by", "of", "per", "dated", "unit", "where", "basis")


def rates(request: Request) -> Response:
    """The form, and the table and plot it asks for; what cannot be told is said above it."""
    study, query = bench(request).study, request.query_params
    fault: UsageError | None = None
    found: Table | None = None
    try:
        found = _computed(request) if query.get("by") else None
    except UsageError as refused:
        fault = refused
    known = study.populations()
    protocol = study.protocol
    return page(
        request,
        "rates.html",
        screen="tables",
        known=known,
        units=list(dict.fromkeys(one.unit for one in known)),
        areas=[(one, level_of_areas(one, protocol)) for one in area_fields(protocol)],
        dates=["publication_date", *(one.id for one in protocol.fields if can_be_dated(one.id, protocol))],
        pers=_PER,
        counted_units=UNIT_LABELS,
        asked={name: query.get(name, "") for name in _ASKED},
        fault=fault,
        table=found,
        body=as_markup(found, cell_address("/rates/cell", _kept(request))) if found else "",
        basis=basis_of(request),
        endings=ENDINGS,
        file=lambda ending: f"/rates.{ending}?{urlencode(_kept(request))}",
        on=lambda basis: query_of(request, basis=basis),
    )


def cell(request: Request) -> Response:
    """The reviews behind one number of a table of rates."""
    found = _computed(request)
    return behind(request, found, f"/rates?{urlencode(_kept(request))}", found.title)


def download(request: Request) -> Response:
    """The rates as a file; the chart is their funnel plot."""
    found = _computed(request)
    return downloaded([found], request.path_params["ending"], f"{found.id}-{found.basis.value}")


def _computed(request: Request) -> Table:
    query, study = request.query_params, bench(request).study
    unit = query.get("unit") or Unit.REVIEW.value
    if unit not in list(Unit):
        raise UsageError(f"there is no unit {unit!r}", mend=f"units are {', '.join(Unit)}")
    texts = [text for text in query.getlist("where") if text.strip()]
    return study.rates(
        query.get("by", ""),
        query.get("of", ""),
        basis_of(request),
        per=number_of(query, "per", _PER[0]),
        dated=query.get("dated") or "publication_date",
        unit=unit,
        where=study.filters(texts),
    )


def _kept(request: Request) -> list[tuple[str, str]]:
    return [(name, value) for name, value in request.query_params.multi_items() if name in _ASKED and value.strip()]


routes: list[Route] = [
    shown("/rates", rates),
    shown("/rates.{ending}", download, "rates_download"),
    shown("/rates/cell", cell, "rates_cell"),
]
