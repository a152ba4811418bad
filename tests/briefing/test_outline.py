from __future__ import annotations

from dataclasses import replace

from goldthread.analysis.table import Cell, Column, Row, Table
from goldthread.anchors import DocumentText, anchor
from goldthread.briefing.blocks import (
    Box,
    Briefing,
    EvidenceEntry,
    Heading,
    LiveFigure,
    Paragraph,
    Quote,
    TableBlock,
    Words,
)
from goldthread.briefing.formats.outline import Outline, is_words, leading, weights
from goldthread.briefing.formats.paper import bound
from goldthread.values import Basis, Unit

TEXT = DocumentText("D1", "0" * 64, 1, ("First page of words.", "Second page of words.", "Third page."))
OTHER = DocumentText("D2", "1" * 64, 1, ("Another document.",))
ONE, TWO, THREE = anchor(TEXT, 0, 5), anchor(TEXT, 21, 27), anchor(TEXT, 43, 48)
FOUR = anchor(OTHER, 0, 7)

TABLE = Table(
    id="T1",
    title="A table",
    unit=Unit.REVIEW,
    unit_label="reviews",
    basis=Basis.DRAFT,
    population=3,
    row_label="Row",
    columns=(Column("n", "Number", 3), Column("w", "In words")),
    rows=(Row("a", "A row", "value", (Cell("2 (67)", 2), Cell("some words about the row"))),),
    notes=(),
    state="",
)
BRIEFING = Briefing(
    title="T",
    subtitle="S",
    kind="practice",
    basis=Basis.DRAFT,
    language="en-GB",
    state="abc",
    made="2026-02-03",
    blocks=(
        Heading("One", 1, "one"),
        Box(
            "Box",
            (Paragraph((LiveFigure("2 reviews", "E1"),)), TableBlock(TABLE, "A table", "t1", {("a", "n"): "E2"})),
        ),
        Heading("Two", 2, "two"),
    ),
    evidence=(
        EvidenceEntry("E1", "two reviews", ("R2", "R1"), (THREE, ONE, FOUR)),
        EvidenceEntry("E2", "the same two", ("R2", "R1"), (THREE, ONE, FOUR)),
        EvidenceEntry("E3", "one page often", ("R1",), (ONE, TWO, TWO)),
        EvidenceEntry("E4", "nothing", (), ()),
        EvidenceEntry("E5", "no words", ("R3",), ()),
    ),
    citations={"R1": "SCR A", "R2": "SAR B"},
    file_names={"D1": "a.pdf", "D2": "b.pdf"},
    documents={"D1": "R1", "D2": "R2"},
)
OUTLINE = Outline(BRIEFING)


def test_what_is_inside_a_box_counts_as_part_of_the_text() -> None:
    assert [type(block).__name__ for block in OUTLINE.blocks] == [
        "Heading",
        "Box",
        "Paragraph",
        "TableBlock",
        "Heading",
    ]
    assert OUTLINE.numbers == {"t1": 1}
    assert OUTLINE.used == {"E1": "use-E1", "E2": "use-E2"}


def test_the_draft_line_is_there_until_the_basis_is_confirmed() -> None:
    assert OUTLINE.draft == "Draft: machine suggestions, not confirmed"
    assert Outline(replace(BRIEFING, basis=Basis.CONFIRMED)).draft == ""


def test_passages_are_numbered_once_by_review_and_place() -> None:
    assert OUTLINE.passages == {ONE: 1, TWO: 2, THREE: 3, FOUR: 4}
    assert OUTLINE.by_review == {"R1": (ONE, TWO, THREE), "R2": (FOUR,)}


def test_an_entry_in_print_names_reviews_with_pages() -> None:
    one, _, three, four, five = BRIEFING.evidence
    assert OUTLINE.behind(one) == "SAR B (1); SCR A (1, 3)"
    assert OUTLINE.behind(three) == "SCR A (1–2)"
    assert OUTLINE.behind(four) == "no reviews"
    assert OUTLINE.behind(five) == "R3"


def test_the_same_evidence_is_printed_once_and_referred_to() -> None:
    assert OUTLINE.repeats == {"E2": "E1"}
    assert OUTLINE.behind(BRIEFING.evidence[1]) == "as E1"


def test_pages_of_several_documents_say_which() -> None:
    assert OUTLINE.pages((ONE, TWO, FOUR)) == "a.pdf 1–2; b.pdf 1"
    assert OUTLINE.pages(()) == ""


def test_only_figures_that_are_printed_and_count_something_are_listed_in_print() -> None:
    assert OUTLINE.printed == {"E1", "E2"}
    figures = tuple(LiveFigure("n", f"E{n}") for n in (1, 3, 4))
    assert Outline(replace(BRIEFING, blocks=(Paragraph(figures),))).printed == {"E1", "E3"}


def test_nothing_printed_refers_to_an_entry_that_is_not() -> None:
    only_second = Outline(replace(BRIEFING, blocks=(Paragraph((LiveFigure("2 reviews", "E2"),)),)))
    assert only_second.repeats == {"E2": "E1"}
    assert only_second.behind(BRIEFING.evidence[1]) == "SAR B (1); SCR A (1, 3)"


def test_more_reviews_than_print_names_are_counted() -> None:
    most = bound("reviews")
    few, many = (tuple(f"R{n}" for n in range(1, size + 1)) for size in (most, most + 1))
    assert OUTLINE.behind(EvidenceEntry("E6", "few", few, ())).startswith("SCR A; SAR B; R3; ")
    assert OUTLINE.behind(EvidenceEntry("E7", "many", many, ())) == "21 reviews, listed in the HTML edition"
    with_words = EvidenceEntry("E8", "many", many, (ONE, ONE, FOUR))
    assert OUTLINE.behind(with_words) == "21 reviews, 2 passages, listed in the HTML edition"


def test_of_very_many_pages_the_first_are_named() -> None:
    text = DocumentText("D1", "0" * 64, 1, tuple("A page." for _ in range(60)))
    every_other = [anchor(text, start, start + 6) for start in text.page_starts[::2]]
    assert OUTLINE.pages(every_other) == "1, 3, 5, 7, 9, 11, 13, 15 and 22 more"


def test_a_line_that_introduces_stays_with_what_it_introduces() -> None:
    head, line, quote = Heading("One", 1, "one"), Paragraph(()), Quote(ONE, "SCR A", "a.pdf", "E1")
    assert leading((head, line, quote, line, line, head)) == (False, True, False, False, False, False)
    assert leading((head, line, head)) == (False, True, False)
    assert leading((head, line, line, line, quote)) == (False, True, True, True, False)
    text = Paragraph((Words("Word " * 60),))
    assert leading((head, text, line, line)) == (False, False, False, False)
    assert leading(()) == ()


def test_columns_of_words_are_told_from_columns_of_figures() -> None:
    assert [is_words(TABLE, place) for place in (0, 1)] == [False, True]


def test_a_column_is_never_narrower_than_its_longest_word() -> None:
    first, number, words = weights(TABLE)
    assert number >= len("Number") and words >= len("some words about the row") and first >= 14
