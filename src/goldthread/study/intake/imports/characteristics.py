"""Rows of characteristics.csv as a person edited them."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence

from goldthread.extraction.model import Characteristic
from goldthread.protocol.check import nearest
from goldthread.protocol.model import Protocol
from goldthread.study.intake.imports.cells import Cells, value_of
from goldthread.study.intake.imports.changes import Changes, RowFault, Said, Settling, Stored
from goldthread.study.intake.imports.evidence import Evidence
from goldthread.study.intake.imports.passages import CERTAIN
from goldthread.values import State


def content(one: Characteristic) -> Hashable:
    """What two values have in common when they say the same on the same words."""
    return (*slot(one), one.value, one.missing)


def slot(one: Characteristic) -> tuple[Hashable, ...]:
    """What a changed value keeps: its review, its person, its field and its words."""
    found = one.anchors[0] if one.anchors else None
    place = (found.document_id, found.start, found.end) if found else None
    return (one.review_id, one.subject_no, one.field, place)


def characteristic(
    place: str,
    cells: Cells,
    evidence: Evidence,
    protocol: Protocol,
    known: Mapping[str, Iterable[str]],
    who: str,
) -> Said[Characteristic]:
    """One row of characteristics.csv; `known` are the values the study holds, by field.

    Raises RowFault when it does not hold together.
    """
    review, state = cells.review(), cells.state()
    name, missing, written = cells.text("field"), cells.missing(), cells.text("value")
    field = protocol.field_by_id.get(name)
    if field is None:
        mend = nearest(name, protocol.field_by_id) or "use an id that `goldthread protocol show` lists"
        raise RowFault("unknown", f"{name!r} is not a field of this protocol", mend)
    if bool(written) == bool(missing):
        what = "both a value and a kind of missing" if written else "neither a value nor a kind of missing"
        raise RowFault("value", f"{name} has {what}", "fill in exactly one of `value` and `missing`")
    value = value_of(field, written, protocol, known.get(name, ())) if written else None
    found = cells.anchor(review, evidence)
    if value is not None and found is None:
        raise RowFault(
            "no quote", f"{name} has a value but no words it rests on", "give file_name and the exact quote"
        )
    item = Characteristic(
        review_id=review.review_id,
        subject_no=cells.whole("subject_no") or 0,
        field=name,
        value=value,
        missing=missing,
        state=state,
        author=who,
        engine="",
        confidence=CERTAIN,
        anchors=(found,) if found else (),
    )
    return Said(place, "", state, item)


class SingleValues:
    """Keeps a field that takes one value at one value: a person's new word replaces the earlier one."""

    def __init__(
        self, protocol: Protocol, settling: Settling[Characteristic], said: Iterable[Said[Characteristic]]
    ) -> None:
        self._protocol, self._settling = protocol, settling
        self._stored: dict[Hashable, list[Stored[Characteristic]]] = {}
        for held in settling.stored:
            self._stored.setdefault(_question(held.item), []).append(held)
        self._confirmed: dict[Hashable, list[Said[Characteristic]]] = {}
        for one in said:
            if one.state is State.CONFIRMED:
                self._confirmed.setdefault(_question(one.item), []).append(one)

    def take(self, said: Said[Characteristic], changes: Changes) -> None:
        """Settle one row. Raises RowFault when the file confirms another value of the same question."""
        item = said.item
        before = (len(changes.added), len(changes.settled))
        rivals = self._rivals(said)
        if rivals and not self._is_settled(said):
            raise RowFault(
                "contradiction",
                f"{item.field} takes one value, and {rivals[0].place} confirms another",
                "confirm one of them and reject the other",
            )
        self._settling.take(said, changes)
        if said.state is State.CONFIRMED and (len(changes.added), len(changes.settled)) != before:
            self._replace_earlier(said, changes)

    def _rivals(self, said: Said[Characteristic]) -> list[Said[Characteristic]]:
        if said.state is not State.CONFIRMED or self._protocol.field_by_id[said.item.field].multiple:
            return []
        return [one for one in self._confirmed[_question(said.item)] if _answer(one.item) != _answer(said.item)]

    def _is_settled(self, said: Said[Characteristic]) -> bool:
        wanted = content(said.item)
        held = self._stored.get(_question(said.item), [])
        return any(one.item.state is State.CONFIRMED and content(one.item) == wanted for one in held)

    def _replace_earlier(self, said: Said[Characteristic], changes: Changes) -> None:
        if self._protocol.field_by_id[said.item.field].multiple:
            return
        for one in self._stored.get(_question(said.item), []):
            earlier = one.item.state is State.CONFIRMED and ("characteristics", one.key) not in changes.settled
            if earlier and _answer(one.item) != _answer(said.item):
                self._settling.settle(one, State.SUPERSEDED, said.place, changes)


def settling(stored: Sequence[Stored[Characteristic]]) -> Settling[Characteristic]:
    """Holds rows against the values the study has."""
    return Settling("characteristics", stored, content, slot, keyed=False)


def _question(one: Characteristic) -> Hashable:
    return (one.review_id, one.subject_no, one.field)


def _answer(one: Characteristic) -> Hashable:
    return (one.value, one.missing)
