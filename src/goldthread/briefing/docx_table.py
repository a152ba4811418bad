"""Tables in WordprocessingML: caption with an automatic number, header row repeated on every page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from goldthread.analysis.table import Row, Table
from goldthread.briefing.docx_xml import Element, element, field, link, paragraph, run
from goldthread.briefing.tables import note

TEXT_WIDTH = 9638
"""Width of the text in twentieths of a point (A4, 2 cm margins)."""
_MANY = 6


def caption(kind: str, number: int, words: str) -> Element:
    """ "Table 3: …" with the number as a SEQ field."""
    numbered = field(f"SEQ {kind} \\* ARABIC", [run(str(number))])
    return paragraph("Caption", [run(f"{kind} "), *numbered, run(f": {words}")], element("w:keepNext"))


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
    columns = max(len(source.columns), 1)
    longest = max((len(cell.text) for row in source.rows for cell in row.cells), default=0)
    share = 0.42 if longest <= 24 else 0.24
    rest = min(int(TEXT_WIDTH * (1 - share) / columns), 700 if turned else 2600 if longest <= 24 else TEXT_WIDTH)
    return [TEXT_WIDTH - rest * columns, *([rest] * len(source.columns))]


def _header(source: Table, widths: list[int], turned: bool) -> Element:
    height = [element("w:trHeight", val="2400", hRule="exact")] if turned else []
    properties = element("w:trPr", element("w:cantSplit"), *height, element("w:tblHeader"))
    cells = [_cell(widths[0], [run(source.row_label)], "TableText")]
    for column, width in zip(source.columns, widths[1:], strict=True):
        base = f" (n={column.base:,})" if column.base is not None else ""
        cells.append(_cell(width, [run(f"{column.label}{base}")], "TableText", turned))
    return element("w:tr", properties, *cells)


def _row(
    source: Table, row: Row, widths: list[int], evidence: Mapping[tuple[str, str], str], turned: bool
) -> Element:
    properties = element("w:trPr", element("w:cantSplit"))
    bold, italic = row.kind == "total", row.kind == "missing"
    cells = [_cell(widths[0], [run(row.label, bold=bold, italic=italic)], "TableText")]
    for column, cell, width in zip(source.columns, row.cells, widths[1:], strict=True):
        words = run(cell.text, bold=bold, italic=italic)
        key = evidence.get((row.id, column.id))
        cells.append(_cell(width, [link(key, words) if key else words], "TableText", centred=turned))
    return element("w:tr", properties, *cells)


def _cell(width: int, content: list[Element], style: str, turned: bool = False, centred: bool = False) -> Element:
    properties = [element("w:tcW", w=str(width), type="dxa")]
    if turned:
        properties.append(element("w:textDirection", val="btLr"))
    centre = [element("w:jc", val="center")] if centred else []
    return element("w:tc", element("w:tcPr", *properties), paragraph(style, content, *centre))


def captioned(source: Table, words: str, number: int, evidence: Mapping[tuple[str, str], str]) -> Iterator[Element]:
    """Caption, table and notes."""
    yield caption("Table", number, words)
    yield table(source, evidence)
    yield notes(source)
