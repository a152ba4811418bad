from __future__ import annotations

import pytest

from goldthread.anchors import DocumentText
from goldthread.extraction.register import registered
from goldthread.protocol.load import load
from goldthread.protocol.model import FieldDefinition, FieldKind, Protocol
from goldthread.protocol.register import RegisterField, RegisterMapping
from goldthread.values import Missing

MAPPING = RegisterMapping(
    id="calls",
    label="Calls",
    recognise=("number",),
    review_type="SCR",
    source="other",
    reference="number",
    title="number",
    heading="CALL",
    metadata=(("Region", "region"), ("Seen", "seen"), ("Day", "day")),
    text=(("NUMBER", "number"),),
    fields=(
        RegisterField(field="region", column="region", values={"North": "n"}, missing={"Unknown": Missing.UNCLEAR}),
        RegisterField(field="day", column="day"),
        RegisterField(field="seen", column="seen", values={"True": "seen", "False": ""}),
    ),
)
TEXT = "CALL\n\nRegion: {region}\nSeen: {seen}\nDay: {day}\n\nNUMBER\n17\n"


@pytest.fixture(scope="module")
def protocol() -> Protocol:
    return load("police-reviews").model_copy(update={"registers": (MAPPING,)})


def _field(name: str, kind: FieldKind = FieldKind.CATEGORY) -> FieldDefinition:
    return FieldDefinition(id=name, label=name, section="event", kind=kind)


def _document(region: str = "north", seen: str = "False", day: str = "March 2016") -> DocumentText:
    return DocumentText("d", "0f", 1, (TEXT.format(region=region, seen=seen, day=day),))


def test_a_cell_means_what_the_mapping_says_and_rests_on_its_own_line(protocol: Protocol) -> None:
    (cell,) = registered(_document(), _field("region"), protocol) or ()
    assert (cell.value, cell.anchor.quote) == ("n", "Region: north")


def test_a_cell_may_mean_a_kind_of_missing(protocol: Protocol) -> None:
    (cell,) = registered(_document(region="unknown"), _field("region"), protocol) or ()
    assert (cell.value, cell.missing) == (None, Missing.UNCLEAR)


def test_a_cell_mapped_to_nothing_and_one_nobody_mapped_say_nothing(protocol: Protocol) -> None:
    assert registered(_document(), _field("seen"), protocol) == ()
    assert registered(_document(region="Narnia"), _field("region"), protocol) == ()


def test_a_date_is_as_precise_as_its_cell(protocol: Protocol) -> None:
    (cell,) = registered(_document(), _field("day", FieldKind.DATE), protocol) or ()
    assert cell.value == "2016-03"


def test_other_documents_and_other_fields_are_left_to_their_own_readers(protocol: Protocol) -> None:
    other = DocumentText("d", "0f", 1, ("A report\n\nRegion: North\n",))
    assert registered(other, _field("region"), protocol) is None
    assert registered(_document(), _field("sex"), protocol) is None
