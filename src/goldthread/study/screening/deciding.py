"""Deciding: what a person says about a machine's proposals. Each call is one transaction and one journal entry."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from goldthread.anchors import Anchor
from goldthread.coding.voices import once, surest
from goldthread.errors import UsageError
from goldthread.protocol.model import Protocol
from goldthread.screening.model import ScreeningDecision, ScreeningState
from goldthread.store import edits, journal, suggestions
from goldthread.study.folder import Held
from goldthread.values import Basis, State

_Row = sa.Row[Any]
_KINDS = ("characteristics", "answers", "episodes", "recommendations")


def decide(held: Held, review_id: str, decision: ScreeningState, reason: str, who: str) -> None:
    """Record a person's screening decision; it counts on both bases from now on.

    Raises UsageError for an unknown review or reason, or a reason where there must be none.
    """
    if decision is ScreeningState.EXCLUDED and reason not in held.protocol.reason_by_id:
        known = ", ".join(held.protocol.reason_by_id)
        raise UsageError(f"{reason!r} is not a reason of this protocol", where=review_id, mend=f"use one of {known}")
    if decision is not ScreeningState.EXCLUDED and reason:
        raise UsageError("only an excluded review has a reason", where=review_id, mend="leave the reason out")
    with held.database.write() as connection:
        _must_exist(connection, review_id)
        made = ScreeningDecision(review_id, decision, reason, Basis.CONFIRMED, who, journal.now())
        earlier = suggestions.save_decision(connection, made)
        before = {"decision": earlier.decision.value, "reason": earlier.reason} if earlier else {}
        after = {"decision": decision.value, "reason": reason}
        journal.append(connection, who, "decide", review_id, before=before, after=after)


def settle(held: Held, review_id: str, what: str, state: State, who: str, ids: Sequence[str] = ()) -> int:
    """Confirm or reject suggestions of one review: all that are still suggested, or those with these ids.

    `what` is characteristics, answers, episodes or recommendations. Returns how many were settled.
    """
    if what not in _KINDS or state not in (State.CONFIRMED, State.REJECTED):
        raise UsageError(f"cannot mark {what!r} as {state.value}", mend=f"settle one of {', '.join(_KINDS)}")
    with held.database.write() as connection:
        _must_exist(connection, review_id)
        rows = edits.open_suggestions(connection, what, review_id, ids)
        if state is State.CONFIRMED and not ids:
            rows = _in_one_voice(held.protocol, what, rows)
        settled = [str(row.key) for row in rows]
        unknown = sorted(set(ids) - set(settled))
        if unknown:
            raise UsageError(f"no open suggestion {unknown[0]}", where=review_id, mend="list them with an export")
        edits.settle(connection, what, settled, state, who)
        journal.append(
            connection,
            who,
            "confirm" if state is State.CONFIRMED else "reject",
            review_id,
            before={what: {"state": State.SUGGESTED.value, "ids": settled}},
            after={what: {"state": state.value}},
        )
    return len(settled)


def _in_one_voice(protocol: Protocol, what: str, rows: Sequence[_Row]) -> Sequence[_Row]:
    """What is confirmed when several engines' suggestions are confirmed together: the surest of what excludes itself.

    The others stay suggestions, behind what a person confirmed.
    """
    if len({row.engine for row in rows}) < 2:
        return rows
    if what in ("episodes", "recommendations"):
        chosen = once([_Passage(row) for row in rows])
        return [each.row for each in chosen]
    if what == "answers":
        return surest(rows, lambda row: row.criterion, lambda row: (row.confidence,))
    fields = protocol.field_by_id

    def about(row: _Row) -> tuple[object, ...]:
        several = row.field in fields and fields[row.field].multiple and row.value is not None
        return (row.subject_no, row.field, row.value if several else None)

    return surest(rows, about, lambda row: (float(row.value is not None), row.confidence))


class _Passage:
    """A stored passage as far as it matters whether another stands on the same words."""

    state = State.SUGGESTED

    def __init__(self, row: _Row) -> None:
        self.row = row
        self.engine, self.confidence = str(row.engine), float(row.confidence)
        self.anchor = Anchor(row.document_id, "", row.version, row.start, row.end, row.page, row.quote)


def _must_exist(connection: sa.Connection, review_id: str) -> None:
    if not edits.exists(connection, review_id):
        raise UsageError(f"there is no review {review_id!r}", mend="list them with `goldthread status`")
