"""Finding the words a row points to, in the stored text of its review, letter for letter."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from goldthread.analysis.records import DocumentRecord, ReviewRecord
from goldthread.anchors import Anchor, DocumentText, anchor
from goldthread.errors import BrokenAnchor
from goldthread.study.intake.imports.changes import RowFault

_SHOWN = 60


def plain(text: str) -> str:
    """Text with line ends as they are stored: spreadsheets and other programs write them in their own way."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


class Evidence:
    """The study's texts, each read once."""

    def __init__(self, read: Callable[[str], DocumentText]) -> None:
        self._read = read
        self._texts: dict[str, DocumentText] = {}

    def text(self, document_id: str) -> DocumentText:
        """One document's stored text."""
        if document_id not in self._texts:
            self._texts[document_id] = self._read(document_id)
        return self._texts[document_id]

    def find(
        self, review: ReviewRecord, file_name: str, start: int | None, end: int | None, quote: str, page: int | None
    ) -> Anchor:
        """The anchor of these words. Without `start` and `end` the quote must stand in the review once.

        Raises RowFault when the words are not there exactly.
        """
        documents = _named(review, file_name)
        quote = plain(quote)
        if not quote.strip():
            raise RowFault("no quote", "the row has a place but no quote", "copy the exact words into `quote`")
        if start is None or end is None:
            found = self.only_place(quote, documents)
        else:
            found = self._at(documents, start, end, quote)
        if page is not None and page != found.page:
            raise RowFault(
                "page", f"the words stand on page {found.page}, not {page}", "correct the page or empty it"
            )
        return found

    def places(self, quote: str, documents: Sequence[DocumentRecord]) -> list[Anchor]:
        """Where exactly these words stand; two places are enough to know that there is not one."""
        found: list[Anchor] = []
        for document in documents:
            text = self.text(document.document_id)
            at = text.text.find(quote)
            while at >= 0 and len(found) < 2:
                found.append(anchor(text, at, at + len(quote)))
                at = text.text.find(quote, at + 1)
        return found

    def only_place(self, quote: str, documents: Sequence[DocumentRecord]) -> Anchor:
        """The one place where exactly these words stand. Raises RowFault for none or several."""
        found = self.places(quote, documents)
        if not found:
            raise RowFault(
                "not found", f"these words stand nowhere in the stored text: {_short(quote)}", "copy them exactly"
            )
        if len(found) > 1:
            raise RowFault(
                "ambiguous", f"these words stand more than once: {_short(quote)}", "give `start` and `end` as well"
            )
        return found[0]

    def _at(self, documents: Sequence[DocumentRecord], start: int, end: int, quote: str) -> Anchor:
        read = ""
        for document in documents:
            text = self.text(document.document_id)
            read = text.text[start:end] if 0 <= start < end else ""
            if read == quote:
                try:
                    return anchor(text, start, end)
                except BrokenAnchor as broken:
                    raise RowFault("not found", broken.what, "correct `start` and `end`") from broken
        raise RowFault(
            "not found",
            f"the text from {start} to {end} reads {_short(read) or 'nothing'}, not {_short(quote)}",
            "restore the quote as exported, or empty `start` and `end` to have it looked for",
        )


def _named(review: ReviewRecord, file_name: str) -> Sequence[DocumentRecord]:
    if not file_name:
        if review.documents:
            return review.documents
    elif found := [item for item in review.documents if item.file_name == file_name]:
        return found
    known = ", ".join(item.file_name for item in review.documents) or "no documents"
    raise RowFault(
        "unknown", f"{review.review_id} has no file called {file_name!r}", f"name one of its files: {known}"
    )


def _short(text: str) -> str:
    if not text:
        return ""
    line = " ".join(text.split())
    return f"“{line if len(line) <= _SHOWN else line[:_SHOWN] + '…'}”"
