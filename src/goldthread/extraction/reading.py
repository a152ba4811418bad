"""A document as the rules read it: sentences in reading order, each with its section, cues and clauses."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from goldthread.anchors import Anchor, DocumentText, anchor
from goldthread.documents.model import Block, BlockKind, Page, Role
from goldthread.extraction.cues import Hit, Matcher
from goldthread.extraction.folding import folded, lowered, whole_words

_CLAUSE_ENDS = re.compile(
    r"[;:.!?()]|,? (?:but|however|although|though|whereas|while|which|who|until|because|before|after)\b"
    r"|, (?:and|so)\b"
)


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence. Offsets count in the whole document; `place` is its number in reading order."""

    place: int
    start: int
    end: int
    page: int
    block: int
    kind: BlockKind
    role: Role
    hits: tuple[Hit, ...]

    @property
    def is_prose(self) -> bool:
        """Whether it tells something, rather than naming a part of the document."""
        return self.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.TABLE, BlockKind.FOOTNOTE)

    def of(self, groups: Sequence[str] | frozenset[str]) -> list[Hit]:
        """The sentence's hits of these groups."""
        return [hit for hit in self.hits if hit.group in groups]

    def has(self, groups: Sequence[str] | frozenset[str]) -> bool:
        return any(hit.group in groups for hit in self.hits)


@dataclass(frozen=True)
class Reading:
    """A document with its folded text (`even`, case kept; `low`, lower case) and its sentences."""

    document: DocumentText
    even: str
    low: str
    said: tuple[Said, ...]

    def text_of(self, said: Said) -> str:
        """The sentence, lower case and folded."""
        return self.low[said.start : said.end]

    def anchor(self, start: int, end: int) -> Anchor:
        """Evidence for a span, widened to whole words."""
        return anchor(self.document, *whole_words(self.document.text, start, end))

    def sentence_anchor(self, said: Said) -> Anchor:
        return anchor(self.document, said.start, said.end)

    def sentence_at(self, offset: int) -> Said | None:
        """The sentence in which an offset stands."""
        place = bisect_left(self._ends, offset + 1)
        if place < len(self.said) and self.said[place].start <= offset:
            return self.said[place]
        return None

    @cached_property
    def _ends(self) -> list[int]:
        return [said.end for said in self.said]

    @cached_property
    def headline(self) -> Said | None:
        """The first heading, or the first sentence of a document without headings."""
        first = self.said[0] if self.said else None
        return next((said for said in self.said if said.kind is BlockKind.HEADING), first)

    @cached_property
    def account(self) -> Said | None:
        """The first sentence that tells what happened: what an answer of “none” rests on."""
        prose = [said for said in self.said if said.is_prose and said.end - said.start > 40]
        told = [said for said in prose if said.role in (Role.CHRONOLOGY, Role.INVESTIGATION, Role.SUMMARY)]
        return next(iter(told or prose or self.said), None)


def read(document: DocumentText, pages: Sequence[Page], matcher: Matcher) -> Reading:
    """Fold a document and find every cue in its sentences. Page furniture is left out."""
    even = folded(document.text)
    low = lowered(even)
    hits = matcher.scan(low)
    starts = [hit.start for hit in hits]
    said: list[Said] = []
    for page in pages:
        for block_no, block, start, end in _sentences(page):
            first = bisect_left(starts, start)
            last = bisect_left(starts, end)
            found = tuple(hit for hit in hits[first:last] if hit.end <= end)
            said.append(
                Said(len(said), start, end, page.number, block_no, block.kind, block.role, found),
            )
    return Reading(document, even, low, tuple(said))


def clause_start(low: str, start: int, at: int) -> int:
    """Where the clause of the sentence from `start` begins in which the word at `at` stands."""
    begin = start
    for end in _CLAUSE_ENDS.finditer(low, start, at):
        begin = end.end()
    return begin


def clause_end(low: str, at: int, end: int) -> int:
    """Where the clause in which the word at `at` stands ends, at most `end`."""
    found = _CLAUSE_ENDS.search(low, at, end)
    return found.start() if found else end


def _sentences(page: Page) -> Iterator[tuple[int, Block, int, int]]:
    split: dict[int, list[tuple[int, int]]] = {}
    for sentence in page.sentences:
        split.setdefault(sentence.block, []).append((sentence.start, sentence.end))
    for number, block in enumerate(page.blocks):
        if not block.kind.is_body:
            continue
        for start, end in split.get(number) or [(block.start, block.end)]:
            if page.text[start:end].strip():
                yield number, block, page.start + start, page.start + end
