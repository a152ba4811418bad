"""What the rules of screening need to know of every review that engines proposed a decision for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa

from goldthread.anchors import Anchor
from goldthread.extraction.model import Characteristic
from goldthread.screening.model import ScreeningDecision, ScreeningState
from goldthread.store.records import LIVE, anchors_of
from goldthread.store.rows import characteristic_of
from goldthread.store.schema import (
    characteristic,
    characteristic_anchor,
    criterion_answer,
    decision,
    document,
    review,
)
from goldthread.values import Basis, Missing, State

_LIVE = [state.value for state in LIVE]
_STATES = {state.value: state for state in State}
_KINDS = {kind.value: kind for kind in Missing}


@dataclass(frozen=True, slots=True)
class LoggedValue:
    """One value of one field, without the words it rests on."""

    subject_no: int
    field: str
    value: str | None
    missing: Missing | None
    state: State
    confidence: float
    anchors: tuple[Anchor, ...] = ()


@dataclass(frozen=True, slots=True)
class Screened:
    """A review with the proposed decision, the facts of its register and documents, and some of its values."""

    review_id: str
    proposed: ScreeningDecision
    review_types: tuple[str, ...]
    source: str
    round: str
    publication_date: str
    pages: int
    duplicate: bool
    unreadable: bool
    values: tuple[LoggedValue, ...]


def decided(connection: sa.Connection, review_ids: Collection[str]) -> dict[str, ScreeningDecision]:
    """Review id → what a person decided on it, of some reviews."""
    columns = decision.c
    rows = connection.execute(
        sa.select(decision).where(columns.basis == Basis.CONFIRMED.value, columns.review_id.in_(sorted(review_ids)))
    )
    return {
        row.review_id: ScreeningDecision(
            row.review_id, ScreeningState(row.decision), row.reason, Basis.CONFIRMED, row.author, row.at
        )
        for row in rows
    }


def screened(
    connection: sa.Connection, fields: Collection[str], only: Collection[str] | None = None
) -> tuple[Screened, ...]:
    """Every review with a proposed decision, or some of them, in order, with the values of the fields named."""
    values = _values(connection, fields, only)
    documents = _documents(connection, only)
    own = [review.c.review_id, review.c.review_types, review.c.source, review.c.round, review.c.publication_date]
    made = [decision.c.decision, decision.c.reason, decision.c.author, decision.c.at]
    rows = connection.execute(
        sa.select(*own, *made)
        .join(decision, decision.c.review_id == review.c.review_id)
        .where(decision.c.basis == Basis.DRAFT.value, *_of(review, only))
        .order_by(review.c.position)
    )
    found = []
    for review_id, types, source, round_, published, decided, reason, author, at in rows:
        pages, readable, present, copies = documents.get(review_id, (0, False, 0, 0))
        duplicate = bool(present) and present == copies
        found.append(
            Screened(
                review_id,
                ScreeningDecision(review_id, ScreeningState(decided), reason, Basis.DRAFT, author, at),
                tuple(types),
                source,
                round_,
                published,
                pages,
                duplicate,
                not readable and not duplicate,
                tuple(values[review_id]),
            )
        )
    return tuple(found)


def _of(table: sa.Table, only: Collection[str] | None) -> list[sa.ColumnElement[bool]]:
    return [] if only is None else [table.c.review_id.in_(sorted(only))]


def _values(
    connection: sa.Connection, fields: Collection[str], only: Collection[str] | None
) -> defaultdict[str, list[LoggedValue]]:
    one = characteristic.c
    found: defaultdict[str, list[LoggedValue]] = defaultdict(list)
    if not fields:
        return found
    rows = connection.execute(
        sa.select(one.review_id, one.subject_no, one.field, one.value, one.missing, one.state, one.confidence)
        .where(one.state.in_(_LIVE), one.field.in_(sorted(fields)), *_of(characteristic, only))
        .order_by(one.characteristic_id)
    ).all()
    for review_id, subject, field, value, missing, state, confidence in rows:
        kind = _KINDS[missing] if missing else None
        found[review_id].append(LoggedValue(subject, field, value, kind, _STATES[state], confidence))
    return found


def _documents(connection: sa.Connection, only: Collection[str] | None) -> dict[str, tuple[int, bool, int, int]]:
    """Review → pages that can be read, whether any has text, documents, and how many of them are exact copies."""
    one = document.c
    read = sa.and_(one.duplicate_of.is_(None), one.pages > 0)
    rows = connection.execute(
        sa.select(
            one.review_id,
            sa.func.sum(sa.case((read, one.pages), else_=0)),
            sa.func.sum(sa.case((read, one.characters), else_=0)),
            sa.func.count(),
            sa.func.sum(sa.case((one.duplicate_of.is_not(None), 1), else_=0)),
        )
        .where(*_of(document, only))
        .group_by(one.review_id)
    )
    return {row[0]: (int(row[1]), bool(row[2]), int(row[3]), int(row[4])) for row in rows}


def values_by_engine(connection: sa.Connection, review_id: str) -> dict[str, tuple[Characteristic, ...]]:
    """Engine → what it proposes for one review and what people made of it, with the words it rests on."""
    one = characteristic.c
    where = (one.review_id == review_id, one.engine != "", one.state.in_(_LIVE))
    evidence = anchors_of(connection, characteristic_anchor, sa.select(one.characteristic_id).where(*where))
    found: defaultdict[str, list[Characteristic]] = defaultdict(list)
    for row in connection.execute(sa.select(characteristic).where(*where).order_by(one.characteristic_id)):
        found[row.engine].append(characteristic_of(row, evidence[row.characteristic_id]))
    return {engine: tuple(items) for engine, items in found.items()}


def proposed_answers(connection: sa.Connection, review_id: str) -> dict[tuple[str, str], tuple[int, str]]:
    """(Engine, criterion) → the id and the answer that is proposed for one review and nobody settled."""
    one = criterion_answer.c
    rows = connection.execute(
        sa.select(one.engine, one.criterion, one.answer_id, one.met).where(
            one.review_id == review_id, one.state == State.SUGGESTED.value
        )
    )
    return {(row.engine, row.criterion): (row.answer_id, row.met) for row in rows}


def supersede_answer(connection: sa.Connection, answer_id: int) -> None:
    """An answer that another takes the place of."""
    connection.execute(
        criterion_answer.update()
        .where(criterion_answer.c.answer_id == answer_id)
        .values(state=State.SUPERSEDED.value)
    )
