"""periodic-review holds the finer categories and characteristics of the periodic analyses."""

from __future__ import annotations

import pytest

from goldthread.protocol.load import load
from goldthread.protocol.model import Protocol
from goldthread.protocol.vocabulary import permitted


@pytest.fixture(scope="module")
def protocol() -> Protocol:
    return load("periodic-review")


def test_deaths_are_listed_on_two_levels(protocol: Protocol) -> None:
    values = protocol.field_by_id["death_category"].values
    assert len([value for value in values if not value.parent]) == 9
    assert {value.parent for value in values if value.parent} == {"related"}
    assert len([value for value in values if value.parent]) == 8


def test_the_first_table_has_the_first_level_and_the_second_the_second(protocol: Protocol) -> None:
    values = protocol.field_by_id["death_category"].values
    top = [value.id for value in values if not value.parent]
    assert list(protocol.table_by_id["T1"].rows.only) == top
    assert list(protocol.table_by_id["T2"].rows.only) == ["related", *(v.id for v in values if v.parent)]


def test_age_bands_are_the_published_ones_and_cover_childhood(protocol: Protocol) -> None:
    bands = protocol.field_by_id["age_band"].bands
    assert [band.label for band in bands] == ["Under 1", "1–5", "6–10", "11–15", "16 and over"]
    for age in range(18):
        assert sum((b.low or 0) <= age and (b.high is None or age <= b.high) for b in bands) == 1


def test_parental_characteristics_say_whose_they_were(protocol: Protocol) -> None:
    fields = [field for field in protocol.fields if field.id.startswith("parent_")]
    assert len(fields) == 8
    for field in fields:
        assert permitted(field.id, protocol) == ("mother", "father", "father_figure", "both")
    rows = protocol.table_by_id["T4"].rows.groups
    assert len(rows) == 8 * 5


def test_the_characteristics_of_families_and_children_are_complete(protocol: Protocol) -> None:
    assert len(protocol.table_by_id["T5"].rows.only) == 6
    assert len(permitted("child_characteristics", protocol) or ()) == 11
    assert protocol.table_by_id["T6"].where[0].within == ("11_15", "16_plus")


def test_every_published_table_is_defined(protocol: Protocol) -> None:
    assert {"T1", "T2", "T3", "T4", "T5", "T6"} <= protocol.table_by_id.keys()


def test_each_sector_is_a_theme_with_the_same_questions(protocol: Protocol) -> None:
    shared = {}
    for sector in ("police", "health", "education", "social_care"):
        subthemes = [sub.id for sub in protocol.theme_by_id[sector].subthemes]
        assert all(name.startswith(f"{sector}_") for name in subthemes)
        shared[sector] = {name.removeprefix(f"{sector}_") for name in subthemes}
    common = set.intersection(*shared.values())
    assert {"neglect", "lived_experience", "information", "escalation"} <= common


def test_harm_leaves_out_what_cannot_be_told(protocol: Protocol) -> None:
    table = protocol.table_by_id["T3"]
    assert table.percent_of == "stated"
    assert table.show_missing


def test_a_review_of_unknown_type_is_left_to_a_person(protocol: Protocol) -> None:
    asked = next(criterion for criterion in protocol.criteria if criterion.id == "child_review")
    assert asked.rules[0].any_of[0][0].within == tuple(protocol.review_type_by_id)
    assert not any(trigger.criterion == "child_review" for reason in protocol.reasons for trigger in reason.triggers)


def test_the_engine_finds_the_practice_of_every_sector(protocol: Protocol) -> None:
    assert set(protocol.lexicon.practice.themes) == set(protocol.theme_by_id)
    assert {"outcome", "age", "death_category", "harm_category"} <= protocol.lexicon.fields.keys()
