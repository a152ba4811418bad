"""The pure layers, on shapes written by hand."""

from __future__ import annotations

import pytest

from goldthread.documents.furniture import furniture
from goldthread.documents.headings import Style, heading_style, levels
from goldthread.documents.language import language_of
from goldthread.documents.markers import ends_sentence, is_caption, is_contents_line, marker, page_number
from goldthread.documents.model import BlockKind, Box, Role
from goldthread.documents.order import reading_order
from goldthread.documents.paragraphs import Measure, measure
from goldthread.documents.rules import grids
from goldthread.documents.sections import Sections, is_known_heading, role_of
from goldthread.documents.shapes import Piece, RawPage, Shape
from goldthread.documents.title import title_of

BODY = Measure(10.0, 1.2, False)


def page(*placed: tuple[str, float, float], size: float = 10.0) -> RawPage:
    """A page of 600 × 800 points from (words, left, top)."""
    text, shapes = "", []
    for words, left, top in placed:
        start = len(text)
        text += words + " \n"
        shapes.append(Shape(start, start + len(words), left, top, left + 5 * len(words), top + size, size))
    return RawPage(text, 600, 800, tuple(shapes))


def kinds(pages: list[RawPage]) -> list[tuple[str, str]]:
    return [
        (kind.value, pages[index].text[pages[index].shapes[at].start : pages[index].shapes[at].end])
        for (index, at), kind in sorted(furniture(pages).items())
    ]


def test_what_stands_at_the_same_height_on_other_pages_is_furniture() -> None:
    pages = [
        page(("Annual review 2019", 50, 30), ("Body of page", 50, 400), (f"Page {n}", 280, 770)) for n in range(1, 9)
    ]
    assert kinds(pages)[:2] == [("header", "Annual review 2019"), ("page_number", "Page 1")]
    assert len(kinds(pages)) == 16


def test_a_footnote_with_its_own_number_is_not_a_footer_though_its_words_repeat() -> None:
    pages = [
        page(("Body", 50, 400), (f"{3 * n * n + 20} Ibid, as cited", 50, 750), (str(n), 300, 780))
        for n in range(1, 9)
    ]
    assert {kind for kind, _ in kinds(pages)} == {"page_number"}


def test_a_footer_that_begins_with_the_page_number_is_a_footer() -> None:
    pages = [page(("Body", 50, 400), (f"{n} Inspection of a county", 50, 770)) for n in range(3, 11)]
    assert {kind for kind, _ in kinds(pages)} == {"footer"}


def test_headers_that_alternate_are_both_found() -> None:
    pages = [page((("Left page", "Right page")[n % 2], 50, 30), ("Body", 50, 400)) for n in range(12)]
    assert len(kinds(pages)) == 12


def test_a_single_page_has_no_header() -> None:
    assert kinds([page(("A letterhead", 50, 30), ("Body", 50, 400))]) == []


def rule(left: float, top: float, right: float, bottom: float) -> Box:
    return Box(left, top, right, bottom)


def grid(columns: list[float], rows: list[float]) -> list[Box]:
    upright = [rule(x - 0.2, rows[0], x + 0.2, rows[-1]) for x in columns]
    return upright + [rule(columns[0], y - 0.2, columns[-1], y + 0.2) for y in rows]


def test_a_grid_is_found_even_when_drawn_cell_by_cell() -> None:
    whole = grid([50, 250, 450], [100, 130, 160])
    assert [tuple(round(edge) for edge in box) for box in grids(whole)] == [(50, 100, 450, 160)]
    cells = [rule(x, y, x + 200, y + 30) for x in (50, 250) for y in (100, 130)]
    assert [tuple(round(edge) for edge in box) for box in grids(cells)] == [(50, 100, 450, 160)]


@pytest.mark.parametrize(
    "drawn",
    [
        [],
        grid([50, 450], [100, 400]),
        grid([50, 80, 550], [100, 200, 700]),
        [rule(50, 90, 550, 91), rule(50, 700, 550, 701), rule(50, 710, 550, 711), rule(50, 720, 550, 721)],
    ],
    ids=["nothing", "a frame", "a form with one wide column", "lines across the page"],
)
def test_frames_forms_and_single_lines_are_no_grids(drawn: list[Box]) -> None:
    assert grids(drawn) == ()


