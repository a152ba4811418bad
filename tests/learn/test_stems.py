"""Words and their stems are those of the full-text index."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goldthread.learn.stems import stem, words

PORTER = {
    "caresses": "caress", "ponies": "poni", "ties": "ti", "cats": "cat", "feed": "feed", "agreed": "agre",
    "plastered": "plaster", "motoring": "motor", "sing": "sing", "conflated": "conflat", "hopping": "hop",
    "falling": "fall", "failing": "fail", "filing": "file", "happy": "happi", "sky": "sky", "relational": "relat",
    "conditional": "condit", "digitizer": "digit", "vietnamization": "vietnam", "triplicate": "triplic",
    "hopefulness": "hope", "goodness": "good", "revival": "reviv", "adjustment": "adjust", "adoption": "adopt",
    "effective": "effect", "probate": "probat", "rate": "rate", "cease": "ceas", "controll": "control",
    "roll": "roll",
}  # fmt: skip


@pytest.mark.parametrize("word", PORTER)
def test_the_examples_of_the_published_algorithm_come_out_as_printed(word: str) -> None:
    assert stem(word) == PORTER[word]


def _indexed(said: list[str]) -> list[str]:
    """The terms the full-text index keeps, in the order of the words."""
    base = sqlite3.connect(":memory:")
    base.execute("CREATE VIRTUAL TABLE said USING fts5(words, tokenize='porter unicode61 remove_diacritics 2')")
    base.execute("CREATE VIRTUAL TABLE term USING fts5vocab(said, 'instance')")
    base.execute("INSERT INTO said VALUES (?)", [" ".join(said)])
    found = [row[0] for row in base.execute('SELECT term FROM term ORDER BY "offset"')]
    base.close()
    return found


unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # the machine may be busy
ENDINGS = ["ational", "iz", "ed", "ing", "es", "s", "ement", "tion", "ll", "eed", "ies", "ness", "al", "ic", "ful"]
_parts = st.sampled_from([*ENDINGS, *"aeiouybdlnprstzxw1"])
_made = st.lists(_parts, min_size=1, max_size=6).map("".join)


@unhurried
@given(st.lists(_made, min_size=1, max_size=30))
def test_any_word_has_the_stem_the_index_gives_it(said: list[str]) -> None:
    assert [stem(word) for word in words(" ".join(said))] == _indexed(said)


def test_accents_and_capitals_make_no_other_word() -> None:
    said = ["Zoë’s", "CAFÉ", "naïve", "assessments"]
    assert [stem(word) for word in words(" ".join(said))] == _indexed(said)
