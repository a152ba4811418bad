"""A study as flat rows: the export files of the contract, whatever they are written as."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from goldthread.analysis.records import ReviewRecord, StudyRecord
from goldthread.anchors import Anchor
from goldthread.screening.model import ScreeningState
from goldthread.store.journal import Entry

Row = tuple[object, ...]

ANCHOR = ("file_name", "page", "start", "end", "quote")

COLUMNS: dict[str, tuple[str, ...]] = {
    "reviews": (
        *("review_id", "title", "review_types", "source", "publication_date"),
        *("screening_state", "reason", "basis"),
    ),
    "documents": (*("document_id", "review_id", "file_name", "sha256", "format", "pages", "characters", "problems"),),
    "screening": ("review_id", "criterion", "met", "state", "decision", "reason", "author", "at", *ANCHOR),
    "characteristics": (
        *("review_id", "subject_no", "field", "value", "missing", "state", "author", "engine", "confidence"),
        *ANCHOR,
    ),
    "episodes": (
        *("review_id", "episode_id", "theme", "subtheme", "direction", "explanation", "whose"),
        *("state", "author", "engine", "confidence"),
        *ANCHOR,
    ),
    "recommendations": (
        *("review_id", "recommendation_id", "text", "addressee", "scope", "state", "engine", "confidence"),
        *ANCHOR,
    ),
    "episode_details": ("review_id", "episode_id", "agencies", "vulnerabilities", "memo", "state", "author"),
    "episode_recommendations": ("review_id", "episode_id", "recommendation_id", "author"),
    "journal": ("n", "at", "who", "verb", "object", "before", "after", "previous_hash", "hash"),
}
"""File name without ending → its columns, in order."""

WHOLE_NUMBERS = frozenset(
    {"n", "subject_no", "page", "pages", "characters", "start", "end"}
    | {"reviews_for", "episodes_for", "reviews_against", "episodes_against", "reviews_able"}
)
FRACTIONS = frozenset({"confidence"})
"""Columns that hold numbers; all others hold text."""


def study_rows(study: StudyRecord, entries: Iterable[Entry]) -> dict[str, Iterator[Row]]:
    """Every export file's rows, one by one; a value that is not there is an empty text."""
    names = {item.document_id: item.file_name for one in study.reviews for item in one.documents}
    return {
        "reviews": (_review(item) for item in study.reviews),
        "documents": (row for item in study.reviews for row in _documents(item)),
        "screening": (row for item in study.reviews for row in _screening(item, names)),
        "characteristics": (row for item in study.reviews for row in _characteristics(item, names)),
        "episodes": (row for item in study.reviews for row in _episodes(item, names)),
        "recommendations": (row for item in study.reviews for row in _recommendations(item, names)),
        "episode_details": (row for item in study.reviews for row in _details(item)),
        "episode_recommendations": (
            (item.review_id, one.episode_id, one.recommendation_id, one.author)
            for item in study.reviews
            for one in item.links
        ),
        "journal": (_entry(item) for item in entries),
    }


def _review(item: ReviewRecord) -> Row:
    made = item.decision
    return (
        item.review_id,
        item.title,
        "/".join(item.review_types),
        item.source,
        item.publication_date,
        made.decision.value if made else ScreeningState.UNSCREENED.value,
        made.reason if made else "",
        made.basis.value if made else "",
    )


def _documents(item: ReviewRecord) -> Iterator[Row]:
    for part in item.documents:
        problems = list(part.problems)
        if part.duplicate_of:
            problems.append(f"exact duplicate of {part.duplicate_of}")
        problems += [f"near-duplicate of {other}" for other in part.near_duplicates]
        yield (
            part.document_id,
            item.review_id,
            part.file_name,
            part.sha256,
            part.format,
            part.pages,
            part.characters,
            " | ".join(problems),
        )


def _screening(item: ReviewRecord, names: Mapping[str, str]) -> Iterator[Row]:
    made = item.decision
    verdict = (made.decision.value, made.reason, made.author, made.at) if made else ("", "", "", "")
    for answer in item.answers:
        head = (item.review_id, answer.criterion, answer.met.value, answer.state.value, *verdict)
        yield (*head, *anchor_cells(answer.anchors, names))
    if not item.answers:
        yield (item.review_id, "", "", "", *verdict, *anchor_cells((), names))


def _characteristics(item: ReviewRecord, names: Mapping[str, str]) -> Iterator[Row]:
    for one in item.characteristics:
        yield (
            item.review_id,
            one.subject_no,
            one.field,
            one.value if one.value is not None else "",
            one.missing.value if one.missing else "",
            one.state.value,
            one.author,
            one.engine,
            one.confidence,
            *anchor_cells(one.anchors, names),
        )


def _episodes(item: ReviewRecord, names: Mapping[str, str]) -> Iterator[Row]:
    for one in item.episodes:
        yield (
            item.review_id,
            one.episode_id,
            one.theme,
            one.subtheme,
            one.direction,
            one.explanation,
            one.whose,
            one.state.value,
            one.author,
            one.engine,
            one.confidence,
            *anchor_cells((one.anchor,), names),
        )


def _recommendations(item: ReviewRecord, names: Mapping[str, str]) -> Iterator[Row]:
    for one in item.recommendations:
        yield (
            item.review_id,
            one.recommendation_id,
            one.text,
            one.addressee,
            one.scope,
            one.state.value,
            one.engine,
            one.confidence,
            *anchor_cells((one.anchor,), names),
        )


def _details(item: ReviewRecord) -> Iterator[Row]:
    for one in item.episodes:
        if one.agencies or one.vulnerabilities or one.memo:
            several = ("; ".join(one.agencies), "; ".join(one.vulnerabilities))
            yield (item.review_id, one.episode_id, *several, one.memo, one.state.value, one.author)


def _entry(item: Entry) -> Row:
    return (
        *(item.n, item.at, item.who, item.verb, item.object),
        *(item.before, item.after, item.previous_hash, item.hash),
    )


def anchor_cells(anchors: Sequence[Anchor], names: Mapping[str, str]) -> Row:
    """The five cells of the first anchor, empty where there is none. `names` are file names by document."""
    if not anchors:
        return ("", "", "", "", "")
    found = anchors[0]
    return (names[found.document_id], found.page, found.start, found.end, found.quote)
