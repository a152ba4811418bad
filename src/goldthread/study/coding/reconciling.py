"""Settling where two coders differ: a third, named decision, with what both said kept as they said it."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Literal

import sqlalchemy as sa

from goldthread.coding.differing import Difference, Said, on_passages, on_values
from goldthread.coding.model import Episode
from goldthread.errors import Overtaken, UsageError
from goldthread.extraction.model import Characteristic
from goldthread.protocol.labels import field_label
from goldthread.store import edits, journal, review_file, second_codings
from goldthread.store.review_file import stamp_of
from goldthread.store.second_codings import SecondCoding
from goldthread.study.coding.editing import plain
from goldthread.study.folder import Held
from goldthread.study.intake.imports.cells import value_of
from goldthread.study.intake.imports.changes import RowFault
from goldthread.values import State

Outcome = Literal["first", "second", "both", "neither", "other"]
OUTCOMES: tuple[Outcome, ...] = ("first", "second", "both", "neither", "other")
UNCODED = "uncoded"
_KINDS = {"value": "characteristics", "passage": "episodes"}
_VERBS = ("reconcile", "unreconcile")


@dataclass(frozen=True, slots=True)
class Standing:
    """How far two coders have been reconciled: what is open, and how many matters somebody settled."""

    open: tuple[Difference, ...]
    settled: int
    coders: tuple[str, ...]

    @property
    def by_review(self) -> dict[str, list[Difference]]:
        """What is open, review by review."""
        found: dict[str, list[Difference]] = {}
        for one in self.open:
            found.setdefault(one.review_id, []).append(one)
        return found


def stamp(found: Difference) -> str:
    """Changes whenever what either said of it does."""
    return stamp_of((found.first, found.second))


def standing(held: Held) -> Standing:
    """Every open difference, review by review, and what was settled."""
    with held.database.read() as connection:
        marks = second_codings.every(connection)
        reviews = list(dict.fromkeys(one.review_id for one in marks))
        found = tuple(each for review_id in reviews for each in differences(connection, review_id))
    coders = tuple(dict.fromkeys(one.who for one in marks if one.kind != UNCODED))
    return Standing(found, sum(bool(one.settled_by) for one in marks), coders)


def differences(connection: sa.Connection, review_id: str) -> tuple[Difference, ...]:
    """What is open between the coders of one review, values before passages."""
    marks = {(one.kind, one.key): one for one in second_codings.every(connection, review_id)}
    settled = {key for kind, key in marks if kind == UNCODED}
    states = (State.CONFIRMED, State.SUPERSEDED)
    values = review_file.characteristics(connection, review_id, states)
    passages = review_file.episodes(connection, review_id, states)
    theirs_v = [
        Said(one.key, mark.who, one.item)
        for one in values
        if (mark := marks.get(("characteristics", one.key))) and not mark.settled_by
    ]
    theirs_p = [
        Said(one.key, mark.who, one.item)
        for one in passages
        if (mark := marks.get(("episodes", one.key))) and not mark.settled_by
    ]
    through = {one.item.anchor.document_id for one in passages if ("episodes", one.key) in marks}
    decided = _decided(connection, review_id)
    mine_v = [Said(one.key, one.item.author, one.item) for one in values if one.item.state is State.CONFIRMED]
    mine_p = [
        Said(one.key, one.item.author, one.item)
        for one in passages
        if one.item.state is State.CONFIRMED and one.key not in settled and one.key not in decided
    ]
    return (*on_values(review_id, mine_v, theirs_v), *on_passages(review_id, mine_p, theirs_p, through))


def _decided(connection: sa.Connection, review_id: str) -> set[str]:
    """Passages that are a third decision already: nobody has to confirm them again."""
    found: set[str] = set()
    for entry in journal.of_verb(connection, "reconcile"):
        if entry.object == review_id:
            found |= {str(key) for key in json.loads(entry.after).get("made", [])}
    return found


def settle(
    held: Held, difference_id: str, outcome: str, who: str, *, value: str = "", seen: str = ""
) -> tuple[str, ...]:
    """Decide a difference in one's own name; returns the keys of what now stands.

    What both coders said stays readable, superseded. `other` of a value takes `value`. Raises Overtaken where either
    changed since `seen`; UsageError for a difference that is not open.
    """
    review_id = difference_id.partition(":")[0]
    if outcome not in OUTCOMES:
        raise UsageError(f"{outcome!r} is no way to settle it", mend=f"choose {', '.join(OUTCOMES)}")
    with held.database.write() as connection:
        found = next((one for one in differences(connection, review_id) if one.id == difference_id), None)
        if found is None:
            told = "that difference is settled, or the coders agree"
            raise UsageError(told, where=review_id, mend="look at the list as it now stands")
        if seen and seen != stamp(found):
            mend = "look at it as it now stands"
            raise Overtaken("one of the two was changed meanwhile", where=review_id, mend=mend, now=stamp(found))
        chosen = _chosen(held, found, outcome, value)
        kind = _KINDS[found.what]
        for one in found.first:
            edits.set_state(connection, kind, one.key, State.SUPERSEDED, one.item.author)
        made = tuple(_add(connection, replace(item, author=who)) for item in chosen)
        _mark(connection, found, who, outcome)
        journal.append(
            connection,
            who,
            "reconcile",
            review_id,
            before={
                "first": [plain(one.item) for one in found.first],
                "second": [_told(one) for one in found.second],
            },
            after={
                "outcome": outcome,
                "what": found.what,
                "made": list(made),
                "retired": [one.key for one in found.first],
                "second": [one.key for one in found.second],
            },
        )
    return made


def undo(held: Held, review_id: str, who: str) -> None:
    """Open the last difference settled in a review again. Raises UsageError where there is none to take back."""
    with held.database.write() as connection:
        last = next((one for one in journal.latest(connection, 500, [review_id]) if one.verb in _VERBS), None)
        if last is None or last.verb != "reconcile":
            raise UsageError("there is nothing to take back", where=review_id, mend="settle a difference first")
        done = json.loads(last.after)
        kind, states = _KINDS[done["what"]], tuple(State)
        reader = review_file.characteristics if kind == "characteristics" else review_file.episodes
        held_now = {one.key: one for one in reader(connection, review_id, states)}
        if any(held_now[key].item.state is not State.CONFIRMED for key in done["made"]):
            told = "what was decided then has been changed since"
            raise UsageError(told, where=review_id, mend="change it in the reader")
        for key in done["made"]:
            edits.set_state(connection, kind, key, State.SUPERSEDED, held_now[key].item.author)
        for key in done["retired"]:
            edits.set_state(connection, kind, key, State.CONFIRMED, held_now[key].item.author)
            second_codings.forget(connection, UNCODED, key)
        for mark in second_codings.every(connection, review_id):
            if mark.kind == kind and mark.key in done["second"]:
                second_codings.keep(connection, replace(mark, settled_by="", outcome=""))
        journal.append(connection, who, "unreconcile", review_id, before=done, after={"what": done["what"]})


def _chosen(held: Held, found: Difference, outcome: str, value: str) -> tuple[Characteristic | Episode, ...]:
    """What is to stand, as somebody's own word."""
    first, second = [one.item for one in found.first], [one.item for one in found.second]
    definition = held.protocol.field_by_id.get(found.field)
    if outcome == "both" and definition is not None and not definition.multiple:
        told = f"{field_label(found.field, held.protocol)} has one value only"
        raise UsageError(told, where=found.review_id, mend="choose one of the two")
    if outcome == "other":
        return (_other(held, found, value),)
    kept = {"first": first, "second": second, "both": [*first, *second], "neither": []}[outcome]
    standing_items = [replace(one, state=State.CONFIRMED, engine="person", confidence=1.0) for one in kept]
    return tuple(dict.fromkeys(standing_items))


