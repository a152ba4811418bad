"""The audit of one document: every rule over its tables, sentences and lists, each finding anchored."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from goldthread.anchors import Anchor, DocumentText, anchor
from goldthread.audit import adding, mentions, percentages, portions, repeats, splits, wholes
from goldthread.audit.findings import Slip, Span
from goldthread.audit.prose import claims
from goldthread.audit.reading import flat, read
from goldthread.audit.repeats import Passage
from goldthread.audit.splits import Item
from goldthread.audit.tables import Table, tables
from goldthread.documents.model import Block, BlockKind, Page, ParsedDocument, Problem

_TOLD = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.HEADING, BlockKind.FOOTNOTE)
_FURNITURE = (BlockKind.HEADER, BlockKind.FOOTER, BlockKind.PAGE_NUMBER)
_LISTED = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.HEADING)


@dataclass(frozen=True, slots=True)
class Finding:
    """A slip and its place: the exact words, and `line`, counted from 1 on the page. `also` is the other place."""

    slip: Slip
    at: Anchor
    line: int
    also: Anchor | None = None


@dataclass(frozen=True, slots=True)
class Audit:
    """What was found in one file. `pages` is 0 when it could not be read; then `problems` says why."""

    file_name: str
    pages: int
    tables: int
    claims: int
    findings: tuple[Finding, ...]
    problems: tuple[Problem, ...]


def audit(document: ParsedDocument, file_name: str, sha256: str = "") -> Audit:
    """Hold every table and claim of a document against itself."""
    text = DocumentText(file_name, sha256, 1, tuple(page.text for page in document.pages))
    every = [table for page in document.pages for table in tables(_body(page), page.start)]
    inside = _Inside(every)
    passages = [passage for page in document.pages for passage in _passages(page, inside)]
    claimed, slips = 0, list[Slip]()
    for table in every:
        slips += _of_table(table)
    for passage in passages:
        told = list(claims(passage.text, passage.start))
        claimed += len(told)
        slips += [slip for claim in told if (slip := percentages.in_prose(claim))]
        slips += portions.slips(passage.text, passage.start)
        slips += splits.bracketed(passage.text, passage.start)
        slips += splits.running(passage.text, passage.start)
    for page in document.pages:
        slips += splits.lists(_items(page, inside))
    slips += [*repeats.in_prose(passages), *repeats.in_tables(every), *mentions.slips(passages, every)]
    findings = tuple(_anchored(slip, text) for slip in sorted(_once(slips), key=lambda slip: slip.at))
    return Audit(file_name, len(document.pages), len(every), claimed, findings, document.problems)


def _body(page: Page) -> str:
    """The page's text as the eye reads it, with headers, footers and page numbers blanked."""
    text = read(page.text)
    for block in page.blocks:
        if block.kind in _FURNITURE:
            text = text[: block.start] + " " * (block.end - block.start) + text[block.end :]
    return text


def _of_table(table: Table) -> Iterator[Slip]:
    yield from percentages.in_table(table)
    yield from wholes.named_twice(table)
    yield from adding.columns(table)
    yield from adding.rows(table)
    yield from adding.hundred(table)
    yield from adding.parts(table)


class _Inside:
    """Where tables stand, so that their lines are not read as sentences too."""

    def __init__(self, tables: Sequence[Table]) -> None:
        self._spans = [row.at for table in tables for row in table.rows]

    def __contains__(self, at: Span) -> bool:
        return any(span.start < at.end and at.start < span.end for span in self._spans)


def _passages(page: Page, inside: _Inside) -> Iterator[Passage]:
    for sentence in page.sentences:
        block = page.blocks[sentence.block]
        start = page.start + sentence.start
        if block.kind in _TOLD and Span(start, page.start + sentence.end) not in inside:
            yield Passage(flat(page.text[sentence.start : sentence.end]), start)


def _items(page: Page, inside: _Inside) -> list[Item]:
    return [_item(page, block) for block in page.blocks if _is_item(page, block, inside)]


def _is_item(page: Page, block: Block, inside: _Inside) -> bool:
    return block.kind in _LISTED and Span(page.start + block.start, page.start + block.end) not in inside


def _item(page: Page, block: Block) -> Item:
    return Item(flat(page.text[block.start : block.end]), page.start + block.start, block.kind is BlockKind.LIST_ITEM)


def _once(slips: Sequence[Slip]) -> list[Slip]:
    """The slips without those that say less surely what another says of the same place."""
    ordered = sorted(slips, key=lambda slip: (slip.at, slip.sure.rank))
    kept = ordered[:1]
    for before, slip in pairwise(ordered):
        if (before.at, before.rule) != (slip.at, slip.rule):
            kept.append(slip)
    return kept


def _anchored(slip: Slip, text: DocumentText) -> Finding:
    at = anchor(text, *slip.at)
    page = text.page_starts[at.page - 1]
    line = text.text.count("\n", page, at.start) + 1
    return Finding(slip, at, line, anchor(text, *slip.also) if slip.also else None)
