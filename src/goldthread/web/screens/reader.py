"""The reader: the pages of a review with everything said about them, and the panel where more is said."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from starlette.datastructures import URL
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from goldthread.anchors import Anchor
from goldthread.coding.choosing import codes
from goldthread.coding.passages import MISSED
from goldthread.documents.model import BlockKind
from goldthread.errors import UsageError
from goldthread.protocol.model import FieldKind
from goldthread.quality.orphaned import asked_of_actor
from goldthread.store.review_file import HeldDocument, Item, Kept, ReviewFile, stamp_of
from goldthread.study.desk_answers import Reading
from goldthread.values import State
from goldthread.web.case import choices, groups
from goldthread.web.sheets import Mark, lanes, paragraphs, rectangles, stretched
from goldthread.web.wiring import bench, number_of, page, query_of, shown
from goldthread.web.wording import shown as as_read

TABS = (
    ("case", "Case"),
    ("coding", "Coding"),
    ("recommendations", "Recommendations"),
    ("quality", "Quality"),
    ("history", "History"),
)
_AT = re.compile(r"(\d{1,9})-(\d{1,9})")
_FOUND = 200
_AROUND = 60
_CHOICE = 90
_SHA256 = re.compile(r"[0-9a-f]{64}")
_ETAG = 'W/"{}"'


def reader(request: Request) -> Response:
    """A review, opened at a page."""
    desk, query = bench(request).desk, request.query_params
    found = desk.review(request.path_params["review_id"])
    held = _document(found, query.get("doc", ""))
    reading = desk.reading(held) if held else None
    at = _span(request)
    number = number_of(query, "page")
    if reading and at and "page" not in query:
        number = reading.text.page_of(at[0])
    return page(
        request,
        "reader.html",
        review=found,
        listed=next(item for item in desk.catalogue() if item.review_id == found.review_id),
        held=held,
        reading=reading,
        number=min(number, len(reading.pages)) if reading and reading.pages else 0,
        view=_view(request, held),
        at=at,
        outline=list(_outline(reading)) if reading else [],
        find=query.get("find", ""),
        found=list(_places(reading, query.get("find", ""))) if reading and query.get("find") else [],
        here=lambda **changed: query_of(request, **changed),
        **_sheet(request, found, reading, number, at) if reading and reading.pages else {"sheet": None},
        **panel_values(request, found),
    )


def panel_values(request: Request, found: ReviewFile, tab: str = "") -> dict[str, Any]:
    """What the panel beside the pages shows, on the tab named here or in the address."""
    desk, query = bench(request).desk, request.query_params
    tab = tab or query.get("tab", "coding")
    protocol = desk.protocol
    live = [one for one in found.recommendations if one.item.state is not State.REJECTED]
    return {
        "tab": tab if tab in dict(TABS) else "coding",
        "tabs": TABS,
        "edit": query.get("edit", ""),
        "groups": groups(protocol, found.characteristics, query.get("more") or query.get("edit", ""))
        if tab == "case"
        else (),
        "choices": choices,
        "codes": codes(protocol.codebook),
        "theme_number": {theme.id: n % 12 for n, theme in enumerate(protocol.codebook.themes)},
        "waiting": {
            "case": _waiting(found.characteristics),
            "coding": _waiting(found.episodes),
            "recommendations": _waiting(found.recommendations),
            "quality": 0,
            "history": 0,
        },
        "bearing": desk.findings.bearing(),
        "orphaned": not asked_of_actor([one.item for one in live], protocol),
        **(_rated(request, found) if tab == "quality" else {}),
        **_joined(found),
        "stamp": stamp_of,
        "history": _history(request, found) if tab == "history" else (),
    }


def _rated(request: Request, found: ReviewFile) -> dict[str, object]:
    """This person's ratings of the review, and what stands."""
    quality = bench(request).study.quality
    return {"own": quality.own(found.review_id), "judged": quality.of_review(found.review_id)}


