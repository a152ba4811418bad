"""Reading order: the order of the file where that makes sense, else down each column and left to right."""

from __future__ import annotations

from collections.abc import Sequence

from goldthread.documents.model import BlockKind, Box
from goldthread.documents.shapes import Piece, RawPage

_TALL = 40.0
_FIRST = {BlockKind.HEADER: 0, BlockKind.FOOTNOTE: 2, BlockKind.FOOTER: 3, BlockKind.PAGE_NUMBER: 3}


def reading_order(pieces: Sequence[Piece], page: RawPage) -> list[Piece]:
    """Headers, then the body, then footnotes, then footers and page numbers."""
    ordered = sorted(pieces, key=lambda piece: (_FIRST.get(piece.kind, 1), piece.start))
    body = [piece for piece in ordered if piece.kind not in _FIRST]
    if not _is_jumbled(body):
        return ordered
    begin = next(index for index, piece in enumerate(ordered) if piece.kind not in _FIRST)
    ordered[begin : begin + len(body)] = _by_columns(body, page)
    return ordered


def _is_jumbled(body: Sequence[Piece]) -> bool:
    """Whether some block stands wholly above one that came earlier in its column, or beside it to the left."""
    earlier: list[Box] = []
    for piece in body:
        if piece.box is None:
            return False
        box = Box(*piece.box)
        if any(_is_above(box, other) or _is_left_of(box, other) for other in earlier):
            return True
        earlier.append(box)
    return False


def _is_above(box: Box, other: Box) -> bool:
    overlap = min(box.right, other.right) - max(box.left, other.left)
    narrower = min(box.right - box.left, other.right - other.left)
    return box.bottom < other.top + 1 and overlap > 0.3 * narrower


def _is_left_of(box: Box, other: Box) -> bool:
    """Whether two blocks of several lines stand side by side, the later one on the left."""
    overlap = min(box.bottom, other.bottom) - max(box.top, other.top)
    return (
        box.right < other.left
        and overlap > _TALL
        and overlap > 0.5 * min(box.bottom - box.top, other.bottom - other.top)
    )


def _by_columns(body: Sequence[Piece], page: RawPage) -> list[Piece]:
    """Bands between blocks that span the page; in each band the left column first, then the right."""
    centre = page.width / 2
    ordered: list[Piece] = []
    band: list[Piece] = []

    def flush() -> None:
        left = [piece for piece in band if (piece.box or (0,))[0] < centre - 6]
        if len(left) in (0, len(band)):
            ordered.extend(band)
        else:
            ordered.extend(left)
            ordered.extend(piece for piece in band if piece not in left)
        band.clear()

    for piece in sorted(body, key=lambda piece: ((piece.box or (0, 0))[1], (piece.box or (0,))[0])):
        box = piece.box
        if box and box[0] < centre - 12 and box[2] > centre + 12:
            flush()
            ordered.append(piece)
        else:
            band.append(piece)
    flush()
    return ordered
