"""Ratings of reviews as sources, as flat rows."""

from __future__ import annotations

from collections.abc import Iterator

from goldthread.interchange.rows import Row
from goldthread.quality.rating import Judged
from goldthread.quality.summary import Book

RATING_COLUMNS = {"ratings": ("review_id", "item", "value", "note", "author", "at", "settles", "standing")}


def rating_rows(book: Book) -> dict[str, Iterator[Row]]:
    """One row a rating, that which settles an item after those it settles."""
    return {"ratings": (row for found in book.values() for one in found.values() for row in _ratings(one))}


def _ratings(found: Judged) -> Iterator[Row]:
    for one in (*found.given, *((found.settled,) if found.settled else ())):
        settles = "yes" if one.settles else "no"
        yield (one.review_id, one.item, one.value, one.note, one.author, one.at, settles, found.standing.value)
