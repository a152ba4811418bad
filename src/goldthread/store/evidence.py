"""Coded passages of the whole study by any combination of codes, a page at a time."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from goldthread.analysis.passages import CODES, SEVERAL, Passage
from goldthread.coding.model import Episode
from goldthread.store.records import LIVE
from goldthread.store.rows import episode_of
from goldthread.store.schema import characteristic, edition, episode, review
from goldthread.values import State

_COLUMNS = {"agency": episode.c.agencies, "episode_vulnerability": episode.c.vulnerabilities}
"""Where the codes are kept of which a passage may have several."""


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


def passages(connection: sa.Connection, only: Collection[str] | None = None) -> tuple[Passage, ...]:
    """The codes of every passage, to be counted, of some reviews only when they are named; no words are read."""
    where = [episode.c.state != State.SUPERSEDED.value]
    if only is not None:
        where.append(episode.c.review_id.in_(sorted(only)))
    columns = [episode.c.review_id, *(_COLUMNS[code] if code in SEVERAL else episode.c[code] for code in CODES)]
    rows = connection.execute(sa.select(*columns).where(*where))
    return tuple(map(Passage._make, rows))


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


def coders(connection: sa.Connection) -> dict[str, frozenset[str]]:
    """Who confirmed passages, and in which reviews."""
    one = episode.c
    rows = connection.execute(
        sa.select(one.author, one.review_id).where(one.state == State.CONFIRMED.value).distinct().order_by(one.author)
    )
    found: dict[str, set[str]] = {}
    for author, review_id in rows:
        found.setdefault(author, set()).add(review_id)
    return {author: frozenset(reviews) for author, reviews in found.items()}


def _conditions(asked: Asked) -> Iterable[sa.ColumnElement[bool]]:
    if "state" not in asked.codes:
        yield episode.c.state.in_([state.value for state in LIVE])
    for code, ids in asked.codes.items():
        if code in SEVERAL:
            listed = sa.cast(_COLUMNS[code], sa.Text)
            yield sa.or_(*(listed.contains(json.dumps(one), autoescape=True) for one in sorted(ids)))
        else:
            yield episode.c[code].in_(sorted(ids))
    if asked.reviews is not None:
        chosen = sa.func.json_each(json.dumps(sorted(asked.reviews))).table_valued("value")
        yield episode.c.review_id.in_(sa.select(chosen.c.value))


def used(connection: sa.Connection, field: str, value: str) -> int:
    """How many values are logged or proposed for a field, or passages coded for an axis; of one value, if named."""
    table = episode if field in (*CODES, "agency") else characteristic
    where: list[sa.ColumnElement[bool]] = [table.c.state.in_([state.value for state in LIVE])]
    if field == "agency":
        written = sa.cast(episode.c.agencies, sa.Text)
        where.append(written.contains(f'"{value}"', autoescape=True) if value else written != "[]")
    elif field in CODES:
        where.append(episode.c[field] == value if value else episode.c[field] != "")
    else:
        where.append(characteristic.c.field == field)
        where += [characteristic.c.value == value] if value else []
    return int(connection.execute(sa.select(sa.func.count()).select_from(table).where(*where)).scalar() or 0)
