"""Passages that mean something alike lie close, in the same words or others."""

from __future__ import annotations

import numpy as np
import pytest

from goldthread.learn.likeness import Likeness
from goldthread.learn.stems import stem

SUBJECTS = (
    ("officer", "constable", "patrol", "station", "arrest"),
    ("nurse", "ward", "clinic", "dose", "surgery"),
    ("teacher", "lesson", "pupil", "classroom", "exclusion"),
)


def _texts(number: int) -> list[str]:
    chance = np.random.default_rng(3)
    return [" ".join(chance.choice(SUBJECTS[n % 3], 3)) for n in range(number)]


@pytest.fixture(scope="module")
def learned() -> Likeness:
    return Likeness.learned(_texts(90))


def test_words_that_keep_the_same_company_are_close_though_they_differ(learned: Likeness) -> None:
    officer, constable, ward = learned.vectors(["Officers", "a constable", "the ward"])
    assert officer @ constable > 0.8
    assert abs(officer @ ward) < 0.2


def test_the_same_passages_give_the_same_likeness(learned: Likeness) -> None:
    again = Likeness.learned(_texts(90))
    assert again.known.terms == learned.known.terms
    assert np.array_equal(again.directions, learned.directions)


def test_a_text_of_unknown_words_is_like_nothing(learned: Likeness) -> None:
    assert not learned.vectors(["Zebras 1999 a"]).any()


def test_passages_that_share_no_word_twice_teach_nothing_and_break_nothing() -> None:
    empty = Likeness.learned(["one", "two"])
    assert not empty.vectors(["one two"]).any()
    assert Likeness.learned([]).vectors(["one"]).shape[0] == 1


def test_a_text_shares_everything_with_itself_and_its_part_with_others(learned: Likeness) -> None:
    same, part, none = learned.shared("officer patrol ward", ["Ward, patrols, officers", "a patrol", "pupils"])
    assert sum(same.values()) == pytest.approx(1.0)
    assert part == {stem("patrol"): same[stem("patrol")]}
    assert none == {}


def test_a_word_said_again_and_again_counts_for_more_but_never_without_bound(learned: Likeness) -> None:
    once, often = learned.shared("patrol", ["patrol", " ".join(["patrol"] * 500)])
    assert once[stem("patrol")] == pytest.approx(1.0)
    assert 2.1 < often[stem("patrol")] < 2.2


def test_rows_are_those_the_weighted_words_make(learned: Likeness) -> None:
    texts = ["officer officer station", "", "clinics"]
    ours = learned.rows(texts)
    theirs = learned.known.rows([[stem(word) for word in text.split()] for text in texts])
    assert np.array_equal(ours.starts, theirs.starts)
    assert np.array_equal(ours.columns, theirs.columns)
    assert np.allclose(ours.values, theirs.values)
