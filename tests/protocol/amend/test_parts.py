"""Amending the rest of a protocol, in order, and as plain data."""

from __future__ import annotations

from datetime import date

import pytest

from goldthread.errors import ProtocolError, UsageError
from goldthread.protocol.amend.amendments import Amendment, amended, applied, mark
from goldthread.protocol.amend.changes import (
    KINDS,
    AddValue,
    Change,
    DescribeCode,
    DescribeCriterion,
    DescribeField,
    DescribeQuality,
    DescribeReason,
    DescribeTable,
    DescribeValue,
    FilterTable,
    MergeCodes,
    PlaceReason,
    RetireCode,
    SetLimit,
    read,
    written,
)
from goldthread.protocol.amend.wording import says
from goldthread.protocol.filters import parse_filter
from goldthread.protocol.load import load
from goldthread.protocol.model import Protocol


@pytest.fixture(scope="module")
def protocol() -> Protocol:
    return load("police-reviews")


def made(*changes: Change) -> list[Amendment]:
    at = "2024-01-01T00:00:00Z"
    return [Amendment(n, at, "Ada", "a reason", "", change) for n, change in enumerate(changes, 1)]


def test_a_limit_is_set_where_the_rule_has_one(protocol: Protocol) -> None:
    change = SetLimit(criterion="in_period", rule=1, limit=date(2018, 1, 1))
    now = applied(protocol, change)
    assert now.criteria[0].rules[0].any_of[0][0].on_or_after == date(2018, 1, 1)
    assert now.criteria[0].rules[1] == protocol.criteria[0].rules[1]
    assert says(change, protocol).endswith("on or after 1 January 2018, not 1 January 2016")


@pytest.mark.parametrize(
    "wrong",
    [
        SetLimit(criterion="in_period", rule=1, limit=18.0),
        SetLimit(criterion="in_period", rule=9, limit=date(2018, 1, 1)),
        SetLimit(criterion="police_involved", rule=1, limit=date(2018, 1, 1)),
        SetLimit(criterion="in_perriod", rule=1, limit=date(2018, 1, 1)),
    ],
)
def test_a_limit_that_is_none_is_refused(protocol: Protocol, wrong: SetLimit) -> None:
    with pytest.raises(UsageError):
        applied(protocol, wrong)


