"""PDF by PDFium: the raw text of each page, cleaned, and the place and weight of every printed line.

PDFium is called directly (ctypes) because a line costs four calls this way and the whole of a report thousands.
It is not thread-safe: one process reads one document at a time.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pypdfium2.raw as pdfium
from pypdfium2.version import PDFIUM_INFO

from goldthread.documents import problems
from goldthread.documents.clean import clean
from goldthread.documents.layers import lay_out
from goldthread.documents.limits import DEFAULT, Limits
from goldthread.documents.model import ParsedDocument, Problem
from goldthread.documents.pages import finish
from goldthread.documents.shapes import Cell, RawPage, Shape
from goldthread.documents.title import title_of

READER = f"pdfium {PDFIUM_INFO.version}"

_SUSPICIOUSLY_WIDE = 0.52
_GAP = 1.25
_BOLD_NAME = re.compile(rb"bold|black|heavy|semib|demi(?!ne)|extrab", re.IGNORECASE)
_LITTLE_TEXT = 24
_PICTURE_SHARE = 0.3
_PROBLEM_PAGES = 200

Handle = Any
"""An opaque PDFium pointer."""


class PdfReader:
    """The reader of PDF files."""

    name = "pdf"
    version = READER

    def accepts(self, data: bytes) -> bool:
        return b"%PDF-" in data[:1024]

    def read(self, data: bytes, limits: Limits = DEFAULT) -> ParsedDocument:
        """Text and layers of every page; damaged and scanned pages are listed as problems."""
        document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
        if not document:
            return problems.nothing(_why_not_opened(), format="pdf", reader=READER)
        try:
            return _read(document, limits)
        finally:
            pdfium.FPDF_CloseDocument(document)


def _why_not_opened() -> Problem:
    error = pdfium.FPDF_GetLastError()
    if error == pdfium.FPDF_ERR_PASSWORD:
        return problems.encrypted()
    if error == pdfium.FPDF_ERR_SECURITY:
        return problems.unsupported("A PDF with this kind of protection")
    return problems.corrupt("it starts as a PDF but cannot be opened as one")


def _read(document: Handle, limits: Limits) -> ParsedDocument:
    count = pdfium.FPDF_GetPageCount(document)
    found: list[Problem] = []
    if count > limits.pages:
        return problems.nothing(
            problems.too_large(f"it says it has {count:,} pages and the limit is {limits.pages:,}"),
            format="pdf",
            reader=READER,
        )
    raw: list[RawPage] = []
    characters = 0
    for index in range(count):
        page = _page(document, index)
        if page is None:
            found.append(problems.unreadable_page(index + 1))
            page = RawPage("", 0.0, 0.0)
        elif page.scanned:
            found.append(problems.scanned_page(index + 1))
        characters += len(page.text)
        if characters > limits.characters:
            return problems.nothing(
                problems.too_large(f"its text is longer than {limits.characters:,} characters"),
                format="pdf",
                reader=READER,
            )
        raw.append(page)
    if len(found) == count and not any(page.scanned for page in raw):
        return problems.nothing(problems.corrupt("none of its pages can be read"), format="pdf", reader=READER)
    pages = lay_out(raw)
    if not any(page.text.strip() for page in raw):
        found = [problems.no_text(count)]
    return finish(
        "pdf",
        READER,
        title_of(_metadata(document, b"Title"), raw, pages),
        raw,
        pages,
        tuple(found[:_PROBLEM_PAGES]),
    )


def _metadata(document: Handle, key: bytes) -> str:
    size = pdfium.FPDF_GetMetaText(document, key, None, 0)
    if not 2 < size < 10_000:
        return ""
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDF_GetMetaText(document, key, buffer, size)
    return clean(buffer.raw[: size - 2].decode("utf-16-le", "replace")).strip()


@contextmanager
def _opened(document: Handle, index: int) -> Iterator[tuple[Handle, Handle]]:
    page = pdfium.FPDF_LoadPage(document, index)
    text_page = pdfium.FPDFText_LoadPage(page) if page else None
    try:
        yield page, text_page
    finally:
        if text_page:
            pdfium.FPDFText_ClosePage(text_page)
        if page:
            pdfium.FPDF_ClosePage(page)


def _page(document: Handle, index: int) -> RawPage | None:
    """One page, or None if PDFium cannot load it."""
    with _opened(document, index) as (page, text_page):
        if not page or not text_page:
            return None
        width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
        text = _text(text_page)
        scanned = len(text) < 10 * _LITTLE_TEXT and _is_picture(page, text, width, height)
        shapes = _Lines(page, text_page, text).shapes() if text.strip() else ()
        return RawPage(text, width, height, shapes, scanned)


def _text(text_page: Handle) -> str:
    """The page's text, cleaned."""
    count = pdfium.FPDFText_CountChars(text_page)
    if count <= 0:
        return ""
    buffer = (ctypes.c_ushort * (count * 2 + 2))()
    written = pdfium.FPDFText_GetText(text_page, 0, count, buffer)
    data = bytes(memoryview(buffer).cast("B")[: max(0, written - 1) * 2])
    return clean(data.decode("utf-16-le", "replace"))


