"""PDF by PDFium: the raw text of each page, cleaned, and the place and weight of every printed line.

PDFium is called directly (ctypes) because a line costs four calls this way and the whole of a report thousands.
It is not thread-safe: one process reads one document at a time.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium
from pypdfium2.version import PDFIUM_INFO

from goldthread.documents import problems
from goldthread.documents.clean import clean
from goldthread.documents.layers import lay_out
from goldthread.documents.limits import DEFAULT, Limits
from goldthread.documents.model import ParsedDocument, Problem
from goldthread.documents.pages import finish
from goldthread.documents.pdf_lines import Handle, Lines
from goldthread.documents.rules import grids
from goldthread.documents.shapes import RawPage, Shape
from goldthread.documents.title import title_of

READER = f"pdfium {PDFIUM_INFO.version}"

_LITTLE_TEXT = 24
_PICTURE_SHARE = 0.3
_PROBLEM_PAGES = 200


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
def opened_page(document: Handle, index: int) -> Iterator[tuple[Handle, Handle]]:
    """A page, counted from 0, and its text page; either is empty where PDFium cannot load it."""
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
    with opened_page(document, index) as (page, text_page):
        if not page or not text_page:
            return None
        width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
        text = page_text(text_page)
        scanned = len(text) < 10 * _LITTLE_TEXT and _is_picture(page, text, width, height)
        if not text.strip():
            return RawPage(text, width, height, (), scanned)
        lines = Lines(page, text_page, text)
        shapes = lines.shapes()
        ruled = grids(lines.drawn(page)) if _side_by_side(shapes) else ()
        return RawPage(text, width, height, shapes, scanned, ruled)


def page_text(text_page: Handle) -> str:
    """The page's text, cleaned."""
    count = pdfium.FPDFText_CountChars(text_page)
    if count <= 0:
        return ""
    # A new ctypes array type for each length would be kept for ever: lengths are rounded up to powers of two.
    buffer = _buffer(1 << (count * 2 + 2).bit_length())
    written = pdfium.FPDFText_GetText(text_page, 0, count, buffer)
    return clean(str(memoryview(buffer).cast("B")[: max(0, written - 1) * 2], "utf-16-le", "replace"))


@lru_cache(maxsize=4)
def _buffer(size: int) -> Any:
    return (ctypes.c_ushort * size)()


def _side_by_side(shapes: tuple[Shape, ...]) -> bool:
    """Whether at least two lines have cells, or stand to the right of the line before and not below it."""
    rows = sum(len(shape.cells) > 1 and shape.cells[0].end - shape.start > 4 for shape in shapes)
    jumps = sum(after.top < before.bottom - 2 and after.left > before.left + 20 for before, after in pairwise(shapes))
    return rows + jumps > 1


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
