"""One act on several reviews at once: one transaction, one journal entry, undone as one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import sqlalchemy as sa

from goldthread.errors import Overtaken, UsageError
from goldthread.screening.model import ScreeningDecision, ScreeningState
from goldthread.store import edits, journal, standings, suggestions
from goldthread.store.review_file import stamp_of
from goldthread.store.standings import Standing
from goldthread.study.amendments import rescreening
from goldthread.study.folder import Held
from goldthread.values import Basis

VERB, BACK = "together", "apart"
_LONGEST = 80
_NAMED = 5


@dataclass(frozen=True, slots=True)
class Same:
    """What several reviews are given: a decision with its reason, a round, or types; what is "" or () stays."""

    decision: ScreeningState | None = None
    reason: str = ""
    round: str = ""
    review_types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Undone:
    """What taking an act on several reviews back came to. `left` were changed since and stay as they are."""

    restored: int
    left: tuple[str, ...]


def act(held: Held, seen: Sequence[tuple[str, str]], same: Same, who: str) -> int:
    """Give several reviews the same, each where it still stands as it was seen; returns the journal entry's number.

    Raises UsageError when none is named or what is given is not of the protocol, Overtaken naming those that were
    changed meanwhile, with nothing changed.
    """
    wanted = _checked(held, same)
    if not seen:
        raise UsageError("no review is ticked", mend="tick those it is meant for")
    with held.database.write() as connection:
        present = standings.standings(connection, [name for name, _ in seen])
        strange = [name for name, _ in seen if name not in present]
        if strange:
            raise UsageError(f"there is no review {strange[0]!r}", mend="load the list again")
        changed = [name for name, stamp in seen if stamp_of(present[name]) != stamp]
        if changed:
            raise Overtaken(
                f"{_some(changed)} {'was' if len(changed) == 1 else 'were'} changed meanwhile",
                mend="load the list again, and tick anew",
            )
        becomes = {name: _given(name, found, wanted, who) for name, found in present.items()}
        _put(connection, held, present, becomes)
        journal.append(
            connection,
            who,
            VERB,
            "reviews",
            before={"reviews": {name: _plain(found) for name, found in present.items()}},
            after={"reviews": {name: _plain(found) for name, found in becomes.items()}, "says": says(wanted)},
        )
        return journal.latest(connection, 1)[0].n


def undo(held: Held, n: int, who: str) -> Undone:
    """Put reviews back to where they stood before an act on several, but for those changed since."""
    with held.database.write() as connection:
        entry = next((one for one in journal.of_verb(connection, VERB) if one.n == n), None)
        taken = {json.loads(one.after).get("entry") for one in journal.of_verb(connection, BACK)}
        if entry is None or n in taken:
            raise UsageError("there is no such act to take back", mend="see the recent changes of the study")
        before = _read(json.loads(entry.before)["reviews"])
        after = _read(json.loads(entry.after)["reviews"])
        present = standings.standings(connection, list(before))
        back = {name: before[name] for name, found in present.items() if found == after[name]}
        left = tuple(name for name in before if name not in back)
        _put(connection, held, present, back)
        journal.append(
            connection,
            who,
            BACK,
            "reviews",
            before={"reviews": {name: _plain(present[name]) for name in back}},
            after={
                "reviews": {name: _plain(found) for name, found in back.items()},
                "entry": n,
                "says": json.loads(entry.after)["says"],
                "left": list(left),
            },
        )
    return Undone(len(back), left)


def last_before(connection: sa.Connection, review_id: str, made: ScreeningDecision) -> Standing | None:
    """How a review stood before the newest act on several that gave it this decision; None when none did."""
    for entry in reversed(tuple(journal.of_verb(connection, VERB))):
        given = _read(json.loads(entry.after)["reviews"]).get(review_id)
        if given is not None and given.decided == made:
            return _read(json.loads(entry.before)["reviews"])[review_id]
    return None


def says(same: Same) -> str:
    """What several reviews were given, as an id or two."""
    made = same.decision.value if same.decision else ""
    return ": ".join(filter(None, (made, same.reason))) or same.round or "/".join(same.review_types)


def _checked(held: Held, same: Same) -> Same:
    protocol, name = held.protocol, " ".join(same.round.split())[:_LONGEST]
    if same.decision is ScreeningState.EXCLUDED and same.reason not in protocol.reason_by_id:
        raise UsageError("excluded reviews need one main reason", mend="choose the reason")
    unknown = [one for one in same.review_types if one not in protocol.review_type_by_id]
    if unknown:
        raise UsageError(f"{unknown[0]!r} is not a type of review", mend="choose one of the list")
    wanted = replace(same, round=name, reason=same.reason if same.decision is ScreeningState.EXCLUDED else "")
    if wanted == Same():
        raise UsageError("nothing is given to the reviews ticked", mend="choose a round, a type or a decision")
    return wanted


def _given(name: str, found: Standing, same: Same, who: str) -> Standing:
    decided = found.decided
    if same.decision:
        decided = ScreeningDecision(name, same.decision, same.reason, Basis.CONFIRMED, who, journal.now())
    return Standing(decided, same.round or found.round, same.review_types or found.review_types)


def _put(
    connection: sa.Connection, held: Held, present: Mapping[str, Standing], becomes: Mapping[str, Standing]
) -> None:
    """Let reviews stand otherwise; where their types are others, the rules propose anew."""
    typed = []
    for name, new in becomes.items():
        old = present[name]
        if new.decided != old.decided:
            if new.decided is None:
                edits.withdraw_decision(connection, name)
            else:
                suggestions.save_decision(connection, new.decided)
        if new.round != old.round:
            standings.put_into_round(connection, name, new.round)
        if new.review_types != old.review_types:
            standings.give_types(connection, name, new.review_types)
            typed.append(name)
    if typed:
        rescreening.again(connection, typed, held.protocol)


def _plain(found: Standing) -> dict[str, object]:
    made = found.decided
    told: dict[str, object] = {"round": found.round, "review_types": list(found.review_types)}
    if made:
        told |= {"decision": made.decision.value, "reason": made.reason, "author": made.author, "at": made.at}
    return told


def _read(kept: Mapping[str, Mapping[str, object]]) -> dict[str, Standing]:
    found = {}
    for name, told in kept.items():
        types = told["review_types"]
        made = None
        if "decision" in told:
            state, basis = ScreeningState(str(told["decision"])), Basis.CONFIRMED
            made = ScreeningDecision(name, state, str(told["reason"]), basis, str(told["author"]), str(told["at"]))
        listed = tuple(str(one) for one in types) if isinstance(types, list) else ()
        found[name] = Standing(made, str(told["round"]), listed)
    return found


def _some(names: Iterable[str]) -> str:
    every = list(names)
    return ", ".join(every[:_NAMED]) + (f" and {len(every) - _NAMED} more" if len(every) > _NAMED else "")
