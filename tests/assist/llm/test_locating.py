"""A quote is found where it stands, letter for letter, white space and broken lines apart, or not at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldthread.assist.llm.locating import Folded, shown

STORED = (
    "The officers did not grade the dan\u00ad\nger.\r\n\fMulti-\nagency  meetings\twere - \n rare. Risk 2015 risk."
)


def found(quote: str, text: str = STORED) -> list[str]:
    return [text[start:end] for start, end in Folded(text).find(quote)]


@pytest.mark.parametrize(
    ("quote", "stored"),
    [
        ("did not grade", "did not grade"),
        ("grade the danger.", "grade the dan\u00ad\nger."),
        ("grade the dan\u00ad\nger.", "grade the dan\u00ad\nger."),
        ("danger. Multi-agency", "dan\u00ad\nger.\r\n\fMulti-\nagency"),
        ("Multi-\nagency meetings\nwere", "Multi-\nagency  meetings\twere"),
        ("  were - rare ", "were - \n rare"),
        ("\u00adgrade the danger", "grade the dan\u00ad\nger"),
    ],
)
def test_white_space_line_ends_and_soft_hyphens_may_differ_and_the_documents_own_words_come_back(
    quote: str, stored: str
) -> None:
    assert found(quote) == [stored]


@pytest.mark.parametrize(
    "quote",
    [
        "did not Grade",
        "did not grade the danger!",
        "did not … grade",
        "the officers",
        "grade the dangers",
        "grade the dan ger",
        "Multi agency",
        "didnot grade",
        "“did not grade”",
        "",
        " ",
        "\u00ad",
        "\ud800",
    ],
)
def test_nothing_else_is_forgiven(quote: str) -> None:
    assert found(quote) == []


def test_a_quote_never_cuts_a_word_or_a_number() -> None:
    assert found("15 risk") == []
    assert found("officer") == []
    assert found("isk 2015 ris") == []


def test_every_place_is_found() -> None:
    assert found("isk", "risk, isk; isk") == ["isk", "isk"]
    assert len(found("aa aa", "aa aa aa")) == 2


@given(st.text("ab -\u00ad\n\r\f\té1", max_size=40), st.data())
def test_whatever_is_shown_of_a_text_is_found_in_it_and_reads_the_same(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    quote = shown(text[start:end])
    for low, high in Folded(text).find(quote):
        assert Folded(text[low:high]).text.strip() == Folded(quote).text.strip()
    whole = shown(text)
    if Folded(whole).text.strip():
        assert list(Folded(text).find(whole))
