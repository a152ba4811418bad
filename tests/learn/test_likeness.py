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


def test_what_two_texts_share_adds_up_to_the_cosine_of_their_weighted_words(learned: Likeness) -> None:
    one, other = "officer patrol ward", "patrols on the ward and the ward"
    (common,) = learned.shared(one, [other])
    assert set(common) == {stem("patrol"), stem("ward")}
    rows = learned.rows([one, other])
    full = np.zeros((2, rows.width))
    full[rows.places, rows.columns] = rows.values
    assert sum(common.values()) == pytest.approx(full[0] @ full[1])


def test_rows_are_those_the_weighted_words_make(learned: Likeness) -> None:
    texts = ["officer officer station", "", "clinics"]
    ours = learned.rows(texts)
    theirs = learned.known.rows([[stem(word) for word in text.split()] for text in texts])
    assert np.array_equal(ours.starts, theirs.starts)
    assert np.array_equal(ours.columns, theirs.columns)
    assert np.allclose(ours.values, theirs.values)
