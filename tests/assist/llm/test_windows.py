"""A long document is put in windows that miss nothing, overlap, and begin where something begins."""

from __future__ import annotations

from itertools import pairwise

import pytest

from goldthread.assist.llm.windows import LETTERS_PER_TOKEN, tokens, windows
from tests.assist.llm.reports import document

CHAPTERS = "\n\n".join(
    f"{n}. CHAPTER {n}\n\n" + " ".join(f"Sentence {n}-{k} tells of a call that was not graded." for k in range(30))
    for n in range(1, 13)
)


@pytest.mark.parametrize("budget", [120, 400, 1_000])
def test_windows_cover_the_whole_text_within_the_budget_and_overlap(budget: int) -> None:
    read = document(CHAPTERS)
    made = windows(read, budget)
    assert made[0].start == 0
    assert made[-1].end == len(read.text.text)
    for window in made:
        assert tokens(read.text.text[window.start : window.end]) <= budget
    for one, following in pairwise(made):
        assert one.start < following.start <= one.end < following.end


def test_every_sentence_is_whole_in_some_window() -> None:
    read = document(CHAPTERS)
    made = windows(read, 400)
    for page in read.pages:
        for sentence in page.sentences:
            start, end = page.start + sentence.start, page.start + sentence.end
            assert any(window.start <= start and end <= window.end for window in made)


def test_a_window_ends_before_a_heading_where_one_is_near() -> None:
    read = document(CHAPTERS)
    made = windows(read, 700)
    ends = [read.text.text[window.end : window.end + 12] for window in made[:-1]]
    assert sum("CHAPTER" in end for end in ends) >= len(ends) // 2


def test_a_text_without_any_place_to_cut_is_cut_all_the_same() -> None:
    read = document("x" * 10_000)
    made = windows(read, 100)
    assert made[-1].end == len(read.text.text)
    assert all(window.end - window.start <= 100 * LETTERS_PER_TOKEN for window in made)


def test_a_short_text_is_one_window() -> None:
    assert len(windows(document("Officers came."), 100)) == 1
