"""More like this: passages that say something like another, and search by words and meaning together."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from goldthread.anchors import Anchor, anchor
from goldthread.coding.model import Episode
from goldthread.errors import BrokenAnchor, UsageError
from goldthread.learn.fusion import fused
from goldthread.learn.stems import stem, words
from goldthread.store import documents, search
from goldthread.store.passages import Passage, passages
from goldthread.store.query import Query
from goldthread.store.search import Hit

if TYPE_CHECKING:
    from goldthread.study.likeness.meaning import Meanings  # brings numpy, which most commands do without

CANDIDATES = 200  # how many passages close in meaning are then compared word for word
WORDS = 2 / 3  # what the words shared count for, the rest being closeness in meaning
FEWEST_WORDS = 5
SHARED_WORDS = 6
_PLACE = re.compile(r"(D\d{5,}):(\d+)[-–](\d+)")
_EPISODE = re.compile(r"R\d+-E\d+")


@dataclass(frozen=True, slots=True)
class Start:
    """The passage asked about: its words, and where it stands when it stands in the study."""

    text: str
    place: Anchor | None = None

    def holds(self, passage: Passage) -> bool:
        """Whether a paragraph is, or overlaps, the very passage asked about."""
        own = self.place
        return own is not None and (
            (own.document_id, own.version) == (passage.document_id, passage.version)
            and own.start < passage.end
            and passage.start < own.end
        )


def start_of(connection: sa.Connection, asked: str | Anchor | Episode, episodes: Sequence[Episode]) -> Start:
    """What is asked about: an anchor, an episode or its id, a place like `D00012:1520-1711`, or any text.

    Raises UsageError for a place or an episode that is not in the study.
    """
    if isinstance(asked, Episode):
        asked = asked.anchor
    if isinstance(asked, Anchor):
        return Start(asked.quote, asked)
    text = asked.strip()
    if place := _PLACE.fullmatch(text):
        found = _at(connection, place[1], int(place[2]), int(place[3]))
        return Start(found.quote, found)
    if _EPISODE.fullmatch(text):
        own = next((item.anchor for item in episodes if item.episode_id == text), None)
        if own is None:
            raise UsageError(
                f"no passage {text} is coded, or it was rejected",
                mend="take an id from episodes.csv of `goldthread export --format csv`",
            )
        return Start(own.quote, own)
    if not text:
        raise UsageError("there is no passage to start from", mend="give its words, its place or its id")
    return Start(text)


def _at(connection: sa.Connection, document_id: str, start: int, end: int) -> Anchor:
    if document_id not in documents.all_ids(connection):
        raise UsageError(f"there is no document {document_id}", mend="take its id from what `goldthread search` says")
    (text,) = documents.texts(connection, [document_id])
    try:
        return anchor(text, start, end)
    except BrokenAnchor as fault:
        raise UsageError(fault.what, where=document_id, mend="give start and end as counted in the text") from fault


def similar(
    connection: sa.Connection, known: Meanings, start: Start, reviews: Collection[str] | None, limit: int
) -> tuple[Hit, ...]:
    """The passages most like one, most alike first.

    Those closest in meaning are found, and ranked by how much of its words they share and by that closeness; the
    score is 1 where they say the same.
    """
    closest = dict(known.nearest(start.text, max(CANDIDATES, 2 * limit), reviews))
    found = [item for item in passages(connection, list(closest)) if _tells(item) and not start.holds(item)]
    common = known.likeness.shared(start.text, [item.reading for item in found])
    alike = [
        (WORDS * min(1.0, sum(parts.values())) + (1 - WORDS) * closest[item.paragraph_id], item, parts)
        for item, parts in zip(found, common, strict=True)
    ]
    alike.sort(key=lambda one: (-one[0], one[1].paragraph_id))
    return tuple(
        search.hit(item, parts.__contains__, score, _shared(item.reading, parts))
        for score, item, parts in alike[:limit]
    )


def _tells(passage: Passage) -> bool:
    """Whether a paragraph says anything: a heading or a label in a table is like everything on its subject."""
    return len(passage.reading.split()) >= FEWEST_WORDS


def mixed(
    connection: sa.Connection, known: Meanings, query: Query, reviews: Collection[str] | None, limit: int
) -> tuple[Hit, ...]:
    """The best paragraphs by words and by meaning, the two rankings fused; what is unwanted stays out of both."""
    wide = max(CANDIDATES, limit)
    by_words = list(search.best(connection, query, review_ids=reviews, limit=wide))
    by_meaning = [number for number, _ in known.nearest(query.words, wide, reviews)]
    if query.unwanted:
        unwanted = search.saying(connection, query.without, by_meaning)
        by_meaning = [number for number in by_meaning if number not in unwanted]
    ranked, sought = dict(fused((by_words, by_meaning))[:limit]), query.seeker()
    return tuple(search.hit(item, sought, ranked[item.paragraph_id]) for item in passages(connection, list(ranked)))


def _shared(text: str, weights: dict[str, float]) -> tuple[str, ...]:
    """The weightiest sought words as the text has them, weightiest first."""
    as_written: dict[str, str] = {}
    for word in words(text):
        if (term := stem(word)) in weights:
            as_written.setdefault(term, word)
    ranked = sorted(as_written, key=lambda term: (-weights[term], term))
    return tuple(as_written[term] for term in ranked[:SHARED_WORDS])