def _joined(found: ReviewFile) -> dict[str, Any]:
    """Which recommendation answers which passage, both ways; shortfalls none answers; what could yet be linked."""
    passages = {one.key: one for one in found.episodes if one.item.state is not State.REJECTED}
    asked = {one.key: one for one in found.recommendations if one.item.state is not State.REJECTED}
    pairs = [
        (one.episode_id, one.recommendation_id)
        for one in found.links
        if one.episode_id in passages and one.recommendation_id in asked
    ]
    answered: dict[str, list[tuple[object, str, str, str]]] = defaultdict(list)
    answers: dict[str, list[tuple[object, str, str, str]]] = defaultdict(list)
    for episode, ask in pairs:
        answered[episode].append((asked[ask], asked[ask].item.text, episode, ask))
        answers[ask].append((passages[episode], passages[episode].item.anchor.quote, episode, ask))
    short = [one for one in passages.values() if one.item.direction == MISSED]

    def unlinked(one: Kept[Item]) -> list[tuple[str, str]]:
        """What a passage or recommendation is not linked to yet: key with stamp, and words to choose it by."""
        others: Iterable[Kept[Any]] = asked.values() if one.key in passages else passages.values()
        free = [each for each in others if (one.key, each.key) not in pairs and (each.key, one.key) not in pairs]
        return [(f"{each.key}:{each.stamp}", _in_short(each.item.anchor)) for each in free]

    return {
        "answered": answered,
        "answers": answers,
        "orphans": [one for one in short if not answered[one.key]],
        "unlinked": unlinked,
    }


def _in_short(words: Anchor) -> str:
    said = as_read(words.quote)
    return f"Page {words.page}: {said[:_CHOICE]}{'…' if len(said) > _CHOICE else ''}"


def panel(request: Request) -> Response:
    """The panel alone, one tab of it."""
    found = bench(request).desk.review(request.path_params["review_id"])
    return page(request, "_panel.html", review=found, here=panel_link(found), **panel_values(request, found))


def panel_link(found: ReviewFile) -> Callable[..., str]:
    """Makes addresses of the review with some of the query given."""
    return lambda **changed: str(URL(f"/reviews/{found.review_id}").include_query_params(**changed))


def _history(request: Request, found: ReviewFile) -> Sequence[object]:
    return bench(request).desk.history(found.review_id, [one.document_id for one in found.documents], 200)


def _waiting(items: Sequence[Kept[Item]]) -> int:
    return sum(one.item.state is State.SUGGESTED for one in items)


def outline(request: Request) -> Response:
    """The contents and the small pages of one document alone."""
    desk = bench(request).desk
    found = desk.review(request.path_params["review_id"])
    held = _document(found, request.query_params.get("doc", ""))
    if held is None or not held.pages:
        raise UsageError("there is nothing to read in this document", mend="load the review again")
    reads = desk.reading(held)
    contents = list(_outline(reads))
    return page(request, "_outline.html", review=found, of=held, reads=reads, reads_outline=contents, opened=True)


def sheet(request: Request) -> Response:
    """One page of a document alone, drawn or as text, with its marks."""
    desk = bench(request).desk
    found = desk.review(request.path_params["review_id"])
    held = _document(found, request.query_params.get("doc", ""))
    if held is None or not held.pages:
        raise UsageError("there is no such page", mend="load the review again")
    reading = desk.reading(held)
    values = _sheet(request, found, reading, number_of(request.query_params, "page"), _span(request))
    themes = {theme.id: n % 12 for n, theme in enumerate(desk.protocol.codebook.themes)}
    return page(request, "_sheet.html", review=found, held=held, reading=reading, theme_number=themes, **values)


def _sheet(
    request: Request, found: ReviewFile, reading: Reading, number: int, at: tuple[int, int] | None
) -> dict[str, Any]:
    """What one page shows: its picture with words and rectangles, or its text in pieces."""
    number = min(number, len(reading.pages))
    here = reading.pages[number - 1]
    marks = list(_marks(request, found, reading, here.start, here.start + len(here.text), at))
    view = _view(request, reading.held)
    drawn = None if view == "text" else bench(request).paper.sheet(reading.held.sha256, number)
    if drawn is not None and drawn.text != here.text:
        drawn = None
    boxed = [(mark, rectangles(drawn.words, mark.start, mark.end)) for mark in marks] if drawn else []
    return {
        "sheet": here,
        "drawn": drawn,
        "marks": list(zip(boxed, lanes(marks, "episode"), strict=True)) if drawn else [],
        "words": list(stretched(drawn.words, here.text)) if drawn else [],
        "paragraphs": () if drawn and view == "page" else paragraphs(here, marks),
        "worded": not drawn or view == "both",
        "sentences": [(one.start, one.end) for one in here.sentences],
    }


def _view(request: Request, held: HeldDocument | None) -> str:
    """How pages are shown: `page`, `text`, or `both` beside one another; what has no pages is shown as text."""
    if held and held.format != "pdf":
        return "text"
    wanted = request.query_params.get("view", "")
    return wanted if wanted in ("text", "both") else "page"


