"""Anchors hold exactly, and break loudly."""

from __future__ import annotations

import pickle
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from goldthread.anchors import CONTEXT, Anchor, DocumentText, anchor, refind, verify
from goldthread.errors import BrokenAnchor

PAGES = ("Officers attended at once.\nThe risk was not graded.", "", "No referral was made.")
DOCUMENT = DocumentText("D00001", "a" * 64, 1, PAGES)


def test_the_pages_are_joined_by_one_form_feed() -> None:
    assert DOCUMENT.text == "\f".join(PAGES)
    assert DOCUMENT.page_starts == (0, len(PAGES[0]) + 1, len(PAGES[0]) + 2)


def test_an_anchor_quotes_the_text_exactly_and_knows_its_page() -> None:
    start = DOCUMENT.text.index("No referral")
    found = anchor(DOCUMENT, start, start + len("No referral"))
    assert found.quote == "No referral"
    assert found.page == 3
    assert DOCUMENT.text[found.start : found.end] == found.quote
    assert found.after == " was made."
    verify(found, DOCUMENT)


def test_blank_edges_are_left_out_of_the_quote() -> None:
    start = DOCUMENT.text.index("\nThe risk")
    found = anchor(DOCUMENT, start, start + len("\nThe risk "))
    assert found.quote == "The risk"
    assert found.start == start + 1


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (5, 5), (7, 2), (0, 10_000)])
def test_a_span_outside_the_text_is_refused(start: int, end: int) -> None:
    with pytest.raises(BrokenAnchor, match="outside"):
        anchor(DOCUMENT, start, end)


def test_a_blank_span_is_refused() -> None:
    at = DOCUMENT.text.index("\f")
    with pytest.raises(BrokenAnchor, match="blank"):
        anchor(DOCUMENT, at, at + 1)


def test_one_altered_letter_of_the_quote_breaks_the_anchor() -> None:
    found = anchor(DOCUMENT, 0, len("Officers attended"))
    altered = replace(DOCUMENT, pages=(PAGES[0].replace("attended", "attende4"), *PAGES[1:]))
    with pytest.raises(BrokenAnchor, match="no longer reads as quoted"):
        verify(found, altered)


def test_one_altered_letter_beside_the_quote_breaks_the_anchor() -> None:
    start = DOCUMENT.text.index("risk")
    found = anchor(DOCUMENT, start, start + 4)
    for old, new, message in (("The risk", "Tha risk", "before"), ("graded", "gradad", "after")):
        altered = replace(DOCUMENT, pages=(PAGES[0].replace(old, new), *PAGES[1:]))
        with pytest.raises(BrokenAnchor, match=message):
            verify(found, altered)


def test_an_anchor_holds_only_in_its_own_document_and_version() -> None:
    found = anchor(DOCUMENT, 0, 8)
    for other in (replace(DOCUMENT, version=2), replace(DOCUMENT, sha256="b" * 64)):
        with pytest.raises(BrokenAnchor, match="another document"):
            verify(found, other)


def test_a_wrong_page_number_is_noticed() -> None:
    found = replace(anchor(DOCUMENT, 0, 8), page=2)
    with pytest.raises(BrokenAnchor, match="not on the page"):
        verify(found, DOCUMENT)


def test_a_broken_anchor_says_where_and_what_to_do_also_after_crossing_a_process() -> None:
    found = replace(anchor(DOCUMENT, 0, 8), quote="Officer!")
    with pytest.raises(BrokenAnchor) as caught:
        verify(found, DOCUMENT)
    carried = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 - made here
    assert isinstance(carried, BrokenAnchor)
    assert "D00001, page 1, 0–8" in str(carried)
    assert "goldthread verify" in carried.mend


PAGE = st.text(alphabet="aé \n\u00ad\ue000😀b.", max_size=60)


@given(st.lists(PAGE, min_size=1, max_size=5), st.integers(0, 300), st.integers(1, 80))
def test_every_anchor_of_any_text_verifies_and_counts_code_points(pages: list[str], start: int, length: int) -> None:
    document = DocumentText("D1", "c" * 64, 1, tuple(pages))
    end = start + length
    assume(end <= len(document.text) and document.text[start:end].strip())
    found: Anchor = anchor(document, start, end)
    verify(found, document)
    assert found.quote == document.text[found.start : found.end]
    assert found.quote == found.quote.strip()
    assert document.text.count("\f", 0, found.start) == found.page - 1
    assert len(found.before) <= CONTEXT


def _quoted(document: DocumentText, words: str) -> Anchor:
    start = document.text.index(words)
    return anchor(document, start, start + len(words))


def test_words_are_found_again_where_a_new_version_has_moved_and_rewrapped_them() -> None:
    found = _quoted(DOCUMENT, "The risk was not graded")
    new = DocumentText("D00001", "b" * 64, 2, ("A foreword.", "Officers came.\nThe risk\nwas  not graded. More."))
    moved = refind(found, new)
    assert moved is not None
    verify(moved, new)
    assert moved.quote == "The risk\nwas  not graded"
    assert (moved.page, moved.version) == (2, 2)


def test_words_that_are_gone_are_not_found_again() -> None:
    new = DocumentText("D00001", "b" * 64, 2, ("The risk was graded.",))
    assert refind(_quoted(DOCUMENT, "The risk was not graded"), new) is None


def test_among_equal_words_the_surroundings_decide() -> None:
    old = DocumentText("D1", "a" * 64, 1, ("On Monday police attended. On Friday police attended.",))
    start = old.text.index("police", 30)
    found = anchor(old, start, start + len("police attended"))
    new = DocumentText("D1", "b" * 64, 2, ("Now. On Monday police attended. On Friday police attended. End.",))
    moved = refind(found, new)
    assert moved is not None
    assert new.text[: moved.start].endswith("On Friday ")


def test_words_that_cannot_be_told_apart_are_not_guessed() -> None:
    old = DocumentText("D1", "a" * 64, 1, ("police attended",))
    new = DocumentText("D1", "b" * 64, 2, ("police attended. police attended.",))
    assert refind(_quoted(old, "police"), new) is None
