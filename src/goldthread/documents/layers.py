"""The layers of a laid-out document: what each run of printed lines is, in reading order."""

from __future__ import annotations

from collections.abc import Sequence

from goldthread.documents.furniture import Place, furniture
from goldthread.documents.headings import Style, heading_style, levels
from goldthread.documents.markers import FOOTNOTE, is_caption, is_contents_line, marker
from goldthread.documents.model import BlockKind
from goldthread.documents.order import reading_order
from goldthread.documents.paragraphs import Measure, continues, measure, right_margins
from goldthread.documents.shapes import Piece, RawPage, Shape
from goldthread.documents.tables import is_row, table_runs

_SMALL = 0.93


def lay_out(pages: Sequence[RawPage]) -> list[list[Piece]]:
    """The pieces of every page in reading order. Every printed line is in exactly one piece."""
    body = measure(pages)
    edges = furniture(pages)
    drafts = [_Draft(page, index, edges, body) for index, page in enumerate(pages)]
    depth = levels(style for draft in drafts for style in draft.styles.values())
    return [reading_order(draft.pieces(depth), page) for draft, page in zip(drafts, pages, strict=True)]


class _Draft:
    """One page while it is being laid out: `groups` are (kind, indices of consecutive lines)."""

    def __init__(self, page: RawPage, number: int, edges: dict[Place, BlockKind], body: Measure) -> None:
        self.page, self.body = page, body
        self.groups: list[tuple[BlockKind, list[int]]] = []
        free = []
        for index in range(len(page.shapes)):
            kind = edges.get((number, index))
            if kind is None:
                free.append(index)
            else:
                self.groups.append((kind, [index]))
        notes = self._footnotes(free)
        self.margins = right_margins(page, free)
        self._text(free[: len(free) - len(notes)])
        self._notes(notes)
        self.styles = self._headings()

    def _footnotes(self, free: list[int]) -> list[int]:
        """The lines at the end of the text, low on the page and small, from the first that starts as a note does."""
        shapes = self.page.shapes
        small = self.body.size * _SMALL
        first = len(free)
        position = len(free)
        while position and shapes[free[position - 1]].size < small:
            position -= 1
            shape = shapes[free[position]]
            if self._starts_note(shape):
                first = position
        if first == len(free) or shapes[free[first]].top < 0.3 * self.page.height:
            return []
        return free[first:] if first else []

    def _starts_note(self, line: Shape) -> bool:
        """A number and words, or a raised number that PDFium took for a line of its own."""
        text = self.page.text[line.start : line.end]
        return FOOTNOTE.match(text) is not None or (len(text) < 4 and text.isdigit())

    def _notes(self, notes: list[int]) -> None:
        shapes = self.page.shapes
        for index in notes:
            if self._starts_note(shapes[index]) or not self.groups:
                self.groups.append((BlockKind.FOOTNOTE, [index]))
            else:
                self.groups[-1][1].append(index)

    def _text(self, free: list[int]) -> None:
        done = 0
        for begin, end in table_runs(self.page, free):
            self._paragraphs(free[done:begin])
            self.groups.append((BlockKind.TABLE, free[begin:end]))
            done = end
        self._paragraphs(free[done:])

    def _paragraphs(self, lines: list[int]) -> None:
        page, shapes = self.page, self.page.shapes
        group: list[int] = []
        for index in lines:
            shape = shapes[index]
            if (
                group
                and index == group[-1] + 1
                and continues(page, shapes[group[0]], shapes[group[-1]], shape, self.body, self.margins)
            ):
                group.append(index)
                continue
            if group:
                self._close(group)
            group = [index]
        if group:
            self._close(group)

    def _close(self, group: list[int]) -> None:
        first = self.page.shapes[group[0]]
        text = self.page.text[first.start : self.page.shapes[group[-1]].end]
        kind = BlockKind.PARAGRAPH
        if is_caption(text):
            kind = BlockKind.CAPTION
        elif is_contents_line(text):
            kind = BlockKind.TABLE
        elif (found := marker(text)) and not found["deep"]:
            kind = BlockKind.LIST_ITEM
        self.groups.append((kind, group))

    def _headings(self) -> dict[int, Style]:
        """Which groups are headings, by index, and how they are set."""
        shapes, text = self.page.shapes, self.page.text
        found = {}
        for position, (kind, group) in enumerate(self.groups):
            if len(group) > 4 or kind not in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM):
                continue
            first, last = shapes[group[0]], shapes[group[-1]]
            if last.end - first.start > 200 or any(is_row(self.page, shapes[index]) for index in group):
                continue
            style = heading_style(
                text[first.start : last.end],
                max(shapes[index].size for index in group),
                bold=all(shapes[index].bold for index in group),
                italic=all(shapes[index].italic for index in group),
                lines=len(group),
                body=self.body,
                apart=len(group) == 1 and first.right < self.margins[1] - first.size,
            )
            if style:
                found[position] = style
        return found

    def pieces(self, depth: dict[Style, int]) -> list[Piece]:
        found = []
        for position, (kind, group) in enumerate(self.groups):
            lines = [self.page.shapes[index] for index in group]
            style = self.styles.get(position)
            found.append(
                Piece(
                    BlockKind.HEADING if style else kind,
                    lines[0].start,
                    lines[-1].end,
                    depth[style] if style else 0,
                    _around(lines),
                )
            )
        return found


def _around(lines: list[Shape]) -> tuple[float, float, float, float]:
    return (
        min(line.left for line in lines),
        min(line.top for line in lines),
        max(line.right for line in lines),
        max(line.bottom for line in lines),
    )
