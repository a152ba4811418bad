"""Word documents with real styles, tables, footnotes and page fields; the same report gives the same bytes."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape

from docx import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part as PackagePart
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import OxmlElement
from docx.shared import Cm, Pt, RGBColor
from lxml import etree

from goldthread.sample.report import FICTIONAL, Box, Bullets, Grid, Heading, Paragraph, Report

_INK = {"board": "1D3F6E", "council": "5B2245", "plain": "222222"}
_TABLE_CM = 16.0
_STAMP = datetime(2019, 7, 1, 9, 0)


def docx(report: Report) -> bytes:
    """The report as a Word document."""
    document = Document()
    _set_styles(document, report)
    _cover(document, report)
    notes: list[str] = []
    for part in report.parts:
        _write(document, part, notes)
    _add_footnotes(document, notes)
    _furnish(document, report)
    held = io.BytesIO()
    document.save(held)
    return _stamped(held)


def _set_styles(document: Any, report: Report) -> None:
    document.styles["Normal"].font.name = "Calibri"
    document.styles["Normal"].font.size = Pt(11)
    for name in ("Title", "Heading 1", "Heading 2"):
        document.styles[name].font.color.rgb = RGBColor.from_string(_INK[report.house])
    core = document.core_properties
    core.title, core.author, core.keywords = f"{report.kind}: {report.title}", report.board, FICTIONAL
    core.created = core.modified = core.last_printed = _STAMP
    core.last_modified_by = report.board


def _cover(document: Any, report: Report) -> None:
    document.add_paragraph(report.board)
    document.add_paragraph(report.kind, style="Title")
    document.add_paragraph(report.title, style="Subtitle")
    document.add_paragraph(f"Date published: {report.published}")
    document.add_paragraph(report.author)
    document.add_paragraph().add_run(FICTIONAL).bold = True
    document.add_page_break()


def _write(document: Any, part: Any, notes: list[str]) -> None:
    match part:
        case Heading():
            document.add_heading(f"{part.number} {part.text}".strip(), level=part.level)
        case Paragraph():
            paragraph = document.add_paragraph()
            if part.number:
                paragraph.add_run(f"{part.number}\t").bold = part.number.startswith("Rec")
            paragraph.add_run(part.text)
            paragraph.paragraph_format.keep_together = part.together
            if part.note:
                notes.append(part.note)
                _refer(paragraph, len(notes))
        case Bullets():
            for item in part.items:
                document.add_paragraph(item, style="List Bullet")
        case Grid():
            _grid(document, part)
        case Box():
            table = document.add_table(rows=1, cols=1, style="Table Grid")
            cell = table.cell(0, 0)
            cell.paragraphs[0].add_run(part.title).bold = True
            for item in part.items:
                cell.add_paragraph(item)
            document.add_paragraph()


def _grid(document: Any, part: Grid) -> None:
    document.add_paragraph(part.caption, style="Caption")
    table = document.add_table(rows=0, cols=len(part.header), style="Table Grid")
    table.autofit = False
    for number, row in enumerate((part.header, *part.rows)):
        cells = table.add_row().cells
        for cell, text, share in zip(cells, row, part.widths, strict=True):
            cell.width = Cm(_TABLE_CM * share / sum(part.widths))
            cell.paragraphs[0].add_run(text).bold = number == 0
    document.add_paragraph()


def _refer(paragraph: Any, number: int) -> None:
    run = paragraph.add_run()
    run.font.superscript = True
    reference = OxmlElement("w:footnoteReference")
    reference.set(qn("w:id"), str(number))
    run._r.append(reference)


def _add_footnotes(document: Any, notes: list[str]) -> None:
    """Real footnotes: python-docx has none, so their part of the package is written here."""
    root = parse_xml(f"<w:footnotes {nsdecls('w')}/>")
    for number, kind in ((-1, "separator"), (0, "continuationSeparator")):
        mark = f'<w:footnote {nsdecls("w")} w:type="{kind}" w:id="{number}">'
        root.append(parse_xml(f"{mark}<w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>"))
    for number, text in enumerate(notes, 1):
        mark = f'<w:footnote {nsdecls("w")} w:id="{number}">'
        words = f'<w:r><w:t xml:space="preserve"> {escape(text)}</w:t></w:r>'
        note = parse_xml(f"{mark}<w:p><w:r><w:footnoteRef/></w:r>{words}</w:p></w:footnote>")
        root.append(note)
    package = document.part.package
    data = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    part = PackagePart(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, data, package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def _furnish(document: Any, report: Report) -> None:
    """The mark in the header of every page, the board and the page number in its footer."""
    section = document.sections[0]
    section.header.paragraphs[0].add_run(FICTIONAL).bold = True
    footer = section.footer.paragraphs[0]
    footer.add_run(f"{report.board}\t\tPage ")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    footer._p.append(field)


def _stamped(held: io.BytesIO) -> bytes:
    """The same package with every entry given one date, so that it does not tell when it was made."""
    out = io.BytesIO()
    with zipfile.ZipFile(held) as package, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as stamped:
        for entry in package.infolist():
            stamped.writestr(
                zipfile.ZipInfo(entry.filename, _STAMP.timetuple()[:6]), package.read(entry), zipfile.ZIP_DEFLATED
            )
    return out.getvalue()