def test_two_grids_on_a_page_stay_two() -> None:
    assert len(grids(grid([50, 250, 450], [100, 130]) + grid([50, 250, 450], [300, 330, 360]))) == 2


def style(
    text: str, size: float = 10.0, *, bold: bool = False, italic: bool = False, apart: bool = True
) -> Style | None:
    return heading_style(text, size, bold=bold, italic=italic, lines=1, body=BODY, apart=apart)


@pytest.mark.parametrize("words", ["Recommendations", "CORONER’S CONCERNS", "5 MATTERS OF CONCERN", "3. Findings:"])
def test_words_alone_can_make_a_heading(words: str) -> None:
    assert style(words)


def test_size_weight_and_slope_make_a_heading() -> None:
    assert style("What the review found", 14.0)
    assert style("What the review found", bold=True)
    assert style("Management oversight", italic=True)
    assert not style("What the review found")


@pytest.mark.parametrize(
    "words",
    [
        "12 July 2024",
        "which was not done",
        "Dear Partnership",
        "• Police",
        "the end of it,",
        "1234",
        "www.example.org",
        "",
    ],
)
def test_other_bold_lines_are_no_headings(words: str) -> None:
    assert style(words, bold=True) is None


def test_a_bold_sentence_is_no_heading_but_a_numbered_one_is() -> None:
    assert style("Police must do better.", bold=True) is None
    assert style("1.5 What the hearing is.", bold=True)


def test_larger_then_bold_then_capitals_stand_higher() -> None:
    big, bold, caps = Style(16, True, False), Style(10, True, False), Style(10, False, True)
    assert levels([caps, bold, big, bold]) == {big: 1, bold: 2, caps: 3}
    assert max(levels(Style(float(size), True, False) for size in range(10, 40)).values()) == 6


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("CORONER'S CONCERNS", Role.CONCERNS),
        ("5 CORONER’S CONCERNS", Role.CONCERNS),
        ("MATTERS OF CONCERN", Role.CONCERNS),
        ("ACTION SHOULD BE TAKEN", Role.CONCERNS),
        ("CIRCUMSTANCES OF THE DEATH", Role.CHRONOLOGY),
        ("INVESTIGATION AND INQUEST", Role.INVESTIGATION),
        ("Findings and recommendations", Role.RECOMMENDATIONS),
        ("Section 3: Terms of reference", Role.METHOD),
        ("Family composition", Role.FAMILY),
        ("4.2 Lessons learned", Role.LEARNING),
        ("What needs to improve?", Role.FINDINGS),
        ("Key strengths", Role.GOOD_PRACTICE),
        ("Appendix 2", Role.APPENDIX),
        ("Abuse and neglect of children in the family environment in Derby", None),
        ("Barnsley", None),
    ],
)
def test_a_headings_words_tell_its_sections_role(heading: str, role: Role | None) -> None:
    assert role_of(heading) is role


def test_a_subsection_has_its_parents_role_until_the_parent_closes() -> None:
    sections = Sections(front=True)
    assert sections.place(BlockKind.PARAGRAPH, 0, "") == (Role.FRONT, "")
    assert sections.place(BlockKind.HEADING, 1, "Recommendations")[0] is Role.RECOMMENDATIONS
    assert sections.place(BlockKind.HEADING, 2, "Northshire Police") == (Role.RECOMMENDATIONS, "Northshire Police")
    assert sections.place(BlockKind.HEADING, 1, "Northshire") == (Role.OTHER, "Northshire")


def test_known_headings_are_whole_lines() -> None:
    assert is_known_heading("3. Recommendations") and is_known_heading("Section 2: Chronology")
    assert not is_known_heading("Recommendations were made to the board")


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("• a", "bullet"),
        ("\uf0b7a", "bullet"),
        ("- a", "bullet"),
        ("3.12 a", "deep"),
        ("12. a", "single"),
        ("13.The", "single"),
        ("(iv) a", "single"),
        ("b) a", "letter"),
    ],
)
def test_markers_are_told_apart(text: str, group: str) -> None:
    found = marker(text)
    assert found and found[group]


