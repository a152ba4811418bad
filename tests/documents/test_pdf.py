from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from goldthread.documents.model import Block, BlockKind, Page, ParsedDocument, Role
from goldthread.documents.pdf import PdfReader
from tests.documents.conftest import lines, pdf_of, text_pdf


def read(data: bytes) -> ParsedDocument:
    return PdfReader().read(data)


def said(page: Page, kind: BlockKind) -> list[str]:
    return [" ".join(page.text[b.start : b.end].split()) for b in page.blocks if b.kind is kind]


def block(page: Page, words: str) -> Block:
    (found,) = [b for b in page.blocks if words in page.text[b.start : b.end]]
    return found


BODY = [
    "The officers attended the address on three occasions that month and",
    "spoke to the mother each time. Nothing was recorded about the children",
    "and no referral followed.",
]


NOTES = [
    ["1 Working Together, 2015, chapter 4.", "Its second line."],
    ["2 Care Act 2014, section 44."],
    ["3 Interview with the lead reviewer.", "That line too."],
    ["4 Force policy, as revised."],
]


def report_page(number: int) -> object:
    def draw(canvas: Canvas) -> None:
        lines(canvas, ["Overview report: Family Q"], y=810, size=8)
        lines(canvas, [f"Page {number} of 4"], x=280, y=30, size=8)
        y = lines(canvas, [f"{number}. Analysis of practice"], size=16, font="Helvetica-Bold") - 8
        y = lines(canvas, BODY, y=y) - 10
        y = lines(canvas, ["• The first point is short.", "• The second point is short too."], y=y) - 10
        lines(canvas, ["Nobody asked why, and the review could not tell what was thought."], y=y)
        lines(canvas, NOTES[number - 1], y=80, size=7)

    return draw


@pytest.fixture(scope="module")
def report() -> ParsedDocument:
    return read(pdf_of(*(report_page(n) for n in range(1, 5)), title="Overview report: Family Q"))  # type: ignore[arg-type]


def test_text_is_pdfiums_own_with_line_ends_that_survive_newline_translation(report: ParsedDocument) -> None:
    data = text_pdf(["One line.", "Another line."])
    raw = pypdfium2.PdfDocument(data)[0].get_textpage().get_text_range()
    page = read(data).pages[0]
    assert page.text == raw.replace("\r\n", " \n") and len(page.text) == len(raw)
    assert report.reader.startswith("pdfium ")


def test_every_printed_line_stands_in_exactly_one_block(report: ParsedDocument) -> None:
    for page in report.pages:
        for line in page.lines:
            assert sum(b.start <= line.start and line.end <= b.end for b in page.blocks) == 1


def test_headers_footers_and_page_numbers_are_furniture(report: ParsedDocument) -> None:
    for page in report.pages:
        assert said(page, BlockKind.HEADER) == ["Overview report: Family Q"]
        assert said(page, BlockKind.PAGE_NUMBER) == [f"Page {page.number} of 4"]
        assert not any("Page" in page.text[s.start : s.end] for s in page.sentences)
        assert page.blocks[0].kind is BlockKind.HEADER and page.blocks[-1].kind is BlockKind.PAGE_NUMBER


def test_a_footnote_is_kept_together_and_read_after_the_body(report: ParsedDocument) -> None:
    page = report.pages[0]
    assert said(page, BlockKind.FOOTNOTE) == ["1 Working Together, 2015, chapter 4. Its second line."]
    kinds = [b.kind for b in page.blocks]
    assert kinds.index(BlockKind.FOOTNOTE) > kinds.index(BlockKind.LIST_ITEM)


def test_lines_join_into_paragraphs_and_bullets_stay_apart(report: ParsedDocument) -> None:
    page = report.pages[0]
    assert said(page, BlockKind.PARAGRAPH)[0] == " ".join(BODY)
    assert said(page, BlockKind.LIST_ITEM) == ["• The first point is short.", "• The second point is short too."]


def test_headings_open_sections_with_a_role(report: ParsedDocument) -> None:
    page = report.pages[2]
    assert said(page, BlockKind.HEADING) == ["3. Analysis of practice"]
    found = block(page, "Nobody asked")
    assert (found.section, found.role) == ("3. Analysis of practice", Role.ANALYSIS)


