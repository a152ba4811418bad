"""Every review on one line, read in a handful of queries however many reviews there are."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence

import sqlalchemy as sa

from goldthread.analysis.catalogue import RATING, Listed, proposed_since
from goldthread.quality.rating import by_review
from goldthread.screening.model import ScreeningDecision
from goldthread.store import ratings
from goldthread.store.records import LIVE
from goldthread.store.schema import (
    characteristic,
    criterion_answer,
    decision,
    document,
    episode,
    problem,
    recommendation,
    review,
)
from goldthread.store.suggestions import decision_from
from goldthread.values import Basis, State

Only = Collection[str] | None
_LIVE = [state.value for state in LIVE]


def registered(connection: sa.Connection) -> list[tuple[str, str, tuple[str, ...]]]:
    """Id, title and types of every review, in the order of registration."""
    rows = connection.execute(
        sa.select(review.c.review_id, review.c.title, review.c.review_types).order_by(review.c.position)
    )
    return [(row.review_id, row.title, tuple(row.review_types)) for row in rows]


def load(
    connection: sa.Connection,
    citations: Mapping[str, str],
    fields: Sequence[str],
    only: Collection[str] | None = None,
) -> tuple[Listed, ...]:
    """The catalogue, with facets for the fields named; of some reviews only when they are named."""
    held = {row.review_id: row for row in _documents(connection, only)}
    problems = _problems(connection, only)
    proposed, decided = _decisions(connection, only)
    waiting = _waiting(connection, only)
    facets = values(connection, fields, only)
    coded = _coded(connection, facets, only)
    if RATING in fields:
        _rated(connection, facets, only)
    rows = connection.execute(sa.select(review).where(*_of(review, only)).order_by(review.c.position)).all()
    return tuple(
        Listed(
            review_id=row.review_id,
            position=row.position,
            title=row.title,
            citation=citations[row.review_id],
            review_types=tuple(row.review_types),
            source=row.source,
            round=row.round,
            publication_date=row.publication_date,
            documents=held[row.review_id].documents if row.review_id in held else 0,
            pages=held[row.review_id].pages if row.review_id in held else 0,
            problems=problems[row.review_id],
            proposed=proposed.get(row.review_id),
            decided=decided.get(row.review_id),
            open=waiting[row.review_id],
            episodes=coded[row.review_id],
            facets=_facets(
                row,
                facets[row.review_id],
                decided.get(row.review_id),
                _work(waiting[row.review_id], decided.get(row.review_id), proposed.get(row.review_id)),
            ),
        )
        for row in rows
    )


def _facets(
    row: sa.Row[tuple[object, ...]],
    found: Mapping[str, set[str]],
    decided: ScreeningDecision | None,
    work: set[str],
) -> dict[str, frozenset[str]]:
    own = {
        "screening_state": {decided.decision.value if decided else "unscreened"},
        "reason": {decided.reason} if decided and decided.reason else set(),
        "review_type": set(row.review_types),
        "source": {row.source} if row.source else set(),
        "round": {row.round},
        "work": work,
    }
    return {name: frozenset(values) for name, values in {**found, **own}.items() if values}


def _work(waiting: int, decided: ScreeningDecision | None, proposed: ScreeningDecision | None) -> set[str]:
    return {"waiting" if waiting else "settled"} | ({"again"} if proposed_since(decided, proposed) else set())


def _of(table: sa.Table, only: Only) -> list[sa.ColumnElement[bool]]:
    return [] if only is None else [table.c.review_id.in_(sorted(only))]


def _documents(connection: sa.Connection, only: Only) -> Sequence[sa.Row[tuple[str, int, int]]]:
    return connection.execute(
        sa.select(
            document.c.review_id,
            sa.func.count().label("documents"),
            sa.func.sum(document.c.pages).label("pages"),
        )
        .where(*_of(document, only))
        .group_by(document.c.review_id)
    ).all()


def _problems(connection: sa.Connection, only: Only) -> Counter[str]:
    rows = connection.execute(
        sa.select(document.c.review_id, sa.func.count())
        .join(problem, problem.c.document_id == document.c.document_id)
        .where(*_of(document, only))
        .group_by(document.c.review_id)
    )
    return Counter(dict(rows.all()))


def _decisions(
    connection: sa.Connection, only: Only
) -> tuple[dict[str, ScreeningDecision], dict[str, ScreeningDecision]]:
    proposed: dict[str, ScreeningDecision] = {}
    decided: dict[str, ScreeningDecision] = {}
    for row in connection.execute(sa.select(decision).where(*_of(decision, only))):
        made = decision_from(row._mapping)
        (decided if made.basis is Basis.CONFIRMED else proposed)[made.review_id] = made
    return proposed, decided


def _waiting(connection: sa.Connection, only: Only) -> Counter[str]:
    """Suggestions of each review that nobody has settled."""
    found: Counter[str] = Counter()
    for table in (characteristic, episode, recommendation):
        rows = connection.execute(
            sa.select(table.c.review_id, sa.func.count())
            .where(table.c.state == State.SUGGESTED.value, *_of(table, only))
            .group_by(table.c.review_id)
        )
        found.update(dict(rows.all()))
    return found


def values(
    connection: sa.Connection, fields: Sequence[str], only: Only = None
) -> defaultdict[str, dict[str, set[str]]]:
    """Review → field → values; where a person confirmed one for a field of a subject, only what they confirmed."""
    one = characteristic.c
    rows = connection.execute(
        sa.select(one.review_id, one.field, one.subject_no, one.value, one.state)
        .where(one.state.in_(_LIVE), one.field.in_(list(fields)), *_of(characteristic, only))
        .order_by(one.characteristic_id)
    ).all()
    confirmed = {(r[0], r[1], r[2]) for r in rows if r[4] == State.CONFIRMED.value}
    found: defaultdict[str, dict[str, set[str]]] = defaultdict(dict)
    for review_id, field, subject, value, state in rows:
        if value is None or (state != State.CONFIRMED.value and (review_id, field, subject) in confirmed):
            continue
        found[review_id].setdefault(field, set()).add(value)
    return found


def _coded(connection: sa.Connection, facets: Mapping[str, dict[str, set[str]]], only: Only) -> Counter[str]:
    """Adds themes and directions to the facets; returns how many episodes each review has."""
    one = episode.c
    rows = connection.execute(
        sa.select(one.review_id, one.theme, one.direction, sa.func.count())
        .where(one.state.in_(_LIVE), *_of(episode, only))
        .group_by(one.review_id, one.theme, one.direction)
    )
    counted: Counter[str] = Counter()
    for review_id, theme, direction, number in rows:
        counted[review_id] += number
        mine = facets[review_id]
        if theme:
            mine.setdefault("theme", set()).add(theme)
        mine.setdefault("direction", set()).add(direction)
    return counted


def _rated(connection: sa.Connection, facets: Mapping[str, dict[str, set[str]]], only: Only) -> None:
    """Adds how reviews were rated as sources: what stands of each item, and that raters differ."""
    said = [one for one in ratings.every(connection) if only is None or one.review_id in only]
    for review_id, items in by_review(said).items():
        found = {f"{item}={one.value}" if one.value else "open" for item, one in items.items()}
        facets[review_id].setdefault(RATING, set()).update(found)


def settled_and_accepted(connection: sa.Connection) -> tuple[int, int]:
    """Suggestions of engines that people settled, and those they confirmed unchanged."""
    settled = accepted = 0
    for table in (characteristic, criterion_answer, episode, recommendation):
        rows = connection.execute(
            sa.select(table.c.state, sa.func.count())
            .where(table.c.engine != "", table.c.state.in_([State.CONFIRMED.value, State.REJECTED.value]))
            .group_by(table.c.state)
        )
        counts: dict[str, int] = dict(rows.all())
        settled += sum(counts.values())
        accepted += counts.get(State.CONFIRMED.value, 0)
    return settled, accepted
