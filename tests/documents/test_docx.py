from __future__ import annotations

import io

import docx
import pytest

from goldthread.documents.docx import DocxReader
from goldthread.documents.model import BlockKind, ParsedDocument, Role
from goldthread.documents.read import read
from tests.documents.conftest import W, docx_of, p

STYLES = f"""<w:styles xmlns:w="{W}">
<w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/></w:style>
<w:style w:type="paragraph" w:styleId="Ours"><w:name w:val="Board heading"/><w:basedOn w:val="Heading2"/></w:style>
<w:style w:type="paragraph" w:styleId="Outline"><w:name w:val="O"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="List"><w:name w:val="Dots"/><w:pPr><w:numPr/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="A"><w:name w:val="a"/><w:basedOn w:val="B"/></w:style>
<w:style w:type="paragraph" w:styleId="B"><w:name w:val="b"/><w:basedOn w:val="A"/></w:style>
</w:styles>"""
NOTES = f"""<w:footnotes xmlns:w="{W}">
<w:footnote w:id="-1" w:type="separator"><w:p/></w:footnote>
<w:footnote w:id="5"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t>Working Together 2015.</w:t></w:r></w:p></w:footnote>
</w:footnotes>"""


def blocks(document: ParsedDocument) -> list[tuple[str, str]]:
    return [(b.kind.value, page.text[b.start : b.end]) for page in document.pages for b in page.blocks]


def body(xml: str, **parts: str) -> list[tuple[str, str]]:
    extra = {f"word/{name}.xml": text for name, text in parts.items()}
    document = read(docx_of(xml, extra), "a.docx")
    assert not document.problems, document.problems
    return blocks(document)


def test_headings_lists_and_tables_made_with_a_word_processor_are_found() -> None:
    made = docx.Document()
    made.core_properties.title = "Overview report: Family Q"
    made.add_heading("Overview report: Family Q", 0)
    made.add_heading("Chronology", 1)
    made.add_paragraph("The police attended. They left.")
    made.add_paragraph("A point", style="List Bullet")
    table = made.add_table(2, 2)
    for cell, text in zip([c for row in table.rows for c in row.cells], ["Age", "Sex", "4", "girl"], strict=True):
        cell.text = text
    buffer = io.BytesIO()
    made.save(buffer)
    document = read(buffer.getvalue(), "a.docx")
    assert document.title == "Overview report: Family Q"
    assert blocks(document) == [
        ("heading", "Overview report: Family Q"),
        ("heading", "Chronology"),
        ("paragraph", "The police attended. They left."),
        ("list_item", "A point"),
        ("table", "Age\tSex\n4\tgirl"),
    ]
    assert document.pages[0].blocks[2].role is Role.CHRONOLOGY
    assert [document.pages[0].text[s.start : s.end] for s in document.pages[0].sentences][2:4] == [
        "The police attended.",
        "They left.",
    ]


def test_heading_styles_may_be_inherited_and_circles_do_no_harm() -> None:
    document = read(
        docx_of(
            p("One", "Ours") + p("Two", "Outline") + p("dot", "List") + p("Circle.", "A"), {"word/styles.xml": STYLES}
        ),
        "a.docx",
    )
    assert [(b.kind.value, b.level) for b in document.pages[0].blocks] == [
        ("heading", 2),
        ("heading", 3),
        ("list_item", 0),
        ("paragraph", 0),
    ]


def test_insertions_are_read_and_deletions_are_not() -> None:
    xml = (
        "<w:p><w:r><w:t>Police </w:t></w:r><w:ins><w:r><w:t>twice </w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>never </w:delText></w:r></w:del>"
        "<w:moveFrom><w:r><w:t>moved </w:t></w:r></w:moveFrom><w:r><w:t>came.</w:t></w:r></w:p>"
    )
    assert body(xml) == [("paragraph", "Police twice came.")]


def test_a_footnote_stands_at_the_foot_of_the_page_that_cites_it() -> None:
    cited = '<w:p><w:r><w:t>Known.</w:t></w:r><w:r><w:footnoteReference w:id="5"/></w:r></w:p>'
    turn = '<w:p><w:r><w:br w:type="page"/></w:r><w:r><w:t>Next page.</w:t></w:r></w:p>'
    document = read(docx_of(cited + p("More.") + turn, {"word/footnotes.xml": NOTES}), "a.docx")
    assert [page.text for page in document.pages] == ["Known.\nMore.\n1 Working Together 2015.", "Next page."]
    assert document.pages[0].blocks[-1].kind is BlockKind.FOOTNOTE
    assert document.pages[1].start == len(document.pages[0].text) + 1


def test_pages_end_where_they_were_last_laid_out() -> None:
    xml = "<w:p><w:r><w:t>First half</w:t></w:r><w:r><w:lastRenderedPageBreak/><w:t>second half.</w:t></w:r></w:p>"
    document = read(docx_of(xml), "a.docx")
    assert [page.text for page in document.pages] == ["First half", "second half."]


def test_a_text_box_is_read_once_after_its_paragraph() -> None:
    box = "<w:txbxContent>" + p("In the box.") + "</w:txbxContent>"
    xml = (
        f"<w:p><w:r><w:t>Outside.</w:t></w:r><w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice>"
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert body(xml) == [("paragraph", "Outside."), ("paragraph", "In the box.")]


def test_signs_symbols_fields_and_content_controls() -> None:
    xml = (
        '<w:sdt><w:sdtContent><w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:noBreakHyphen/><w:sym w:char="F0B7"/>'
        "<w:instrText>PAGE</w:instrText><w:t>c</w:t><w:br/><w:t>d</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    assert body(xml) == [("paragraph", "a\tb-\uf0b7c\nd")]


def test_a_bold_line_by_itself_is_a_heading() -> None:
    bold = "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Recommendations</w:t></w:r></w:p>"
    assert body(bold + p("Police should act."))[0] == ("heading", "Recommendations")


def test_a_table_of_one_cell_is_a_box_around_text() -> None:
    xml = f"<w:tbl><w:tr><w:tc>{p('Learning point')}{p('Ask the child.')}</w:tc></w:tr></w:tbl>"
    assert [text for _, text in body(xml)] == ["Learning point", "Ask the child."]


def test_nothing_but_blank_is_said_to_need_ocr() -> None:
    assert [problem.code for problem in read(docx_of("<w:p/>"), "a.docx").problems] == ["no_text"]


@pytest.mark.parametrize("data", [b"PK\x03\x04 word/ and no archive", b"PK\x03\x04word/" + bytes(100)])
def test_a_broken_archive_is_a_problem(data: bytes) -> None:
    reader = DocxReader()
    assert reader.accepts(data)
    assert [problem.code for problem in reader.read(data).problems] == ["corrupt"]
