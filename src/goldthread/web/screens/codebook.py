"""The codebook: every code with its meaning and its use, one code closely, and its passages chosen apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from goldthread.analysis.codes import by
from goldthread.coding.model import Episode
from goldthread.errors import UsageError
from goldthread.findings.model import Finding
from goldthread.interchange import refi_codebook
from goldthread.interchange.codebook_files import WRITERS
from goldthread.protocol.amend.changes import OfCodebook
from goldthread.protocol.amend.naming import code_at, find, key, theme_at
from goldthread.protocol.amend.speaking import fields_of, singles_out
from goldthread.protocol.amend.targets import beside, homes, takers
from goldthread.protocol.codebook import Codebook, Place
from goldthread.protocol.model import Protocol, TableDefinition
from goldthread.store.evidence import Asked
from goldthread.study.desk import Desk
from goldthread.web.screens.amending import INTO, NARROWED_BY, done_of, passages_of
from goldthread.web.wiring import bench, page, query_of, shown

_EXAMPLES = 3
MOST = 100
"""How many passages are shown to be chosen from at once."""
PARTS = 3
_TYPES = {"csv": "text/csv", "md": "text/markdown", "toml": "application/toml", "qdc": "application/xml"}


@dataclass(frozen=True, slots=True)
class Target:
    """A code that another may be merged into or moved below, under the heading it is listed by."""

    heading: str
    key: str
    label: str
    is_theme: bool


def codebook(request: Request) -> Response:
    """Every code with its meaning, and how much it is used."""
    here = bench(request)
    book = here.desk.protocol.codebook
    changes = [one for one in here.study.amendments() if isinstance(one.change, OfCodebook)]
    return page(
        request,
        "codebook.html",
        screen="codebook",
        uses=here.desk.code_uses(),
        key=lambda *place: key(place, book),
        theme_number={theme.id: n % 12 for n, theme in enumerate(book.themes)},
        changes=changes,
        done=done_of(request),
    )


def code(request: Request) -> Response:
    """One code closely: its meaning, use, examples, where it counts, and what may be done with it."""
    desk = bench(request).desk
    protocol = desk.protocol
    book = protocol.codebook
    place = find(request.path_params["code"], book)
    theme = theme_at(place, book)
    passages = desk.passages()
    cited = {item.review_id: item.citation for item in desk.catalogue()}
    return page(
        request,
        "code.html",
        screen="codebook",
        place=place,
        code=code_at(place, book),
        theme=theme,
        retired=theme.retired or code_at(place, book).retired,
        id=key(place, book),
        key=lambda *other: key(other, book),
        uses=desk.code_uses(),
        directions=by(passages, place, "direction"),
        explanations=by(passages, place, "explanation"),
        examples=[(one, cited[one.review_id]) for one in _examples(desk, place)],
        named_by=[table for table in protocol.tables if singles_out(table, place)],
        listed_by=[table for table in protocol.tables if _lists(table, place) and not singles_out(table, place)],
        used_in=[each for each in desk.findings.board().findings if _rests_on(desk, each, place)],
        takers=list(_targets(takers(place, protocol), book)),
        homes=list(_targets(homes(place, book), book)),
        theme_number={one.id: n % 12 for n, one in enumerate(book.themes)},
        done=done_of(request),
    )


def _examples(desk: Desk, place: Place) -> tuple[Episode, ...]:
    """A few passages, confirmed ones first."""
    wanted = {"theme": frozenset({place[0]})} | ({"subtheme": frozenset({place[1]})} if place[1] else {})
    found: list[Episode] = []
    for state in ("confirmed", "suggested"):
        if len(found) < _EXAMPLES:
            asked = Asked({**wanted, "state": frozenset({state})})
            found += desk.evidence(asked, 0, _EXAMPLES - len(found)).episodes
    return tuple(found)


def _rests_on(desk: Desk, finding: Finding, place: Place) -> bool:
    """Whether any evidence of a finding that stands, for it or against it, is coded with a code."""
    if finding.withdrawn:
        return False
    traced = desk.findings.board().passages
    stands = (traced[name].now for name in (*finding.supporting, *finding.opposing) if name in traced)
    return any(one is not None and one.theme == place[0] and place[1] in ("", one.subtheme) for one in stands)


def _lists(table: TableDefinition, place: Place) -> bool:
    return ("subtheme" if place[1] else "theme") in fields_of(table)


def _targets(places: Iterable[Place], book: Codebook) -> Iterator[Target]:
    """Codes as they are chosen from."""
    labels = {theme.id: theme.label for theme in book.themes}
    for place in places:
        yield Target(labels[place[0]], key(place, book), code_at(place, book).label, not place[1])


def splitting(request: Request) -> Response:
    """The passages of a code, to be sent to new codes, narrowed by what else is said of them."""
    desk = bench(request).desk
    book = desk.protocol.codebook
    place = find(request.path_params["code"], book)
    chosen = {name: request.query_params.get(name, "") for name in NARROWED_BY}
    found = passages_of(desk, key(place, book), chosen, MOST)
    cited = {item.review_id: item.citation for item in desk.catalogue()}
    return page(
        request,
        "split.html",
        screen="codebook",
        place=place,
        code=code_at(place, book),
        id=key(place, book),
        found=found,
        passages=[(one, cited[one.review_id]) for one in found.episodes],
        most=MOST,
        into=INTO,
        targets=list(_targets(beside(place, book), book)),
        parts=range(1, PARTS + 1),
        theme_number=[theme.id for theme in book.themes].index(place[0]) % 12,
        narrowed_by=[(name, _values(desk.protocol, name), chosen[name]) for name in NARROWED_BY],
        chosen=chosen,
        without=lambda **gone: query_of(request, **gone),
    )


def _values(protocol: Protocol, name: str) -> list[str]:
    book = protocol.codebook
    listed = {"direction": book.directions, "explanation": book.explanations, "whose": book.whose}
    return [value.id for value in listed[name]] if name in listed else ["confirmed", "suggested"]


def written(request: Request) -> Response:
    """The codebook as a file."""
    here, ending = bench(request), request.path_params["ending"]
    if ending not in _TYPES:
        raise UsageError(f"there is no codebook.{ending}", mend=f"choose one of {', '.join(_TYPES)}")
    protocol = here.desk.protocol
    if ending == "qdc":
        data = refi_codebook.document(protocol, here.study.record().versions.get("goldthread", ""))
    else:
        data = WRITERS[ending](protocol, here.desk.code_uses()).encode("utf-8")
    headers = {"content-disposition": f'attachment; filename="codebook.{ending}"'}
    return Response(data, media_type=f"{_TYPES[ending]}; charset=utf-8", headers=headers)


routes: list[Route] = [
    shown("/codebook", codebook),
    shown("/codebook.{ending}", written, name="codebook_file"),
    shown("/codebook/codes/{code:path}", code),
    shown("/codebook/split/{code:path}", splitting),
]
