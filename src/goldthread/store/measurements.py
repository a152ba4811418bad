"""What a team measured in its own study: kept in the journal, sealed like every other deed."""

from __future__ import annotations

import json
from collections.abc import Sequence

import sqlalchemy as sa

from goldthread.scoring.measured import Measured, from_data, shipped, to_data
from goldthread.store import journal
from goldthread.store.schema import journal as table

VERB = "evaluate"
_FIGURES = "measured"


def keep(connection: sa.Connection, who: str, gold: str, records: Sequence[Measured]) -> bool:
    """Keep what was measured against a gold; False when it is, but for the day, what was kept last."""
    last, earlier = next(reversed(_by_gold(connection).items()), ("", ()))
    if last == gold and _undated(earlier) == _undated(records):
        return False
    journal.append(connection, who, VERB, gold, after={_FIGURES: to_data(records)})
    return True


def measured(connection: sa.Connection) -> tuple[Measured, ...]:
    """The last measurements against each gold, the latest gold first."""
    return tuple(item for records in reversed(_by_gold(connection).values()) for item in records)


def _by_gold(connection: sa.Connection) -> dict[str, tuple[Measured, ...]]:
    rows = connection.execute(
        sa.select(table.c.object, table.c.after).where(table.c.verb == VERB).order_by(table.c.n)
    ).all()
    found: dict[str, tuple[Measured, ...]] = {}
    for row in rows:
        found.pop(row.object, None)
        found[row.object] = from_data(json.loads(row.after)[_FIGURES])
    return found


def _undated(records: Sequence[Measured]) -> list[dict[str, object]]:
    return [{key: value for key, value in item.items() if key != "at"} for item in to_data(records)]


def known(connection: sa.Connection) -> tuple[Measured, ...]:
    """What is known of the engines: what was measured on this study first, then what came with this version."""
    return (*measured(connection), *shipped())
