"""Spoiling a sound file in one named way, as files from hundreds of web sites are spoilt."""

from __future__ import annotations

import io

import pypdfium2

from goldthread.sample.rawpdf import LINES_A_PAGE, image_pdf, set_lines, text_pdf
from goldthread.sample.report import FICTIONAL, Report, plain_lines

PASSWORD = "fictional"  # noqa: S105 - locks one file of the sample, and is in its truth
_SCAN_PAGES, _SCAN_DPI = 3, 110


def truncated(whole: bytes) -> bytes:
    """The first third of a file, as a broken download leaves it."""
    return whole[: len(whole) // 3]


def scanned(whole: bytes) -> bytes:
    """The first pages of a PDF as grey pictures: a person can read them, a program finds no text."""
    document = pypdfium2.PdfDocument(whole)
    try:
        return image_pdf([_picture(document[number]) for number in range(min(_SCAN_PAGES, len(document)))])
    finally:
        document.close()


def locked(report: Report) -> bytes:
    """The report as a PDF that cannot be opened without a password."""
    return text_pdf(_paged(report), password=PASSWORD)


def _picture(page: pypdfium2.PdfPage) -> tuple[bytes, int, int]:
    image = page.render(scale=_SCAN_DPI / 72, grayscale=True).to_pil().convert("L")
    held = io.BytesIO()
    image.save(held, "JPEG", quality=50)
    return held.getvalue(), image.width, image.height


def _paged(report: Report) -> list[list[str]]:
    return pages_of(set_lines(plain_lines(report)))


def pages_of(lines: list[str]) -> list[list[str]]:
    """Lines cut into pages, the mark at the head of each."""
    room = LINES_A_PAGE - 2
    cut = [lines[at : at + room] for at in range(0, len(lines), room)]
    return [[FICTIONAL, "", *page] for page in cut]
