"""DOCX by lxml over its parts: paragraphs, tables, text boxes, notes, with tracked changes as accepted.

The result depends on the file alone: headers and footers are left out, footnotes stand at the foot of the page that
cites them, and pages end where the file says a page ended when it was last laid out.
"""

from __future__ import annotations

from typing import NamedTuple

from lxml import etree

from goldthread.documents import problems
from goldthread.documents.flow import Flow
from goldthread.documents.limits import DEFAULT, Limits
from goldthread.documents.markers import marker
from goldthread.documents.model import BlockKind, ParsedDocument
from goldthread.documents.ooxml import Package, Refused
from goldthread.documents.pages import finish
from goldthread.documents.sections import is_known_heading
from goldthread.documents.styles import Style, styles
from goldthread.documents.title import title_of

READER = "docx 1"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_PAGE = "\f"
_LEFT_OUT = frozenset(
    (
        *("del", "moveFrom", "instrText", "delText", "fldData", "object", "commentRangeStart"),
        *("pPr", "rPr", "tblPr", "tcPr", "trPr", "sdtPr", "sectPr", "footnotePr"),
    )
)
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "\u00ad", "ptab": "\t"}


class DocxReader:
    """The reader of Word's DOCX files."""

    name = "docx"
    version = READER

    def accepts(self, data: bytes) -> bool:
        return data.startswith(b"PK\x03\x04") and (b"word/" in data)

    def read(self, data: bytes, limits: Limits = DEFAULT) -> ParsedDocument:
        """Text and structure of the main part with its notes."""
        try:
            return _read(Package(data, limits), limits)
        except Refused as refused:
            return problems.nothing(refused.problem, format="docx", reader=READER)


def _read(package: Package, limits: Limits) -> ParsedDocument:
    roots = package.relations("").values()
    main = next((relation.target for relation in roots if relation.kind == "officeDocument"), "word/document.xml")
    if main not in package:
        raise Refused(problems.corrupt("it holds no document"))
    parts = {relation.kind: relation.target for relation in package.relations(main).values()}
    known = {
        kind: package.tree(parts[kind])
        for kind in ("styles", "footnotes", "endnotes")
        if parts.get(kind, "") in package
    }
    body = package.tree(main)
    flow = Flow(limits.characters)
    walk = _Walk(flow, styles(known.get("styles")), _notes(known))
    walk.blocks(body)
    walk.endnotes()
    raw, pieces = flow.pages()
    if not any(page.text.strip() for page in raw):
        return problems.nothing(problems.no_text(1), format="docx", reader=READER)
    core = next((relation.target for relation in roots if relation.kind == "core-properties"), "")
    title = title_of(_core_title(package, core), raw, pieces)
    return finish("docx", READER, title, raw, pieces, flow.problems())


def _core_title(package: Package, part: str) -> str:
    if part not in package:
        return ""
    found = package.tree(part).find(f".//{_TITLE}")
    return (found.text or "") if found is not None else ""


def _notes(known: dict[str, etree._Element]) -> dict[tuple[str, str], etree._Element]:
    """Footnotes and endnotes by kind and id."""
    return {
        (kind, _attribute(note, "id")): note
        for kind in ("footnotes", "endnotes")
        if kind in known
        for note in known[kind]
        if isinstance(note.tag, str) and _attribute(note, "type") in ("", "normal")
    }


def _attribute(element: etree._Element, name: str) -> str:
    return element.get(f"{_W}{name}") or element.get(f"{_STRICT}{name}") or ""


def _name(element: etree._Element) -> str:
    """The element's name without its namespace."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


class _Words(NamedTuple):
    """One paragraph's words, and what hangs on them: text boxes met, notes cited."""

    text: list[str]
    boxes: list[etree._Element]
    notes: list[tuple[str, str]]
    bold: list[bool]


