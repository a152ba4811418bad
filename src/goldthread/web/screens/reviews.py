"""The list of reviews: narrowed by facets, searched by words, sorted and paged, every state with its own address."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from goldthread.analysis.catalogue import ORDERS, Listed, narrow, ordered, tallies
from goldthread.errors import UsageError
from goldthread.learn.excerpt import MARK_CLOSE, MARK_OPEN
from goldthread.screening.model import ScreeningState
from goldthread.store.journal import Entry
from goldthread.store.review_file import stamp_of
from goldthread.store.search import Hit
from goldthread.store.standings import Standing
from goldthread.study.screening.several import BACK, VERB, Same
from goldthread.web.wiring import bench, is_part, number_of, page, posted, query_of, shown, to

SIZE = 50
_HITS = 150
_SHOWN_HITS = 3
_RECENT = 20
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
    hits, fault = _found(request, words, kept, narrowed=bool(chosen))
    rows = ordered(kept, sort, falling=falling)
    total = len(hits) if hits is not None else len(rows)
    return page(
        request,
        "_results.html" if is_part(request) else "reviews.html",
        screen="reviews",
        q=words,
        fault=fault,
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
        stamp=_stamp,
        rounds=sorted({item.round for item in everything}),
        acted=(acted := _acted(request)),
        left=json.loads(acted.after).get("left", []) if acted else [],
        address=query_of(request, at=None, done=None),
        here=query_of(request, done=None),
        turned=lambda number: query_of(request, at=number if number > 1 else None),
        sorted_by=lambda by: query_of(request, sort=by, falling="1" if by == sort and not falling else None, at=None),
        everywhere=f"/reviews?{urlencode({'q': words})}",
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


def _found(
    request: Request, words: str, kept: Sequence[Listed], *, narrowed: bool
) -> tuple[list[tuple[Listed, list[Hit]]] | None, UsageError | None]:
    """What a search finds, None where nothing is asked for; and what is wrong with its words, said by the box."""
    if not words:
        return None, None
    try:
        return _by_review(request, words, kept, narrowed=narrowed), None
    except UsageError as fault:
        return None, fault


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


def _stamp(item: Listed) -> str:
    """The mark of how a review stands, as far as it is changed together with others."""
    return stamp_of(Standing(item.decided, item.round, item.review_types))


def _acted(request: Request) -> Entry | None:
    """The act on several reviews that was just done or taken back."""
    wanted = request.query_params.get("done", "")
    recent = bench(request).desk.recent(_RECENT, ["reviews"]) if wanted else ()
    return next((one for one in recent if str(one.n) == wanted and one.verb in (VERB, BACK)), None)


def together(request: Request, form: FormData) -> Response:
    """Give the reviews ticked the same round, type or decision."""
    seen = [(name, stamp) for name, _, stamp in (str(one).partition(":") for one in form.getlist("item"))]
    given = str(form.get("do", ""))
    if given not in _ACTS:
        raise UsageError("it is not said what to do with the reviews ticked", mend="choose one of the buttons")
    n = bench(request).study.together(seen, _ACTS[given](form))
    return _back_to(form, n)


_ACTS: dict[str, Callable[[FormData], Same]] = {
    "maybe": lambda _: Same(ScreeningState.MAYBE),
    "exclude": lambda form: Same(ScreeningState.EXCLUDED, str(form.get("reason", ""))),
    "round": lambda form: Same(round=str(form.get("round", ""))),
    "type": lambda form: Same(review_types=tuple(str(one) for one in form.getlist("review_type") if one)),
}


def apart(request: Request, form: FormData) -> Response:
    """Take an act on several reviews back."""
    bench(request).study.apart(number_of({"n": str(form.get("n", ""))}, "n", 0, 0))
    return _back_to(form, bench(request).desk.recent(1)[0].n)


def _back_to(form: FormData, n: int) -> Response:
    """Back to the list as it was, which tells what was done."""
    address = str(form.get("address", ""))
    kept = address.partition("?")[2] if address.startswith("/reviews?") else ""
    pairs = [(name, value) for name, value in parse_qsl(kept) if name != "done"]
    return to(f"/reviews?{urlencode([*pairs, ('done', str(n))])}")


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
    posted("/reviews/together", together),
    posted("/reviews/apart", apart),
    shown("/reviews/add", add_page),
    posted("/reviews/add", add_files),
    shown("/reviews/added/{number:int}", added),
]
