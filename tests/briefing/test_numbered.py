"""Prose names a table or a figure, and every format prints its number and leads there."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from lxml import etree
from selectolax.lexbor import LexborHTMLParser

from goldthread.analysis.records import StudyRecord
from goldthread.briefing.blocks import Briefing, CrossReference
from goldthread.briefing.build import build, scope_of
from goldthread.briefing.evidence import EvidenceIndex
from goldthread.briefing.formats import docx, html, pdf
from goldthread.briefing.formats.outline import Outline
from goldthread.briefing.sections.builders import BUILDERS
from goldthread.briefing.words import prose
from goldthread.briefing.words.live import LiveFigures
from goldthread.briefing.words.template_files import templates
from goldthread.errors import UsageError
from goldthread.protocol.model import Protocol
from goldthread.values import Basis
from tests.briefing import example

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
OUTLINE = """
title = "Numbered"
like = "meta-analysis"
tables_in_snapshot = false
[[sections]]
id = "brief"
heading = "In brief"
text = "Ages are in {table.T1}, types in **{figure.D1}**, and how they were found in {figure.flow}; see {table.T99}."
[[sections]]
id = "flow"
show = "flow"
[[sections]]
id = "figures"
show = "figures"
"""


def _made(protocol: Protocol, study: StudyRecord, folder: Path, text: str = OUTLINE) -> Briefing:
    (folder / "numbered.toml").write_text(text, "utf-8")
    known = templates(protocol, folder, BUILDERS)
    return build("numbered", protocol, study, Basis.DRAFT, made=example.MADE, templates=known)


@pytest.fixture(scope="module")
def briefing(protocol: Protocol, study: StudyRecord, tmp_path_factory: pytest.TempPathFactory) -> Briefing:
    printed = next(t.id for t in protocol.tables if "meta-analysis" not in t.briefings and t.kind == "crosstab")
    text = OUTLINE.replace("T99", printed)
    return _made(protocol, study, tmp_path_factory.mktemp("numbered"), text)


def _references(briefing: Briefing) -> list[tuple[CrossReference, str]]:
    outline = Outline(briefing)
    runs = (getattr(block, "parts", ()) for block in outline.blocks)
    return [(part, outline.reference(part)) for run in runs for part in run if isinstance(part, CrossReference)]


def _numbered(briefing: Briefing) -> dict[str, str]:
    """What is called by number: the words it is called by, and the caption it must lead to."""
    outline = Outline(briefing)
    captions = {getattr(block, "key", ""): getattr(block, "caption", "") for block in outline.blocks}
    return {called: captions[one.key] for one, called in _references(briefing) if one.key in outline.numbers}


def test_what_is_not_printed_is_called_by_its_title(briefing: Briefing) -> None:
    said = [called for _, called in _references(briefing)]
    assert [re.sub(r"\d+", "N", one) for one in said[:3]] == ["Table N", "Figure N", "Figure N"]
    assert said[3].endswith("(not printed in this briefing)")
    assert len(_numbered(briefing)) == 3


def test_a_page_links_to_the_caption_of_that_number(briefing: Briefing) -> None:
    page = LexborHTMLParser(html.render(briefing))
    for called, caption in _numbered(briefing).items():
        links = [a for a in page.css("main p a") if a.text() == called]
        assert links
        target = page.css_first(str(links[0].attributes["href"]))
        assert target is not None and f"{called}: {caption}" in target.text()


def test_a_word_field_shows_what_the_bookmark_of_the_caption_holds(briefing: Briefing) -> None:
    with zipfile.ZipFile(io.BytesIO(docx.render(briefing))) as package:
        body = etree.fromstring(package.read("word/document.xml"))
    fields = re.findall(
        r" REF (_Ref_(?:table|figure)_\d+) \\h ", "".join(i.text or "" for i in body.iter(f"{W}instrText"))
    )
    assert len(fields) >= 3
    held = {}
    for paragraph in body.iter(f"{W}p"):
        for start in paragraph.iterfind(f"{W}bookmarkStart"):
            inside, node = "", start.getnext()
            while node is not None and node.tag != f"{W}bookmarkEnd":
                inside += "".join(t.text or "" for t in node.iter(f"{W}t"))
                node = node.getnext()
            held[start.get(f"{W}name")] = (inside, "".join(t.text or "" for t in paragraph.iter(f"{W}t")))
    known = _numbered(briefing)
    assert {held[name][0] for name in fields} == set(known)
    assert all(held[name][1] == f"{held[name][0]}: {known[held[name][0]]}" for name in fields)
    text = "".join(t.text or "" for t in body.iter(f"{W}t"))
    assert all(f"in {called}" in text or f"types in {called}" in text for called in known)


def test_a_pdf_links_to_the_page_of_that_caption(briefing: Briefing) -> None:
    made = pdf.render(briefing)
    document = pypdfium2.PdfDocument(made)
    pages = [page.get_textpage().get_text_range() for page in document]
    document.close()
    with pikepdf.open(io.BytesIO(made)) as file:
        numbers = {page.obj.objgen: n for n, page in enumerate(file.pages)}
        opening = next(n for n, text in enumerate(pages) if "Ages are in" in text)
        led = {
            numbers[note.Dest[0].objgen]
            if isinstance(note.get("/Dest"), pikepdf.Array)
            else _named_page(file, note, numbers)
            for note in file.pages[opening].get("/Annots", [])
        }
    for called, caption in _numbered(briefing).items():
        wanted = {n for n, text in enumerate(pages) if f"{called}: {caption[:20]}" in " ".join(text.split())}
        assert wanted & led


def _named_page(file: pikepdf.Pdf, note: pikepdf.Object, numbers: dict[tuple[int, int], int]) -> int:
    dest = note.get("/Dest")
    if dest is None:
        dest = note.A.D
    if isinstance(dest, pikepdf.Array):
        return numbers[dest[0].objgen]
    name = str(dest)
    tree = file.Root.Names.Dests
    found = dict(zip(*[iter(tree.Names)] * 2, strict=True)) if "/Names" in tree else {}
    target = {str(key): value for key, value in found.items()}[name]
    return numbers[(target.D if isinstance(target, pikepdf.Dictionary) else target)[0].objgen]


@pytest.mark.parametrize(
    ("written", "told"),
    [("{table.T11x}", "T11"), ("{figure.nothing}", ""), ("{table.T1|noun}", "leave out")],
)
def test_an_unknown_table_or_a_form_is_refused_with_its_place(
    protocol: Protocol, study: StudyRecord, written: str, told: str
) -> None:
    figures = LiveFigures(scope_of(protocol, study, Basis.DRAFT))
    with pytest.raises(UsageError) as caught:
        prose.blocks(written, figures, EvidenceIndex(), "page one")
    assert caught.value.where == "page one" and told in caught.value.mend


def test_tables_and_figures_are_offered_by_name_and_remembered_by_no_number(
    protocol: Protocol, study: StudyRecord
) -> None:
    figures = LiveFigures(scope_of(protocol, study, Basis.DRAFT))
    assert ("table.T1", "Table …") in {(one.name, one.says) for one in figures.search("table", 400)}
    assert {one.name for one in figures.search("figure.flow", 5)} == {"figure.flow"}
    assert prose.values("See {table.T1} and {included.total}.", figures).keys() == {"included.total"}


def test_an_address_is_a_link_in_every_format_and_anything_else_stays_words(
    protocol: Protocol, study: StudyRecord, tmp_path: Path
) -> None:
    first, second, *rest = (replace(one, url="") for one in study.reviews)
    reviews = (
        replace(first, url="https://reviews.example/a?b=1&c=2"),
        replace(second, url="javascript:alert(1)"),
        *rest,
    )
    text = 'title = "Listed"\n[[sections]]\nid = "a"\nshow = "reviews"\n'
    made = _made(protocol, replace(study, reviews=reviews), tmp_path, text)
    page = LexborHTMLParser(html.render(made))
    away = [node.attributes["href"] for node in page.css("a.away")]
    assert away == ["https://reviews.example/a?b=1&c=2"]
    assert "javascript:" not in "".join(str(node.attributes.get("href")) for node in page.css("a"))
    with zipfile.ZipFile(io.BytesIO(docx.render(made))) as package:
        relations = etree.fromstring(package.read("word/_rels/document.xml.rels"))
    external = [node.get("Target") for node in relations if node.get("TargetMode") == "External"]
    assert external == away
    with pikepdf.open(io.BytesIO(pdf.render(made))) as file:
        notes = [note for page in file.pages for note in page.get("/Annots", [])]
        assert [str(note.A.URI) for note in notes if "/A" in note and "/URI" in note.A] == away
