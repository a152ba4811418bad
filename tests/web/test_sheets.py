"""Marks on a page: lanes of the margin and text cut where marks begin and end."""

from __future__ import annotations

from goldthread.documents.model import Block, BlockKind, Page
from goldthread.web.sheets import Mark, lanes, paragraphs, stretched


def mark(start: int, end: int, kind: str = "episode a") -> Mark:
    return Mark(kind, f"{start}-{end}", start, end, "")


def test_marks_that_share_words_have_lanes_of_their_own_and_others_the_first() -> None:
    marks = [mark(0, 50), mark(10, 30), mark(20, 60), mark(60, 70), mark(35, 40), mark(5, 9, "value b")]
    assert lanes(marks, "episode") == (0, 1, 2, 0, 1, 0)


def test_text_is_cut_at_every_edge_and_the_longest_mark_comes_first() -> None:
    page = Page(1, 0, "abcdefghij", 1.0, 1.0, (Block(BlockKind.PARAGRAPH, 0, 10),), ())
    long, short = mark(0, 8), mark(2, 4)
    (paragraph,) = paragraphs(page, [short, long])
    assert [(piece.text, piece.marks) for piece in paragraph.pieces] == [
        ("ab", (long,)),
        ("cd", (long, short)),
        ("efgh", (long,)),
        ("ij", ()),
    ]


def test_a_page_without_words_has_none_to_stretch() -> None:
    assert list(stretched((), "")) == []
