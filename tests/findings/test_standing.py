"""The strength of a finding is the first of the rule's that it meets, to the last fraction."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldthread.findings.board import rule_of
from goldthread.findings.standing import Tally, lacking, verdict
from goldthread.protocol.load import load, shipped, usual_strength
from tests.findings.passages import RULE


@pytest.mark.parametrize(
    ("tally", "strength"),
    [
        (Tally(4, 0, 4, 10, 2), "strong"),
        (Tally(4, 1, 5, 10, 2), "strong"),
        (Tally(4, 0, 4, 11, 2), "moderate"),
        (Tally(4, 0, 4, 10, 1), "moderate"),
        (Tally(2, 2, 4, 10, 1), "contested"),
        (Tally(1, 0, 1, 10, 1), "single"),
        (Tally(1, 1, 2, 10, 1), "contested"),
        (Tally(0, 3, 3, 10, 0), None),
        (Tally(0, 0, 0, 0, 0), None),
    ],
)
def test_the_first_strength_whose_thresholds_are_all_met_is_given(tally: Tally, strength: str | None) -> None:
    found = verdict(tally, RULE).strength
    assert (found.id if found else None) == strength


def test_a_share_is_compared_before_it_is_rounded() -> None:
    # 39.96% would be printed as 40.0%
    short = Tally(999, 0, 999, 2500, 2)
    assert [one.threshold for one in lacking(short, RULE.strengths[0])] == ["share"]
    assert lacking(Tally(1000, 0, 1000, 2500, 2), RULE.strengths[0]) == ()


def test_what_the_next_strength_lacks_is_said_threshold_by_threshold() -> None:
    found = verdict(Tally(3, 1, 4, 20, 1), RULE)
    assert found.next is not None
    assert found.next.id == "strong"
    assert [(one.threshold, one.has, one.needs) for one in found.lacking] == [
        ("reviews", "3", "4"),
        ("review_types", "1", "2"),
        ("share", "15.0", "40"),
        ("against", "25.0", "20"),
    ]


@given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 30), st.integers(0, 5), st.integers(0, 60))
def test_more_reviews_for_a_finding_never_make_it_weaker(
    supporting: int, opposing: int, both: int, types: int, silent: int
) -> None:
    both = min(both, supporting, opposing)
    either = supporting + opposing - both
    rule = usual_strength()
    ranks = {one.id: n for n, one in enumerate(rule.strengths)}

    def rank(tally: Tally) -> int:
        found = verdict(tally, rule).strength
        return ranks[found.id] if found else len(ranks)

    if supporting == 1:  # seen once is a name of its own, and not a step below contested
        return
    less = rank(Tally(supporting, opposing, either, either + silent + 1, types))
    more = rank(Tally(supporting + 1, opposing, either + 1, either + silent + 1, types))
    assert more <= less


@pytest.mark.parametrize("name", shipped())
def test_each_shipped_rule_calls_one_review_seen_once_and_twenty_in_a_hundred_strong(name: str) -> None:
    rule = rule_of(load(name))
    once, many = verdict(Tally(1, 0, 1, 40, 1), rule), verdict(Tally(20, 1, 21, 100, 2), rule)
    assert once.strength is not None
    assert many.strength is not None
    assert (once.strength.id, many.strength.id) == ("single", "strong")
    assert verdict(Tally(0, 4, 4, 40, 0), rule).strength is None
    assert "ours" in rule.note
