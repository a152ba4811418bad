"""The list of reviews: narrowed by facets, searched by words, sorted and paged, every state with its own address."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import urlencode

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from goldthread.analysis.catalogue import ORDERS, Listed, narrow, ordered, tallies
from goldthread.errors import UsageError
from goldthread.learn.excerpt import MARK_CLOSE, MARK_OPEN
from goldthread.store.search import Hit
from goldthread.web.wiring import bench, is_part, number_of, page, posted, query_of, shown, to

SIZE = 50
_HITS = 150
_SHOWN_HITS = 3
_COLUMNS = (
    ("title", "Review", False),
    ("type", "Type", False),
    ("published", "Published", False),
    ("", "Screening", False),
    ("pages", "Pages", True),
    ("episodes", "Passages", True),
    ("open", "Waiting", True),
)
_LEADERS = re.compile(r"(?:\s*\.){4,}\s*")
_MARKED = re.compile(f"{MARK_OPEN}(.*?){MARK_CLOSE}")


def chosen_of(request: Request, facets: Sequence[str]) -> dict[str, frozenset[str]]:
    """The facets an address narrows by; one kept from before asks by a former name for the code it became."""
    query, book = request.query_params, bench(request).desk.protocol.codebook
    found = {name: frozenset(query.getlist(name)) for name in facets if query.getlist(name)}
    if "theme" in found:
        found["theme"] = frozenset(book.home(theme)[0] for theme in found["theme"])
    if "subtheme" in found:
        found["subtheme"] = frozenset(book.home("", sub)[1] or sub for sub in found["subtheme"])
    return found


def reviews(request: Request) -> Response:
    """The list, or what a search of every page finds, by review."""
    desk, query = bench(request).desk, request.query_params
    chosen, words = chosen_of(request, desk.facets), query.get("q", "").strip()
    everything = desk.catalogue()
    kept = narrow(everything, chosen)
    sort = query.get("sort", "registered") if query.get("sort") in ORDERS else "registered"
    falling, at = query.get("falling") == "1", number_of(query, "at")
    hits = _by_review(request, words, kept, narrowed=bool(chosen)) if words else None
    rows = ordered(kept, sort, falling=falling)
    total = len(hits) if hits is not None else len(rows)
    return page(
        request,
        "_results.html" if is_part(request) else "reviews.html",
        screen="reviews",
        q=words,
        chosen=chosen,
        facets=desk.facets,
        tallies=tallies(everything, chosen, desk.facets),
        registered=len(everything),
        total=total,
        hits=hits[SIZE * (at - 1) : SIZE * at] if hits is not None else None,
        rows=rows[SIZE * (at - 1) : SIZE * at],
        size=SIZE,
        at=at,
        sort=sort,
        falling=falling,
        columns=_COLUMNS,
        wide_open=True,
        marked=marked,
        views=desk.views(),
        address=query_of(request, at=None),
        turned=lambda number: query_of(request, at=number if number > 1 else None),
        sorted_by=lambda by: query_of(request, sort=by, falling="1" if by == sort and not falling else None, at=None),
        without=lambda **gone: query_of(request, at=None, **gone),
        without_one=lambda name, gone: _without(request, name, gone),
    )


def marked(snippet: str) -> Iterator[tuple[str, bool]]:
    """A snippet as words and whether they are what was searched for."""
    at = 0
    for found in _MARKED.finditer(snippet):
        yield _LEADERS.sub(" … ", snippet[at : found.start()]), False
        yield found[1], True
        at = found.end()
    yield _LEADERS.sub(" … ", snippet[at:]), False


def _by_review(
    request: Request, words: str, kept: Sequence[Listed], *, narrowed: bool
) -> list[tuple[Listed, list[Hit]]]:
    """Hits gathered by review, in the order of each one's best."""
    wanted = [item.review_id for item in kept] if narrowed else None
    found: dict[str, list[Hit]] = {}
    for hit in bench(request).desk.search(words, wanted, _HITS):
        mine = found.setdefault(hit.review_id, [])
        if len(mine) < _SHOWN_HITS:
            mine.append(hit)
    known = {item.review_id: item for item in kept}
    return [(known[review_id], hits) for review_id, hits in found.items() if review_id in known]


def _without(request: Request, name: str, gone: str) -> str:
    kept = [(key, value) for key, value in request.query_params.multi_items() if (key, value) != (name, gone)]
    kept = [(key, value) for key, value in kept if key != "at" and value]
    return f"/reviews?{urlencode(kept)}" if kept else "/reviews"


def keep_view(request: Request, form: FormData) -> Response:
    """Keep the list as it is under a name, or forget a name."""
    address = str(form.get("address", ""))
    bench(request).desk.save_view(str(form.get("name", "")), address)
    return to(address or "/reviews")


def add_page(request: Request) -> Response:
    """Where files are brought in."""
    return page(request, "add.html", screen="reviews", batches=bench(request).additions.batches)


def add_files(request: Request, form: FormData) -> Response:
    """Take the files and bring them in behind the page."""
    given = [item for item in form.getlist("files") if isinstance(item, UploadFile) and item.filename]
    if not given:
        raise UsageError("no files were chosen", mend="choose one or more files, then add them")
    files = [(item.filename or "document", item.file.read()) for item in given]
    bench(request).additions.begin(files, str(form.get("source", "")), suggest=form.get("suggest") == "yes")
    return to("/reviews/add")


def added(request: Request) -> Response:
    """How far one batch is."""
    batches, number = bench(request).additions.batches, request.path_params["number"]
    if not 1 <= number <= len(batches):
        raise UsageError("there is no such batch", mend="load the page again")
    return page(request, "_batch.html", batch=batches[number - 1])


routes: list[Route] = [
    shown("/reviews", reviews),
    posted("/reviews/views", keep_view),
    shown("/reviews/add", add_page),
    posted("/reviews/add", add_files),
    shown("/reviews/added/{number:int}", added),
]
