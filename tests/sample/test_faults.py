"""The bad files are bad in the way they are said to be, and in no other."""

from __future__ import annotations

import pypdfium2
import pytest

from goldthread.sample.faults import PASSWORD, scanned, truncated
from goldthread.sample.rawpdf import text_pdf
from goldthread.sample.report import FICTIONAL
from goldthread.sample.truth import KnownReview, Truth
from tests.sample.conftest import pdf_pages, words_of


def content(sample: Truth, known: KnownReview) -> bytes:
    return (sample.reports / known.files[0].name).read_bytes()


def test_the_corrupt_file_begins_as_a_pdf_and_cannot_be_opened(
    sample: Truth, reviews: dict[str, KnownReview]
) -> None:
    data = content(sample, reviews["corrupt"])
    assert data.startswith(b"%PDF-")
    assert b"%%EOF" not in data[-64:]
    with pytest.raises(pypdfium2.PdfiumError):
        pypdfium2.PdfDocument(data)


def test_the_encrypted_file_opens_with_its_password_alone(sample: Truth, reviews: dict[str, KnownReview]) -> None:
    path = sample.reports / reviews["encrypted"].files[0].name
    with pytest.raises(pypdfium2.PdfiumError, match="password"):
        pypdfium2.PdfDocument(path)
    pages = pdf_pages(path, PASSWORD)
    assert pages
    assert all(FICTIONAL in page for page in pages)


def test_the_scan_is_pictures_with_no_text_at_all(sample: Truth, reviews: dict[str, KnownReview]) -> None:
    data = content(sample, reviews["scanned"])
    assert len(data) < 600_000
    document = pypdfium2.PdfDocument(data)
    assert len(document) == 3
    for page in document:
        assert page.get_textpage().count_chars() == 0
        grey = page.render(scale=0.5, grayscale=True).to_numpy()
        assert grey.min() < 100 < 200 < grey.max()
    document.close()


def test_the_mistyped_file_is_a_web_page_named_pdf(sample: Truth, reviews: dict[str, KnownReview]) -> None:
    known = reviews["mistyped"]
    assert known.files[0].name.endswith(".pdf")
    assert content(sample, known).startswith(b"<!DOCTYPE html>")


def test_the_duplicate_is_the_same_bytes_under_another_name(sample: Truth, reviews: dict[str, KnownReview]) -> None:
    copy = reviews["duplicate"]
    first = next(known for known in sample if known.review == copy.of)
    assert content(sample, copy) == content(sample, first)
    assert copy.files[0].name != first.files[0].name


def test_the_reissue_reads_nearly_but_not_quite_the_same(sample: Truth, reviews: dict[str, KnownReview]) -> None:
    again = reviews["near_duplicate"]
    first = next(known for known in sample if known.review == again.of)
    assert content(sample, again) != content(sample, first)
    old, new = (set(words_of(sample.reports / known.files[0].name, "pdf").splitlines()) for known in (first, again))
    assert 0.8 < len(old & new) / len(old | new) < 1
    assert "re-issued" in "".join(new - old)


def test_the_too_brief_document_is_at_most_two_pages(sample: Truth, reviews: dict[str, KnownReview]) -> None:
    known = reviews["too_brief"]
    pages = pdf_pages(sample.reports / known.files[0].name)
    assert len(pages) <= 2
    assert "police" not in " ".join(pages).lower()


def test_truncating_keeps_the_beginning() -> None:
    assert truncated(b"abcdef") == b"ab"


def test_scanning_a_short_document_takes_all_its_pages() -> None:
    assert len(pypdfium2.PdfDocument(scanned(text_pdf([["one"], ["two"]])))) == 2
