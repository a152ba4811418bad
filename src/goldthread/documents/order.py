"""Reading order: the order of the file where that makes sense, else down each column and left to right."""

from __future__ import annotations

from collections.abc import Sequence

from goldthread.documents.model import BlockKind
from goldthread.documents.shapes import Piece, RawPage

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
    """Whether some block stands wholly above one that came earlier, in the same column."""
    highest: list[tuple[float, float, float]] = []
    for piece in body:
        if piece.box is None:
            return False
        left, top, right, bottom = piece.box
        for other_left, other_top, other_right in highest:
            if bottom < other_top + 1 and min(right, other_right) - max(left, other_left) > 0.3 * min(
                right - left, other_right - other_left
            ):
                return True
        highest.append((left, top, right))
    return False


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
