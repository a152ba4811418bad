"""Changes as people write them, and the list of what may be amended."""

from __future__ import annotations

import shlex
from datetime import date

import pytest

from goldthread.errors import UsageError
from goldthread.protocol.amend.amendments import applied
from goldthread.protocol.amend.changes import KINDS, AddCode, DescribeTable, FilterTable, OfCodebook, SetLimit
from goldthread.protocol.amend.reading import amendable, change_of, limits
from goldthread.protocol.load import load, shipped
from goldthread.protocol.model import Protocol


@pytest.fixture(scope="module")
def protocol() -> Protocol:
    return load("police-reviews")


def test_a_limit_is_written_as_people_write_days(protocol: Protocol) -> None:
    made = change_of("set_limit", {"criterion": ["in_period"], "rule": ["2"], "limit": ["2018-04-01"]}, protocol)
    assert made == SetLimit(criterion="in_period", rule=2, limit=date(2018, 4, 1))


def test_filters_are_written_as_everywhere_and_none_takes_the_filter_away(protocol: Protocol) -> None:
    made = change_of("filter_table", {"table": ["T2"], "where": ["outcome=death", "age>=18"]}, protocol)
    assert isinstance(made, FilterTable)
    assert [each.field for each in made.where] == ["outcome", "age"]
    assert change_of("filter_table", {"table": ["T2"], "where": [""]}, protocol) == FilterTable(table="T2")


def test_a_description_keeps_what_it_does_not_give(protocol: Protocol) -> None:
    made = change_of("describe_table", {"table": ["A4"], "title": ["The flow"]}, protocol)
    assert made == DescribeTable(table="A4", title="The flow", note=protocol.table_by_id["A4"].note)
    emptied = change_of("describe_table", {"table": ["A4"], "note": [""]}, protocol)
    assert emptied == DescribeTable(table="A4", title=protocol.table_by_id["A4"].title, note="")


def test_a_code_without_an_id_is_called_by_its_name(protocol: Protocol) -> None:
    made = change_of("add_code", {"label": ["Développing the café"], "cues": ["coffee", ""]}, protocol)
    assert isinstance(made, AddCode)
    assert (made.code.id, made.code.cues) == ("developping_the_cafe", ("coffee",))


def test_what_is_misspelt_is_met_with_the_nearest(protocol: Protocol) -> None:
    with pytest.raises(UsageError, match="no kind of amendment") as told:
        change_of("set_limits", {}, protocol)
    assert "set_limit" in told.value.mend
    with pytest.raises(UsageError, match="no table 'T44'"):
        change_of("describe_table", {"table": ["T44"]}, protocol)


@pytest.mark.parametrize("name", shipped())
def test_everything_listed_as_amendable_can_be_amended(name: str) -> None:
    protocol = load(name)
    kinds = set()
    for kind, words, _ in amendable(protocol):
        kinds.add(kind)
        given = {}
        for word in shlex.split(words):
            key, _, value = word.partition("=")
            empty = value == "…" and key in ("before", "where")
            given[key] = ["" if empty else value.replace("…", "Something new")]
        if kind == "set_limit":
            given["limit"] = ["2017-07-01"] if "-" in given["limit"][0] else ["7"]
        try:
            applied(protocol, change_of(kind, given, protocol))
        except UsageError as fault:
            assert "already" in fault.what, f"{kind} {words}: {fault}"
    of_protocol = set(KINDS) - {each.model_fields["kind"].default for each in OfCodebook.__args__}
    holds = {"describe_quality": protocol.quality, "set_limit": tuple(limits(protocol))}
    absent = {kind for kind, there in holds.items() if not there}
    assert kinds == of_protocol - absent
