"""What a format hands to the layers: raw pages, and the printed lines on them as shapes."""

from __future__ import annotations

from typing import NamedTuple

from goldthread.documents.model import BlockKind, Box


class Cell(NamedTuple):
    """A stretch of a line set off by wide gaps: code points on the page, and left and right edge in points."""

    start: int
    end: int
    left: float
    right: float


class Shape(NamedTuple):
    """One line of a page as printed. Points from the top left corner; `size` is the height of its letters' box.

    `cells` is empty unless the line has wide gaps.
    """

    start: int
    end: int
    left: float
    top: float
    right: float
    bottom: float
    size: float
    bold: bool = False
    italic: bool = False
    cells: tuple[Cell, ...] = ()


class RawPage(NamedTuple):
    """A page before its layers: cleaned text, size in points, lines in the order of the text."""

    text: str
    width: float
    height: float
    shapes: tuple[Shape, ...] = ()
    scanned: bool = False
    grids: tuple[Box, ...] = ()
    """Outlines of ruled tables; looked for only on pages where lines stand side by side."""


class Piece(NamedTuple):
    """A block before its section is known. `lines` are indices of shapes; `level` is a heading's depth from 1."""

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    box: tuple[float, float, float, float] | None = None
