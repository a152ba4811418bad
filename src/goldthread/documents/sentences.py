"""Sentences: rules for British official prose, applied inside one block at a time.

A sentence never leaves its block. The bullet or number a paragraph starts with is not part of its first sentence, and
a footnote's number after a full stop is part of none. The words that decide are data: `data/sentences.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources

from goldthread.documents.markers import BULLETS, MARKER
from goldthread.documents.model import Block, BlockKind, Sentence
from goldthread.documents.paragraphs import runs_on

# Possessive, and begun only at the head of a run, so that a megabyte of dots or spaces takes no longer than it must.
_STOP = (
    r"(?<![.!?…])(?P<stop>[.!?…]++)(?P<close>[\"'”’)\]]*+)"
    r"(?P<note>\d{1,3}(?:[,–]\d{1,3}){0,5}|[¹²³⁰⁴-⁹]{1,9}|\[\d{1,3}\])?\s++(?=(?P<next>\S{1,40}))"
)
_INNER_BULLET = rf"(?<!\s)(?P<bullet>\s++)(?=[{BULLETS}\ue000-\uf8ff]\s)"
_END = re.compile(_STOP)
_END_OR_BULLET = re.compile(f"{_STOP}|{_INNER_BULLET}")
_BULLET = re.compile(_INNER_BULLET)
_NUMBER = re.compile(r"(?:\(?\d{1,3}[.)]|\(?[a-z]\)|\d{1,3}(?:\.\d{1,3}){1,4}\.?)\s+(?=\S)")
_LONGEST_ABBREVIATION = 6
_OPENING = "\"'“‘([{"
_LINE = re.compile(r"(?<!\s)[^\S\n]*+\n\s*+")


@cache
def _words() -> dict[str, frozenset[str]]:
    data = tomllib.loads(resources.files(__package__).joinpath("data/sentences.toml").read_text("utf-8"))
    return {name: frozenset(words) for name, words in data.items()}


def sentences(text: str, blocks: Sequence[Block]) -> tuple[Sentence, ...]:
    """The sentences of a page's blocks, in the order of the blocks. Page furniture has none."""
    found: list[Sentence] = []
    for index, block in enumerate(blocks):
        if block.kind.is_body:
            found.extend(Sentence(start, end, index) for start, end in _spans(text, block))
    return tuple(found)


def _spans(text: str, block: Block) -> Iterator[tuple[int, int]]:
    if block.kind is BlockKind.HEADING:
        yield from _trimmed(text, block.start, block.end)
    elif block.kind is BlockKind.TABLE:
        for start, end in _rows(text, block.start, block.end):
            yield from split(text, start, end)
    else:
        yield from split(text, block.start, block.end)


def _rows(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Lines of a table; a line that plainly goes on with the one before is joined to it."""
    begin = start
    for newline in _LINE.finditer(text, start, end):
        after = newline.end()
        if after < end and not text[after].islower() and not runs_on(text[begin : newline.start()]):
            yield begin, newline.start()
            begin = after
    yield begin, end


def split(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """The sentences of one block, as spans of `text` without blank edges, number or bullet."""
    end = len(text) if end is None else end
    begin = _after_marker(text, start, end, MARKER)
    bulleted = _BULLET.search(text, begin, end) is not None
    for found in (_END_OR_BULLET if bulleted else _END).finditer(text, begin, end):
        if found.start() < begin:
            continue
        if bulleted and found["bullet"]:
            stop = found.start()
        elif _is_boundary(text, begin, found):
            stop = found.end("close")
        else:
            continue
        if stop > begin:
            yield from _trimmed(text, begin, stop)
        begin = _after_marker(text, found.end(), end, MARKER if found["stop"] is None else _NUMBER)
    yield from _trimmed(text, begin, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end


def _after_marker(text: str, start: int, end: int, pattern: re.Pattern[str]) -> int:
    """Where the words begin after a number or bullet; `start` itself if nothing would be left."""
    while start < end and text[start].isspace():
        start += 1
    found = pattern.match(text, start, end)
    return found.end() if found and found.end() < end else start


def _is_boundary(text: str, begin: int, found: re.Match[str]) -> bool:
    """Whether the stop found ends a sentence that began at `begin`."""
    stop, after, note = found["stop"], found["next"], found["note"]
    following = after.lstrip(_OPENING)
    head = following[:1]
    if head.islower() or head in ",;:.)":
        return False
    before = text[found.start() - 1 : found.start()]
    if note and note[0].isdigit() and (before.isdigit() or before.isspace() or not before):
        return False
    if stop != ".":
        return not stop.startswith(("..", "…")) or head.isupper() or head.isdigit()
    return bool(found["close"]) or _word_ends(text, begin, found.start(), following)


def _word_ends(text: str, begin: int, stop: int, following: str) -> bool:
    """Whether a full stop after an ordinary word, abbreviation or initial ends the sentence."""
    tail = text[max(begin, stop - 24) : stop].split()
    word = tail[-1].lstrip("(['‘\"“") if tail else ""
    if len(word) > _LONGEST_ABBREVIATION and "." not in word:
        return True
    known = _words()
    plain = word.lower()
    first = following.rstrip(".,;:!?\"'”’)]")
    if plain in known["titles"] or plain in known["never"]:
        return False
    if plain in known["before_numbers"]:
        return not following[:1].isdigit()
    if len(word) == 1 and word.isupper():
        return _initial_ends(text, begin, stop, first)
    if "." in word and len(word) <= 7 and plain not in known["may_end"]:
        return first in known["starters"]
    return True


def _initial_ends(text: str, begin: int, stop: int, first: str) -> bool:
    """Whether "X." ends a sentence: "Child A. The police" does, "Dr A. Brown" and "J. Smith" do not."""
    known = _words()
    if first in known["starters"]:
        return True
    previous = text[max(begin, stop - 30) : stop - 1].split()[-1:]
    return bool(previous) and previous[0].lower() in known["lettered"]
