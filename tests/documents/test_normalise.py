from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldthread.documents.normalise import normalise, vocabulary


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("the  police \ncame", "the police came"),
        ("pro\u00ad \ngramme", "programme"),
        ("multi-\nagency", "multi-agency"),
        ("honour\u00ad \nbased and honour-based", "honour-based and honour-based"),
        ("safe-\nguarding and safeguarding", "safeguarding and safeguarding"),
        ("business-as\u00adusual", "business-as-usual"),
        ("the coroner’s “view”", 'the coroner\'s "view"'),
        ("ﬁnd the oﬃcer", "find the officer"),
        ("non‑breaking\u00a0space", "non-breaking space"),
        ("zero\u200bwidth", "zerowidth"),
        ("3–4 and — dashes stay", "3–4 and — dashes stay"),
        ("range 5-\n10", "range 5-10"),
        ("", ""),
    ],
)
def test_text_reads_as_a_person_would_read_it(text: str, reading: str) -> None:
    assert normalise(text).text == reading


def test_the_vocabulary_of_the_document_decides_about_a_hyphen() -> None:
    words = vocabulary(["The co-ordinator coordinated.", "A re-referral."])
    assert normalise("re\u00ad\nreferral", words).text == "re-referral"
    assert normalise("re\u00ad\nreferral", Counter({"rereferral": 3})).text == "rereferral"


@given(st.text(alphabet="ab -\u00ad\n’ﬁ\u200b\u00a0", max_size=80))
def test_every_span_leads_back_to_the_stored_words(text: str) -> None:
    reading = normalise(text)
    assert len(reading.offsets) == len(reading.text) + 1
    assert reading.offsets[-1] == len(text)
    for at in range(len(reading.text)):
        start, end = reading.to_original(at, at + 1)
        assert 0 <= start < end <= len(text)
        if reading.text[at] in "ab":
            assert text[start:end] == reading.text[at]
    assert list(reading.offsets) == sorted(reading.offsets)


def test_a_phrase_found_over_a_line_end_is_quoted_as_stored() -> None:
    text = "There was no safe\u00ad \nguarding   \nreferral made."
    reading = normalise(text)
    at = reading.text.index("safeguarding referral")
    start, end = reading.to_original(at, at + len("safeguarding referral"))
    assert text[start:end] == "safe\u00ad \nguarding   \nreferral"
    assert reading.from_original(start) == at
