"""What an amendment would change, worked out on what the study holds before anything is changed."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from goldthread.errors import UsageError
from goldthread.protocol.amend.amendments import applied, carried
from goldthread.protocol.amend.changes import (
    SCREENS,
    AddValue,
    Change,
    DescribeField,
    DescribeValue,
    OfCodebook,
    SplitCode,
)
from goldthread.protocol.amend.naming import find
from goldthread.protocol.amend.speaking import speaking_of
from goldthread.protocol.amend.wording import says
from goldthread.protocol.codebook import Place
from goldthread.protocol.model import Protocol, TableDefinition
from goldthread.store import amendments
from goldthread.store.amendments import Coded
from goldthread.store.evidence import used
from goldthread.store.records import LIVE
from goldthread.study.amendments.rescreening import Rescreened, Rescreens, rescreened
from goldthread.values import State

Chosen = Mapping[str, str]
"""Episode id → the id of the part of a split code that it goes to."""


@dataclass(frozen=True, slots=True)
class Move:
    """Passages that go from one code to another. Suggested and confirmed ones are counted; a review once."""

    was: str
    becomes: str
    passages: int
    confirmed: int
    reviews: int


@dataclass(frozen=True, slots=True)
class Effect(Rescreens):
    """What an amendment changes.

    `passages` and `reviews` are those whose code changes, `staying` the passages of a split code that stay.
    `rescreened` are reviews for which something else is proposed, out of `weighed`. `tables` speak of what changes.
    `uses` counts values, or passages, that have what is described anew. `stamp` is the same as long as all this is.
    """

    change: Change
    says: str
    becomes: Protocol
    moves: tuple[Move, ...]
    passages: int
    reviews: int
    staying: int
    rescreened: tuple[Rescreened, ...]
    weighed: int
    tables: tuple[TableDefinition, ...]
    uses: int
    stamp: str
    recoded: tuple[tuple[Coded, Place], ...] = ()


def effect_of(connection: sa.Connection, change: Change, before: Protocol, chosen: Chosen) -> Effect:
    """What a change to a protocol would do. Raises UsageError when it does not fit."""
    after = applied(before, change)
    recoded = tuple(_recoded(connection, change, before, after, chosen))
    moves, passages, reviews = counted(recoded, before, after)
    judged, weighed = rescreened(connection, before, after) if change.kind in SCREENS else ((), 0)
    staying = _staying(connection, change, before, recoded)
    tables = _tables(change, before, after, bool(judged))
    uses = _uses(connection, change)
    told = says(change, before)
    seen = [told, before.amendments, [[m.was, m.becomes, m.passages, m.reviews] for m in moves], staying, uses]
    flips = [[one.review_id, one.becomes.decision.value, one.becomes.reason] for one in judged]
    return Effect(
        change=change,
        says=told,
        becomes=after,
        moves=moves,
        passages=passages,
        reviews=reviews,
        staying=staying,
        rescreened=judged,
        weighed=weighed,
        tables=tables,
        uses=uses,
        stamp=stamp_of_all([*seen, flips]),
        recoded=recoded,
    )


def stamp_of_all(seen: object) -> str:
    """A short mark that is the same for the same things."""
    return hashlib.sha256(json.dumps(seen, ensure_ascii=False).encode()).hexdigest()[:16]


def counted(
    recoded: Iterable[tuple[Coded, Place]], before: Protocol, after: Protocol
) -> tuple[tuple[Move, ...], int, int]:
    """The moves that passages make, with how many there are in how many reviews; what was rejected is not counted."""
    groups: dict[tuple[Place, Place], list[Coded]] = defaultdict(list)
    for one, to in recoded:
        if one.state in LIVE:
            groups[one.place, to].append(one)
    moves = tuple(
        Move(
            before.codebook.label_of(was),
            after.codebook.label_of(to),
            len(found),
            sum(one.state is State.CONFIRMED for one in found),
            len({one.review_id for one in found}),
        )
        for (was, to), found in sorted(groups.items())
    )
    live = [one for found in groups.values() for one in found]
    return moves, len(live), len({one.review_id for one in live})


def _recoded(
    connection: sa.Connection, change: Change, before: Protocol, after: Protocol, chosen: Chosen
) -> Iterable[tuple[Coded, Place]]:
    """Every passage whose code changes, in whatever state, and where it goes."""
    if isinstance(change, SplitCode):
        yield from _split(connection, change, before, chosen)
        return
    homes = carried(change, before.codebook, after.codebook)
    if homes:
        for one in amendments.coded(connection, {place[0] for place in homes}):
            if one.place in homes:
                yield one, homes[one.place]


def _split(
    connection: sa.Connection, change: SplitCode, before: Protocol, chosen: Chosen
) -> Iterable[tuple[Coded, Place]]:
    place = find(change.code, before.codebook)
    parts = {part.id: (place[0], part.id) if place[1] else (part.id, "") for part in change.parts}
    if change.into:
        parts[change.into] = find(change.into, before.codebook)
    if not change.parts and not chosen:
        raise UsageError("no passage is chosen, so nothing would change", mend="choose some")
    known = {one.episode_id: one for one in amendments.coded(connection, {place[0]}) if _belongs(one.place, place)}
    for name, part in chosen.items():
        if name not in known or part not in parts:
            raise UsageError(
                f"the passage {name} is not coded with this code, or {part!r} is not one of its parts",
                mend="load the page again and choose anew",
            )
        yield known[name], parts[part]


def _belongs(place: Place, code: Place) -> bool:
    return place == code if code[1] else place[0] == code[0]


def _staying(
    connection: sa.Connection, change: Change, before: Protocol, recoded: Sequence[tuple[Coded, Place]]
) -> int:
    if not isinstance(change, SplitCode):
        return 0
    place = find(change.code, before.codebook)
    under = [one for one in amendments.coded(connection, {place[0]}) if _belongs(one.place, place)]
    return sum(one.state in LIVE for one in under) - sum(one.state in LIVE for one, _ in recoded)


def _tables(change: Change, before: Protocol, after: Protocol, rescreens: bool) -> tuple[TableDefinition, ...]:
    """The tables whose lines or counts the change touches."""
    if rescreens:
        return tuple(table for table in after.tables if table.population == "included" or _by_screening(table))
    fields = _fields(change)
    altered = {table.id for table in after.tables if before.table_by_id[table.id] != table}
    speaking = {table.id for table in speaking_of(after, frozenset(fields))}
    return tuple(table for table in after.tables if table.id in altered | speaking)


def _by_screening(table: TableDefinition) -> bool:
    return any(
        axis.field in ("inclusion_status", "reason", "screening_state") for axis in (table.rows, table.columns)
    )


def _fields(change: Change) -> Collection[str]:
    if isinstance(change, OfCodebook):
        return ("theme", "subtheme")
    if isinstance(change, DescribeField | AddValue | DescribeValue):
        return (change.field,)
    return ("reason", "inclusion_status") if change.kind == "describe_reason" else ()


def _uses(connection: sa.Connection, change: Change) -> int:
    if isinstance(change, DescribeField | AddValue):
        return used(connection, change.field, "")
    if isinstance(change, DescribeValue):
        return used(connection, change.field, change.value)
    return 0
