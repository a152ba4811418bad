"""What renderers share: contents, numbering, pages behind a claim, and how an anchor is shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from goldthread.analysis.table import Table
from goldthread.anchors import Anchor
from goldthread.briefing.blocks import (
    Block,
    Box,
    Briefing,
    CrossReference,
    EvidenceEntry,
    FigureBlock,
    Heading,
    Items,
    LiveFigure,
    Paragraph,
    Quote,
    TableBlock,
)
from goldthread.briefing.formats.paper import bound
from goldthread.briefing.words.phrases import counted, ranges, shortened, spanned
from goldthread.briefing.words.wording import say
from goldthread.values import Basis

_LINE = 180
"""A paragraph of so many characters is a line or two."""


@dataclass(frozen=True)
class Outline:
    """A briefing with everything worked out that any renderer needs."""

    briefing: Briefing

    @property
    def draft(self) -> str:
        """The line that must stand on every page of a draft; "" on the confirmed basis."""
        return say("draft") if self.briefing.basis is not Basis.CONFIRMED else ""

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """Every block, those inside boxes after their box."""
        return tuple(_flat(self.briefing.blocks))

    @cached_property
    def headings(self) -> tuple[Heading, ...]:
        """Headings in order, for the list of contents."""
        return tuple(block for block in self.blocks if isinstance(block, Heading))

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Table and figure keys to their number, each kind counted from 1."""
        numbers: dict[str, int] = {}
        tables = figures = 0
        for block in self.blocks:
            if isinstance(block, TableBlock):
                numbers[block.key] = tables = tables + 1
            elif isinstance(block, FigureBlock):
                numbers[block.key] = figures = figures + 1
        return numbers

    def reference(self, named: CrossReference) -> str:
        """What prose calls a table or figure: "Table 3", or its title where it is not printed."""
        number = self.numbers.get(named.key)
        key = "absent" if number is None else named.noun
        return say(f"reference.{key}", number=str(number), title=named.title)

    @cached_property
    def used(self) -> dict[str, str]:
        """Evidence key → id of the first place in the text that rests on it."""
        return {key: f"use-{key}" for key in _uses(self.blocks)}

    @cached_property
    def passages(self) -> dict[Anchor, int]:
        """Every anchor of the evidence index and its number, from 1, by review and place."""
        order = {review: n for n, review in enumerate(self.briefing.citations)}
        whose = self.briefing.documents
        found = dict.fromkeys(anchor for entry in self.briefing.evidence for anchor in entry.anchors)
        ranked = sorted(
            found, key=lambda a: (order.get(whose.get(a.document_id, ""), len(order)), a.document_id, a.start, a.end)
        )
        return {anchor: number for number, anchor in enumerate(ranked, start=1)}

    @cached_property
    def by_review(self) -> dict[str, tuple[Anchor, ...]]:
        """Review id → its anchors in order."""
        grouped: dict[str, list[Anchor]] = {}
        for anchor in self.passages:
            grouped.setdefault(self.briefing.documents.get(anchor.document_id, ""), []).append(anchor)
        return {review: tuple(anchors) for review, anchors in grouped.items()}

    @cached_property
    def printed(self) -> frozenset[str]:
        """Keys of the entries that print lists: those a figure in the text leads to, unless it counts nothing."""
        return frozenset(entry.key for entry in self.briefing.evidence if entry.reviews and entry.key in self.used)

    @cached_property
    def repeats(self) -> dict[str, str]:
        """Entry key → key of the first entry that rests on exactly the same evidence, among all entries."""
        return _repeats(self.briefing.evidence)

    @cached_property
    def repeats_on_paper(self) -> dict[str, str]:
        """The same among the entries that print lists."""
        return _repeats(entry for entry in self.briefing.evidence if entry.key in self.printed)

    def behind(self, entry: EvidenceEntry) -> str:
        """The evidence of an entry in one line, for print: "SCR CG (3, 7–9); SAR D (12)".

        More reviews than print names are counted, and HTML names them.
        """
        if entry.key in self.repeats_on_paper:
            return say("evidence.same", key=self.repeats_on_paper[entry.key])
        if len(entry.reviews) > bound("reviews"):
            passages = len(set(entry.anchors))
            return say(
                "evidence.many",
                reviews=counted(len(entry.reviews), "review"),
                passages=counted(passages, "passage") if passages else "",
            )
        lines = []
        for review, anchors in self.reviews(entry):
            pages = self.pages(anchors)
            lines.append(f"{self.citation(review)} ({pages})" if pages else self.citation(review))
        return "; ".join(lines) or say("evidence.none")

    def reviews(self, entry: EvidenceEntry) -> Iterator[tuple[str, tuple[Anchor, ...]]]:
        """The reviews of an entry, each with the entry's anchors in it."""
        whose = self.briefing.documents
        grouped: dict[str, list[Anchor]] = {review: [] for review in entry.reviews}
        for anchor in dict.fromkeys(entry.anchors):
            grouped.setdefault(whose.get(anchor.document_id, ""), []).append(anchor)
        for review, anchors in grouped.items():
            yield review, tuple(anchors)

    def citation(self, review: str) -> str:
        """How a review is cited; its id when nobody said."""
        return self.briefing.citations.get(review, review)

    def file_name(self, anchor: Anchor) -> str:
        """The name of the document an anchor is in."""
        return self.briefing.file_names.get(anchor.document_id, anchor.document_id)

    def pages(self, anchors: Iterable[Anchor]) -> str:
        """Pages behind a claim in one review: "3, 7–9", with the document's name where there are several."""
        pages: dict[str, list[int]] = {}
        for anchor in anchors:
            pages.setdefault(anchor.document_id, []).append(anchor.page)
        texts = {document: _pages(found) for document, found in pages.items()}
        if len(texts) < 2:
            return "".join(texts.values())
        names = self.briefing.file_names
        return "; ".join(
            f"{shortened(names.get(document, document), bound('file_name'))} {text}"
            for document, text in texts.items()
        )


