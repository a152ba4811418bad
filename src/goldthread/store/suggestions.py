"""What engines proposed and people decided about each review."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import sqlalchemy as sa

from goldthread.anchors import Anchor
from goldthread.assist.engine import Suggestions
from goldthread.screening.model import CriterionAnswer, ScreeningDecision, ScreeningState
from goldthread.store.schema import (
    characteristic,
    characteristic_anchor,
    criterion_anchor,
    criterion_answer,
    decision,
    episode,
    recommendation,
    suggestion_run,
)
from goldthread.values import Basis, State


def fingerprints(connection: sa.Connection, engine: str) -> dict[str, str]:
    """Review id → the fingerprint under which this engine last read it."""
    rows = connection.execute(
        sa.select(suggestion_run.c.review_id, suggestion_run.c.fingerprint).where(suggestion_run.c.engine == engine)
    )
    return {row.review_id: row.fingerprint for row in rows}


def replace(
    connection: sa.Connection,
    review_id: str,
    engine: str,
    suggestions: Suggestions,
    answers: Sequence[CriterionAnswer],
) -> None:
    """Save an engine's suggestions for a review; its own earlier, undecided ones become superseded."""
    for table in (characteristic, criterion_answer, episode, recommendation):
        connection.execute(
            table.update()
            .where(table.c.review_id == review_id, table.c.engine == engine, table.c.state == State.SUGGESTED.value)
            .values(state=State.SUPERSEDED.value)
        )
    save(connection, review_id, suggestions)
    save_answers(connection, answers)


def save(connection: sa.Connection, review_id: str, suggestions: Suggestions) -> tuple[str, ...]:
    """Save characteristics, episodes and recommendations of one review beside those it has.

    Returns the ids given to the episodes, then those of the recommendations, in their order.
    """
    _save_anchored(
        connection,
        characteristic,
        characteristic_anchor,
        "characteristic_id",
        [
            (
                {
                    "review_id": item.review_id,
                    "subject_no": item.subject_no,
                    "field": item.field,
                    "value": item.value,
                    "missing": item.missing.value if item.missing else None,
                    **_authorship(item.state, item.author, item.engine, item.confidence),
                },
                item.anchors,
            )
            for item in suggestions.characteristics
        ],
    )
    return (*_save_episodes(connection, review_id, suggestions), *_save_asks(connection, review_id, suggestions))


def save_answers(connection: sa.Connection, answers: Sequence[CriterionAnswer]) -> None:
    """Save answers to criteria with their evidence."""
    _save_anchored(
        connection,
        criterion_answer,
        criterion_anchor,
        "answer_id",
        [
            (
                {
                    "review_id": item.review_id,
                    "criterion": item.criterion,
                    "met": item.met.value,
                    **_authorship(item.state, item.author, item.engine, item.confidence),
                },
                item.anchors,
            )
            for item in answers
        ],
    )


def was_read(connection: sa.Connection, review_id: str, engine: str, fingerprint: str) -> bool:
    """Whether this engine has read this review under this very fingerprint."""
    run = suggestion_run.c
    same = sa.select(run.review_id).where(
        run.review_id == review_id, run.engine == engine, run.fingerprint == fingerprint
    )
    return connection.execute(same).first() is not None


def mark_run(connection: sa.Connection, review_id: str, engine: str, version: str, fingerprint: str, at: str) -> None:
    """Remember that this engine, under this fingerprint, has read this review."""
    connection.execute(
        suggestion_run.delete().where(suggestion_run.c.review_id == review_id, suggestion_run.c.engine == engine)
    )
    connection.execute(
        suggestion_run.insert().values(
            review_id=review_id, engine=engine, engine_version=version, fingerprint=fingerprint, at=at
        )
    )


