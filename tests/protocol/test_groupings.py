"""Groups that several tables share are written once and used by name."""

from __future__ import annotations

from typing import Any

from goldthread.protocol.groupings import expand_groupings
from goldthread.protocol.load import load

GROUPS = [{"id": "all", "label": "All"}]


def _tables(groups: Any) -> dict[str, Any]:
    return {
        "groupings": {"kinds": GROUPS},
        "tables": [{"id": "T1", "rows": {"field": "sex"}, "columns": {"groups": groups, "zeros": False}}],
    }


def test_a_name_is_replaced_by_the_groups_it_stands_for() -> None:
    whole = _tables("kinds")
    assert expand_groupings(whole) == []
    assert whole["tables"][0]["columns"] == {"groups": GROUPS, "zeros": False}
    assert "groupings" not in whole


def test_groups_written_in_place_stay_as_they_are() -> None:
    whole = _tables(GROUPS)
    assert expand_groupings(whole) == []
    assert whole["tables"][0]["columns"]["groups"] == GROUPS


def test_an_unknown_name_is_a_fault_at_its_place() -> None:
    fault = expand_groupings(_tables("kind"))[0]
    assert fault.path == ("tables", 0, "columns", "groups")
    assert fault.mend == "did you mean `kinds`?"


def test_a_protocol_without_tables_or_groupings_is_left_alone() -> None:
    whole: dict[str, Any] = {"id": "x"}
    assert expand_groupings(whole) == []
    assert whole == {"id": "x", "tables": []}


def test_tables_that_share_a_grouping_have_equal_columns() -> None:
    tables = load("police-reviews").table_by_id
    assert tables["T4"].columns.groups == tables["T11"].columns.groups != ()
