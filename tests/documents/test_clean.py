from __future__ import annotations

import json
import xml.etree.ElementTree as ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldthread.documents.clean import clean


@given(
    st.text(alphabet=st.one_of(st.characters(), st.sampled_from("\r\n\f\x00\x85\u2028\ufffe\uffff\ud800\U0001fffe")))
)
def test_cleaning_never_moves_a_character(text: str) -> None:
    assert len(clean(text)) == len(text)


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("\r\n\f\x00\x0b\x1c\x85\u2028\ufffe\udfff"))))
def test_clean_text_survives_xml_json_utf8_and_newline_translation(text: str) -> None:
    cleaned = clean(text)
    assert cleaned.encode("utf-8").decode("utf-8") == cleaned
    assert json.loads(json.dumps(cleaned)) == cleaned
    escaped = cleaned.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert (ElementTree.fromstring(f"<t>{escaped}</t>").text or "") == cleaned  # noqa: S314 - our own text
    assert cleaned.splitlines() == cleaned.removesuffix("\n").split("\n") or not cleaned


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("\r\f\ufffe\ud800"))))
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@pytest.mark.parametrize(
    ("dirty", "cleaned"),
    [
        ("line\r\nline", "line \nline"),
        ("page\fpage", "page page"),
        ("safe\ufffeguarding", "safe\u00adguarding"),
        ("nul\x00bell\x07", "nul bell "),
        ("next\x85line\u2028sep\u2029", "next line sep "),
        ("lone\ud83dsurrogate", "lone\ufffdsurrogate"),
        ("none\uffffchar", "none char"),
        ("tab\tand\nnewline stay", "tab\tand\nnewline stay"),
        ("\uf0b7 private-use bullets stay", "\uf0b7 private-use bullets stay"),
        ("\U0001f600 stays", "\U0001f600 stays"),
        ("", ""),
    ],
)
def test_each_kind_of_character(dirty: str, cleaned: str) -> None:
    assert clean(dirty) == cleaned
