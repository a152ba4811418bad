"""A page of a PDF as a picture, with the place of every word on it; run in a child process, as reading is."""

from __future__ import annotations

import ctypes
import io
import re
from typing import NamedTuple

import pypdfium2.raw as pdfium
from PIL import Image

from goldthread.documents.limits import DEFAULT
from goldthread.documents.pdf import READER, opened_page, page_text
from goldthread.documents.pdf_lines import Handle, Lines
from goldthread.documents.pool import Budget

STYLE = "1"
"""Changed when pictures of the same page come out otherwise than before."""
RENDERER = f"{READER}/{STYLE}"
LIMITS = Budget(20.0, DEFAULT.memory)
_MOST_PIXELS = 12_000_000
_THUMBNAIL = (150, 240)
_WORD = re.compile(r"\S+")


class Wanted(NamedTuple):
    """Which page: the path of the file, the page counted from 1, and pixels a point (1 is 72 to the inch)."""

    path: str
    page: int
    scale: float


class Word(NamedTuple):
    """Where a word stands: its span on the page, and its box in points from the page's top left corner."""

    start: int
    end: int
    left: float
    top: float
    right: float
    bottom: float


class Picture(NamedTuple):
    """A page drawn: JPEG bytes, a thumbnail, the size in points, the text as read, and where its words stand."""

    jpeg: bytes
    small: bytes
    width: float
    height: float
    text: str
    words: tuple[Word, ...]


def draw(wanted: Wanted) -> Picture | None:
    """Draw one page; None when the file or the page cannot be opened."""
    document = pdfium.FPDF_LoadDocument(wanted.path.encode(), None)
    if not document:
        return None
    try:
        with opened_page(document, wanted.page - 1) as (page, text_page):
            if not page or not text_page:
                return None
            width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
            text = page_text(text_page)
            words = _words(Lines(page, text_page, text), text)
            image = _image(page, width, height, wanted.scale)
            return Picture(_jpeg(image), _jpeg(_thumbnail(image)), width, height, text, words)
    finally:
        pdfium.FPDF_CloseDocument(document)


def _words(lines: Lines, text: str) -> tuple[Word, ...]:
    return tuple(_word(lines, found.start(), found.end()) for found in _WORD.finditer(text))


def _word(lines: Lines, start: int, end: int) -> Word:
    first, last = lines.box(start), lines.box(end - 1)
    edges = (min(first[0], last[0]), min(first[1], last[1]), max(first[2], last[2]), max(first[3], last[3]))
    return Word(start, end, *(round(edge, 1) for edge in edges))


def _image(page: Handle, width: float, height: float, scale: float) -> Image.Image:
    scale = min(scale, (_MOST_PIXELS / max(1.0, width * height)) ** 0.5)
    across, down = max(1, round(width * scale)), max(1, round(height * scale))
    bitmap = pdfium.FPDFBitmap_Create(across, down, 0)
    try:
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, across, down, 0xFFFFFFFF)
        pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, across, down, 0, pdfium.FPDF_ANNOT)
        stride = pdfium.FPDFBitmap_GetStride(bitmap)
        pixels = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * down)
        return Image.frombuffer("RGB", (across, down), pixels, "raw", "BGRX", stride, 1)
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)


def _thumbnail(image: Image.Image) -> Image.Image:
    small = image.copy()
    small.thumbnail(_THUMBNAIL, reducing_gap=2.0)
    return small


def _jpeg(image: Image.Image) -> bytes:
    """Ten times as quick to make as PNG or WebP, and sharp enough at twice the size it is read at."""
    out = io.BytesIO()
    image.save(out, "JPEG", quality=82)
    return out.getvalue()
