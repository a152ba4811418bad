"""Where the lines of a PDF page stand, how large and heavy they are, and what is drawn around them."""

from __future__ import annotations

import ctypes
import re
from typing import Any

import pypdfium2.raw as pdfium

from goldthread.documents.model import Box
from goldthread.documents.shapes import Cell, Shape

Handle = Any
"""An opaque PDFium pointer."""

Edges = tuple[float, float, float, float]
"""Left, top, right, bottom."""

_SUSPICIOUSLY_WIDE = 0.52
_GAP = 1.25
_BOLD_NAME = re.compile(rb"bold|black|heavy|semib|demi(?!ne)|extrab", re.IGNORECASE)
_ITALIC_NAME = re.compile(rb"italic|oblique", re.IGNORECASE)
_MOST_OBJECTS = 20_000
_SPACES = re.compile(r"\s+")
_BREAK = re.compile(r"\n|\u00ad(?=\S)")
"""PDFium writes no line break after a hyphen at a line end."""

_loose_box = pdfium.FPDFText_GetLooseCharBox
_font_info = pdfium.FPDFText_GetFontInfo


class Lines:
    """The lines of one page. A class only because every call needs the same handles."""

    def __init__(self, page: Handle, text_page: Handle, text: str) -> None:
        self.text_page, self.text = text_page, text
        self.index = _unit_index(text) if not text.isascii() and max(text) > "\uffff" else None
        self.rect = pdfium.FS_RECTF()
        self.rect_by = ctypes.byref(self.rect)
        self.styles: dict[bytes, tuple[bool, bool]] = {}
        self.name = ctypes.create_string_buffer(128)
        self.rotation = pdfium.FPDFPage_GetRotation(page)
        bounds = pdfium.FS_RECTF()
        pdfium.FPDF_GetPageBoundingBox(page, ctypes.byref(bounds))
        self.bounds = (bounds.left, bounds.bottom, bounds.right, bounds.top)

    def box(self, at: int) -> Edges:
        """The box of the character at `at`, in points from the top left corner of the page as it is shown."""
        rect = self.rect
        if not _loose_box(self.text_page, at if self.index is None else self.index[at], self.rect_by):
            return (0.0, 0.0, 0.0, 0.0)
        if self.rotation == 0:
            left, _, _, top = self.bounds
            return (rect.left - left, top - rect.top, rect.right - left, top - rect.bottom)
        return self.turned(rect.left, rect.bottom, rect.right, rect.top)

    def turned(self, west: float, south: float, east: float, north: float) -> Edges:
        """A rectangle of PDFium's (upwards, unrotated) as points from the top left corner of the page as shown."""
        left, bottom, right, top = self.bounds
        if self.rotation == 1:
            return (south - bottom, west - left, north - bottom, east - left)
        if self.rotation == 2:
            return (right - east, south - bottom, right - west, north - bottom)
        if self.rotation == 3:
            return (top - north, right - east, top - south, right - west)
        return (west - left, top - north, east - left, top - south)

    def drawn(self, page: Handle) -> list[Box]:
        """The boxes of the lines and rectangles drawn on the page; curves and pictures are left out."""
        found = []
        edges = [ctypes.c_float() for _ in range(4)]
        by = [ctypes.byref(edge) for edge in edges]
        for index in range(min(pdfium.FPDFPage_CountObjects(page), _MOST_OBJECTS)):
            item = pdfium.FPDFPage_GetObject(page, index)
            if (
                pdfium.FPDFPageObj_GetType(item) == pdfium.FPDF_PAGEOBJ_PATH
                and pdfium.FPDFPath_CountSegments(item) <= 6
                and pdfium.FPDFPageObj_GetBounds(item, *by)
            ):
                west, south, east, north = (edge.value for edge in edges)
                found.append(Box(*self.turned(west, south, east, north)))
        return found

    def style(self, at: int) -> tuple[bool, bool]:
        """Whether the font of the character at `at` is bold, and italic, by its name."""
        name = self.name
        if not _font_info(self.text_page, at if self.index is None else self.index[at], name, 128, None):
            return (False, False)
        known = self.styles.get(name.value)
        if known is None:
            value = name.value
            known = (_BOLD_NAME.search(value) is not None, _ITALIC_NAME.search(value) is not None)
            self.styles[value] = known
        return known

    def shapes(self) -> tuple[Shape, ...]:
        """Every printed line, in the order of the text."""
        text = self.text
        found = []
        at = 0
        ends = [match.end() for match in _BREAK.finditer(text)] if "\u00ad" in text else None
        lines = text.split("\n") if ends is None else _split(text, ends)
        gap = 1 if ends is None else 0
        for line in lines:
            bare = line.strip()
            if bare:
                start = at + len(line) - len(line.lstrip())
                found.append(self.shape(start, start + len(bare)))
            at += len(line) + gap
        return tuple(found)

    def shape(self, start: int, end: int) -> Shape:
        text = self.text
        middle = (start + end) // 2
        if text[middle].isspace():
            middle += 1
        left, top, last, bottom = first = self.box(start)
        size = bottom - top
        if end - start > 1:
            centre, final = self.box(middle), self.box(end - 1)
            # The middle one of three letters by height: any one of them may be a bullet or a raised number.
            size, top, bottom = sorted((box[3] - box[1], box[1], box[3]) for box in (first, centre, final))[1]
            left, last = min(left, final[0]), max(last, final[2])
            if abs(first[1] - final[1]) > 1.5 * size and abs(first[0] - final[0]) < size:
                # Words that run up or down the page as it is shown.
                top, bottom = min(first[1], final[1]), max(first[3], final[3])
        bold, italic = self.style(middle)
        if (bold or italic) and end - start > 2:
            first_style, last_style = self.style(start), self.style(_last_letter(text, middle, end))
            bold = bold and first_style[0] and last_style[0]
            italic = italic and first_style[1] and last_style[1]
        wide = end - start > 2 and last - left > _SUSPICIOUSLY_WIDE * (end - start) * size
        cells = self.cells(start, end, size) if wide else ()
        return Shape(start, end, left, top, last, bottom, size, bold, italic, cells)

    def cells(self, start: int, end: int, size: float) -> tuple[Cell, ...]:
        """The stretches of a line between gaps wider than letters explain, or nothing if there are none."""
        found: list[Cell] = []
        begin, left = start, self.box(start)[0]
        for space in _SPACES.finditer(self.text, start, end):
            before, after = space.span()
            right = self.box(before - 1)[2]
            resumes = self.box(after)[0]
            if resumes - right > _GAP * size:
                found.append(Cell(begin, before, left, right))
                begin, left = after, resumes
        if not found:
            return ()
        return (*found, Cell(begin, end, left, self.box(end - 1)[2]))


def _split(text: str, ends: list[int]) -> list[str]:
    """The text cut after each of `ends`, nothing lost."""
    return [text[begin:end] for begin, end in zip([0, *ends], [*ends, len(text)], strict=True)]


def _last_letter(text: str, begin: int, end: int) -> int:
    """The last letter or digit of a line: the full stop after a bold heading is often not bold."""
    while end - 1 > begin and not text[end - 1].isalnum():
        end -= 1
    return end - 1


def _unit_index(text: str) -> list[int]:
    """For each code point of `text`, where PDFium counts it: characters beyond U+FFFF count twice."""
    index, at = [], 0
    for letter in text:
        index.append(at)
        at += 2 if letter > "\uffff" else 1
    return index
