"""The words that weigh most in a paragraph are those BM25 would score highest, rarity apart."""

from __future__ import annotations

from goldthread.documents.weighty import heavier, weighty


def _filled(said: str, length: int) -> str:
    return " ".join([said, *(f"filler{n}" for n in range(length - len(said.split())))])


def test_a_word_said_once_in_an_ordinary_paragraph_is_in_no_tier() -> None:
    assert weighty(_filled("police", 60)) == ""


def test_the_more_often_a_word_is_said_the_higher_its_tier() -> None:
    tiers = [weighty(_filled(" ".join(["police"] * times), 60)) for times in (2, 3, 4, 12)]
    assert tiers == ["1polic", "2polic", "2polic", "3polic"]


def test_the_forms_of_a_word_are_said_together() -> None:
    assert weighty(_filled("assess assessed assessments", 60)) == "2assess"


def test_in_a_short_paragraph_once_is_enough_but_never_for_articles() -> None:
    assert weighty("The police attended the home.") == "2polic 2attend 2home"


def test_a_paragraph_without_words_has_none() -> None:
    assert weighty(" — ") == ""


def test_a_tier_holds_those_above() -> None:
    assert heavier("polic", 2) == ("2polic", "3polic")
