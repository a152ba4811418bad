"""The Word package around a body: styles, footnotes part, header, footer, properties, and bytes that repeat."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.resources import files

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.shared import Cm
from lxml import etree

from goldthread.briefing.formats.docx_xml import Element, element, field, paragraph, run
from goldthread.briefing.formats.folding import shown

FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
CLAIMS = "urn:goldthread:claims"
_EPOCH = (1980, 1, 1, 0, 0, 0)


def blank(title: str, language: str, made: str) -> Document:
    """An empty A4 document with our styles, the language and the properties set, and no body."""
    document = docx.Document()
    body = document.element.body
    for child in list(body):
        if child.tag != qn("w:sectPr"):
            body.remove(child)
    _styles(document, language)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.0)
    section.top_margin, section.bottom_margin = Cm(2.4), Cm(2.2)
    section.header_distance = section.footer_distance = Cm(1.1)
    _properties(document, title, language, made)
    _without_thumbnail(document)
    return document


def _properties(document: Document, title: str, language: str, made: str) -> None:
    at = moment(made)
    properties = document.core_properties
    properties.title, properties.language = shown(title), language
    properties.author = properties.last_modified_by = "Goldthread"
    properties.comments = ""
    properties.created = properties.modified = at
    properties.revision = 1


def moment(made: str) -> datetime:
    """An ISO moment as naive UTC, which is what file formats want; 1980 when it is none."""
    try:
        at = datetime.fromisoformat(made)
    except ValueError:
        return datetime(1980, 1, 1)
    return at.astimezone(UTC).replace(tzinfo=None) if at.tzinfo else at


def _without_thumbnail(document: Document) -> None:
    relations = document.part.package.rels
    for key in [key for key, relation in relations.items() if relation.reltype.endswith("/thumbnail")]:
        del relations[key]


def _styles(document: Document, language: str) -> None:
    """Replace the styles we use by those of the package's data."""
    ours = etree.fromstring((files("goldthread.briefing") / "templates" / "styles.xml").read_bytes())
    styles = document.styles.element
    replaced = {style.get(qn("w:styleId")) for style in ours}
    for style in styles.findall(qn("w:style")):
        if style.get(qn("w:styleId")) in replaced:
            styles.remove(style)
    for style in ours:
        styles.append(parse_xml(etree.tostring(style)))
    for lang in styles.iter(qn("w:lang")):
        lang.set(qn("w:val"), language)


def header_and_footer(document: Document, draft: str, state: str) -> None:
    """The draft line above, the page number below, on every page."""
    section = document.sections[0]
    _only(section.header._element, paragraph("Header", [run(draft)] if draft else []))
    page = field("PAGE", [run("1")])
    pages = field("NUMPAGES", [run("1")])
    _only(section.footer._element, paragraph("Footer", [run(f"{state}   Page "), *page, run(" of "), *pages]))


def _only(part: Element, child: Element) -> None:
    for old in list(part):
        part.remove(old)
    part.append(child)


def add_footnotes(document: Document, notes: Sequence[str]) -> None:
    """The footnotes part: notes numbered from 1 in order. Word wants its two separators before them."""
    root = element(
        "w:footnotes",
        _separator(-1, "separator"),
        _separator(0, "continuationSeparator"),
        *(_note(number, words) for number, words in enumerate(notes, start=1)),
    )
    blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    part = Part(PackURI("/word/footnotes.xml"), FOOTNOTES, blob, document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    settings = document.settings.element
    anchor = element("w:footnotePr", element("w:footnote", id="-1"), element("w:footnote", id="0"))
    after = settings.find(qn("w:compat"))
    settings.insert(len(settings) if after is None else list(settings).index(after), anchor)


def _separator(number: int, kind: str) -> Element:
    inside = element("w:p", element("w:r", element(f"w:{kind}")))
    return element("w:footnote", inside, type=kind, id=str(number))


def _note(number: int, words: str) -> Element:
    mark = element("w:r", element("w:rPr", element("w:rStyle", val="FootnoteReference")), element("w:footnoteRef"))
    return element("w:footnote", paragraph("FootnoteText", [mark, run(f" {words}")]), id=str(number))


def reference(number: int) -> Element:
    """The mark in the text for footnote `number`."""
    return element(
        "w:r",
        element("w:rPr", element("w:rStyle", val="FootnoteReference")),
        element("w:footnoteReference", id=str(number)),
    )


def link_away(document: Document, url: str, *runs: Element) -> Element:
    """A link to a page elsewhere, kept among the document's relations as Word wants it."""
    node = element("w:hyperlink", *runs, history="1")
    node.set(qn("r:id"), document.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    return node


def add_part(document: Document, name: str, data: bytes) -> None:
    """Put a JSON file into the package, bound to the document so that word processors keep it."""
    part = Part(PackURI(f"/{name}"), "application/json", data, document.part.package)
    document.part.relate_to(part, CLAIMS)


def to_bytes(document: Document) -> bytes:
    """The package as bytes that are the same for the same content."""
    saved = io.BytesIO()
    document.save(saved)
    out = io.BytesIO()
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            target.writestr(entry, source.read(name))
    return out.getvalue()
