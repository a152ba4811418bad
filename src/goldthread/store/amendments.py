"""Amendments of a study's protocol, and the codes of passages that they carried along."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from goldthread.protocol.amend.amendments import Amendment
from goldthread.protocol.amend.changes import read, written
from goldthread.protocol.codebook import Place
from goldthread.store.schema import amendment, episode, recoded
from goldthread.values import State

_AT_A_TIME = 400


@dataclass(frozen=True, slots=True)
class Coded:
    """One passage as far as its theme goes."""

    episode_id: str
    review_id: str
    place: Place
    state: State


@dataclass(frozen=True, slots=True)
class Recoded:
    """A passage that an amendment carried from one place to another, and where it stands now."""

    episode_id: str
    review_id: str
    was: Place
    became: Place
    now: Place
    state: State


def standing(connection: sa.Connection) -> tuple[int, int]:
    """How many amendments were ever made, and how many withdrawn; the same while nothing was amended."""
    gone = sa.func.coalesce(sa.func.sum(sa.case((amendment.c.withdrawn_at != "", 1), else_=0)), 0)
    made, withdrawn = connection.execute(sa.select(sa.func.count(), gone).select_from(amendment)).one()
    return int(made), int(withdrawn)


def all_of(connection: sa.Connection) -> tuple[Amendment, ...]:
    """Every amendment in its order, withdrawn ones too."""
    return tuple(
        Amendment(
            row.n,
            row.at,
            row.who,
            row.reason,
            row.says,
            read(json.loads(row.change)),
            row.withdrawn_at,
            row.withdrawn_by,
        )
        for row in connection.execute(sa.select(amendment).order_by(amendment.c.n))
    )


def add(connection: sa.Connection, made: Amendment) -> None:
    """Keep one more amendment."""
    connection.execute(
        amendment.insert().values(
            n=made.n,
            at=made.at,
            who=made.who,
            reason=made.reason,
            says=made.says,
            change=json.dumps(written(made.change), ensure_ascii=False, sort_keys=True),
            withdrawn_at="",
            withdrawn_by="",
        )
    )


def withdraw(connection: sa.Connection, n: int, who: str, at: str) -> None:
    """Note that an amendment was taken back; it stays on record."""
    connection.execute(amendment.update().where(amendment.c.n == n).values(withdrawn_at=at, withdrawn_by=who))


def coded(connection: sa.Connection, themes: Collection[str] | None = None) -> tuple[Coded, ...]:
    """Every passage in every state, or those under some themes only."""
    one = episode.c
    chosen = sa.select(one.episode_id, one.review_id, one.theme, one.subtheme, one.state).order_by(one.episode_id)
    if themes is not None:
        chosen = chosen.where(one.theme.in_(sorted(themes)))
    return tuple(
        Coded(row.episode_id, row.review_id, (row.theme, row.subtheme), State(row.state))
        for row in connection.execute(chosen)
    )


def places(connection: sa.Connection) -> dict[Place, int]:
    """Where passages are coded, and how many in each place, in whatever state."""
    one = episode.c
    rows = connection.execute(sa.select(one.theme, one.subtheme, sa.func.count()).group_by(one.theme, one.subtheme))
    return {(row[0], row[1]): int(row[2]) for row in rows}


def recode(connection: sa.Connection, n: int, moves: Iterable[tuple[Coded, Place]]) -> None:
    """Carry passages to other places, remembering under an amendment where each stood."""
    moved = list(moves)
    if moved:
        connection.execute(
            recoded.insert(),
            [
                {
                    "n": n,
                    "episode_id": one.episode_id,
                    "theme": one.place[0],
                    "subtheme": one.place[1],
                    "to_theme": to[0],
                    "to_subtheme": to[1],
                }
                for one, to in moved
            ],
        )
    put(connection, {one.episode_id: to for one, to in moved})


def put(connection: sa.Connection, places: Mapping[str, Place]) -> None:
    """Give passages other themes and sub-themes."""
    by_place: dict[Place, list[str]] = {}
    for name, place in places.items():
        by_place.setdefault(place, []).append(name)
    for (theme, subtheme), names in by_place.items():
        for part in _parts(names):
            connection.execute(
                episode.update().where(episode.c.episode_id.in_(part)).values(theme=theme, subtheme=subtheme)
            )


def recoded_by(connection: sa.Connection, n: int) -> tuple[Recoded, ...]:
    """What an amendment carried along, and where it stands now."""
    rows = connection.execute(
        sa.select(
            recoded,
            episode.c.review_id,
            episode.c.state,
            episode.c.theme.label("now_theme"),
            episode.c.subtheme.label("now_subtheme"),
        )
        .join(episode, episode.c.episode_id == recoded.c.episode_id)
        .where(recoded.c.n == n)
        .order_by(recoded.c.episode_id)
    )
    return tuple(
        Recoded(
            row.episode_id,
            row.review_id,
            (row.theme, row.subtheme),
            (row.to_theme, row.to_subtheme),
            (row.now_theme, row.now_subtheme),
            State(row.state),
        )
        for row in rows
    )


def _parts(names: Sequence[str]) -> Iterable[Sequence[str]]:
    return (names[at : at + _AT_A_TIME] for at in range(0, len(names), _AT_A_TIME))