def test_a_value_is_added_to_a_category_and_to_the_explanations(protocol: Protocol) -> None:
    field = applied(protocol, AddValue(field="sex", id="another", label="Another"))
    assert field.field_by_id["sex"].values[-1].label == "Another"
    why = applied(protocol, AddValue(field="explanation", id="leadership", label="Leadership"))
    assert why.codebook.explanations[-1].id == "leadership"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (AddValue(field="age", id="x", label="X"), "from a list"),
        (AddValue(field="direction", id="x", label="X"), "fixed"),
        (AddValue(field="outcome", id="death", label="Dead"), "already"),
        (AddValue(field="outcome", id="x", label="X", parent="nowhere"), "hold together"),
        (AddValue(field="nowhere", id="x", label="X"), "no field"),
    ],
)
def test_a_value_that_does_not_fit_is_refused(protocol: Protocol, change: Change, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        applied(protocol, change)


def test_reasons_are_named_anew_and_put_in_another_order(protocol: Protocol) -> None:
    now = applied(protocol, DescribeReason(reason="out_of_date", label="Too old"))
    assert now.reason_by_id["out_of_date"].label == "Too old"
    assert now.reason_by_id["out_of_date"].triggers == protocol.reason_by_id["out_of_date"].triggers
    first = applied(protocol, PlaceReason(reason="no_police_involvement", before="duplicate"))
    assert first.reasons[0].id == "no_police_involvement"
    last = applied(protocol, PlaceReason(reason="duplicate"))
    assert last.reasons[-1].id == "duplicate"
    with pytest.raises(UsageError, match="already"):
        applied(protocol, PlaceReason(reason="duplicate", before="document_not_available"))


def test_the_words_of_fields_values_criteria_tables_and_quality_items_are_changed(protocol: Protocol) -> None:
    item = protocol.quality[0]
    only = parse_filter("outcome=death", protocol)
    now = amended(
        protocol,
        made(
            DescribeField(field="age", label="Age at the event", definition="In whole years."),
            DescribeValue(field="outcome", value="death", label="Died"),
            DescribeValue(field="whose", value="child", label="Younger children"),
            DescribeCriterion(criterion="in_period", question="Is it recent?"),
            DescribeTable(table="T4", title="What happened"),
            FilterTable(table="T2", where=(only,)),
            DescribeQuality(item=item.id, label="Another label", question=item.question),
        ),
    )
    assert now.field_by_id["age"].label == "Age at the event"
    assert now.field_by_id["outcome"].values[0].label == "Died"
    assert "Younger children" in {value.label for value in now.codebook.whose}
    assert now.criteria[0].question == "Is it recent?"
    assert now.criteria[0].rules == protocol.criteria[0].rules
    assert now.table_by_id["T4"].title == "What happened"
    assert now.table_by_id["T2"].where == (only,)
    assert now.quality[0].label == "Another label"
    assert now.edition.endswith("with 7 amendments")


def test_a_filter_on_what_the_protocol_does_not_have_is_refused(protocol: Protocol) -> None:
    wrong = parse_filter("outcome=death", protocol).model_copy(update={"within": ("nowhere",)})
    with pytest.raises(UsageError, match="hold together"):
        applied(protocol, FilterTable(table="T2", where=(wrong,)))


def test_amendments_apply_in_their_order_and_withdrawn_ones_not_at_all(protocol: Protocol) -> None:
    first = MergeCodes(code="roles", into="escalation")
    then = DescribeCode(code="escalation", label="Roles and escalation")
    assert amended(protocol, made(first, then)).codebook.home("", "roles") == ("collaborative_working", "escalation")
    one, two = made(first, then)
    gone = Amendment(one.n, one.at, one.who, one.reason, "", first, "2024-02-01T00:00:00Z", "Bea")
    left = amended(protocol, [gone, two])
    assert ("collaborative_working", "roles") in left.codebook.places
    assert left.amendments == 1


def test_an_amendment_the_files_no_longer_allow_is_named(protocol: Protocol) -> None:
    with pytest.raises(ProtocolError, match=r"amendment 2 no longer fits"):
        amended(protocol, made(RetireCode(code="workforce"), DescribeCode(code="gone", label="Gone")))


def test_every_kind_of_change_is_written_and_read_back(protocol: Protocol) -> None:
    some: list[Change] = [
        SetLimit(criterion="in_period", rule=1, limit=date(2018, 1, 1)),
        SetLimit(criterion="in_period", rule=1, limit=18.0),
        FilterTable(table="T2", where=(parse_filter("outcome=death", protocol),)),
        MergeCodes(code="roles", into="escalation"),
        AddValue(field="sex", id="x", label="X"),
    ]
    for change in some:
        assert read(written(change)) == change


def test_what_cannot_be_read_is_told_by_name() -> None:
    with pytest.raises(UsageError, match="there are add_code, describe_code"):
        read({"kind": "explode"})
    with pytest.raises(UsageError, match="into is not given"):
        read({"kind": "merge_codes", "code": "roles"})
    with pytest.raises(UsageError, match="is not an id"):
        read({"kind": "add_value", "field": "sex", "id": "not an id", "label": "X"})
    assert len(KINDS) == len(set(KINDS)) == 16


def test_only_what_an_engine_reads_for_makes_it_read_again(protocol: Protocol) -> None:
    quiet = made(DescribeTable(table="T4", title="What happened"), PlaceReason(reason="duplicate"))
    assert mark(quiet, words=True) == mark(quiet, words=False) == ""
    assert mark(made(MergeCodes(code="roles", into="escalation")), words=False)


def test_another_name_is_read_by_an_engine_that_is_told_names_and_by_no_other() -> None:
    renamed = made(DescribeCode(code="roles", label="Who does what"))
    assert mark(renamed, words=False) == ""
    assert "Who does what" in mark(renamed, words=True)
