"""What a person asks for is what the index is asked."""

from __future__ import annotations

import pytest

from goldthread.errors import UsageError
from goldthread.store.query import parse


@pytest.mark.parametrize(
    ("asked", "expression"),
    [
        ("police school", 'words : ("police") AND words : ("school")'),
        ('"risk assessment"', 'words : ("risk assessment")'),
        ("police OR social care", 'words : ("police" OR "social") AND words : ("care")'),
        ("assess* -hospital -ward", '(words : ("assess"*)) NOT words : ("hospital" OR "ward")'),
        ("O'Neill", 'words : ("O Neill")'),
        ("OR police", 'words : ("police")'),
    ],
)
def test_a_query_becomes_one_expression(asked: str, expression: str) -> None:
    assert parse(asked).expression == expression


def test_a_tier_asks_for_any_word_that_weighs_as_much_there() -> None:
    query = parse("police OR visits -school")
    assert query.narrowed(dict.fromkeys(query.terms, 3)) == (
        '(words : ("police" OR "visits") AND weighty : ("3polic" OR "3visit")) NOT words : ("school")'
    )
    beginning = parse("assess*")
    assert beginning.narrowed(dict.fromkeys(beginning.terms, 2)).endswith('AND weighty : ("2assess"* OR "3assess"*)')


def test_a_rare_alternative_is_enough_where_it_stands() -> None:
    query = parse("police OR zebra school")
    police, zebra, _ = query.terms
    assert query.narrowed({zebra: 0, police: 3}) == (
        '(words : ("zebra") OR (words : ("police") AND weighty : ("3polic"))) AND words : ("school")'
    )
    assert query.narrowed({zebra: 0}) == 'words : ("zebra") AND words : ("school")'


def test_what_cannot_be_told_by_weight_is_not_narrowed() -> None:
    the, police = parse("the"), parse("police")
    assert the.narrowed(dict.fromkeys(the.terms, 1)) == ""
    assert police.narrowed(dict.fromkeys(police.terms, 0)) == ""


def test_found_words_are_known_by_their_stem_or_their_beginning() -> None:
    seeks = parse('"missed opportunity" safeg* -hospital').seeker()
    assert [seeks(known) for known in ("miss", "opportun", "safeguard", "hospit", "safe")] == [1, 1, 1, 0, 0]


@pytest.mark.parametrize("asked", ["", ' - "" ', "-police", "OR"])
def test_a_query_for_nothing_is_refused_with_what_can_be_asked(asked: str) -> None:
    with pytest.raises(UsageError, match="nothing to search") as caught:
        parse(asked)
    assert "phrase" in caught.value.mend
