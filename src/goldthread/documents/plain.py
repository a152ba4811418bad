"""Plain text and Markdown: the text exactly as the file decodes, so that offsets are those of the file."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import NamedTuple

from goldthread.anchors import PAGE_BREAK
from goldthread.documents import problems
from goldthread.documents.charset import decoded
from goldthread.documents.clean import clean
from goldthread.documents.limits import DEFAULT, Limits
from goldthread.documents.markers import ends_sentence, is_caption, is_contents_line, marker, page_number
from goldthread.documents.model import BlockKind, ParsedDocument
from goldthread.documents.pages import finish
from goldthread.documents.sections import is_known_heading
from goldthread.documents.shapes import Piece, RawPage
from goldthread.documents.title import title_of

READER = "text 1"
_LINE = re.compile(r"[^\n]+")
_HASHES = re.compile(r"(#{1,6})\s+\S")
_BOLD_LINE = re.compile(r"(\*\*|__)(?=\S).{2,150}(?<=\S)\1[ ]*")
_NOTE = re.compile(r"(?:[¹²³⁰⁴-⁹]{1,3}|<sup>\d{1,3}</sup>|\[\^\d{1,3}\]:?|\d{1,3}\s{1,3}(?=See\b|https?:))\s*\S")
_RULE = re.compile(r"\s*(?:[-*_=]\s*){3,}$")
_TABLE = re.compile(r"\s*\||[^\t]+\t+[^\t\s]|\S+.*?\S {3,}\S.*? {3,}\S")
_WRAPPED_AT = 130
_LONGEST_ROW = 2000


class _Line(NamedTuple):
    start: int
    end: int
    text: str
    gap: bool
    """Whether a blank line or the page's edge comes before."""


class TextReader:
    """The reader of plain text and Markdown: what is left when no other reader wants it."""

    name = "txt"
    version = READER

    def accepts(self, data: bytes) -> bool:
        return decoded(data[:65536]) is not None

    def read(self, data: bytes, limits: Limits = DEFAULT) -> ParsedDocument:
        """Pages end at form feeds; lines that were wrapped by hand are joined into paragraphs."""
        text = decoded(data)
        if text is None:
            return problems.nothing(problems.unsupported("A file that is neither text nor a known format"))
        if len(text) > limits.characters:
            what = f"its text is longer than {limits.characters:,} characters"
            return problems.nothing(problems.too_large(what), format="txt", reader=READER)
        if not text.strip():
            return problems.nothing(problems.empty(), format="txt", reader=READER)
        raw = [RawPage(clean(page), 0.0, 0.0) for page in text.split(PAGE_BREAK)]
        pieces = lay_out_text([page.text for page in raw])
        return finish("txt", READER, title_of("", raw, pieces) or _first_line(raw), raw, pieces, ())


def _first_line(raw: list[RawPage]) -> str:
    for page in raw:
        for line in page.text.splitlines():
            if line.strip():
                return " ".join(line.split()).strip("*#_ ")[:200]
    return ""


def lay_out_text(pages: list[str]) -> list[list[Piece]]:
    """The pieces of each page of a text that has lines but no layout."""
    pages_lines = [list(_lines(page)) for page in pages]
    wrapped = _is_wrapped([line for lines in pages_lines for line in lines])
    return [list(_pieces(lines, wrapped)) for lines in pages_lines]


def _lines(page: str) -> Iterator[_Line]:
    last = -2
    for found in _LINE.finditer(page):
        bare = found.group().strip()
        if bare:
            start = found.start() + found.group().index(bare[0])
            yield _Line(start, start + len(bare), bare, found.start() > last + 1)
            last = found.end()