def _other(held: Held, found: Difference, value: str) -> Characteristic:
    definition = held.protocol.field_by_id.get(found.field)
    said = [one.item for one in (*found.first, *found.second) if isinstance(one.item, Characteristic)]
    if definition is None or not said or not value.strip():
        mend = "give the value; code a passage anew in the reader"
        raise UsageError("another value is not said", where=found.review_id, mend=mend)
    try:
        written = value_of(definition, value.strip(), held.protocol, ())
    except RowFault as fault:
        raise UsageError(fault.message, where=definition.label, mend=fault.mend) from fault
    anchors = tuple(dict.fromkeys(at for one in said for at in one.anchors))
    if not anchors:
        told = "neither of the two has words for another value to rest on"
        raise UsageError(told, where=definition.label, mend="pick the words in the reader, and log it there")
    return replace(
        said[0], value=written, missing=None, anchors=anchors, state=State.CONFIRMED, engine="person", confidence=1.0
    )


def _add(connection: sa.Connection, item: Characteristic | Episode) -> str:
    return edits.add_episode(connection, item) if isinstance(item, Episode) else edits.add_value(connection, item)


def _mark(connection: sa.Connection, found: Difference, who: str, outcome: str) -> None:
    kind = _KINDS[found.what]
    for one in found.second:
        second_codings.keep(connection, SecondCoding(kind, one.key, found.review_id, one.who, who, outcome))
    if not found.second:
        for one in found.first:
            second_codings.keep(connection, SecondCoding(UNCODED, one.key, found.review_id, one.who, who, outcome))


def _told(one: Said[Characteristic] | Said[Episode]) -> dict[str, object]:
    return {**plain(one.item), "author": one.who}
