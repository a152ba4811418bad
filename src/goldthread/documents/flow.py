"""Text built block by block, for formats that have structure but no pages laid out: HTML and DOCX."""

from __future__ import annotations

from collections.abc import Sequence

from goldthread.documents import problems
from goldthread.documents.clean import clean
from goldthread.documents.markers import is_caption
from goldthread.documents.model import BlockKind, Problem
from goldthread.documents.shapes import Piece, RawPage


class Flow:
    """Collects blocks into pages. Blocks stand on lines of their own; the cells of a row are parted by tabs.

    Text beyond `most` characters is left out, and said so in `problems`.
    """

    def __init__(self, most: int) -> None:
        self._left = most
        self._overflowed = False
        self._pages: list[tuple[list[str], list[Piece]]] = [([], [])]
        self._at = 0
        self._notes: list[str] = []

    def block(self, kind: BlockKind, text: str, level: int = 0) -> None:
        """Add one block; blank ones are dropped. A paragraph worded as a caption is one."""
        text = clean(text).strip()
        if not text:
            return
        if len(text) > self._left:
            self._overflowed = True
            return
        self._left -= len(text)
        if kind is BlockKind.PARAGRAPH and is_caption(text):
            kind = BlockKind.CAPTION
        words, pieces = self._pages[-1]
        if words:
            self._at += 1
        pieces.append(Piece(kind, self._at, self._at + len(text), level))
        words.append(text)
        self._at += len(text)

    def table(self, rows: Sequence[Sequence[str]]) -> None:
        """Add a table, a line a row."""
        lines = ["\t".join(" ".join(cell.split()) for cell in row) for row in rows]
        self.block(BlockKind.TABLE, "\n".join(line for line in lines if line.strip()))

    def note(self, text: str) -> None:
        """Add a footnote to the foot of the page being filled."""
        self._notes.append(" ".join(text.split()))

    def page_break(self) -> None:
        """Start a new page, unless the present one is still blank."""
        if self._pages[-1][0] or self._notes:
            self._close_page()
            self._pages.append(([], []))
            self._at = 0

    def _close_page(self) -> None:
        notes, self._notes = self._notes, []
        for note in notes:
            self.block(BlockKind.FOOTNOTE, note)

    def pages(self) -> tuple[list[RawPage], list[list[Piece]]]:
        """What was collected."""
        self._close_page()
        filled = [page for page in self._pages if page[0]] or self._pages[:1]
        return [RawPage("\n".join(words), 0.0, 0.0) for words, _ in filled], [pieces for _, pieces in filled]

    def problems(self) -> tuple[Problem, ...]:
        if not self._overflowed:
            return ()
        return (problems.too_large("its text is longer than the limit, and what came after was left out"),)
