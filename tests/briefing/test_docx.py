from __future__ import annotations

import io
import re
import zipfile
from itertools import pairwise

import docx as reader
import pytest
from lxml import etree

from goldthread.analysis.tabulate import tabulate
from goldthread.briefing.blocks import Briefing, FigureBlock, Quote, TableBlock
from goldthread.briefing.formats import docx
from goldthread.briefing.formats.folding import shown
from goldthread.briefing.formats.outline import Outline
from goldthread.protocol.model import Protocol
from goldthread.values import Basis
from tests.briefing import example

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def _part(package: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(package)) as whole:
        return etree.fromstring(whole.read(name))


def _texts(root: etree._Element, path: str) -> list[str]:
    return ["".join(t.text or "" for t in node.iter(f"{W}t")) for node in root.iterfind(path)]


@pytest.fixture(scope="module")
def body(word: bytes) -> etree._Element:
    return _part(word, "word/document.xml")


def test_it_opens_with_title_language_and_dates(word: bytes, draft: Briefing) -> None:
    document = reader.Document(io.BytesIO(word))
    properties = document.core_properties
    assert (properties.title, properties.language) == (draft.title, "en-GB")
    assert str(properties.created)[:19] == "2026-02-03 10:20:30"
    assert {lang.get(f"{W}val") for lang in document.styles.element.iter(f"{W}lang")} == {"en-GB"}


def test_headings_are_headings_in_order(word: bytes, draft: Briefing) -> None:
    document = reader.Document(io.BytesIO(word))
    found = [(p.style.name, p.text) for p in document.paragraphs if p.style.name.startswith("Heading")]
    wanted = [(f"Heading {h.level}", shown(h.text)) for h in Outline(draft).headings]
    assert found == [*wanted, ("Heading 1", "Evidence index")]


def test_every_quote_has_its_source_in_a_footnote(word: bytes, draft: Briefing, body: etree._Element) -> None:
    quotes = [block for block in Outline(draft).blocks if isinstance(block, Quote)]
    notes = [n for n in _part(word, "word/footnotes.xml") if n.get(f"{W}type") is None]
    assert [int(n.get(f"{W}id") or 0) for n in notes] == list(range(1, len(quotes) + 1))
    said = ["".join(t.text or "" for t in note.iter(f"{W}t")).strip() for note in notes]
    assert said == [f"[{q.citation}] {q.file_name}, page {q.anchor.page}" for q in quotes]
    marks = [m.get(f"{W}id") for m in body.iter(f"{W}footnoteReference")]
    assert marks == [str(n) for n in range(1, len(quotes) + 1)]


def test_every_quote_is_its_anchor_word_for_word(body: etree._Element, draft: Briefing) -> None:
    quotes = [block for block in Outline(draft).blocks if isinstance(block, Quote)]
    printed = [
        "".join(t.text or "" for t in p.iter(f"{W}t"))
        for p in body.iter(f"{W}p")
        if (style := p.find(f"{W}pPr/{W}pStyle")) is not None and style.get(f"{W}val") == "Quote"
    ]
    assert printed == [f"“{shown(q.anchor.quote)}” [{q.citation}]" for q in quotes]


def test_the_footnotes_part_is_related_and_typed(word: bytes) -> None:
    relations = _part(word, "word/_rels/document.xml.rels")
    assert any(str(r.get("Target")).endswith("footnotes.xml") for r in relations)
    types = _part(word, "[Content_Types].xml")
    assert any(
        t.get("PartName") == "/word/footnotes.xml" and "footnotes+xml" in str(t.get("ContentType")) for t in types
    )


def test_captions_number_themselves(body: etree._Element, draft: Briefing) -> None:
    codes = [(code.text or "").split()[:2] for code in body.iter(f"{W}instrText")]
    blocks = Outline(draft).blocks
    assert codes.count(["SEQ", "Table"]) == sum(isinstance(b, TableBlock) for b in blocks)
    assert codes.count(["SEQ", "Figure"]) == sum(isinstance(b, FigureBlock) for b in blocks)


def test_no_field_comes_from_a_report(nasty: Briefing) -> None:
    body = _part(docx.render(nasty), "word/document.xml")
    assert {(code.text or "").split()[0] for code in body.iter(f"{W}instrText")} == {"TOC"}
    said = "".join(t.text or "" for t in body.iter(f"{W}t"))
    for words in ("=HYPERLINK(", "{{ 7*7 }}", "#let x = 1", "<img src=x onerror=alert(1)>", "🙂"):
        assert words in said


def test_the_contents_read_without_being_updated(body: etree._Element, draft: Briefing) -> None:
    entries = [
        "".join(t.text or "" for t in p.iter(f"{W}t"))
        for p in body.iter(f"{W}p")
        if (style := p.find(f"{W}pPr/{W}pStyle")) is not None and str(style.get(f"{W}val")).startswith("TOC")
    ]
    assert entries == [*(shown(h.text) for h in Outline(draft).headings if h.level < 3), "Evidence index"]