def _repeats(entries: Iterable[EvidenceEntry]) -> dict[str, str]:
    first: dict[tuple[tuple[str, ...], tuple[Anchor, ...]], str] = {}
    repeats = {}
    for entry in entries:
        found = first.setdefault((entry.reviews, entry.anchors), entry.key)
        if found != entry.key and entry.reviews:
            repeats[entry.key] = found
    return repeats


def _pages(numbers: list[int]) -> str:
    runs = ranges(numbers)
    most = bound("pages")
    named = ", ".join(spanned(*run) for run in runs[:most])
    rest = sum(last - first + 1 for first, last in runs[most:])
    return say("evidence.more_pages", named=named, rest=f"{rest:,}") if rest else named


def _flat(blocks: Iterable[Block]) -> Iterator[Block]:
    for block in blocks:
        yield block
        if isinstance(block, Box):
            yield from _flat(block.blocks)


def _uses(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Paragraph(parts):
                yield from (part.evidence for part in parts if isinstance(part, LiveFigure))
            case Items(items):
                yield from (part.evidence for item in items for part in item if isinstance(part, LiveFigure))
            case TableBlock():
                yield from block.evidence.values()
            case Quote():
                yield block.evidence
            case _:
                pass


def leading(blocks: Sequence[Block]) -> tuple[bool, ...]:
    """For each block, whether it is a line that only introduces the next and must not be left behind by it.

    Short lines right below a heading go with what follows them: at the foot of a page they say nothing.
    """
    found: list[bool] = []
    opening = False
    for block, then in zip(blocks, (*blocks[1:], None), strict=False):
        opening = isinstance(block, Heading) or (opening and isinstance(block, Paragraph) and _is_line(block))
        introduces = isinstance(then, Items | Quote | TableBlock | FigureBlock) or (opening and then is not None)
        found.append(isinstance(block, Paragraph) and introduces)
    return tuple(found)


def _is_line(paragraph: Paragraph) -> bool:
    return sum(len(part.text) for part in paragraph.parts) <= _LINE


def is_words(table: Table, place: int) -> bool:
    """Whether a column holds words rather than figures."""
    cells = [row.cells[place] for row in table.rows]
    return any(cell.text and cell.count is None and len(cell.text) > 2 for cell in cells)


def weights(table: Table) -> tuple[float, ...]:
    """How wide the row labels and each column want to be, relative to one another."""
    labels = max((len(row.label) for row in table.rows), default=8)
    most = 42 if len(table.columns) <= 3 else 34 if len(table.columns) <= 5 else 26
    first = min(max(labels, 14), most)
    rest = []
    for place, column in enumerate(table.columns):
        longest = max((len(row.cells[place].text) for row in table.rows), default=0)
        word = max((len(word) for word in column.label.replace("/", "/ ").split()), default=0)
        rest.append(float(max(min(longest, 46), word * 1.5 + 4, 8)))
    return (float(first), *rest)