def _is_wrapped(lines: list[_Line]) -> bool:
    """Whether lines were broken by hand at a width: many go on in lower case, and few are long."""
    pairs = [(one, two) for one, two in itertools.pairwise(lines) if not two.gap]
    if not pairs:
        return False
    flowing = sum(two.text[0].islower() and len(one.text) > 40 for one, two in pairs)
    long = sum(len(line.text) > _WRAPPED_AT for line in lines)
    return flowing >= max(1, len(pairs) // 6) and long <= len(lines) // 20


def _pieces(lines: list[_Line], wrapped: bool) -> Iterator[Piece]:
    width = sorted(len(line.text) for line in lines)[int(len(lines) * 0.95)] if lines and wrapped else 0
    at = 0
    while at < len(lines):
        line = lines[at]
        kind, level = _kind(line, lines[at + 1] if at + 1 < len(lines) else None, at == 0)
        end = at + 1
        if kind is BlockKind.TABLE:
            while end < len(lines) and not lines[end].gap and _is_row(lines[end].text):
                end += 1
        elif wrapped and kind is not BlockKind.HEADING and kind is not BlockKind.PAGE_NUMBER:
            while end < len(lines) and _goes_on(lines[end - 1], lines[end], width):
                end += 1
        if not _RULE.fullmatch(line.text):
            yield Piece(kind, _skip_hashes(line, level), lines[end - 1].end, level)
        at = end


def _is_row(text: str) -> bool:
    """Whether a line is a row of a table: pipes, tabs or wide gaps between cells."""
    return len(text) < _LONGEST_ROW and _TABLE.match(text) is not None


def _skip_hashes(line: _Line, level: int) -> int:
    found = _HASHES.match(line.text) if level else None
    return line.start + (found.end() - 1 if found else 0)


def _goes_on(before: _Line, line: _Line, width: int) -> bool:
    """Whether a hand-wrapped line continues the one before."""
    if line.gap or _HASHES.match(line.text) or _is_row(line.text):
        return False
    first_word = line.text.split(maxsplit=1)[0]
    filled = len(before.text) + 1 + len(first_word) > width - 4
    if marker(line.text) and (ends_sentence(before.text) or not filled or marker(line.text)["bullet"]):  # type: ignore[index]
        return False
    return filled or line.text[0].islower() or (not ends_sentence(before.text) and len(before.text) > width * 0.6)


def _kind(line: _Line, after: _Line | None, first: bool) -> tuple[BlockKind, int]:
    text = line.text
    if hashes := _HASHES.match(text):
        return BlockKind.HEADING, len(hashes[1])
    if line.gap and _NOTE.match(text) and not first:
        return BlockKind.FOOTNOTE, 0
    if is_caption(text):
        return BlockKind.CAPTION, 0
    if _is_row(text) or is_contents_line(text):
        return BlockKind.TABLE, 0
    alone = line.gap and (after is None or after.gap)
    if page_number(text) and alone and not first:
        return BlockKind.PAGE_NUMBER, 0
    if level := _heading_level(line, after, first=first, alone=alone):
        return BlockKind.HEADING, level
    found = marker(text)
    return (BlockKind.LIST_ITEM if found and not found["deep"] else BlockKind.PARAGRAPH), 0


def _heading_level(line: _Line, after: _Line | None, *, first: bool, alone: bool) -> int:
    """Depth of a heading told by its words and place, or 0: capitals and known headings, a title, bold lines."""
    text = line.text
    found = marker(text)
    words = text[found.end() :] if found else text
    if not any(letter.isalpha() for letter in words) or (found and found["bullet"]):
        return 0
    starts_block = line.gap or first
    if _BOLD_LINE.fullmatch(text):
        return 3
    if len(words) > 110 or words[-1] in ".,;!" or not starts_block:
        return 0
    if words.isupper() and len(words) > 3 and sum(letter.isalpha() for letter in words) > len(words) / 2:
        return 1 if first else 2
    if is_known_heading(words):
        return 2
    titled = first and after is not None and (after.gap or not after.text[0].islower())
    if titled and len(words) < 110 and not ends_sentence(words):
        return 1
    plain = alone and words[0].isupper() and len(words) < 70 and words[-1] not in ".,;:!?" and len(words.split()) <= 9
    return 3 if plain and after is not None and not found and not _looks_like_an_entry(words) else 0


_ENTRY = re.compile(r"[\d£%@]|\[|:\s|\bDr\b|\bMr?s?\b")


def _looks_like_an_entry(words: str) -> bool:
    return _ENTRY.search(words) is not None
