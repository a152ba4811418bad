"""Groups that several tables share are written once and used by name."""

from __future__ import annotations

from typing import Any

from goldthread.protocol.groupings import expand_attributes, expand_groupings
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


def _derived(attribute: str, gazetteer: str = "forces") -> dict[str, Any]:
    force = {"id": "force", "kind": "gazetteer", "gazetteer": gazetteer}
    return {"fields": [force, {"id": "region", "derived_from": "force", "groups": attribute}]}


def test_a_field_can_be_grouped_by_what_the_gazetteer_knows_of_its_places() -> None:
    whole = _derived("region")
    assert expand_attributes(whole) == []
    region = whole["fields"][1]
    assert "Gwent Police" in region["groups"]["wales"]
    assert {"id": "yorkshire_and_the_humber", "label": "Yorkshire and the Humber"} in region["values"]


def test_bodies_without_a_region_have_a_group_of_their_own() -> None:
    whole = _derived("region")
    expand_attributes(whole)
    assert "British Transport Police" in whole["fields"][1]["groups"]["national"]


def test_labels_a_protocol_gives_itself_are_kept() -> None:
    whole = _derived("nation")
    whole["fields"][1]["values"] = [{"id": "england", "label": "Lloegr"}]
    expand_attributes(whole)
    assert whole["fields"][1]["values"] == [{"id": "england", "label": "Lloegr"}]


def test_an_attribute_no_place_has_is_a_fault_at_its_place() -> None:
    fault = expand_attributes(_derived("regions"))[0]
    assert fault.path == ("fields", 1, "groups")
    assert fault.mend == "did you mean `region`?"
    assert expand_attributes(_derived("region", gazetteer="forcs"))


def test_the_regions_of_both_protocols_come_from_their_gazetteers() -> None:
    assert "Kent Police" in load("police-reviews").field_by_id["police_region"].groups["south_east"]
    assert "Middlesbrough" in load("periodic-review").field_by_id["region"].groups["north_east"]
