"""Second screening and saved views: each act one transaction and one journal entry."""

from __future__ import annotations

import json

from goldthread.errors import Overtaken, UsageError
from goldthread.protocol.model import Protocol
from goldthread.screening.model import ScreeningDecision, ScreeningState
from goldthread.screening.second import Vote
from goldthread.store import edits, journal, suggestions, voices
from goldthread.store.review_file import stamp_of
from goldthread.store.voices import View
from goldthread.study.folder import Held
from goldthread.values import Basis


def vote(held: Held, review_id: str, decision: ScreeningState, reason: str, who: str) -> None:
    """Screen a review a second time, blind to the first decision.

    Raises UsageError where nobody else has screened it, or an exclusion lacks its reason.
    """
    given = _reason(held.protocol, review_id, decision, reason)
    with held.database.write() as connection:
        first = edits.decided(connection, review_id)
        if first is None or first.author == who:
            raise UsageError("nobody else has screened this review", where=review_id, mend="screen it the first time")
        voices.cast(connection, Vote(review_id, who, decision, given, journal.now()))
        journal.append(
            connection, who, "vote", review_id, after={"decision": decision.value, "reason": given, "author": who}
        )


def resolve(held: Held, review_id: str, decision: ScreeningState, reason: str, seen: str, who: str) -> None:
    """Settle a conflict by name: the decision that stands is the resolver's word.

    Raises Overtaken when the standing decision is not the one seen.
    """
    given = _reason(held.protocol, review_id, decision, reason)
    with held.database.write() as connection:
        first = edits.decided(connection, review_id)
        if first is None or stamp_of(first) != seen:
            raise Overtaken("the decision was changed meanwhile", where=review_id, mend="look at it as it now stands")
        made = ScreeningDecision(review_id, decision, given, Basis.CONFIRMED, who, journal.now())
        suggestions.save_decision(connection, made)
        voices.resolved(connection, review_id, who)
        before = {"decision": first.decision.value, "reason": first.reason, "author": first.author}
        after = {"decision": decision.value, "reason": given, "author": who}
        journal.append(connection, who, "resolve", review_id, before=before, after=after)


def first_decisions(held: Held) -> dict[str, ScreeningDecision]:
    """The decision that stood on each review before any conflict about it was settled."""
    with held.database.read() as connection:
        found = voices.decided(connection)
        for entry in reversed(tuple(journal.of_verb(connection, "resolve"))):
            stood = json.loads(entry.before)
            found[entry.object] = ScreeningDecision(
                entry.object,
                ScreeningState(stood["decision"]),
                stood["reason"],
                Basis.CONFIRMED,
                stood["author"],
                entry.at,
            )
    return found


def save_view(held: Held, name: str, address: str, who: str) -> None:
    """Keep an address of this workbench under a name, or with no address forget the name."""
    name = " ".join(name.split())[:80]
    if not name or (address and not address.startswith(("/reviews", "/evidence"))):
        raise UsageError("a view needs a name, and is a list of reviews or of evidence", mend="give it a name")
    with held.database.write() as connection:
        voices.save_view(connection, View(name, address, who))
        journal.append(connection, who, "view", name, after={"address": address})


def _reason(protocol: Protocol, review_id: str, decision: ScreeningState, reason: str) -> str:
    if decision is not ScreeningState.EXCLUDED:
        return ""
    if reason not in protocol.reason_by_id:
        raise UsageError("an excluded review needs one main reason", where=review_id, mend="choose the reason")
    return reason
