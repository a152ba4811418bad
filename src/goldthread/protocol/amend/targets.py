"""Where a code may go: the codes that can take it up, and the themes it can be moved below."""

from __future__ import annotations

from goldthread.protocol.amend.naming import theme_at
from goldthread.protocol.amend.speaking import singles_out
from goldthread.protocol.codebook import Codebook, Place
from goldthread.protocol.model import Protocol


def offered(book: Codebook) -> tuple[Place, ...]:
    """Every code that is offered, in the order of the codebook."""
    return tuple((theme.id, sub) for theme in book.offered for sub in ("", *(one.id for one in theme.subthemes)))


def takers(place: Place, protocol: Protocol) -> tuple[Place, ...]:
    """The codes that a code can be merged into, or retired for, without being refused."""
    book = protocol.codebook
    holds = not place[1] and bool(theme_at(place, book).subthemes)
    alone = any(singles_out(table, place) for table in protocol.tables)
    return tuple(to for to in beside(place, book) if bool(to[1]) is bool(place[1]) or not (alone or holds))


def beside(place: Place, book: Codebook) -> tuple[Place, ...]:
    """The codes offered but for one code and those below it."""
    return tuple(to for to in offered(book) if to != place and (place[1] or to[0] != place[0]))


def homes(place: Place, book: Codebook) -> tuple[Place, ...]:
    """The themes that a sub-theme can be moved below: all that are offered but its own."""
    return tuple(to for to in offered(book) if not to[1] and to[0] != place[0]) if place[1] else ()
