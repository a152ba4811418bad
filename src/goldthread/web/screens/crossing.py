"""Any two fields against one another: chosen in a form, shown under an address that can be kept and sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from goldthread.analysis.ask import UNIT_LABELS
from goldthread.analysis.crossing import SHARES, Crossing, asked, crossable
from goldthread.analysis.render import can_be_shaded
from goldthread.analysis.table import Table
from goldthread.briefing.figures.chart_files import can_be_drawn
from goldthread.errors import UsageError
from goldthread.protocol.filters import describe
from goldthread.protocol.model import Condition, Protocol
from goldthread.values import Unit
from goldthread.web.screens.tables import basis_of, behind
from goldthread.web.table_files import ENDINGS, Address, as_markup, cell_address, downloaded, heat_of
from goldthread.web.wiring import bench, page, query_of, shown

_SHARE_LABELS = {
    "stated": "stated in the column",
    "column": "all in the column",
    "row": "all in the row",
    "table": "all in the table",
    "none": "no per cent",
}
_LEVEL_LABELS = {
    Unit.REVIEW: "The review",
    Unit.SUBJECT: "The child or adult",
    Unit.SUSPECT: "The suspect",
    Unit.EPISODE: "Coded passages",
    Unit.RECOMMENDATION: "Recommendations",
}
_TO_BEGIN_WITH = (
    ("theme", "explanation", "review_group"),
    ("theme", "direction", ""),
    ("theme", "theme", ""),
    ("vulnerabilities", "review_group", ""),
    ("theme", "force", ""),
    ("theme", "publication_year", ""),
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an address asks for. `kept` is its query, to be carried to cells and files."""

    crossing: Crossing
    where: tuple[Condition, ...]
    texts: tuple[str, ...]
    kept: tuple[tuple[str, str], ...]


def crossing(request: Request) -> Response:
    """The form, and the tables it asks for; a choice that cannot be answered is said above it."""
    fault: UsageError | None = None
    wanted, found = None, tuple[Table, ...]()
    try:
        wanted = _wanted(request)
        found = _computed(request, wanted) if wanted else ()
    except UsageError as refused:
        fault = refused
    protocol, query = bench(request).study.protocol, request.query_params
    can_heat = all(map(can_be_shaded, found))
    heat = heat_of(query.get("heat", "1"))
    return page(
        request,
        "crossing.html",
        screen="tables",
        fields=crossable(protocol),
        levels=_LEVEL_LABELS,
        units=UNIT_LABELS,
        shares=[(one, _SHARE_LABELS[one]) for one in SHARES],
        asked={name: query.get(name, "") for name in ("rows", "columns", "panels", "unit", "percent_of")},
        fault=fault,
        tables=[(one, as_markup(one, _cells(wanted, one), heat=heat if can_heat else "")) for one in found]
        if wanted
        else [],
        drawn=[one.id for one in found if can_be_drawn(one)],
        narrowed=_narrowed(request, wanted, protocol),
        heat=heat,
        can_heat=can_heat,
        together=query.get("together") == "1",
        basis=basis_of(request),
        endings=ENDINGS,
        begin=_to_begin_with(protocol) if not query.get("rows") else [],
        file=lambda ending, table="": _file(wanted, ending, table),
        on=lambda basis: query_of(request, basis=basis),
        shaded=lambda by: query_of(request, heat=by or "0"),
    )


def cell(request: Request) -> Response:
    """The reviews and the words behind one number of a crossing."""
    wanted = _wanted(request)
    if wanted is None:
        raise UsageError("no fields are named", mend="choose them on the screen Tables")
    found = _one(_computed(request, wanted), request.query_params.get("table", ""))
    return behind(request, found, f"/crossing?{urlencode(wanted.kept)}", found.title)


def download(request: Request) -> Response:
    """The tables of a crossing as one file."""
    wanted, ending = _wanted(request), request.path_params["ending"]
    if wanted is None:
        raise UsageError("no fields are named", mend="choose them on the screen Tables")
    found: Sequence[Table] = _computed(request, wanted)
    if ending == "svg":
        found = [_one(found, request.query_params.get("table", "") or found[0].id)]
    name = "-by-".join(wanted.crossing.fields)
    return downloaded(found, ending, f"{name}-{found[0].basis.value}")


def _wanted(request: Request) -> Wanted | None:
    """What the address asks for; None where it names no rows."""
    query, study = request.query_params, bench(request).study
    if not query.get("rows"):
        return None
    made = asked(
        query["rows"],
        query.get("columns", ""),
        study.protocol,
        panels=query.get("panels", ""),
        unit=query.get("unit", ""),
        percent_of=query.get("percent_of") or "stated",
        together=query.get("together") == "1",
    )
    texts = tuple(dict.fromkeys(text.strip() for text in query.getlist("where") if text.strip()))
    names = ("rows", "columns", "panels", "unit", "percent_of", "together", "basis", "heat")
    kept = [(name, query[name]) for name in names if query.get(name)] + [("where", text) for text in texts]
    return Wanted(made, study.filters(texts), texts, tuple(kept))


def _computed(request: Request, wanted: Wanted) -> tuple[Table, ...]:
    return bench(request).study.cross(wanted.crossing, basis_of(request), where=wanted.where)


def _one(found: Sequence[Table], table_id: str) -> Table:
    if made := next((one for one in found if one.id == table_id), None):
        return made
    raise UsageError("there is no such table now", mend="go back to the crossing")


def _cells(wanted: Wanted, found: Table) -> Address:
    return cell_address("/crossing/cell", wanted.kept, table=found.id)


def _file(wanted: Wanted | None, ending: str, table: str) -> str:
    kept = [*(wanted.kept if wanted else ()), *([("table", table)] if table else [])]
    return f"/crossing.{ending}?{urlencode(kept)}"


def _narrowed(request: Request, wanted: Wanted | None, protocol: Protocol) -> list[tuple[str, str, str]]:
    """Each filter in words, or as typed where one of them cannot be met; as typed; and the address without it."""
    texts = wanted.texts if wanted else tuple(filter(None, map(str.strip, request.query_params.getlist("where"))))
    words = [describe(one, protocol) for one in wanted.where] if wanted else texts
    kept = request.query_params.multi_items()
    return [
        (said, text, f"/crossing?{urlencode([pair for pair in kept if pair[1].strip() not in ('', text)])}")
        for said, text in zip(words, texts, strict=True)
    ]


def _to_begin_with(protocol: Protocol) -> list[tuple[str, str, str]]:
    known = {name for names in crossable(protocol).values() for name in names}
    return [one for one in _TO_BEGIN_WITH if all(not name or name in known for name in one)]


routes: list[Route] = [
    shown("/crossing", crossing),
    shown("/crossing.{ending}", download, "crossing_download"),
    shown("/crossing/cell", cell, "crossing_cell"),
]
