"""Evidence is followed to what it now is: the same words coded anew by a person, or nothing."""

from __future__ import annotations

import pytest

from goldthread.findings.following import trace
from goldthread.values import State
from tests.findings.passages import episode


@pytest.mark.parametrize("state", [State.SUGGESTED, State.CONFIRMED])
def test_a_passage_that_stands_is_itself(state: State) -> None:
    mine = episode(1, 1, state=state)
    found = trace([mine], [mine])[mine.episode_id]
    assert found.now == mine
    assert not (found.lost or found.turned or found.recoded)


def test_a_rejected_passage_is_lost_though_its_words_are_coded_otherwise() -> None:
    mine = episode(1, 1, state=State.REJECTED, place=5)
    other = episode(1, 2, place=5)
    assert trace([mine], [mine, other])[mine.episode_id].lost


def test_a_passage_a_person_coded_anew_is_followed_to_the_latest_coding_of_its_words() -> None:
    mine = episode(1, 1, state=State.SUPERSEDED, place=5)
    between = episode(1, 4, state=State.SUPERSEDED, place=5)
    latest = episode(1, 7, place=5, theme="engagement")
    found = trace([mine], [mine, between, latest])[mine.episode_id]
    assert found.now == latest
    assert found.recoded
    assert not found.turned


def test_a_passage_whose_successor_has_other_words_is_lost() -> None:
    mine = episode(1, 1, state=State.SUPERSEDED, place=5)
    assert trace([mine], [mine, episode(1, 2, place=6)])[mine.episode_id].lost


def test_an_engine_that_reads_again_keeps_the_passage_only_in_the_same_codes() -> None:
    mine = episode(1, 1, state=State.SUPERSEDED, place=5, engine="lexicon")
    same = episode(1, 2, state=State.SUGGESTED, place=5, engine="lexicon")
    other = episode(1, 2, state=State.SUGGESTED, place=5, engine="lexicon", theme="engagement")
    assert trace([mine], [mine, same])[mine.episode_id].now == same
    assert trace([mine], [mine, other])[mine.episode_id].lost


def test_an_earlier_coding_of_the_same_words_is_no_successor() -> None:
    earlier, mine = episode(1, 1, place=5), episode(1, 2, state=State.SUPERSEDED, place=5)
    assert trace([mine], [earlier, mine])[mine.episode_id].lost


def test_words_coded_the_other_way_round_since_are_to_be_looked_at() -> None:
    mine = episode(1, 1, state=State.SUPERSEDED, place=5, direction="missed")
    now = episode(1, 2, place=5, direction="good")
    assert trace([mine], [mine, now])[mine.episode_id].turned
