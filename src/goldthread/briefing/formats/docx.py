"""A briefing as a Word document with real styles, captions, contents and footnotes."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence

from docx.document import Document
from docx.shared import Cm

from goldthread.analysis.table import Table
from goldthread.briefing.blocks import (
    Block,
    Box,
    Briefing,
    CrossReference,
    FigureBlock,
    Heading,
    Inline,
    Items,
    LiveFigure,
    Paragraph,
    Quote,
    TableBlock,
    Words,
)
from goldthread.briefing.claims import PART, ledger_of, to_json
from goldthread.briefing.figures.pictures import pngs
from goldthread.briefing.formats.docx_package import (
    add_footnotes,
    add_part,
    blank,
    header_and_footer,
    link_away,
    reference,
    to_bytes,
)
from goldthread.briefing.formats.docx_table import caption, captioned, mark_of
from goldthread.briefing.formats.docx_xml import Element, bookmark, element, field, link, paragraph, run
from goldthread.briefing.formats.folding import shown
from goldthread.briefing.formats.outline import Outline, leading
from goldthread.briefing.formats.paper import bound, on_paper
from goldthread.briefing.words.phrases import day
from goldthread.briefing.words.wording import say
from goldthread.values import Basis


def render(briefing: Briefing) -> bytes:
    """The document as the bytes of a .docx file. The same briefing gives the same bytes."""
    outline = Outline(on_paper(briefing))
    document = blank(briefing.title, briefing.language, briefing.made)
    header_and_footer(document, outline.draft, say("docx.state", state=briefing.state[:12]))
    writer = _Writer(document, outline)
    body = document.element.body
    for item in writer.everything():
        body.insert(len(body) - 1, item)
    if writer.notes:
        add_footnotes(document, writer.notes)
    add_part(document, PART, to_json(ledger_of(briefing)))
    return to_bytes(document)


def table_docx(tables: Sequence[Table]) -> bytes:
    """Tables alone as the bytes of a .docx file, each with its caption and notes.

    Drafts say so at the head of every page. `made` is not known here, so the file bears no date.
    """
    draft = any(table.basis is not Basis.CONFIRMED for table in tables)
    document = blank(say("docx.tables"), "en-GB", "")
    state = tables[0].state[:12] if tables else ""
    header_and_footer(document, say("draft") if draft else "", say("docx.state", state=state))
    body = document.element.body
    for number, table in enumerate(tables, start=1):
        for item in captioned(table, table.title, number, {}):
            body.insert(len(body) - 1, item)
    return to_bytes(document)


class _Writer:
    """Turns blocks into elements, keeping the footnotes and the numbers Word wants to be unique."""

    def __init__(self, document: Document, outline: Outline) -> None:
        self.document, self.outline = document, outline
        self.notes: list[str] = []
        self._bookmarks = 0
        figures = [block for block in outline.blocks if isinstance(block, FigureBlock)]
        self._pictures = {block.key: png for block, png in zip(figures, pngs(figures), strict=True)}
        self._headings = {heading.key: f"h{n}" for n, heading in enumerate(outline.headings, start=1)}

    def everything(self) -> Iterator[Element]:
        briefing = self.outline.briefing
        yield paragraph("Title", [run(briefing.title)])
        yield paragraph("Subtitle", [run(briefing.subtitle)])
        made = say("docx.made", made=day(briefing.made[:10]))
        yield paragraph("BodyText", [run(f"{self.outline.draft}. {made}" if self.outline.draft else made)])
        yield from self._contents()
        yield from self._all(briefing.blocks)
        yield from self._evidence()

    def _marked(self, name: str, children: Iterable[Element]) -> list[Element]:
        self._bookmarks += 1
        return bookmark(self._bookmarks, name, children)

    def _contents(self) -> Iterator[Element]:
        """A contents field whose entries are filled in, so that it reads before anybody updates it."""
        yield paragraph("ContentsHeading", [run(say("contents"))])
        entries = [(h.level, h.text, self._headings[h.key]) for h in self.outline.headings if h.level < 3]
        entries.append((1, say("section.evidence"), "evidence"))
        lines = [paragraph(f"TOC{level}", [link(name, run(words))]) for level, words, name in entries]
        begin, code, separate, end = field('TOC \\o "1-2" \\n \\h \\z \\u', [])
        first, last = lines[0], lines[-1]
        for offset, mark in enumerate((begin, code, separate), start=1):
            first.insert(offset, mark)
        last.append(end)
        yield from lines

    def _all(self, blocks: tuple[Block, ...]) -> Iterator[Element]:
        for block, leads in zip(blocks, leading(blocks), strict=True):
            if leads and isinstance(block, Paragraph):
                yield paragraph("BodyText", self._inline(block.parts), element("w:keepNext"))
            else:
                yield from self._block(block)

    def _block(self, block: Block) -> Iterator[Element]:
        match block:
            case Heading():
                yield paragraph(f"Heading{block.level}", self._marked(self._headings[block.key], [run(block.text)]))
            case Paragraph():
                yield paragraph("BodyText", self._inline(block.parts))
            case Items():
                style = "ListNumber" if block.ordered else "ListBullet"
                yield from (paragraph(style, self._inline(item)) for item in block.items)
            case Quote():
                yield self._quote(block)
            case TableBlock():
                yield from captioned(
                    block.table,
                    block.caption,
                    self.outline.numbers[block.key],
                    self._printed(block.evidence),
                    self._marked,
                )
            case FigureBlock():
                yield from self._figure(block)
            case Box():
                yield from self._box(block)

    def _inline(self, parts: Iterable[Inline]) -> list[Element]:
        return [made for part in parts for made in self._part(part)]

    def _part(self, part: Inline) -> list[Element]:
        match part:
            case LiveFigure():
                return [self._figure_link(part.evidence, part.text)]
            case CrossReference():
                return self._reference(part)
            case Words() if part.url:
                return [link_away(self.document, part.url, run(part.text, style="EvidenceLink"))]
            case Words():
                return [run(part.text, bold=part.strong, italic=part.emphasis)]

    def _reference(self, part: CrossReference) -> list[Element]:
        """A field that shows what the bookmark of a caption holds, and leads there."""
        called = run(self.outline.reference(part))
        number = self.outline.numbers.get(part.key)
        return [called] if number is None else field(f"REF {mark_of(part.noun, number)} \\h", [called])

    def _figure_link(self, key: str, words: str) -> Element:
        return link(key, run(words, style="EvidenceLink")) if key in self.outline.printed else run(words)

    def _printed(self, evidence: dict[tuple[str, str], str]) -> dict[tuple[str, str], str]:
        return {cell: key for cell, key in evidence.items() if key in self.outline.printed}

    def _quote(self, quote: Quote) -> Element:
        place = say("docx.place", citation=quote.citation, file=quote.file_name, page=str(quote.anchor.page))
        self.notes.append(place)
        cited = self._figure_link(quote.evidence, f"[{quote.citation}]")
        words = run(f"“{shown(quote.anchor.quote)}” ")
        return paragraph("Quote", [words, cited, reference(len(self.notes))])

    def _figure(self, block: FigureBlock) -> Iterator[Element]:
        inline = self.document.part.new_pic_inline(io.BytesIO(self._pictures[block.key]), Cm(block.width_cm))
        properties = inline.docPr
        properties.set("descr", shown(block.alternative))
        properties.set("title", shown(block.caption))
        properties.set("name", f"Figure {self.outline.numbers[block.key]}")
        drawing = element("w:r", element("w:drawing", inline))
        yield paragraph("Figure", [drawing])
        yield caption("Figure", self.outline.numbers[block.key], block.caption, self._marked)

    def _box(self, box: Box) -> Iterator[Element]:
        """A box as a table of one cell, which Word and its readers keep together best."""
        inside = [paragraph("BoxTitle", [run(box.title)])]
        inside += self._all(box.blocks)
        cell = element("w:tc", element("w:tcPr", element("w:tcW", w="9638", type="dxa")), *inside)
        properties = element(
            "w:tblPr",
            element("w:tblStyle", val="GoldthreadBox"),
            element("w:tblW", w="9638", type="dxa"),
            element("w:tblLayout", type="fixed"),
        )
        yield element(
            "w:tbl", properties, element("w:tblGrid", element("w:gridCol", w="9638")), element("w:tr", cell)
        )
        yield paragraph("BodyText", [])

    def _evidence(self) -> Iterator[Element]:
        yield paragraph("Heading1", self._marked("evidence", [run(say("section.evidence"))]))
        yield paragraph(
            "BodyText", [run(f"{say('evidence.intro', reviews=bound('reviews'))} {say('evidence.empty')}")]
        )
        for entry in self.outline.briefing.evidence:
            if entry.key not in self.outline.printed:
                continue
            key = self._marked(entry.key, [run(entry.key, bold=True)])
            yield paragraph("Evidence", [*key, run(f" {entry.claim}. {self.outline.behind(entry)}.")])
