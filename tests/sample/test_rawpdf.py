"""The small PDF writer makes PDFs that strict readers accept."""

from __future__ import annotations

import io

import pikepdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldthread.sample.faults import PASSWORD, pages_of
from goldthread.sample.rawpdf import LINES_A_PAGE, set_lines, text_pdf


def text_of(data: bytes, password: str | None = None) -> list[str]:
    document = pypdfium2.PdfDocument(data, password=password)
    return [page.get_textpage().get_text_range() for page in document]


def test_lines_come_out_as_they_went_in() -> None:
    assert text_of(text_pdf([["(one) \\ two", "‘curly’ – dash"], ["next page"]])) == [
        "(one) \\ two\r\n‘curly’ – dash",
        "next page",
    ]


@pytest.mark.parametrize("password", ["", "fictional"])
def test_a_strict_reader_finds_nothing_to_mend(password: str) -> None:
    data = text_pdf([["one"], ["two"]], password=password)
    with pikepdf.open(io.BytesIO(data), password=password) as document:
        assert len(document.pages) == 2
        assert document.is_encrypted == bool(password)
        assert document.check_pdf_syntax() == []


def test_a_wrong_password_is_refused() -> None:
    data = text_pdf([["secret words"]], password=PASSWORD)
    assert b"secret words" not in data
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(io.BytesIO(data), password="x" + PASSWORD)
    assert text_of(data, PASSWORD) == ["secret words"]


@given(st.lists(st.text(st.characters(codec="cp1252", exclude_categories=["C"]), max_size=400), max_size=60))
def test_no_line_is_wider_than_the_page_and_no_page_longer(texts: list[str]) -> None:
    lines = set_lines(texts)
    assert all(len(line) <= 92 for line in lines)
    pages = pages_of(lines)
    assert all(len(page) <= LINES_A_PAGE for page in pages)
    assert [line for page in pages for line in page[2:]] == lines
