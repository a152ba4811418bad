from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldthread.extraction.folding import folded, lowered, whole_words


@given(st.text(alphabet=st.sampled_from("aB\n\r\t\f\u00ad\u2019\u201cİß é-"), max_size=60))
def test_folding_keeps_the_length_of_any_text(text: str) -> None:
    assert len(folded(text)) == len(text)
    assert len(lowered(folded(text))) == len(text)


def test_line_ends_quotes_and_hyphens_become_even() -> None:
    assert folded("the officer’s\r\n“log” non\u2011fatal") == 'the officer\'s  "log" non-fatal'


@pytest.mark.parametrize("broken", ["infor\u00ad\r\nmation was", "infor\u00ad\nmation was", "infor\u00admation was"])
def test_a_word_broken_at_a_line_end_is_closed_up_and_its_span_widens_to_the_whole(broken: str) -> None:
    even = folded(broken)
    assert even.startswith("information")
    start, end = whole_words(broken, 0, len("information"))
    assert broken[start:end].replace("\u00ad", "").replace("\r", "").replace("\n", "") == "information"


def test_a_span_inside_a_word_widens_to_it_and_one_around_words_stays() -> None:
    assert whole_words("aged 34 years", 1, 6) == (0, 7)
    assert whole_words("aged 34 years", 5, 7) == (5, 7)
