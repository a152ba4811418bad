"""Loading the denominators of rates: one file, one transaction, one journal entry."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from goldthread.errors import UsageError
from goldthread.protocol.check import nearest
from goldthread.sources.populations import Population, read_populations
from goldthread.sources.problems import Problem, printable
from goldthread.store import journal, populations
from goldthread.study.folder import Held


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was taken from a file of populations. `changed` replaced another number; the rest was known already."""

    rows: int
    added: int
    changed: int
    problems: tuple[Problem, ...]


def load(held: Held, path: Path, who: str) -> Loaded:
    """Take the populations of a file. The same file again changes nothing, and is not journaled."""
    found, problems = read_populations(path)
    with held.database.write() as connection:
        before = {one.key: one for one in populations.known(connection)}
        added = [one for one in found if one.key not in before]
        changed = [one for one in found if one.key in before and before[one.key] != one]
        if added or changed:
            populations.keep(connection, [*added, *changed])
            journal.append(
                connection,
                who,
                "populations",
                printable(path.name),
                before={"replaced": [_told(before[one.key]) for one in changed]},
                after={
                    "added": len(added),
                    "changed": len(changed),
                    "units": sorted({one.unit for one in found}),
                    "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
                },
            )
    return Loaded(len(found) + len(problems), len(added), len(changed), problems)


def known(held: Held) -> tuple[Population, ...]:
    """Every population the study has."""
    with held.database.read() as connection:
        return populations.known(connection)


def forget(held: Held, unit: str, who: str) -> int:
    """Take out every population of a unit; what was taken out stands in the journal. Raises UsageError for none."""
    with held.database.write() as connection:
        every = populations.known(connection)
        gone = [one for one in every if one.unit == unit.casefold()]
        if not gone:
            units = dict.fromkeys(one.unit for one in every)
            mend = nearest(unit, units) or f"it has {', '.join(units) or 'none yet'}"
            raise UsageError(f"the study has no population of {unit}", mend=mend)
        populations.forget(connection, gone)
        journal.append(
            connection,
            who,
            "forget_populations",
            unit.casefold(),
            before={"populations": [_told(one) for one in gone]},
        )
    return len(gone)


def _told(one: Population) -> list[object]:
    return [*one.key, one.people, one.source]