def save_decision(connection: sa.Connection, made: ScreeningDecision) -> ScreeningDecision | None:
    """Save a proposed or a person's decision and return the one it replaces on the same basis."""
    where = (decision.c.review_id == made.review_id, decision.c.basis == made.basis.value)
    earlier = connection.execute(sa.select(decision).where(*where)).first()
    connection.execute(decision.delete().where(*where))
    connection.execute(
        decision.insert().values(
            review_id=made.review_id,
            basis=made.basis.value,
            decision=made.decision.value,
            reason=made.reason,
            author=made.author,
            at=made.at,
        )
    )
    return decision_from(earlier._mapping) if earlier else None


def decision_from(row: Mapping[str, object] | sa.RowMapping) -> ScreeningDecision:
    """A stored decision as a value."""
    from_row = {str(key): str(value) for key, value in row.items()}
    return ScreeningDecision(
        review_id=from_row["review_id"],
        decision=ScreeningState(from_row["decision"]),
        reason=from_row["reason"],
        basis=Basis(from_row["basis"]),
        author=from_row["author"],
        at=from_row["at"],
    )


def _save_episodes(connection: sa.Connection, review_id: str, suggestions: Suggestions) -> list[str]:
    """Save episodes under fresh ids; an engine's own ids hold only within one run."""
    rows = [
        {
            "episode_id": f"{item.review_id}-E{number:03d}",
            "review_id": item.review_id,
            "theme": item.theme,
            "subtheme": item.subtheme,
            "direction": item.direction,
            "explanation": item.explanation,
            "whose": item.whose,
            **_authorship(item.state, item.author, item.engine, item.confidence),
            **anchor_row(item.anchor),
            "agencies": list(item.agencies),
            "vulnerabilities": list(item.vulnerabilities),
            "memo": item.memo,
        }
        for number, item in enumerate(suggestions.episodes, _count(connection, episode, review_id) + 1)
    ]
    if rows:
        connection.execute(episode.insert(), rows)
    return [str(row["episode_id"]) for row in rows]


def _save_asks(connection: sa.Connection, review_id: str, suggestions: Suggestions) -> list[str]:
    """Save recommendations under fresh ids."""
    rows = [
        {
            "recommendation_id": f"{item.review_id}-A{number:03d}",
            "review_id": item.review_id,
            "text": item.text,
            "addressee": item.addressee,
            "scope": item.scope,
            **_authorship(item.state, item.author, item.engine, item.confidence),
            **anchor_row(item.anchor),
        }
        for number, item in enumerate(suggestions.recommendations, _count(connection, recommendation, review_id) + 1)
    ]
    if rows:
        connection.execute(recommendation.insert(), rows)
    return [str(row["recommendation_id"]) for row in rows]


def _count(connection: sa.Connection, table: sa.Table, review_id: str) -> int:
    counted = sa.select(sa.func.count()).select_from(table).where(table.c.review_id == review_id)
    return int(connection.execute(counted).scalar() or 0)


def _save_anchored(
    connection: sa.Connection,
    table: sa.Table,
    anchors: sa.Table,
    key: str,
    items: Iterable[tuple[dict[str, object], Sequence[Anchor]]],
) -> None:
    last = int(connection.execute(sa.select(sa.func.max(table.c[key]))).scalar() or 0)
    rows: list[dict[str, object]] = []
    evidence: list[dict[str, object]] = []
    for number, (row, found) in enumerate(items, last + 1):
        rows.append({key: number, **row})
        evidence.extend({key: number, "n": n, **anchor_row(item)} for n, item in enumerate(found))
    if rows:
        connection.execute(table.insert(), rows)
    if evidence:
        connection.execute(anchors.insert(), evidence)


def _authorship(state: State, author: str, engine: str, confidence: float) -> dict[str, object]:
    return {"state": state.value, "author": author, "engine": engine, "confidence": round(confidence, 4)}


def anchor_row(found: Anchor) -> dict[str, object]:
    """An anchor as columns; the document's hash is the document's."""
    return {
        "document_id": found.document_id,
        "version": found.version,
        "start": found.start,
        "end": found.end,
        "page": found.page,
        "quote": found.quote,
        "before": found.before,
        "after": found.after,
    }
