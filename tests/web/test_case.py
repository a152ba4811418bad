"""The lines of the case template: what stands of a field, and whether it still waits."""

from __future__ import annotations

from goldthread.anchors import Anchor
from goldthread.extraction.model import Characteristic
from goldthread.protocol.model import FieldDefinition, FieldKind
from goldthread.protocol.record import Value
from goldthread.store.review_file import Kept
from goldthread.values import State
from goldthread.web.case import Line

HERE = Anchor("D1", "a" * 64, 1, 0, 4, 1, "text", "", "")
VALUES = (Value(id="dementia", label="Dementia"), Value(id="carer", label="A carer"))


def line(*states: State, multiple: bool) -> Line:
    field = FieldDefinition(
        id="needs", label="Needs", section="person", kind=FieldKind.CATEGORY, multiple=multiple, values=VALUES
    )
    items = tuple(
        Kept(str(n), "", Characteristic("R1", 0, "needs", value.id, None, state, "ada", "", 1.0, (HERE,)))
        for n, (state, value) in enumerate(zip(states, VALUES, strict=False))
    )
    return Line(field, 0, items)


def test_a_field_of_one_value_is_settled_once_a_person_said() -> None:
    one = line(State.CONFIRMED, State.SUGGESTED, multiple=False)
    assert one.standing == "settled"
    assert [each.key for each in one.live] == ["0"]


def test_a_field_of_several_values_still_waits_for_those_nobody_settled() -> None:
    several = line(State.CONFIRMED, State.SUGGESTED, multiple=True)
    assert several.standing == "waiting"
    assert [each.key for each in several.live] == ["0", "1"]


def test_what_is_rejected_is_shown_apart() -> None:
    several = line(State.CONFIRMED, State.REJECTED, multiple=True)
    assert several.standing == "settled"
    assert [each.key for each in several.rejected] == ["1"]