def test_the_title_is_the_metadata_when_the_pages_bear_it_out(report: ParsedDocument) -> None:
    assert report.title == "Overview report: Family Q"
    named = pdf_of(report_page(1), title="Microsoft Word - final v3 SENT.docx")  # type: ignore[arg-type]
    assert read(named).title == "1. Analysis of practice"


def test_boxes_stand_where_the_words_are_printed() -> None:
    page = read(text_pdf(["A first line of words", "A second one"])).pages[0]
    first, second = page.lines
    assert (page.width, page.height) == pytest.approx((A4[0], A4[1]), abs=0.1)
    assert first.box.left == pytest.approx(72, abs=1.5)
    assert first.box.top < 842 - 720 < first.box.bottom
    assert second.box.top - first.box.top == pytest.approx(14.3, abs=0.2)


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_boxes_of_a_turned_page_are_those_of_the_page_as_shown(turn: int) -> None:
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(text_pdf(["The police attended the address."]))) as pdf:
        pdf.pages[0].rotate(turn, relative=False)
        pdf.save(buffer)
    page = read(buffer.getvalue()).pages[0]
    picture = pypdfium2.PdfDocument(buffer.getvalue())[0].render(scale=1).to_numpy()[:, :, 0]
    dark = (picture < 128).nonzero()
    box = page.lines[0].box
    assert page.width > page.height if turn != 180 else page.width < page.height
    assert dark[1].min() >= box.left - 2 and dark[1].max() <= box.right + 2
    assert dark[0].min() >= box.top - 2 and dark[0].max() <= box.bottom + 2


def test_a_cropped_page_counts_from_its_visible_corner() -> None:
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(text_pdf(["The police attended."]))) as pdf:
        pdf.pages[0].cropbox = [50, 100, 500, 800]
        pdf.save(buffer)
    page = read(buffer.getvalue()).pages[0]
    assert (page.width, page.height) == (450, 700)
    assert page.lines[0].box.left == pytest.approx(22, abs=1.5)


def test_characters_beyond_the_basic_plane_keep_text_and_boxes_in_step() -> None:
    font = next(iter(Path("/usr/share/fonts").rglob("DejaVuSans.ttf")), None)
    if font is None:
        pytest.skip("needs DejaVuSans.ttf")
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    pdfmetrics.registerFont(TTFont("DejaVu", str(font)))

    def page_saying(words: str) -> Page:
        def draw(canvas: Canvas) -> None:
            lines(canvas, [words, "end"], font="DejaVu")

        buffer = io.BytesIO()
        with pikepdf.open(io.BytesIO(pdf_of(draw))) as pdf:
            for item in pdf.objects:
                if isinstance(item, pikepdf.Stream) and b"begincmap" in item.read_bytes():
                    # ReportLab writes five hexadecimal digits where the standard asks for a surrogate pair.
                    stream = item.read_bytes().replace(b"1D538", b"D835DD38").replace(b"1D539", b"D835DD39")
                    item.write(stream)
            pdf.save(buffer)
        return read(buffer.getvalue()).pages[0]

    page = page_saying("Sign \U0001d538\U0001d539 then words")
    assert page.text.split() == ["Sign", "\U0001d538\U0001d539", "then", "words", "end"]
    assert [page.text[line.start : line.end] for line in page.lines] == [
        "Sign \U0001d538\U0001d539 then words",
        "end",
    ]
    assert page.lines[1].box.left == pytest.approx(page.lines[0].box.left, abs=2)
    assert page.lines[1].box.right < 100 < page.lines[0].box.right


def picture(canvas: Canvas) -> None:
    canvas.drawImage(ImageReader(Image.new("RGB", (100, 140), "grey")), 20, 20, width=550, height=800)


def test_a_scanned_page_is_marked_and_said_to_need_ocr() -> None:
    def words(canvas: Canvas) -> None:
        lines(canvas, BODY)

    document = read(pdf_of(words, picture))  # type: ignore[arg-type]
    assert [page.scanned for page in document.pages] == [False, True]
    (problem,) = document.problems
    assert (problem.code, problem.page) == ("scanned_page", 2)
    assert "OCR" in problem.mend


def test_a_wholly_scanned_document_is_one_problem() -> None:
    document = read(pdf_of(picture, picture, picture))
    assert [problem.code for problem in document.problems] == ["no_text"]
    assert len(document.pages) == 3 and all(page.scanned for page in document.pages)


