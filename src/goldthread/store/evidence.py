"""Coded passages of the whole study by any combination of codes, a page at a time."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from goldthread.coding.model import Episode
from goldthread.store.records import LIVE
from goldthread.store.rows import episode_of
from goldthread.store.schema import edition, episode, review

CODES = ("theme", "subtheme", "direction", "explanation", "whose", "state")
"""Columns of an episode that may be asked for."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which episodes: for each code the ids wanted, and the reviews they may come from (None: any)."""

    codes: Mapping[str, frozenset[str]]
    reviews: frozenset[str] | None = None


def page_of(connection: sa.Connection, asked: Asked, offset: int, limit: int) -> tuple[Episode, ...]:
    """One page of the episodes asked for, review by review, each in the order of its documents."""
    rows = connection.execute(
        sa.select(episode, edition.c.sha256)
        .join(review, review.c.review_id == episode.c.review_id)
        .join(
            edition,
            sa.and_(edition.c.document_id == episode.c.document_id, edition.c.version == episode.c.version),
        )
        .where(*_conditions(asked))
        .order_by(review.c.position, episode.c.document_id, episode.c.start, episode.c.episode_id)
        .offset(offset)
        .limit(limit)
    )
    return tuple(episode_of(row, {(row.document_id, row.version): row.sha256}) for row in rows)


def totals(connection: sa.Connection, asked: Asked) -> tuple[int, int]:
    """How many episodes are asked for, and how many reviews they come from."""
    row = connection.execute(
        sa.select(sa.func.count(), sa.func.count(sa.distinct(episode.c.review_id))).where(*_conditions(asked))
    ).one()
    return int(row[0]), int(row[1])


def reviews_of(connection: sa.Connection, asked: Asked) -> frozenset[str]:
    """The reviews the episodes asked for come from."""
    found = connection.execute(sa.select(episode.c.review_id).where(*_conditions(asked)).distinct())
    return frozenset(found.scalars())


def tallies(connection: sa.Connection, asked: Asked, codes: Sequence[str]) -> dict[str, Counter[str]]:
    """How many reviews each id of each code would leave, all other codes staying as asked."""
    found: dict[str, Counter[str]] = {}
    for code in codes:
        others = Asked({name: ids for name, ids in asked.codes.items() if name != code}, asked.reviews)
        column = episode.c[code]
        rows = connection.execute(
            sa.select(column, sa.func.count(sa.distinct(episode.c.review_id)))
            .where(*_conditions(others), column != "")
            .group_by(column)
        )
        found[code] = Counter(dict(rows.all()))
    return found


def uses(connection: sa.Connection) -> dict[tuple[str, str], tuple[int, int]]:
    """(Theme, sub-theme) → episodes and reviews in which it is coded or proposed."""
    one = episode.c
    rows = connection.execute(
        sa.select(one.theme, one.subtheme, sa.func.count(), sa.func.count(sa.distinct(one.review_id)))
        .where(one.state.in_([state.value for state in LIVE]))
        .group_by(one.theme, one.subtheme)
    )
    return {(row[0], row[1]): (int(row[2]), int(row[3])) for row in rows}


def reviews_of_themes(connection: sa.Connection) -> dict[str, int]:
    """Theme → reviews in which it is coded or proposed; a review counts once."""
    one = episode.c
    rows = connection.execute(
        sa.select(one.theme, sa.func.count(sa.distinct(one.review_id)))
        .where(one.state.in_([state.value for state in LIVE]))
        .group_by(one.theme)
    )
    return {row[0]: int(row[1]) for row in rows}


def _conditions(asked: Asked) -> Iterable[sa.ColumnElement[bool]]:
    if "state" not in asked.codes:
        yield episode.c.state.in_([state.value for state in LIVE])
    for code, ids in asked.codes.items():
        yield episode.c[code].in_(sorted(ids))
    if asked.reviews is not None:
        chosen = sa.func.json_each(json.dumps(sorted(asked.reviews))).table_valued("value")
        yield episode.c.review_id.in_(sa.select(chosen.c.value))
