"""The layers of a page as compact JSON, for the store and nobody else. The text itself is not in it.

Spans are written as (start, length), starts as distances from the line or block before, boxes in tenths of a point.
"""

from __future__ import annotations

import json
from typing import Any

from goldthread.documents.model import Block, BlockKind, Box, Line, Page, Role, Sentence

_KINDS = tuple(BlockKind)
_ROLES = tuple(Role)
_KIND_INDEX = {kind: index for index, kind in enumerate(_KINDS)}
_ROLE_INDEX = {role: index for index, role in enumerate(_ROLES)}
FORMAT = 1


def encode_layers(page: Page) -> bytes:
    """Size, blocks, sentences and lines of a page. Its text, number and start are kept by the store."""
    names: dict[str, int] = {}
    blocks = []
    for kind, start, end, level, role, section, box in page.blocks:
        blocks += [
            _KIND_INDEX[kind],
            start,
            end - start,
            level,
            _ROLE_INDEX[role],
            names.setdefault(section, len(names)),
            _tenths(box) if box else 0,
        ]
    sentences = [number for start, end, block in page.sentences for number in (start, end - start, block)]
    lines: list[int] = []
    at = 0
    for start, end, (left, top, right, bottom) in page.lines:
        lines += (
            start - at,
            end - start,
            round(left * 10),
            round(top * 10),
            round((right - left) * 10),
            round((bottom - top) * 10),
        )
        at = end
    data = [
        FORMAT,
        round(page.width * 10),
        round(page.height * 10),
        int(page.scanned),
        list(names),
        blocks,
        sentences,
        lines,
    ]
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


def decode_layers(data: bytes, *, number: int, start: int, text: str) -> Page:
    """The page whose layers were encoded, over the text it had."""
    _, width, height, scanned, names, blocks, sentences, lines = json.loads(data)
    return Page(
        number,
        start,
        text,
        width / 10,
        height / 10,
        tuple(_block(blocks[at : at + 7], names) for at in range(0, len(blocks), 7)),
        tuple(
            Sentence(begin, begin + length, block)
            for begin, length, block in zip(sentences[::3], sentences[1::3], sentences[2::3], strict=True)
        ),
        _lines(lines),
        bool(scanned),
    )


def _tenths(box: Box) -> list[int]:
    return [round(edge * 10) for edge in box]


def _block(fields: list[Any], names: list[str]) -> Block:
    kind, start, length, level, role, section, box = fields
    return Block(
        _KINDS[kind],
        start,
        start + length,
        level,
        _ROLES[role],
        names[section],
        Box(*(edge / 10 for edge in box)) if box else None,
    )


def _lines(numbers: list[int]) -> tuple[Line, ...]:
    found, at = [], 0
    for index in range(0, len(numbers), 6):
        skip, length, left, top, width, height = numbers[index : index + 6]
        start = at + skip
        at = start + length
        found.append(Line(start, at, Box(left / 10, top / 10, (left + width) / 10, (top + height) / 10)))
    return tuple(found)
