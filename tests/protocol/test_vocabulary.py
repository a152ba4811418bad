"""What conditions and axes may speak of besides a protocol's fields."""

from __future__ import annotations

import pytest

from goldthread.protocol import vocabulary
from goldthread.protocol.load import load, shipped
from goldthread.protocol.vocabulary import LEVELS, inclusion_statuses, missing_kinds, permitted
from goldthread.values import Missing, Unit


def test_every_name_is_explained_where_they_are_listed() -> None:
    assert all(f"`{name}`" in (vocabulary.__doc__ or "") for name in LEVELS)


@pytest.mark.parametrize("name", shipped())
def test_no_protocol_gives_a_field_one_of_these_names(name: str) -> None:
    assert not LEVELS.keys() & load(name).field_by_id.keys()


def test_a_flow_table_has_a_row_for_every_state_a_review_can_be_in() -> None:
    protocol = load("police-reviews")
    rows = inclusion_statuses(protocol)
    assert rows[0] == "included"
    assert rows[1:-2] == tuple(reason.id for reason in protocol.reasons)
    assert rows[-2:] == ("unscreened", "maybe")


def test_a_joint_review_is_a_group_but_not_a_type() -> None:
    protocol = load("police-reviews")
    assert "joint" in (permitted("review_group", protocol) or ())
    assert "joint" not in (permitted("review_type", protocol) or ())


def test_open_ended_things_permit_anything() -> None:
    protocol = load("police-reviews")
    for name in ("force", "incident_date", "age", "subjects", "religion", "publication_year", "round", "pages"):
        assert permitted(name, protocol) is None


def test_presence_is_true_or_false_and_bands_are_values() -> None:
    protocol = load("police-reviews")
    assert permitted("police_practice", protocol) == ("true", "false")
    assert permitted("age_group", protocol) == ("child", "adolescent", "adult")
    assert "wales" in (permitted("police_region", protocol) or ())


def test_episode_and_recommendation_names_belong_to_their_units() -> None:
    assert LEVELS["theme"] is Unit.EPISODE
    assert LEVELS["addressee"] is Unit.RECOMMENDATION
    assert LEVELS["review_group"] is Unit.REVIEW


def test_there_are_five_kinds_of_missing() -> None:
    assert missing_kinds() == tuple(Missing)
    assert len(missing_kinds()) == 5
