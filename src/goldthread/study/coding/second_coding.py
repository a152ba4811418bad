"""Bringing in what a second person coded in a copy of the study, to be held against the first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

import sqlalchemy as sa

from goldthread.analysis.records import ReviewRecord, StudyRecord
from goldthread.anchors import Anchor, DocumentText
from goldthread.coding.model import Episode
from goldthread.extraction.model import Characteristic
from goldthread.sources.problems import Problem
from goldthread.store import documents, edits, journal, review_file, second_codings
from goldthread.store.second_codings import SecondCoding
from goldthread.study.folder import Held
from goldthread.values import State

Item = Characteristic | Episode
PERSON = "person"


@dataclass(frozen=True, slots=True)
class Brought:
    """What was taken from a second coder. `known` was here already, said by the same person."""

    values: int
    passages: int
    known: int
    reviews: int
    problems: tuple[Problem, ...]


def bring(held: Held, own: StudyRecord, other: StudyRecord, who: str) -> Brought:
    """Keep what people confirmed in a copy of the study beside what was confirmed here; tables count none of it.

    Documents are the same where their files are, and every quote is held against the text stored here. The same copy
    again changes nothing.
    """
    ours = {one.sha256: (review.review_id, one.document_id) for review in own.reviews for one in review.documents}
    found = defaultdict[str, list[Item]](list)
    problems: list[Problem] = []
    with held.database.write() as connection:
        mapper = _Mapper(connection, ours)
        for review in other.reviews:
            here = next((ours[one.sha256][0] for one in review.documents if one.sha256 in ours), "")
            for item in _confirmed(review):
                if not here:
                    problems.append(_unknown(review))
                    break
                made = mapper.here(item, here)
                if made is None:
                    problems.append(_elsewhere(review, item))
                else:
                    found[here].append(made)
        values, passages, known = _keep(connection, own, found)
        if values or passages:
            after = {"values": values, "passages": passages, "from": other.name}
            journal.append(connection, who, "second_coding", "study", after=after)
    return Brought(values, passages, known, len(found), tuple(dict.fromkeys(problems)))


def _confirmed(review: ReviewRecord) -> Iterator[Item]:
    yield from (one for one in review.characteristics if one.state is State.CONFIRMED)
    yield from (one for one in review.episodes if one.state is State.CONFIRMED)


class _Mapper:
    """Carries what was said of a copy's documents over to the same documents here."""

    def __init__(self, connection: sa.Connection, ours: dict[str, tuple[str, str]]) -> None:
        self.connection, self.ours = connection, ours
        self._texts: dict[str, DocumentText] = {}

    def here(self, item: Item, review_id: str) -> Item | None:
        """The same on our documents; None where its words are not there."""
        if isinstance(item, Episode):
            at = self._anchor(item.anchor)
            return replace(item, review_id=review_id, anchor=at) if at else None
        moved = [self._anchor(one) for one in item.anchors]
        if not all(moved):
            return None
        return replace(item, review_id=review_id, anchors=tuple(one for one in moved if one))

    def _anchor(self, found: Anchor) -> Anchor | None:
        if found.sha256 not in self.ours:
            return None
        document_id = self.ours[found.sha256][1]
        if document_id not in self._texts:
            self._texts[document_id] = next(documents.texts(self.connection, [document_id]))
        text = self._texts[document_id]
        if text.text[found.start : found.end] != found.quote:
            return None
        return replace(found, document_id=document_id, version=text.version)


def _keep(connection: sa.Connection, own: StudyRecord, found: dict[str, list[Item]]) -> tuple[int, int, int]:
    mine = {review.review_id: review for review in own.reviews}
    authors = {one.author for review in own.reviews for one in _confirmed(review)}
    values = passages = known = 0
    for review_id, items in found.items():
        here = {_same(one) for one in _confirmed(mine[review_id])} | _brought(connection, review_id)
        for item in items:
            who = f"{item.author} (other copy)" if item.author in authors else item.author
            if _same(item) in here or (*_same(item)[:1], who, *_same(item)[2:]) in here:
                known += 1
                continue
            kept = replace(item, state=State.SUPERSEDED, engine=PERSON, confidence=1.0)
            if isinstance(kept, Episode):
                key, kind, passages = edits.add_episode(connection, kept), "episodes", passages + 1
            else:
                key, kind, values = edits.add_value(connection, kept), "characteristics", values + 1
            second_codings.keep(connection, SecondCoding(kind, key, review_id, who))
    return values, passages, known


def _brought(connection: sa.Connection, review_id: str) -> set[tuple[object, ...]]:
    """What is known of second coders already, settled or not."""
    marks = {(one.kind, one.key): one.who for one in second_codings.every(connection, review_id)}
    if not marks:
        return set()
    states = (State.SUPERSEDED,)
    readers = (
        ("characteristics", review_file.characteristics(connection, review_id, states)),
        ("episodes", review_file.episodes(connection, review_id, states)),
    )
    return {
        (*_same(one.item)[:1], marks[kind, one.key], *_same(one.item)[2:])
        for kind, kept in readers
        for one in kept
        if (kind, one.key) in marks
    }


def _same(item: Item) -> tuple[object, ...]:
    """What makes two things said by one person the same."""
    if isinstance(item, Episode):
        at = item.anchor
        codes = (item.theme, item.subtheme, item.direction, item.explanation, item.whose)
        return ("episode", item.author, at.sha256, at.start, at.end, *codes)
    return ("value", item.author, item.subject_no, item.field, item.value, item.missing)


def _unknown(review: ReviewRecord) -> Problem:
    told = f"none of the documents of “{review.title or review.review_id}” is in this study"
    return Problem(review.review_id, "document", told, "add the same files here, then bring it in again")


def _elsewhere(review: ReviewRecord, item: Item) -> Problem:
    what = "a passage" if isinstance(item, Episode) else f"the words of {item.field}"
    told = f"{what} that {item.author} confirmed does not stand in the text stored here"
    return Problem(review.review_id, "quote", told, "the copy has another version of the document: settle it by hand")