def test_fields_open_and_close_in_pairs(body: etree._Element) -> None:
    depth = 0
    for mark in body.iter(f"{W}fldChar"):
        depth += {"begin": 1, "separate": 0, "end": -1}[str(mark.get(f"{W}fldCharType"))]
        assert 0 <= depth <= 1
    assert depth == 0


def test_every_link_inside_the_document_is_met(body: etree._Element) -> None:
    marks = [mark.get(f"{W}name") for mark in body.iter(f"{W}bookmarkStart")]
    assert len(marks) == len(set(marks))
    links = {anchor for link in body.iter(f"{W}hyperlink") if (anchor := link.get(f"{W}anchor"))}
    assert len(links) > 100
    assert links <= set(marks)


def test_every_table_repeats_its_header_row(body: etree._Element, draft: Briefing) -> None:
    tables = [t for t in body.iter(f"{W}tbl") if t.find(f"{W}tblPr/{W}tblStyle").get(f"{W}val") == "GoldthreadTable"]  # type: ignore[union-attr]
    assert len(tables) == sum(isinstance(b, TableBlock) for b in Outline(draft).blocks)
    for table in tables:
        first = table.find(f"{W}tr")
        assert first is not None and first.find(f"{W}trPr/{W}tblHeader") is not None


def test_a_table_never_leaves_its_caption_or_a_lone_row_behind(body: etree._Element) -> None:
    for table in body.iter(f"{W}tbl"):
        if table.find(f"{W}tblPr/{W}tblStyle").get(f"{W}val") != "GoldthreadTable":  # type: ignore[union-attr]
            continue
        rows = list(table.iter(f"{W}tr"))
        kept = [all(p.find(f"{W}pPr/{W}keepNext") is not None for p in row.iter(f"{W}p")) for row in rows]
        assert kept[0] and all(kept[1:3]) and kept[-1]
        caption = table.getprevious()
        assert caption is not None and caption.find(f"{W}pPr/{W}keepNext") is not None


def test_a_line_that_introduces_a_quote_stays_with_it(body: etree._Element) -> None:
    styles = [p.find(f"{W}pPr/{W}pStyle") for p in body.iterfind(f"{W}body/{W}p")]
    named = list(
        zip(body.iterfind(f"{W}body/{W}p"), [s.get(f"{W}val") for s in styles if s is not None], strict=True)
    )
    leads = [p for (p, style), (_, then) in pairwise(named) if style == "BodyText" and then == "Quote"]
    assert len(leads) > 20
    assert all(p.find(f"{W}pPr/{W}keepNext") is not None for p in leads)


def test_every_picture_says_what_it_shows(body: etree._Element, draft: Briefing) -> None:
    figures = [block for block in Outline(draft).blocks if isinstance(block, FigureBlock)]
    described = [node.get("descr") for node in body.iter("{*}docPr")]
    assert described == [shown(figure.alternative) for figure in figures]


def test_a_draft_says_so_above_every_page_and_pages_are_numbered(word: bytes) -> None:
    document = reader.Document(io.BytesIO(word))
    (section,) = document.sections
    assert section.header.paragraphs[0].text == "Draft: machine suggestions, not confirmed"
    assert "PAGE" in etree.tostring(section.footer._element, encoding="unicode")


def test_a_confirmed_briefing_has_no_draft_line(confirmed: Briefing) -> None:
    document = reader.Document(io.BytesIO(docx.render(confirmed)))
    assert not any(p.text for p in document.sections[0].header.paragraphs)


def test_an_empty_study_makes_a_document_that_opens(empty: Briefing) -> None:
    document = reader.Document(io.BytesIO(docx.render(empty)))
    assert any("No review is included yet." in p.text for p in document.paragraphs)


def test_the_same_briefing_gives_the_same_bytes(word: bytes, draft: Briefing) -> None:
    assert docx.render(draft) == word


def test_tables_alone_make_a_document(protocol: Protocol) -> None:
    study = example.study()
    tables = [tabulate(protocol.table_by_id[name], protocol, study, Basis.DRAFT) for name in ("A4", "P3", "M1")]
    made = docx.table_docx(tables)
    document = reader.Document(io.BytesIO(made))
    assert [p.text for p in document.paragraphs if p.style.name == "Caption"] == [
        f"Table {n}: {table.title}" for n, table in enumerate(tables, start=1)
    ]
    for source, table in zip(tables, document.tables, strict=True):
        cells = [[re.sub(r"\s+", " ", cell.text) for cell in row.cells] for row in table.rows[1:]]
        assert cells == [[shown(row.label), *(shown(cell.text) for cell in row.cells)] for row in source.rows]
    assert document.sections[0].header.paragraphs[0].text.startswith("Draft")
    assert docx.table_docx(tables) == made


def test_no_tables_make_an_empty_document() -> None:
    assert reader.Document(io.BytesIO(docx.table_docx(()))).tables == []