@pytest.mark.parametrize("text", ["2019 was", "3.5million", "-5 degrees", "Mr. Smith", "e.g. this"])
def test_ordinary_beginnings_are_no_markers(text: str) -> None:
    assert marker(text) is None


def test_captions_contents_and_page_numbers() -> None:
    assert (
        is_caption("Table 3: Ages") and is_caption("Figure 2") and not is_caption("Table 3 shows that most were boys")
    )
    assert is_contents_line("Analysis ........ 12") and not is_contents_line("He waited... and left")
    assert [page_number(text) for text in ("12", "Page 3 of 9", "iv", "- 7 -", "Page")] == ["12", "3", "iv", "7", ""]
    assert ends_sentence("so it was.”") and ends_sentence("harm.12") and not ends_sentence("on the")


def test_the_bodys_measure_is_what_most_letters_are_set_in() -> None:
    body = page(*[("a line of ordinary words in the body of a report", 50, 100 + 14 * n) for n in range(9)])
    assert measure([page(("TITLE", 50, 50), size=24.0), body])[:2] == (10.0, pytest.approx(1.4))
    assert measure([]).size > 0


def piece(kind: BlockKind, start: int, *box: float) -> Piece:
    return Piece(kind, start, start + 5, 0, box)  # type: ignore[arg-type]


def test_the_order_of_the_file_is_kept_where_it_makes_sense() -> None:
    pieces = [piece(BlockKind.PARAGRAPH, 0, 50, 100, 280, 300), piece(BlockKind.PARAGRAPH, 9, 320, 100, 550, 300)]
    assert reading_order(pieces, page()) == pieces


def test_a_jumbled_page_is_read_down_each_column() -> None:
    right, left = piece(BlockKind.PARAGRAPH, 0, 320, 100, 550, 300), piece(BlockKind.PARAGRAPH, 9, 50, 100, 280, 300)
    top, foot = piece(BlockKind.HEADING, 20, 50, 40, 550, 60), piece(BlockKind.FOOTER, 30, 50, 780, 99, 790)
    assert reading_order([foot, right, left, top], page()) == [top, left, right, foot]


def test_a_title_comes_from_the_metadata_only_when_the_pages_say_it() -> None:
    raw = [page(("Review of Family Q", 50, 50), ("Body words here", 50, 100))]
    pieces = [[Piece(BlockKind.HEADING, 0, 18, 1), Piece(BlockKind.PARAGRAPH, 20, 35)]]
    assert title_of("Family Q Review", raw, pieces) == "Family Q Review"
    for poor in ("", "final.docx", "Microsoft Word - x", "Untitled", "PowerPoint Presentation", "SCR_final_v3"):
        assert title_of(poor, raw, pieces) == "Review of Family Q"
    assert title_of("Minutes of a meeting", [page()], [[]]) == "Minutes of a meeting"


def test_a_bare_name_takes_the_heading_under_it_into_the_title() -> None:
    raw = [page(("Northshire", 50, 50), ("Inspection of services", 50, 80))]
    box = (50.0, 50.0, 100.0, 60.0)
    pieces = [[Piece(BlockKind.HEADING, 0, 10, 1, box), Piece(BlockKind.HEADING, 12, 34, 3, box)]]
    assert title_of("", raw, pieces) == "Northshire: Inspection of services"


def test_the_language_is_told_by_little_words() -> None:
    assert (
        language_of(
            ["The police came to the house and spoke with the mother in that year, and it was not recorded. " * 2]
        )
        == "en"
    )
    welsh = "Mae'r adolygiad hwn yn ystyried y gwasanaethau a oedd yn y sir ac yn gweithio gyda'r teulu ac mae wedi. "
    assert language_of([welsh * 2]) == "cy"
    assert language_of(["12 7 9"]) == ""