def _marks(
    request: Request, found: ReviewFile, reading: Reading, opens: int, closes: int, at: tuple[int, int] | None
) -> Iterator[Mark]:
    """Everything marked between two offsets of a document, counted from the first of them."""
    book = bench(request).desk.protocol
    for one in found.episodes:
        item, words = one.item, one.item.anchor
        if item.state is not State.REJECTED and _here(words, reading, opens, closes):
            theme = book.theme_by_id.get(item.theme)
            name = f"Passage, {theme.label if theme else 'described'}, {item.state.value}"
            yield _mark("episode", f"{item.theme} {item.state.value} {item.direction}", one.key, words, opens, name)
    for asked in found.recommendations:
        words = asked.item.anchor
        if asked.item.state is not State.REJECTED and _here(words, reading, opens, closes):
            yield _mark("recommendation", asked.item.state.value, asked.key, words, opens, "Recommendation")
    for value in found.characteristics:
        field = book.field_by_id.get(value.item.field)
        if field is None or field.kind is FieldKind.DERIVED:
            continue  # it rests on the words of another field, which are marked for that one
        for words in value.item.anchors:
            if value.item.state is not State.REJECTED and _here(words, reading, opens, closes):
                yield _mark("value", value.item.state.value, value.key, words, opens, f"Evidence for {field.label}")
    if at and at[0] < at[1] and at[0] < closes and at[1] > opens:
        yield Mark("lit", "lit", max(0, at[0] - opens), min(at[1], closes) - opens, "The words you came for")


def _here(words: Anchor, reading: Reading, opens: int, closes: int) -> bool:
    same = (words.document_id, words.version) == (reading.held.document_id, reading.held.version)
    return same and words.start < closes and words.end > opens


def _mark(kind: str, look: str, key: str, words: Anchor, opens: int, name: str) -> Mark:
    return Mark(f"{kind} {look}", key, max(0, words.start - opens), words.end - opens, name)


def _outline(reading: Reading) -> Iterator[tuple[int, int, int, str]]:
    """Headings as level, page, offset in the document, and words."""
    for one in reading.pages:
        for block in one.blocks:
            if block.kind is BlockKind.HEADING:
                words = " ".join(one.text[block.start : block.end].split())
                yield min(block.level or 1, 4), one.number, one.start + block.start, words[:90]


def _places(reading: Reading, wanted: str) -> Iterator[tuple[int, int, int, str, str, str]]:
    """Where words stand in a document, white space and case apart: page, start, end, and the words around them."""
    parts = [re.escape(part) for part in wanted.replace('"', " ").split()]
    if not parts:
        return
    text = reading.text.text
    pattern = re.compile(r"[\s\u00ad]+".join(parts), re.IGNORECASE)
    for n, found in enumerate(pattern.finditer(text)):
        if n == _FOUND:
            return
        start, end = found.span()
        before, after = _around(text, start, end)
        yield reading.text.page_of(start), start, end, before, found[0], after


def _around(text: str, start: int, end: int) -> tuple[str, str]:
    """The words before and after a place, whole ones, with a mark where the text goes on."""
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    if start > _AROUND:
        before = f"… {before.partition(' ')[2]}"
    if end + _AROUND < len(text):
        after = f"{after.rpartition(' ')[0]} …"
    return before, after


def _document(found: ReviewFile, name: str) -> HeldDocument | None:
    """The document named, else the first that could be read."""
    named = [one for one in found.documents if one.document_id == name]
    readable = [one for one in found.documents if one.pages]
    return next(iter([*named, *readable, *found.documents]), None)


def _span(request: Request) -> tuple[int, int] | None:
    found = _AT.fullmatch(request.query_params.get("at", ""))
    return (int(found[1]), int(found[2])) if found else None


def picture(request: Request) -> Response:
    """The picture of a page, or its thumbnail; drawn once, and asked for once by each browser."""
    sha256, number = request.path_params["sha256"], request.path_params["number"]
    small = request.path_params["size"] == "small"
    found = bench(request).paper.sheet(sha256, number) if _SHA256.fullmatch(sha256) else None
    if found is None:
        raise UsageError("this page cannot be drawn", mend="read it as text")
    etag = _ETAG.format(f"{sha256[:16]}-{number}-{request.path_params['size']}")
    headers = {"etag": etag, "cache-control": "private, max-age=31536000, immutable"}
    if request.headers.get("if-none-match") == etag:
        return Response(status_code=304, headers=headers)
    return FileResponse(found.small if small else found.picture, headers=headers, media_type="image/jpeg")


routes: list[Route] = [
    shown("/reviews/{review_id}", reader),
    shown("/reviews/{review_id}/panel", panel),
    shown("/reviews/{review_id}/outline", outline),
    shown("/reviews/{review_id}/sheet", sheet),
    shown("/pictures/{sha256:str}/{number:int}-{size:str}.jpg", picture),
]
