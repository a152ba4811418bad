from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldthread.briefing.formats.folding import legal, shown


@pytest.mark.parametrize(
    ("stored", "display"),
    [
        ("safe\u00ad\r\nguarding", "safeguarding"),
        ("safe\u00adguarding", "safeguarding"),
        ("multi\u00ad\nagency", "multi-agency"),
        ("evidence\u00ad\nled", "evidence-led"),
        ("Multi\u00adAgency", "Multi-Agency"),
        ("ended\u00ad", "ended"),
        ("one\r\ntwo \n three", "one two three"),
        ("one\ftwo", "one two"),
        ("\uf0b7 first", "• first"),
        ("a\x00b\x0bc", "ab c"),
        ("a\ufffeb", "ab"),
        ("plain  words – as “they” are", "plain  words – as “they” are"),
    ],
)
def test_only_breaks_hyphens_and_bullets_are_folded(stored: str, display: str) -> None:
    assert shown(stored) == display


@given(st.text())
def test_what_is_shown_is_fit_for_xml(text: str) -> None:
    for character in shown(text):
        code = ord(character)
        assert code in (0x9, 0xA, 0xD) or 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or code >= 0x10000


@given(st.text(alphabet=st.characters(categories=["L", "N", "P", "Zs"])))
def test_ordinary_words_are_never_changed(text: str) -> None:
    assert shown(text) == text


def test_illegal_characters_go_and_nothing_else() -> None:
    assert legal("a\x07b\ud800c") == "abc"