def _is_picture(page: Handle, text: str, width: float, height: float) -> bool:
    """Whether the page is in the main one or more images, with next to no text over them."""
    if len("".join(text.split())) > _LITTLE_TEXT:
        return False
    covered = 0.0
    edges = [ctypes.c_float() for _ in range(4)]
    for index in range(min(pdfium.FPDFPage_CountObjects(page), 500)):
        item = pdfium.FPDFPage_GetObject(page, index)
        if pdfium.FPDFPageObj_GetType(item) == pdfium.FPDF_PAGEOBJ_IMAGE and pdfium.FPDFPageObj_GetBounds(
            item, *(ctypes.byref(edge) for edge in edges)
        ):
            left, bottom, right, top = (edge.value for edge in edges)
            covered += max(0.0, right - left) * max(0.0, top - bottom)
    return covered > _PICTURE_SHARE * width * height


class _Lines:
    """The lines of one page. A class only because every call needs the same six handles."""

    def __init__(self, page: Handle, text_page: Handle, text: str) -> None:
        self.text_page, self.text = text_page, text
        self.index = _unit_index(text) if not text.isascii() and max(text) > "\uffff" else None
        self.rect = pdfium.FS_RECTF()
        self.rect_by = ctypes.byref(self.rect)
        self.bold: dict[int, bool] = {}
        self.name = ctypes.create_string_buffer(128)
        self.rotation = pdfium.FPDFPage_GetRotation(page)
        bounds = pdfium.FS_RECTF()
        pdfium.FPDF_GetPageBoundingBox(page, ctypes.byref(bounds))
        self.bounds = (bounds.left, bounds.bottom, bounds.right, bounds.top)

    def box(self, at: int) -> tuple[float, float, float, float]:
        """The box of the character at `at`, in points from the top left corner of the page as it is shown."""
        rect = self.rect
        unit = at if self.index is None else self.index[at]
        if not pdfium.FPDFText_GetLooseCharBox(self.text_page, unit, self.rect_by):
            return (0.0, 0.0, 0.0, 0.0)
        left, bottom, right, top = self.bounds
        if self.rotation == 0:
            return (rect.left - left, top - rect.top, rect.right - left, top - rect.bottom)
        if self.rotation == 1:
            return (rect.bottom - bottom, rect.left - left, rect.top - bottom, rect.right - left)
        if self.rotation == 2:
            return (right - rect.right, rect.bottom - bottom, right - rect.left, rect.top - bottom)
        return (top - rect.top, right - rect.right, top - rect.bottom, right - rect.left)

    def is_bold(self, at: int) -> bool:
        item = pdfium.FPDFText_GetTextObject(self.text_page, at if self.index is None else self.index[at])
        font = pdfium.FPDFTextObj_GetFont(item) if item else None
        if not font:
            return False
        address = ctypes.addressof(font.contents)
        known = self.bold.get(address)
        if known is None:
            pdfium.FPDFFont_GetBaseFontName(font, self.name, 128)
            known = self.bold[address] = _BOLD_NAME.search(self.name.value) is not None
        return known

    def shapes(self) -> tuple[Shape, ...]:
        found = []
        at = 0
        for line in self.text.split("\n"):
            bare = line.strip()
            if bare:
                start = at + line.index(bare[0])
                found.append(self.shape(start, start + len(bare)))
            at += len(line) + 1
        return tuple(found)

    def shape(self, start: int, end: int) -> Shape:
        middle = (start + end) // 2
        if self.text[middle].isspace():
            middle += 1
        first, typical, last = self.box(start), self.box(middle), self.box(end - 1)
        size = typical[3] - typical[1]
        left, right = min(first[0], last[0], typical[0]), max(first[2], last[2], typical[2])
        wide = right - left > _SUSPICIOUSLY_WIDE * (end - start) * size
        return Shape(
            start,
            end,
            left,
            min(typical[1], last[1]),
            right,
            max(typical[3], last[3]),
            size,
            self.is_bold(middle),
            self.cells(start, end, size) if wide and end - start > 2 else (),
        )

    def cells(self, start: int, end: int, size: float) -> tuple[Cell, ...]:
        """The stretches of a line between gaps wider than letters explain, or nothing if there are none."""
        found: list[Cell] = []
        begin, left = start, self.box(start)[0]
        for space in re.finditer(r"\s+", self.text[start:end]):
            before, after = start + space.start(), start + space.end()
            right = self.box(before - 1)[2]
            resumes = self.box(after)[0]
            if resumes - right > _GAP * size:
                found.append(Cell(begin, before, left, right))
                begin, left = after, resumes
        if not found:
            return ()
        return (*found, Cell(begin, end, left, self.box(end - 1)[2]))


def _unit_index(text: str) -> list[int]:
    """For each code point of `text`, where PDFium counts it: characters beyond U+FFFF count twice."""
    index, at = [], 0
    for letter in text:
        index.append(at)
        at += 2 if letter > "\uffff" else 1
    return index
