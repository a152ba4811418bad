"""Findings weighed: reviews and episodes counted apart, on one basis, for and against."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from goldthread.analysis.records import ReviewRecord
from goldthread.coding.model import Episode
from goldthread.findings.weighing import ground, weigh
from goldthread.screening.model import ScreeningDecision, ScreeningState
from goldthread.values import Basis, State
from tests.findings.passages import RULE, episode, finding, over, standing


@st.composite
def evidence(draw: st.DrawFn) -> tuple[list[Episode], list[Episode]]:
    """Passages of up to eight reviews in any state, shared out to the two sides."""
    sides: tuple[list[Episode], list[Episode]] = ([], [])
    for review in range(1, 9):
        for number in range(1, draw(st.integers(0, 4)) + 1):
            made = episode(
                review,
                number,
                direction=draw(st.sampled_from(["missed", "good", "described"])),
                explanation=draw(st.sampled_from(["", "procedure", "resourcing"])),
                state=draw(st.sampled_from(list(State))),
            )
            sides[draw(st.integers(0, 1))].append(made)
    return sides


def expected(episodes: list[Episode], included: int, basis: Basis) -> list[Episode]:
    wanted = {State.CONFIRMED} | ({State.SUGGESTED} if basis is Basis.DRAFT else set())
    return [one for one in episodes if one.state in wanted and int(one.review_id[1:]) <= included]


@given(evidence(), st.integers(0, 8), st.sampled_from(list(Basis)))
def test_counts_for_and_against_are_those_of_the_episodes_that_count(
    sides: tuple[list[Episode], list[Episode]], included: int, basis: Basis
) -> None:
    weighed = weigh(finding(*sides), standing(*sides[0], *sides[1]), over(included, basis=basis), RULE)
    for weight, episodes in ((weighed.supporting, sides[0]), (weighed.opposing, sides[1])):
        mine = expected(episodes, included, basis)
        assert Counter(one.episode_id for one in weight.episodes) == Counter(one.episode_id for one in mine)
        assert list(weight.reviews) == sorted({one.review_id for one in mine})


@given(evidence(), st.sampled_from(list(Basis)))
def test_the_explanation_mix_shares_the_episodes_for_it_out_and_loses_none(
    sides: tuple[list[Episode], list[Episode]], basis: Basis
) -> None:
    weighed = weigh(finding(*sides), standing(*sides[0], *sides[1]), over(8, basis=basis), RULE)
    shared = [one.episode_id for line in weighed.mix for one in line.weight.episodes]
    assert sorted(shared) == sorted(one.episode_id for one in weighed.supporting.episodes)
    for line in weighed.mix:
        assert {(one.explanation, one.direction) for one in line.weight.episodes} == {
            (line.explanation, line.direction)
        }
        assert len(line.weight.reviews) == len({one.review_id for one in line.weight.episodes})
    assert [len(line.weight.reviews) for line in weighed.mix] == sorted(
        (len(line.weight.reviews) for line in weighed.mix), reverse=True
    )


@given(evidence(), st.integers(0, 8), st.sampled_from(list(Basis)))
def test_every_passage_is_counted_set_aside_or_lost_and_never_two_of_these(
    sides: tuple[list[Episode], list[Episode]], included: int, basis: Basis
) -> None:
    weighed = weigh(finding(*sides), standing(*sides[0], *sides[1]), over(included, basis=basis), RULE)
    told = [
        *(one.episode_id for one in (*weighed.supporting.episodes, *weighed.opposing.episodes)),
        *(one.episode_id for one in weighed.uncounted),
        *(one.taken.episode_id for one in weighed.lost),
    ]
    assert sorted(told) == sorted(one.episode_id for side in sides for one in side)
    assert weighed.to_be_looked_at == any(
        one.state in (State.REJECTED, State.SUPERSEDED) for side in sides for one in side
    )


def test_a_review_counts_once_however_many_episodes_it_has() -> None:
    mine = [episode(1, n) for n in range(1, 6)]
    weighed = weigh(finding(mine), standing(*mine), over(3), RULE)
    assert (len(weighed.supporting.episodes), weighed.supporting.reviews) == (5, ("R00001",))


def test_words_two_engines_propose_are_one_episode() -> None:
    one = episode(1, 1, state=State.SUGGESTED, engine="lexicon", place=3, confidence=0.7)
    two = episode(1, 2, state=State.SUGGESTED, engine="learned", place=3, confidence=0.9)
    weighed = weigh(finding([one, two]), standing(one, two), over(2, basis=Basis.DRAFT), RULE)
    assert [each.episode_id for each in weighed.supporting.episodes] == [two.episode_id]


def test_a_review_with_passages_on_both_sides_is_on_both() -> None:
    yes, no = episode(1, 1), episode(1, 2, direction="good")
    weighed = weigh(finding([yes], [no]), standing(yes, no), over(2), RULE)
    assert weighed.supporting.reviews == weighed.opposing.reviews == ("R00001",)
    assert weighed.verdict.strength is not None
    assert weighed.verdict.strength.id == "contested"


def test_the_types_are_those_of_the_reviews_for_it_alone() -> None:
    yes, no = episode(1), episode(2)
    weighed = weigh(finding([yes], [no]), standing(yes, no), over(2), RULE)
    assert weighed.types == ("SCR",)


def test_only_reviews_in_which_practice_is_coded_could_show_a_finding() -> None:
    made = ScreeningDecision("R00001", ScreeningState.INCLUDED, "", Basis.CONFIRMED, "Ada", "2026-01-01")

    def review(number: int, *episodes: Episode, decision: ScreeningDecision | None = made) -> ReviewRecord:
        name = f"R{number:05d}"
        return ReviewRecord(name, "", "", ("SCR",), "", "", "", "", "", (), decision, episodes=episodes)

    reviews = [
        review(1, episode(1)),
        review(2, episode(2, state=State.SUGGESTED)),
        review(3),
        review(4, episode(4), decision=None),
    ]
    assert ground(reviews, Basis.CONFIRMED).able == {"R00001"}
    assert ground(reviews, Basis.DRAFT).able == {"R00001", "R00002"}
    assert list(ground(reviews, Basis.DRAFT).types) == ["R00001", "R00002", "R00003"]
