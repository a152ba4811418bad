"""No text makes the audit raise, quote what is not there, or take long."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.audit.conftest import audited

FIGURES = "12 (30.0)|1,204|n=40|(n=0)|0 of 0 (0%)|16 (25%) of the 45|<1%|half (0 of 0)|two thirds (45%)|12/05/2019"
WORDS = "Table 1:|Total|5 cases (2 boys and 2 girls)|10 deaths:|- 4 others|one hundred and|of whom|Of 9,|é|²"
SIGNS = [*"\t\n\f |-–%*.;()\u00ad", "\n\n", "**", "<b>"]
PIECES = [*FIGURES.split("|"), *WORDS.split("|"), *SIGNS]


@settings(deadline=None, max_examples=300)
@given(st.lists(st.sampled_from(PIECES), max_size=60))
def test_no_arrangement_of_figures_raises_or_misquotes(pieces: list[str]) -> None:
    text = "".join(pieces)

    for found in audited(text + "x").findings:
        assert (text + "x")[found.at.start : found.at.end] == found.at.quote


@pytest.mark.parametrize(
    "text",
    [
        "1 " * 25_000,
        "12 (30) " * 8_000,
        "of 10 of " * 8_000,
        "a " * 25_000 + "5%",
        "(" * 12_000 + "5%",
        "5 cases (" + "2 boys, " * 5_000,
        "10 things: " + "2 of which were, " * 5_000,
        "Of 9 " + "word " * 12_000 + ", 3 (33%)",
        "Table 1: x\n" + "a\t1\t2\n" * 5_000,
        "one hundred and " * 5_000,
    ],
    ids=range(10),
)
def test_no_text_takes_long(text: str) -> None:
    began = time.process_time()
    audited(text)

    assert time.process_time() - began < 5
