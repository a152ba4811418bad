"""One whole sample, made once, and the words of any of its files."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
import pytest
from docx import Document
from selectolax.lexbor import LexborHTMLParser

from goldthread.sample.make import make
from goldthread.sample.truth import KnownReview, Truth


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Truth:
    return make(tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="session")
def reviews(sample: Truth) -> dict[str, KnownReview]:
    """The reviews of the sample by what each is there for; of several ordinary ones the last."""
    return {known.part: known for known in sample}


def pdf_pages(path: Path, password: str | None = None) -> list[str]:
    document = pypdfium2.PdfDocument(path, password=password)
    try:
        return [_page_text(document, number) for number in range(len(document))]
    finally:
        document.close()


def _page_text(document: pypdfium2.PdfDocument, number: int) -> str:
    page = document[number]
    text = page.get_textpage()
    try:
        return text.get_text_range()
    finally:
        text.close()
        page.close()


def words_of(path: Path, format_: str) -> str:
    """All text of a file, as a naive reader finds it."""
    if format_ == "pdf":
        return "\n".join(pdf_pages(path))
    if format_ == "docx":
        document = Document(str(path))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)
    if format_ == "html":
        return LexborHTMLParser(path.read_bytes()).text(separator=" ")
    return path.read_text(encoding="utf-8")


def folded(text: str) -> str:
    """Without white space and hyphens, so that line ends of any kind make no difference."""
    return re.sub(r"[\s\u00ad\ufffe\u0002\u2010-]+", "", text)
