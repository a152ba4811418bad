"""Ruled tables: the grids that lines drawn on a page make."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from goldthread.documents.model import Box

_THIN = 3.0
_TOUCHING = 3.5
_SHORTEST = 8.0
_WIDEST_COLUMN = 0.72
_MOST_LINES = 600


class Ruled(NamedTuple):
    """A drawn line, upright or level: where it stands across its run, and where it begins and ends."""

    at: float
    begin: float
    end: float


def grids(drawn: Sequence[Box]) -> tuple[Box, ...]:
    """The outlines of grids of two or more columns, none of which takes up nearly all the width.

    `drawn` holds the boxes of lines and rectangles. A frame, and a form whose text fills one wide column, are no
    grids: what stands in them is read as text.
    """
    if len(drawn) < 4:
        return ()
    upright = _merged(line for box in drawn[:_MOST_LINES] for line in _upright(box))
    level = _merged(line for box in drawn[:_MOST_LINES] for line in _level(box))
    found = []
    for columns, rows in _connected(upright, level):
        outline = _outline(columns, rows)
        if _is_grid(columns, rows, outline):
            found.append(outline)
    return tuple(found)


def _upright(box: Box) -> Iterable[Ruled]:
    if box.bottom - box.top < _SHORTEST:
        return ()
    if box.right - box.left < _THIN:
        return (Ruled((box.left + box.right) / 2, box.top, box.bottom),)
    return (Ruled(box.left, box.top, box.bottom), Ruled(box.right, box.top, box.bottom))


def _level(box: Box) -> Iterable[Ruled]:
    if box.right - box.left < _SHORTEST:
        return ()
    if box.bottom - box.top < _THIN:
        return (Ruled((box.top + box.bottom) / 2, box.left, box.right),)
    return (Ruled(box.top, box.left, box.right), Ruled(box.bottom, box.left, box.right))


def _merged(lines: Iterable[Ruled]) -> list[Ruled]:
    """Lines drawn in pieces, cell by cell, made whole."""
    tracks: dict[int, list[Ruled]] = defaultdict(list)
    for line in lines:
        tracks[round(line.at / 2)].append(line)
    whole = []
    for track in tracks.values():
        track.sort(key=lambda line: line.begin)
        current = track[0]
        for line in track[1:]:
            if line.begin <= current.end + _TOUCHING:
                current = Ruled(current.at, current.begin, max(current.end, line.end))
            else:
                whole.append(current)
                current = line
        whole.append(current)
    return whole


def _connected(upright: list[Ruled], level: list[Ruled]) -> list[tuple[list[Ruled], list[Ruled]]]:
    """Groups of upright and level lines that touch one another."""
    groups: list[tuple[list[Ruled], list[Ruled]]] = []
    for row in level:
        crossed = [column for column in upright if _touch(column, row)]
        touching = [group for group in groups if any(column in group[0] for column in crossed)]
        joined: tuple[list[Ruled], list[Ruled]] = (list(crossed), [row])
        for group in touching:
            groups.remove(group)
            joined[0].extend(column for column in group[0] if column not in joined[0])
            joined[1].extend(group[1])
        groups.append(joined)
    return groups


def _touch(column: Ruled, row: Ruled) -> bool:
    return (
        row.begin - _TOUCHING <= column.at <= row.end + _TOUCHING
        and column.begin - _TOUCHING <= row.at <= column.end + _TOUCHING
    )


def _outline(columns: list[Ruled], rows: list[Ruled]) -> Box:
    return Box(
        min([row.begin for row in rows] + [column.at for column in columns]),
        min([row.at for row in rows] + [column.begin for column in columns]),
        max([row.end for row in rows] + [column.at for column in columns]),
        max([row.at for row in rows] + [column.end for column in columns]),
    )


def _is_grid(columns: list[Ruled], rows: list[Ruled], outline: Box) -> bool:
    if len(rows) < 2 or len(columns) < 2:
        return False
    width = outline.right - outline.left
    edges = sorted({outline.left, outline.right, *(column.at for column in columns)})
    widths = [after - before for before, after in itertools.pairwise(edges) if after - before > _SHORTEST]
    return len(widths) >= 2 and max(widths) <= _WIDEST_COLUMN * width
