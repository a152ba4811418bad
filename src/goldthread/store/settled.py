"""What people settled about a review: an engine that reads it again need not propose it a second time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import sqlalchemy as sa

from goldthread.anchors import Anchor
from goldthread.assist.engine import Suggestions
from goldthread.extraction.model import Characteristic
from goldthread.screening.model import CriterionAnswer
from goldthread.store.schema import (
    characteristic,
    characteristic_anchor,
    criterion_answer,
    episode,
    recommendation,
)
from goldthread.values import State

Span = tuple[str, int, int, int]
"""Where words stand: document, version, start and end."""
_Value = tuple[int, str, str | None, str | None]
_DECIDED = (State.CONFIRMED.value, State.REJECTED.value)


@dataclass(frozen=True, slots=True)
class Settled:
    """What people confirmed of one review, and what they rejected, value by value and passage by passage."""

    confirmed_values: frozenset[_Value]
    rejected_values: frozenset[tuple[_Value, Span | None]]
    confirmed_criteria: frozenset[str]
    rejected_answers: frozenset[tuple[str, str]]
    confirmed_passages: tuple[Span, ...]
    rejected_passages: frozenset[tuple[Span, str, str]]
    recommendations: tuple[Span, ...]

    def open(self, proposed: Suggestions) -> Suggestions:
        """What is left to decide: nothing confirmed already, nothing rejected before, no words coded by a person."""
        return replace(
            proposed,
            characteristics=tuple(item for item in proposed.characteristics if not self._knows(item)),
            episodes=tuple(
                item
                for item in proposed.episodes
                if not overlaps(item.anchor, self.confirmed_passages)
                and (span(item.anchor), item.theme, item.direction) not in self.rejected_passages
            ),
            recommendations=tuple(
                item for item in proposed.recommendations if not overlaps(item.anchor, self.recommendations)
            ),
        )

    def open_answers(self, answers: Iterable[CriterionAnswer]) -> tuple[CriterionAnswer, ...]:
        """The answers to criteria nobody has settled."""
        return tuple(
            item
            for item in answers
            if item.criterion not in self.confirmed_criteria
            and (item.criterion, item.met.value) not in self.rejected_answers
        )

    def _knows(self, item: Characteristic) -> bool:
        value = (item.subject_no, item.field, item.value, item.missing.value if item.missing else None)
        place = span(item.anchors[0]) if item.anchors else None
        return value in self.confirmed_values or (value, place) in self.rejected_values


def span(found: Anchor) -> Span:
    """Where an anchor's words stand."""
    return (found.document_id, found.version, found.start, found.end)


def overlaps(found: Anchor, spans: Iterable[Span]) -> bool:
    """Whether any of the places shares a letter with the anchor."""
    own = (found.document_id, found.version)
    return any(own == each[:2] and found.start < each[3] and each[2] < found.end for each in spans)


def settled(connection: sa.Connection, review_id: str) -> Settled:
    """Everything people confirmed or rejected of one review."""
    values = [
        ((row.subject_no, row.field, row.value, row.missing), _span(row) if row.document_id else None, row.state)
        for row in connection.execute(
            _decided(characteristic, review_id)
            .outerjoin(
                characteristic_anchor,
                sa.and_(
                    characteristic_anchor.c.characteristic_id == characteristic.c.characteristic_id,
                    characteristic_anchor.c.n == 0,
                ),
            )
            .add_columns(*_place(characteristic_anchor))
        )
    ]
    answers = connection.execute(_decided(criterion_answer, review_id)).all()
    episodes = connection.execute(_decided(episode, review_id)).all()
    asked = connection.execute(_decided(recommendation, review_id)).all()
    confirmed = State.CONFIRMED.value
    return Settled(
        confirmed_values=frozenset(value for value, _, state in values if state == confirmed),
        rejected_values=frozenset((value, place) for value, place, state in values if state != confirmed),
        confirmed_criteria=frozenset(row.criterion for row in answers if row.state == confirmed),
        rejected_answers=frozenset((row.criterion, row.met) for row in answers if row.state != confirmed),
        confirmed_passages=tuple(_span(row) for row in episodes if row.state == confirmed),
        rejected_passages=frozenset(
            (_span(row), row.theme, row.direction) for row in episodes if row.state != confirmed
        ),
        recommendations=tuple(_span(row) for row in asked),
    )


def _decided(table: sa.Table, review_id: str) -> sa.Select[tuple[object, ...]]:
    return sa.select(table).where(table.c.review_id == review_id, table.c.state.in_(_DECIDED))


def _place(table: sa.Table) -> Sequence[sa.Column[object]]:
    return (table.c.document_id, table.c.version, table.c.start, table.c.end)


def _span(row: sa.Row[tuple[object, ...]]) -> Span:
    return (row.document_id, row.version, row.start, row.end)
