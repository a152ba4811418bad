"""Coded passages of the whole study by any combination of filters, as cited extracts."""

from __future__ import annotations

from collections.abc import Iterator

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from goldthread.analysis.catalogue import narrow, tallies
from goldthread.analysis.passages import CODES, reviews_of
from goldthread.analysis.passages import tallies as code_tallies
from goldthread.coding.model import Episode
from goldthread.store.evidence import Asked
from goldthread.web.screens.reviews import chosen_of
from goldthread.web.wiring import bench, is_part, number_of, page, query_of, shown
from goldthread.web.wording import shown as as_read

SIZE = 40
_ALIKE = 20
_OWN = frozenset({"theme", "direction", "screening_state", "work", "reason"})


def evidence(request: Request) -> Response:
    """The passages an address asks for, and what each further filter would leave."""
    desk, at = bench(request).desk, number_of(request.query_params, "at")
    about = tuple(name for name in desk.facets if name not in _OWN)
    codes = chosen_of(request, CODES)
    chosen = chosen_of(request, about)
    listed = desk.catalogue()
    kept = narrow(listed, chosen)
    asked = Asked(codes, frozenset(item.review_id for item in kept) if chosen else None)
    found = desk.evidence(asked, SIZE * (at - 1), SIZE)
    coded = reviews_of(desk.passages(), codes)
    cited = {item.review_id: item for item in listed}
    return page(
        request,
        "_evidence.html" if is_part(request) else "evidence.html",
        screen="evidence",
        found=found,
        extracts=[
            (one, cited[one.review_id], _citation(one, cited[one.review_id].citation)) for one in found.episodes
        ],
        codes=CODES,
        about=about,
        chosen={**codes, **chosen},
        tallies=code_tallies(desk.passages(), codes, asked.reviews)
        | dict(tallies([item for item in listed if item.review_id in coded], chosen, about)),
        theme_number={theme.id: n % 12 for n, theme in enumerate(desk.protocol.codebook.themes)},
        size=SIZE,
        at=at,
        turned=lambda number: query_of(request, at=number if number > 1 else None),
        without_one=lambda name, gone: _without(request, name, gone),
    )


def _citation(one: Episode, cited: str) -> str:
    """A passage as it is pasted into a document: the words, then whose they are."""
    return _quoted(one.anchor.quote, cited, one.anchor.page)


def _quoted(words: str, cited: str, number: int) -> str:
    return f"“{as_read(words)}” [{cited}, p. {number}]"


def _without(request: Request, name: str, gone: str) -> str:
    kept = [value for value in request.query_params.getlist(name) if value != gone]
    rest = query_of(request, **{name: None, "at": None})
    return rest + "".join(f"{'&' if '?' in rest else '?'}{name}={value}" for value in kept)


def all_as_text(request: Request) -> Response:
    """Every passage asked for, with its citation, as plain text to paste."""
    return Response("\n\n".join(_texts(request)), media_type="text/plain; charset=utf-8")


def _texts(request: Request) -> Iterator[str]:
    desk = bench(request).desk
    about = tuple(name for name in desk.facets if name not in _OWN)
    chosen, listed = chosen_of(request, about), desk.catalogue()
    kept = narrow(listed, chosen)
    asked = Asked(chosen_of(request, CODES), frozenset(item.review_id for item in kept) if chosen else None)
    cited = {item.review_id: item.citation for item in listed}
    for one in desk.evidence(asked, 0, 5000).episodes:
        yield _citation(one, cited[one.review_id])


def like(request: Request) -> Response:
    """Passages of any review that say something like one passage, coded or not."""
    here = bench(request)
    place = request.query_params.get("at", "")
    hits = here.study.similar(place, limit=_ALIKE)
    cited = {item.review_id: item for item in here.desk.catalogue()}
    found = [(one, cited[one.review_id]) for one in hits]
    return page(
        request,
        "alike.html",
        screen="evidence",
        quote=here.desk.quote(place),
        hits=[(one, item, _quoted(one.quote, item.citation, one.page)) for one, item in found],
    )


routes: list[Route] = [
    shown("/evidence", evidence),
    shown("/evidence.txt", all_as_text),
    shown("/evidence/like", like),
]
