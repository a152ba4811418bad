"""Undoing a coding or a recommendation a person wrote: what it took the place of stands again, with its links."""

from __future__ import annotations

import sqlalchemy as sa

from goldthread.errors import UsageError
from goldthread.store import edits, journal, links
from goldthread.study.coding.editing import plain, present_of, unchanged
from goldthread.study.folder import Held
from goldthread.values import State

_VERBS = {"episodes": ("code", "episode_id"), "recommendations": ("recommend", "recommendation_id")}


def put_back(held: Held, review_id: str, kind: str, seen: tuple[str, str], who: str) -> None:
    """Take back what a person wrote, as it was seen. Where it replaced something, that stands as it did before.

    Raises UsageError for what an engine proposed, which is settled otherwise; Overtaken when it has changed.
    """
    if kind not in _VERBS:
        raise UsageError(f"{kind!r} cannot be put back", where=review_id, mend="settle it instead")
    with held.database.write() as connection:
        present = present_of(connection, review_id, kind)
        mine = unchanged(present, *seen, review_id)
        if mine.item.engine or mine.item.state is State.SUPERSEDED:
            raise UsageError("only what a person wrote can be put back", where=review_id, mend="settle it instead")
        key, state = _before(connection, review_id, kind, mine.key)
        edits.set_state(connection, kind, mine.key, State.SUPERSEDED, mine.item.author)
        old = present.get(key)
        if old is not None:
            edits.set_state(connection, kind, old.key, state, old.item.author)
            links.carry(connection, mine.key, old.key)
        after = {**plain(old.item), "state": state.value} if old else {}
        journal.append(connection, who, "put_back", review_id, before=plain(mine.item), after=after)


def _before(connection: sa.Connection, review_id: str, kind: str, key: str) -> tuple[str, State]:
    """The key of what it replaced and how that stood; "" where it replaced nothing."""
    verb, name = _VERBS[kind]
    told = journal.before(connection, review_id, verb, {"key": key})
    return str(told.get(name, "")), State(str(told.get("state") or State.SUGGESTED.value))
