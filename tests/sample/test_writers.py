"""The same report as PDF, Word and web page: nothing lost, nothing run as markup."""

from __future__ import annotations

import io
import zipfile

import pikepdf
import pypdfium2
import pytest
from docx import Document
from lxml import etree
from selectolax.lexbor import LexborHTMLParser

from goldthread.sample.case import case_of
from goldthread.sample.pdf import pdf
from goldthread.sample.report import FICTIONAL, Bullets, Grid, Heading, Paragraph, Report
from goldthread.sample.web import html
from goldthread.sample.word import docx
from goldthread.sample.writing import Writer

AWKWARD = "#let x = 1 *bold* _it_ $m$ @ref <b>tag</b> & “quoted” {{ slot }} \\ end"


def awkward(house: str = "board") -> Report:
    parts = (
        Heading(AWKWARD, "1"),
        Paragraph(AWKWARD, "1.1", note=AWKWARD),
        Bullets((AWKWARD,)),
        Grid(AWKWARD, ("A", "B"), ((AWKWARD, "1"),), (3, 1)),
    )
    return Report(AWKWARD, "Review", "Board", "Author", "1 July 2019", house, "Area", parts)


def squeezed(text: str) -> str:
    return "".join(text.split()).replace("\ufffe", "").replace("\u00ad", "")


@pytest.mark.parametrize("house", ["board", "council", "plain"])
def test_words_that_look_like_markup_are_words_in_a_pdf(house: str) -> None:
    document = pypdfium2.PdfDocument(pdf(awkward(house)))
    text = squeezed("".join(page.get_textpage().get_text_range() for page in document))
    # heading and caption of the plain house are in capitals; paragraph, note, bullet, cell and title page are not
    assert text.count(squeezed(AWKWARD)) >= 5


def test_words_that_look_like_markup_are_words_on_a_web_page() -> None:
    page = LexborHTMLParser(html(awkward()))
    assert page.css("b") == []
    assert page.text().count(AWKWARD) >= 6


def test_words_that_look_like_markup_are_words_in_a_document() -> None:
    data = docx(awkward())
    document = Document(io.BytesIO(data))
    assert sum(AWKWARD in paragraph.text for paragraph in document.paragraphs) >= 3
    assert AWKWARD in footnotes(data)


def footnotes(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        root = etree.fromstring(package.read("word/footnotes.xml"))
    return "".join(root.itertext())


def test_footnotes_of_a_document_are_referred_to_once_each() -> None:
    report = Writer(case_of(1, 2)).write()
    data = docx(report)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        body = package.read("word/document.xml").decode()
    notes = [part.note for part in report.parts if isinstance(part, Paragraph) and part.note]
    assert notes
    assert body.count("<w:footnoteReference ") == len(notes)
    assert all(note in footnotes(data) for note in notes)


def test_a_document_has_real_styles_and_the_mark_on_every_page() -> None:
    document = Document(io.BytesIO(docx(Writer(case_of(1, 2)).write())))
    styles = {paragraph.style.name for paragraph in document.paragraphs}
    assert {"Title", "Heading 1", "List Bullet", "Caption"} <= styles
    assert [section.header.paragraphs[0].text for section in document.sections] == [FICTIONAL]


def test_a_pdf_is_tagged_and_has_a_title_and_a_language() -> None:
    with pikepdf.open(io.BytesIO(pdf(Writer(case_of(1, 0)).write()))) as document:
        assert document.Root.MarkInfo.Marked
        assert str(document.Root.Lang) == "en-GB"
        assert "Domestic Homicide Review" in str(document.docinfo.Title)


def test_a_two_column_house_sets_two_columns() -> None:
    document = pypdfium2.PdfDocument(pdf(Writer(case_of(1, 1)).write()))
    page = document[7].get_textpage()
    lefts = [page.get_rect(n)[0] for n in range(page.count_rects())]
    middle = document[7].get_width() / 2
    assert sum(left > middle for left in lefts) > 10
    assert sum(left < middle - 60 for left in lefts) > 10


def test_lines_are_hyphenated_at_their_ends_as_in_published_reports() -> None:
    document = pypdfium2.PdfDocument(pdf(Writer(case_of(1, 1)).write()))
    assert "\ufffe" in "".join(page.get_textpage().get_text_range() for page in document)


def test_a_web_page_fetches_nothing() -> None:
    page = LexborHTMLParser(html(Writer(case_of(1, 4)).write()))
    assert page.css("script, link, img, iframe") == []
    assert all(link.attributes["href"].startswith("#") for link in page.css("a"))
    assert page.text().count(FICTIONAL) == 2
    targets = {node.attributes["id"] for node in page.css("[id]")}
    assert {link.attributes["href"][1:] for link in page.css("a")} <= targets
