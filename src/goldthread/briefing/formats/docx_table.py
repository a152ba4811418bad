"""Tables in WordprocessingML: caption with an automatic number, header row repeated on every page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from goldthread.analysis.table import Row, Table
from goldthread.briefing.formats.docx_xml import Element, element, field, link, paragraph, run
from goldthread.briefing.formats.outline import is_words, weights
from goldthread.briefing.sections.tables import note
from goldthread.briefing.words.wording import say

TEXT_WIDTH = 9638
"""Width of the text in twentieths of a point (A4, 2 cm margins)."""
Marked = Callable[[str, list[Element]], list[Element]]
"""Puts elements inside a bookmark of a name."""
_MANY = 6
_NARROW = 420
"""Width of a column whose heading is turned on its side."""
_SHORT = 14
"""Tables of so many rows stay on one page."""


def caption(kind: str, number: int, words: str, marked: Marked | None = None) -> Element:
    """ "Table 3: …" with the number as a SEQ field; `marked` puts what it is called inside a bookmark."""
    called = [run(f"{kind} "), *field(f"SEQ {kind} \\* ARABIC", [run(str(number))])]
    called = marked(mark_of(kind.lower(), number), called) if marked else called
    return paragraph("Caption", [*called, run(f": {words}")], element("w:keepNext"))


def mark_of(noun: str, number: int) -> str:
    """The bookmark that holds what a table or figure is called; one that begins so is not listed by Word."""
    return f"_Ref_{noun}_{number}"


def table(source: Table, evidence: Mapping[tuple[str, str], str]) -> Element:
    """The table; counted cells link to the bookmark of their evidence entry."""
    turned = len(source.columns) > _MANY
    widths = _widths(source, turned)
    properties = element(
        "w:tblPr",
        element("w:tblStyle", val="GoldthreadTable"),
        element("w:tblW", w=str(sum(widths)), type="dxa"),
        element("w:tblLayout", type="fixed"),
        element("w:tblLook", val="0460", firstRow="1", firstColumn="1", noHBand="1", noVBand="1"),
    )
    grid = element("w:tblGrid", *(element("w:gridCol", w=str(width)) for width in widths))
    rows = (_row(source, row, widths, evidence, turned) for row in source.rows)
    return element("w:tbl", properties, grid, _header(source, widths, turned), *rows)


def notes(source: Table) -> Element:
    """What is printed below a table."""
    return paragraph("TableNote", [run(note(source))])


def _widths(source: Table, turned: bool) -> list[int]:
    if turned:
        narrow = min(_NARROW, TEXT_WIDTH * 3 // 4 // len(source.columns))
        return [TEXT_WIDTH - narrow * len(source.columns), *([narrow] * len(source.columns))]
    shares = weights(source)
    return [int(TEXT_WIDTH * share / sum(shares)) for share in shares]


def _header(source: Table, widths: list[int], turned: bool) -> Element:
    height = [element("w:trHeight", val="2400", hRule="exact")] if turned else []
    properties = element("w:trPr", element("w:cantSplit"), *height, element("w:tblHeader"))
    small = "TableSmall" if turned else "TableText"
    cells = [_cell(widths[0], [run(source.row_label or say("tables.counted"))], style=small)]
    for column, width in zip(source.columns, widths[1:], strict=True):
        base = f" (n={column.base:,})" if column.base is not None else ""
        side = "" if turned else _side(source, len(cells) - 1, turned)
        cells.append(_cell(width, [run(f"{column.label}{base}")], side, turned, style=small))
    return element("w:tr", properties, *cells)


def _row(
    source: Table, row: Row, widths: list[int], evidence: Mapping[tuple[str, str], str], turned: bool
) -> Element:
    properties = element("w:trPr", element("w:cantSplit"))
    bold, italic = row.kind == "total", row.kind == "missing"
    together = len(source.rows) <= _SHORT or row in source.rows[:2] or row is source.rows[-1]
    small = "TableSmall" if turned else "TableText"
    cells = [_cell(widths[0], [run(row.label, bold=bold, italic=italic)], together=together, style=small)]
    for column, cell, width in zip(source.columns, row.cells, widths[1:], strict=True):
        words = run(cell.text, bold=bold, italic=italic)
        key = evidence.get((row.id, column.id))
        side = _side(source, len(cells) - 1, turned)
        cells.append(_cell(width, [link(key, words) if key else words], side, together=together, style=small))
    return element("w:tr", properties, *cells)


def _side(source: Table, place: int, turned: bool) -> str:
    return "" if is_words(source, place) else "center" if turned else "right"


def _cell(
    width: int,
    content: list[Element],
    side: str = "",
    turned: bool = False,
    together: bool = True,
    style: str = "TableText",
) -> Element:
    """A cell; `together` keeps its row on one page with what follows."""
    properties = [element("w:tcW", w=str(width), type="dxa")]
    if width <= _NARROW:
        edges = (element(f"w:{edge}", w="20", type="dxa") for edge in ("left", "right"))
        properties.append(element("w:tcMar", *edges))
    if turned:
        properties.append(element("w:textDirection", val="btLr"))
    aligned = [element("w:keepNext")] if together else []
    aligned += [element("w:jc", val=side)] if side else []
    return element("w:tc", element("w:tcPr", *properties), paragraph(style, content, *aligned))


def captioned(
    source: Table, words: str, number: int, evidence: Mapping[tuple[str, str], str], marked: Marked | None = None
) -> Iterator[Element]:
    """Caption, table and notes."""
    yield caption("Table", number, words, marked)
    yield table(source, evidence)
    yield notes(source)
