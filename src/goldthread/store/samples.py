"""Random samples of what was undecided: kept in the journal, sealed like every other deed."""

from __future__ import annotations

import json

import sqlalchemy as sa

from goldthread.ranking.stopping import Sample
from goldthread.store import journal
from goldthread.store.schema import journal as table

VERB = "sample"


def keep(connection: sa.Connection, who: str, sample: Sample) -> None:
    """Record a sample, and every review it was drawn from."""
    journal.append(
        connection,
        who,
        VERB,
        f"sample {sample.number}",
        after={"seed": sample.seed, "drawn": list(sample.drawn), "population": sorted(sample.population)},
    )


def samples(connection: sa.Connection) -> tuple[Sample, ...]:
    """Every sample drawn, oldest first."""
    rows = connection.execute(sa.select(table.c.at, table.c.after).where(table.c.verb == VERB).order_by(table.c.n))
    kept = [(row.at, json.loads(row.after)) for row in rows]
    return tuple(
        Sample(n, one["seed"], at, frozenset(one["population"]), tuple(one["drawn"]))
        for n, (at, one) in enumerate(kept, 1)
    )
