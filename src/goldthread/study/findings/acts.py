"""Making and altering findings: every act is one transaction and one journal entry, and each can be taken back."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

import sqlalchemy as sa

from goldthread.coding.model import Episode
from goldthread.errors import Overtaken, UsageError
from goldthread.findings.following import trace
from goldthread.findings.model import Finding, Side
from goldthread.protocol.check import nearest
from goldthread.store import findings, journal
from goldthread.store.records import LIVE
from goldthread.store.review_file import stamp_of
from goldthread.study.findings.planning import plans_of
from goldthread.study.folder import Held

LONGEST_STATEMENT = 600
LONGEST_NOTE = 4000
REVERT = "revert"
VERBS = ("find", "restate", "weigh", "align", "withdraw", "reinstate", REVERT)
"""The verbs of the journal that change a finding, the one that takes the last of them back among them."""
_AGAIN = "look at it as it now stands"


def make(
    held: Held,
    statement: str,
    *,
    note: str = "",
    supporting: Sequence[str] = (),
    opposing: Sequence[str] = (),
    actions: Sequence[str] = (),
    who: str,
) -> str:
    """Make a finding and return its id. `actions` are of the plan in use.

    Raises UsageError for a statement that is empty or too long, evidence that does not stand or is on both sides, and
    an action the plan does not have.
    """
    with held.database.write() as connection:
        finding_id, position = findings.next_id(connection)
        made = Finding(
            finding_id=finding_id,
            statement=_statement(statement),
            note=_note(note),
            supporting=_unique(supporting),
            opposing=_unique(opposing),
            actions=_mapped(held, connection, actions),
            author=who,
            at=journal.now(),
        )
        if both := set(made.supporting) & set(made.opposing):
            raise UsageError(f"{min(both)} is given for it and against it", mend="choose one side")
        _must_stand(connection, (*made.supporting, *made.opposing))
        findings.keep(connection, made, position)
        (kept,) = findings.load(connection, finding_id)
        journal.append(connection, who, "find", finding_id, after=plain(kept))
    return finding_id


def restate(held: Held, finding_id: str, statement: str, note: str, *, seen: str | None, who: str) -> None:
    """Say a finding anew, and its note."""
    said, noted = _statement(statement), _note(note)
    _change(held, finding_id, "restate", seen, who, lambda _, old: replace(old, statement=said, note=noted))


def weigh(
    held: Held, finding_id: str, episodes: Sequence[str], side: Side | None, *, seen: str | None, who: str
) -> None:
    """Put passages on one side of a finding, moving those on the other; with no side, take them away."""

    def changed(connection: sa.Connection, old: Finding) -> Finding:
        if side is not None:
            _must_stand(connection, [one for one in episodes if one not in (*old.supporting, *old.opposing)])
        elif unknown := [one for one in episodes if one not in (*old.supporting, *old.opposing)]:
            raise UsageError(f"{unknown[0]} is no evidence of {finding_id}", mend=_AGAIN)
        rest = {each: tuple(one for one in old.evidence(each) if one not in episodes) for each in Side}
        if side is not None:
            rest[side] = _unique((*rest[side], *episodes))
        return replace(old, supporting=rest[Side.FOR], opposing=rest[Side.AGAINST])

    if not episodes:
        raise UsageError("no passage is chosen", where=finding_id, mend="choose at least one")
    _change(held, finding_id, "weigh", seen, who, changed)


def renew(held: Held, finding_id: str, *, seen: str | None, who: str) -> None:
    """Take the evidence as it now stands: what was coded anew in its new coding, what is gone taken away."""

    def changed(connection: sa.Connection, old: Finding) -> Finding:
        taken = findings.episodes(connection, (*old.supporting, *old.opposing))
        now = trace(taken, findings.of_the_same_words(connection, taken))

        def stands(ids: Iterable[str]) -> tuple[str, ...]:
            return _unique(found.episode_id for one in ids if one in now and (found := now[one].now))

        supporting = stands(old.supporting)
        opposing = tuple(one for one in stands(old.opposing) if one not in supporting)
        return replace(old, supporting=supporting, opposing=opposing)

    _change(held, finding_id, "weigh", seen, who, changed)


def align(held: Held, finding_id: str, actions: Sequence[str], *, seen: str | None, who: str) -> None:
    """Map a finding to these actions of the plan in use and to no other of it; its place in other plans stays."""

    def changed(connection: sa.Connection, old: Finding) -> Finding:
        using = plans_of(held, connection).using
        kept = [one for one in old.actions if one[0] != using]
        return replace(old, actions=tuple(sorted({*kept, *_mapped(held, connection, actions)})))

    _change(held, finding_id, "align", seen, who, changed)


def withdraw(held: Held, finding_id: str, *, seen: str | None, who: str) -> None:
    """Withdraw a finding: it is kept, and counts nowhere."""
    _change(held, finding_id, "withdraw", seen, who, lambda _, old: replace(old, withdrawn=True))


def reinstate(held: Held, finding_id: str, *, seen: str | None, who: str) -> None:
    """Let a finding that was withdrawn stand again."""
    _change(held, finding_id, "reinstate", seen, who, lambda _, old: replace(old, withdrawn=False))


def undo(held: Held, finding_id: str, *, seen: str | None, who: str) -> str:
    """Take the last act on a finding back, and by doing so again the one before; returns the verb taken back.

    To take its making back is to withdraw it. Raises UsageError where nothing is left to take back.
    """
    with held.database.write() as connection:
        old = _unchanged(connection, finding_id, seen)
        last = _last(connection, finding_id, plain(old))
        if last is None:
            raise UsageError("nothing is left to take back", where=finding_id, mend=_AGAIN)
        verb, stood = last
        new = from_plain(finding_id, stood) if stood else replace(old, withdrawn=True)
        findings.keep(connection, replace(new, author=who, at=journal.now()))
        (kept,) = findings.load(connection, finding_id)
        journal.append(connection, who, REVERT, finding_id, before=plain(old), after=plain(kept))
    return verb


def plain(finding: Finding) -> dict[str, object]:
    """What the journal keeps of a finding."""
    return {
        "statement": finding.statement,
        "note": finding.note,
        "for": sorted(finding.supporting),
        "against": sorted(finding.opposing),
        "actions": [list(one) for one in finding.actions],
        "withdrawn": finding.withdrawn,
    }


def from_plain(finding_id: str, kept: Mapping[str, object]) -> Finding:
    """A finding from what the journal kept of it, without author and time."""

    def texts(value: object) -> tuple[str, ...]:
        return tuple(str(one) for one in value) if isinstance(value, list) else ()

    pairs = kept["actions"] if isinstance(kept["actions"], list) else []
    return Finding(
        finding_id=finding_id,
        statement=str(kept["statement"]),
        note=str(kept["note"]),
        supporting=texts(kept["for"]),
        opposing=texts(kept["against"]),
        actions=tuple((str(pair[0]), str(pair[1])) for pair in pairs),
        author="",
        at="",
        withdrawn=bool(kept["withdrawn"]),
    )


def _change(
    held: Held,
    finding_id: str,
    verb: str,
    seen: str | None,
    who: str,
    changed: Callable[[sa.Connection, Finding], Finding],
) -> None:
    """Alter a finding that still is as it was seen; where nothing changes, nothing is written."""
    with held.database.write() as connection:
        old = _unchanged(connection, finding_id, seen)
        new = changed(connection, old)
        if plain(new) == plain(old):
            return
        if old.withdrawn and new.withdrawn:
            raise UsageError("it was withdrawn", where=finding_id, mend="let it stand again first")
        findings.keep(connection, replace(new, author=who, at=journal.now()))
        (kept,) = findings.load(connection, finding_id)
        journal.append(connection, who, verb, finding_id, before=plain(old), after=plain(kept))


def _unchanged(connection: sa.Connection, finding_id: str, seen: str | None) -> Finding:
    """The finding, if it is as it was seen; `seen` None has just been read."""
    found = findings.load(connection, finding_id) if finding_id else ()
    if not found:
        known = [one.finding_id for one in findings.load(connection)]
        mend = nearest(finding_id, known) or (
            f"findings are {known[0]} to {known[-1]}" if known else "make one first"
        )
        raise UsageError(f"there is no finding {finding_id!r}", mend=mend)
    (old,) = found
    if seen is not None and stamp_of(old) != seen:
        raise Overtaken(
            f"this finding was changed meanwhile by {old.author}",
            where=finding_id,
            mend=f"{_AGAIN}, then choose again",
            now=stamp_of(old),
            stands=_in_words(old),
        )
    return old


def _in_words(old: Finding) -> str:
    weight = f"Passages for it: {len(old.supporting)}; against it: {len(old.opposing)}"
    actions = ", ".join(action for _, action in old.actions) or "none"
    said = [old.statement, old.note, f"{weight}; plan actions: {actions}", "Withdrawn" if old.withdrawn else ""]
    return "\n".join(filter(None, said))


def _last(
    connection: sa.Connection, finding_id: str, present: Mapping[str, object]
) -> tuple[str, dict[str, object]] | None:
    """The last act on a finding that was not taken back: its verb, and what stood before it."""
    acts: list[journal.Entry] = []
    for entry in journal.of_object(connection, finding_id, VERBS):
        if entry.verb == REVERT:
            acts.pop()
        else:
            acts.append(entry)
    if not acts or json.loads(acts[-1].after) != present:
        return None
    return acts[-1].verb, json.loads(acts[-1].before)


def _statement(text: str) -> str:
    said = " ".join(text.split())
    if not said:
        raise UsageError("a finding needs a statement", mend="say in a sentence what the reviews show together")
    if len(said) > LONGEST_STATEMENT:
        mend = "keep the statement to a sentence or two, and put the rest into the note"
        raise UsageError(f"the statement is longer than {LONGEST_STATEMENT} characters", mend=mend)
    return said


def _note(text: str) -> str:
    return text.strip()[:LONGEST_NOTE]


def _unique(ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ids))


def _must_stand(connection: sa.Connection, ids: Sequence[str]) -> None:
    """Evidence is a passage that is suggested or confirmed."""
    known: dict[str, Episode] = {one.episode_id: one for one in findings.episodes(connection, ids)}
    for one in ids:
        if one not in known:
            raise UsageError(f"there is no passage {one!r}", mend="name passages by id, as in R00001-E003")
        if known[one].state not in LIVE:
            told = "rejected" if known[one].state.value == "rejected" else "replaced by another coding"
            raise UsageError(f"{one} was {told}, so it is no evidence", mend="choose passages that stand")


def _mapped(held: Held, connection: sa.Connection, actions: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Actions of the plan in use, each with the plan's id."""
    plan = plans_of(held, connection).plan
    if plan is None:
        if actions:
            raise UsageError("this study has no action plan", mend="load one with `goldthread plan load`")
        return ()
    known = [action.id for action in plan.actions]
    for one in actions:
        if one not in known:
            mend = nearest(one, known) or f"its actions are {', '.join(known)}"
            raise UsageError(f"{plan.title} has no action {one!r}", mend=mend)
    return tuple((plan.id, one) for one in sorted(set(actions)))
