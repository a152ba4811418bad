"""What several engines say of the same words counts once."""

from __future__ import annotations

from dataclasses import replace

from goldthread.anchors import Anchor
from goldthread.coding.model import Episode
from goldthread.coding.voices import once, surest
from goldthread.values import State


def episode(
    start: int, end: int, engine: str = "lexicon", confidence: float = 0.5, document: str = "D00001"
) -> Episode:
    place = Anchor(document, "a" * 64, 1, start, end, 1, "x" * (end - start))
    return Episode(
        "R1", f"{engine}{start}", "theme", "", "missed", "", "", State.SUGGESTED, "", engine, confidence, place
    )


def test_of_two_engines_on_the_same_words_the_surer_counts() -> None:
    ours, theirs = episode(0, 100, confidence=0.9), episode(10, 60, "llm", 0.6)
    assert once([ours, theirs]) == (ours,)
    assert once([replace(ours, confidence=0.3), theirs]) == (theirs,)


def test_what_a_person_confirmed_counts_however_sure_an_engine_is() -> None:
    confirmed = replace(episode(0, 100, confidence=0.1), state=State.CONFIRMED)
    assert once([episode(50, 90, "llm", 0.9), episode(0, 90, "lexicon", 0.9), confirmed]) == (confirmed,)


def test_passages_that_only_touch_or_lie_elsewhere_all_count() -> None:
    items = [episode(0, 100), episode(80, 180, "llm"), episode(0, 100, "llm", document="D00002")]
    assert once(items) == tuple(items)


def test_one_engines_own_passages_are_left_as_they_are() -> None:
    items = [episode(0, 100), episode(50, 100)]
    assert once(items) == tuple(items)
    assert once([]) == ()


def test_of_rows_about_the_same_thing_the_surest_is_kept_and_the_first_of_equals() -> None:
    rows = [("a", 1.0, 1), ("b", 0.2, 2), ("a", 1.0, 3), ("b", 0.3, 4)]
    assert surest(rows, lambda row: row[0], lambda row: (row[1],)) == [("a", 1.0, 1), ("b", 0.3, 4)]
