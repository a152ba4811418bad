"""The findings of a study as they stand at one moment, with what has become of their evidence."""

from __future__ import annotations

import sqlalchemy as sa

from goldthread.anchors import Anchor
from goldthread.findings.board import Board, rule_of
from goldthread.findings.following import trace
from goldthread.store import findings
from goldthread.study.findings.planning import plans_of
from goldthread.study.folder import Held
from goldthread.values import State


def board(held: Held, connection: sa.Connection) -> Board:
    """Every finding with its evidence followed to how it now stands, and the plans."""
    made = findings.load(connection)
    taken = findings.episodes(connection, {one for each in made for one in (*each.supporting, *each.opposing)})
    replaced = [one for one in taken if one.state is State.SUPERSEDED]
    others = findings.of_the_same_words(connection, replaced) if replaced else ()
    return Board(rule_of(held.protocol), plans_of(held, connection), made, trace(taken, others))


def anchors(found: Board) -> tuple[Anchor, ...]:
    """The anchors of all evidence that stands."""
    return tuple(one.now.anchor for one in found.passages.values() if one.now)
