from __future__ import annotations

from goldthread.extraction.count import counts, texts
from goldthread.extraction.numbers import whole_number
from goldthread.protocol.lexicon import FieldCues

from .pages import lexicon, reading

COUNT = FieldCues(near=("children",), guards=("negation",))
WORDS = lexicon(fields={"n": COUNT}, children=["children", "siblings"], negation=["not"], faith=["religion was"])


def test_a_number_before_the_noun_is_counted() -> None:
    (found,) = counts([reading(WORDS, "The review is about three young children.")], COUNT, WORDS)
    assert found.value == "3"
    assert found.anchors[0].quote == "three young children"


def test_the_number_given_most_often_wins() -> None:
    told = reading(WORDS, "The 2 children lived there. Four siblings came. The two children moved.")
    assert counts([told], COUNT, WORDS)[0].value == "2"


def test_nouns_without_a_number_or_guarded_are_not_counted() -> None:
    assert counts([reading(WORDS, "Some children came. It was not three children.")], COUNT, WORDS) == []


def test_a_text_field_gives_the_report_s_own_words() -> None:
    words = lexicon(fields={"faith": FieldCues(near=("faith",), guards=())}, faith=["religion was"])
    told = reading(words, "Her religion was: Greek\nOrthodox.")
    (found,) = texts([told], FieldCues(near=("faith",)))
    assert found.value == "Greek Orthodox"
    assert found.anchors[0].quote == "Greek\nOrthodox"
    assert texts([reading(words, "Nothing is said.")], FieldCues(near=("faith",))) == []


def test_numbers_are_read_from_figures_and_words() -> None:
    assert whole_number("12") == 12
    assert whole_number(" Twelve ") == 12
    assert whole_number("many") is None
