"""Joining coded passages with the recommendations that answer them, one pair an act."""

from __future__ import annotations

from goldthread.coding.model import Link
from goldthread.errors import Overtaken, UsageError
from goldthread.store import journal, links
from goldthread.store.review_file import Item, Kept
from goldthread.study.coding.editing import present_of, unchanged
from goldthread.study.folder import Held
from goldthread.values import State

Seen = tuple[str, str]
"""The key of a thing, and the stamp it was seen with."""


def link(held: Held, review_id: str, episode: Seen, recommendation: Seen, who: str) -> None:
    """Say that a recommendation answers a passage; once is enough.

    Raises UsageError where one of them was rejected, Overtaken where one has changed since it was seen.
    """
    with held.database.write() as connection:
        for kind, seen in (("episodes", episode), ("recommendations", recommendation)):
            found = _as_seen(present_of(connection, review_id, kind), seen, review_id)
            if found.item.state is State.REJECTED:
                raise UsageError(f"{seen[0]} was rejected", where=review_id, mend="reopen it first")
        made = Link(episode[0], recommendation[0], who)
        if any(_same(made, one) for one in links.of_review(connection, review_id)):
            return
        links.add(connection, review_id, made, journal.now())
        journal.append(connection, who, "link", review_id, before={}, after=_told(made))


def unlink(held: Held, review_id: str, episode_id: str, recommendation_id: str, who: str) -> None:
    """Take a link back. Raises UsageError where there is none."""
    gone = Link(episode_id, recommendation_id, who)
    with held.database.write() as connection:
        if not any(_same(gone, one) for one in links.of_review(connection, review_id)):
            raise UsageError("these two are not linked", where=review_id, mend="load the page again")
        links.remove(connection, gone)
        journal.append(connection, who, "unlink", review_id, before=_told(gone), after={})


def _as_seen(present: dict[str, Kept[Item]], seen: Seen, review_id: str) -> Kept[Item]:
    """The thing as it was seen. A pair cannot be sent again with one stamp, so none is offered."""
    try:
        return unchanged(present, *seen, review_id)
    except Overtaken as fault:
        raise Overtaken(fault.what, where=fault.where, mend=fault.mend) from fault


def _same(one: Link, other: Link) -> bool:
    return (one.episode_id, one.recommendation_id) == (other.episode_id, other.recommendation_id)


def _told(link: Link) -> dict[str, object]:
    return {"episode": link.episode_id, "recommendation": link.recommendation_id}