class _Walk:
    """Down the main part. XML deeper than 256 elements was refused by the parser, so recursion is safe."""

    def __init__(self, flow: Flow, known: dict[str, Style], notes: dict[tuple[str, str], etree._Element]) -> None:
        self.flow, self.styles, self.notes = flow, known, notes
        self.numbers: dict[tuple[str, str], int] = {}

    def blocks(self, parent: etree._Element) -> None:
        """Every paragraph and table below `parent`, in order."""
        for child in _chosen(parent):
            name = _name(child)
            if name == "p":
                self.paragraph(child)
            elif name == "tbl":
                self.table(child)
            elif name not in _LEFT_OUT:
                self.blocks(child)

    def paragraph(self, element: etree._Element) -> None:
        words = _Words([], [], [], [])
        self.words(element, words)
        kind, level = self.kind(element, words)
        for number, part in enumerate("".join(words.text).split(_PAGE)):
            if number:
                self.flow.page_break()
            self.flow.block(kind, part, level)
        for note in words.notes:
            self.cite(note)
        for box in words.boxes:
            self.blocks(box)

    def words(self, element: etree._Element, words: _Words) -> None:
        for child in _chosen(element):
            name = _name(child)
            if name == "t":
                words.text.append(child.text or "")
                if child.text and child.text.strip():
                    words.bold.append(_is_bold(child.getparent()))
            elif name == "lastRenderedPageBreak" or (name == "br" and _attribute(child, "type") == "page"):
                words.text.append(_PAGE)
            elif name in _SIGNS:
                words.text.append(_SIGNS[name])
            elif name == "sym":
                words.text.append(_symbol(child))
            elif name == "txbxContent":
                words.boxes.append(child)
            elif name in ("footnoteReference", "endnoteReference"):
                words.notes.append((name.removesuffix("Reference") + "s", _attribute(child, "id")))
            elif name not in _LEFT_OUT:
                self.words(child, words)

    def kind(self, element: etree._Element, words: _Words) -> tuple[BlockKind, int]:
        text = "".join(words.text).replace(_PAGE, "").strip()
        style, numbered, outline = self._settings(element)
        level = outline or style.level
        if level and text:
            return BlockKind.HEADING, level
        if style.caption:
            return BlockKind.CAPTION, 0
        short = 0 < len(text) <= 110 and text[-1] not in ".,;"
        set_apart = (bool(words.bold) and all(words.bold)) or style.bold or (text.isupper() and len(text) > 3)
        if short and ((set_apart and any(letter.isalpha() for letter in text)) or is_known_heading(text)):
            return BlockKind.HEADING, 4
        found = marker(text)
        if numbered or style.numbered or (found and not found["deep"]):
            return BlockKind.LIST_ITEM, 0
        return BlockKind.PARAGRAPH, 0

    def _settings(self, element: etree._Element) -> tuple[Style, bool, int]:
        """A paragraph's style, whether it is numbered, and its own outline level from 1, or 0."""
        name, numbered, outline = "", False, 0
        settings = next((child for child in element if _name(child) == "pPr"), None)
        for item in settings if settings is not None else ():
            match _name(item):
                case "pStyle":
                    name = _attribute(item, "val")
                case "numPr":
                    numbered = True
                case "outlineLvl":
                    value = _attribute(item, "val")
                    outline = int(value) + 1 if value.isdigit() and int(value) < 6 else 0
        return self.styles.get(name, Style()), numbered, outline

    def table(self, element: etree._Element) -> None:
        """Rows of plain cells; a table of one cell is a box around text and read as such."""
        rows = list(_deep(element, "tr"))
        cells = [_deep(row, "tc") for row in rows]
        if sum(len(row) for row in cells) == 1:
            self.blocks(cells[0][0])
            return
        cited: list[tuple[str, str]] = []
        texts = []
        for row in cells:
            found = []
            for cell in row:
                words = _Words([], [], [], [])
                for paragraph in cell.iter(f"{_W}p", f"{_STRICT}p"):
                    self.words(paragraph, words)
                    words.text.append(" ")
                found.append("".join(words.text).replace(_PAGE, " "))
                cited += words.notes
            texts.append(found)
        self.flow.table(texts)
        for note in cited:
            self.cite(note)

    def cite(self, note: tuple[str, str]) -> None:
        """Number a note where it is first cited; footnotes go to the foot of the page."""
        if note in self.notes and note not in self.numbers:
            self.numbers[note] = 1 + sum(other[0] == note[0] for other in self.numbers)
            if note[0] == "footnotes":
                self.flow.note(f"{self.numbers[note]} {self.note_text(note)}")

    def endnotes(self) -> None:
        for note, number in list(self.numbers.items()):
            if note[0] == "endnotes":
                self.flow.block(BlockKind.FOOTNOTE, f"{number} {self.note_text(note)}")

    def note_text(self, note: tuple[str, str]) -> str:
        words = _Words([], [], [], [])
        for paragraph in self.notes[note]:
            self.words(paragraph, words)
            words.text.append(" ")
        return "".join(words.text).replace(_PAGE, " ")


def _chosen(parent: etree._Element) -> list[etree._Element]:
    """The children of an element; of alternatives for different readers, the first."""
    found = []
    for child in parent:
        if child.tag == f"{_MC}AlternateContent":
            found += list(child)[:1]
        else:
            found.append(child)
    return found


def _deep(element: etree._Element, name: str) -> list[etree._Element]:
    """The nearest descendants of a name, through content controls but not through nested tables."""
    found = []
    for child in element:
        if _name(child) == name:
            found.append(child)
        elif _name(child) in ("sdt", "sdtContent", "ins", "customXml"):
            found += _deep(child, name)
    return found


def _is_bold(run: etree._Element | None) -> bool:
    settings = next((child for child in run if _name(child) == "rPr"), None) if run is not None else None
    for item in settings if settings is not None else ():
        if _name(item) == "b":
            return _attribute(item, "val") not in ("0", "false", "off")
    return False


def _symbol(element: etree._Element) -> str:
    try:
        return chr(int(_attribute(element, "char"), 16))
    except (ValueError, OverflowError):
        return "\ufffd"
