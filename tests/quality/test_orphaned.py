"""Learning that reaches no recommendation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from goldthread.analysis.records import ReviewRecord
from goldthread.coding.model import Episode, Link
from goldthread.protocol.load import load
from goldthread.quality.orphaned import orphaned
from goldthread.values import Basis, State
from tests.analysis.building import episode, recommendation, review

POLICE, PERIODIC = load("police-reviews"), load("periodic-review")


def told(name: str, addressees: Sequence[str], passages: Sequence[Episode], linked: int = 0) -> ReviewRecord:
    """A review with these passages and recommendations, the first passages linked with the first recommendation."""
    asked = [recommendation(name, to, "single") for to in addressees]
    made = review(name, episodes=passages, recommendations=asked)
    links = tuple(Link(one.episode_id, asked[0].recommendation_id, "coder") for one in passages[:linked])
    return replace(made, links=links)


def test_a_review_that_asks_nothing_of_the_police_leaves_all_its_learning_orphaned() -> None:
    short = [episode("a", "risk_identification"), episode("a", "risk_identification")]
    found = orphaned([told("a", ["other_agency"], short)], POLICE, Basis.CONFIRMED)
    assert (found.passages, found.unlinked, [one.review_id for one in found.unasked]) == (2, 2, ["a"])


def test_what_is_asked_of_several_together_is_asked_of_the_police_too() -> None:
    found = orphaned([told("a", ["multi_agency"], [episode("a", "risk_identification")])], POLICE, Basis.CONFIRMED)
    assert not found.unasked
    assert found.unlinked == 1


def test_a_linked_passage_is_answered_and_the_others_are_not() -> None:
    short = [episode("a", "risk_identification") for _ in range(3)]
    (one,) = orphaned([told("a", ["police"], short, linked=1)], POLICE, Basis.CONFIRMED).reviews
    assert (len(one.linked), len(one.unlinked)) == (1, 2)


def test_a_rejected_recommendation_answers_nothing() -> None:
    made = told("a", ["police"], [episode("a", "risk_identification")], linked=1)
    gone = replace(made, recommendations=tuple(replace(one, state=State.REJECTED) for one in made.recommendations))
    (one,) = orphaned([gone], POLICE, Basis.CONFIRMED).reviews
    assert (one.asks, len(one.linked), len(one.unlinked)) == (False, 0, 1)


def test_praise_and_description_need_no_recommendation() -> None:
    kinds = [episode("a", "risk_identification", direction=each) for each in ("good", "described")]
    assert orphaned([told("a", [], kinds)], POLICE, Basis.CONFIRMED).reviews == ()


def test_suggestions_count_in_a_draft_alone() -> None:
    made = told("a", ["police"], [episode("a", "risk_identification", state=State.SUGGESTED)])
    assert orphaned([made], POLICE, Basis.CONFIRMED).passages == 0
    assert orphaned([made], POLICE, Basis.DRAFT).passages == 1


def test_where_no_addressee_is_theirs_alone_any_recommendation_asks_something() -> None:
    theme = PERIODIC.codebook.themes[0].id
    asks = told("a", ["health"], [episode("a", theme)])
    silent = told("b", [], [episode("b", theme)])
    found = orphaned([asks, silent], PERIODIC, Basis.CONFIRMED)
    assert [one.review_id for one in found.unasked] == ["b"]