def ruled_table(canvas: Canvas) -> None:
    lines(canvas, BODY)
    for row, cells in enumerate([("Age", "Boys", "Girls"), ("Under one", "12", "9"), ("One to five", "4", "6")]):
        for column, text in enumerate(cells):
            lines(canvas, [text], x=76 + 150 * column, y=600 - 24 * row)
    canvas.grid([72, 222, 372, 522], [545, 569, 593, 617])


def test_a_ruled_table_is_one_block_and_its_cells_are_no_headings() -> None:
    page = read(pdf_of(ruled_table)).pages[0]
    assert said(page, BlockKind.TABLE) == ["Age Boys Girls Under one 12 9 One to five 4 6"]
    assert said(page, BlockKind.PARAGRAPH) == [" ".join(BODY)]


def test_columns_that_line_up_without_rules_are_a_table_too() -> None:
    def draw(canvas: Canvas) -> None:
        y = lines(canvas, BODY)
        for row, cells in enumerate([("Force", "Reviews"), ("Northshire", "12"), ("Southshire", "7")]):
            lines(canvas, [cells[0]], y=y - 40 - 15 * row)
            lines(canvas, [cells[1]], x=300, y=y - 40 - 15 * row)

    page = read(pdf_of(draw)).pages[0]
    assert said(page, BlockKind.TABLE) == ["Force Reviews Northshire 12 Southshire 7"]


def test_a_form_of_one_wide_column_is_read_as_text_not_as_a_table() -> None:
    def draw(canvas: Canvas) -> None:
        lines(canvas, ["4"], x=76, font="Helvetica-Bold")
        lines(canvas, ["CIRCUMSTANCES OF THE DEATH"], x=106, font="Helvetica-Bold")
        lines(canvas, BODY, x=106, y=690)
        canvas.grid([72, 100, 540], [600, 740])

    page = read(pdf_of(draw)).pages[0]
    assert said(page, BlockKind.TABLE) == []
    assert block(page, "officers").role is Role.CHRONOLOGY


def test_two_columns_are_read_one_after_the_other() -> None:
    left = [f"left column line {n} goes on and on" for n in range(12)]
    right = [f"right column line {n} goes on and on" for n in range(12)]

    def draw(canvas: Canvas) -> None:
        lines(canvas, right, x=320)
        lines(canvas, left, x=60)

    page = read(pdf_of(draw)).pages[0]
    words = " ".join(page.text[b.start : b.end] for b in page.blocks)
    assert words.index("left column line 11") < words.index("right column line 0")


def test_a_paragraph_over_a_page_break_is_a_block_on_each_page() -> None:
    document = read(text_pdf(BODY[:2], ["and so it went on for another year."]))
    assert [len(page.blocks) for page in document.pages] == [1, 1]
    first, second = document.pages
    assert second.start == len(first.text) + 1


def test_contents_lines_are_not_headings() -> None:
    listed = [f"{n}. Analysis of practice ................................ {n * 4}" for n in range(1, 6)]
    page = read(text_pdf(["Contents", *listed])).pages[0]
    assert said(page, BlockKind.HEADING) in ([], ["Contents"])


def test_all_real_reports_keep_every_promise(shared: Path) -> None:
    """Offsets equal PDFium's, every line is in a block, spans nest, and nothing raises."""
    from goldthread.documents.clean import clean

    for path in sorted((shared / "data/pdfs").glob("*.pdf"))[::9]:
        data = path.read_bytes()
        document = read(data)
        if not document.pages:
            continue
        source = pypdfium2.PdfDocument(data)
        for page, original in zip(document.pages, source, strict=True):
            text_page = original.get_textpage()
            assert page.text == clean(text_page.get_text_range()) and len(page.text) == max(
                0, text_page.count_chars()
            )
            for b in page.blocks:
                assert 0 <= b.start < b.end <= len(page.text) and page.text[b.start : b.end].strip()
            for s in page.sentences:
                assert page.blocks[s.block].start <= s.start < s.end <= page.blocks[s.block].end
            covered = sum(b.end - b.start for b in page.blocks)
            assert covered <= len(page.text)
            text_page.close()
            original.close()
        source.close()
