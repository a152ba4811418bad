"""Loading the denominators of rates: one file, one transaction, one journal entry; each act can be taken back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from goldthread.errors import Overtaken, UsageError
from goldthread.protocol.check import nearest
from goldthread.sources.populations import Level, Population, read_populations
from goldthread.sources.problems import Problem, printable
from goldthread.store import journal, populations
from goldthread.study.folder import Held

LOADED, FORGOTTEN, BACK = "populations", "forget_populations", "populations_back"
_SHOWN = 200
_RECENT = 20


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was taken from a file of populations. `changed` replaced another number; the rest was known already.

    `n` is the journal entry; 0 where nothing was changed.
    """

    rows: int
    added: int
    changed: int
    problems: tuple[Problem, ...]
    n: int = 0


@dataclass(frozen=True, slots=True)
class Act:
    """An act on populations, as the journal has it: what it put, and what it took out or replaced.

    `left` counts those that stayed as they were, being changed again since, when an act was taken back.
    """

    n: int
    at: str
    who: str
    verb: str
    object: str
    put: tuple[Population, ...]
    gone: tuple[Population, ...]
    problems: tuple[Problem, ...]
    left: int = 0
    reversible: bool = False


def load(held: Held, path: Path, who: str, seen: str | None = None) -> Loaded:
    """Take the populations of a file. The same file again changes nothing, and is not journaled.

    Raises Overtaken when what is known is not what was `seen`; None for somebody who did not look.
    """
    found, problems = read_populations(path)
    n = 0
    with held.database.write() as connection:
        before = {one.key: one for one in _unchanged(connection, seen)}
        added = [one for one in found if one.key not in before]
        changed = [one for one in found if one.key in before and before[one.key] != one]
        if added or changed:
            populations.keep(connection, [*added, *changed])
            journal.append(
                connection,
                who,
                LOADED,
                printable(path.name),
                before={"replaced": [_told(before[one.key]) for one in changed]},
                after={
                    "added": len(added),
                    "changed": len(changed),
                    "units": sorted({one.unit for one in found}),
                    "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
                    "taken": [_told(one) for one in (*added, *changed)],
                    "problems": [list(one) for one in problems[:_SHOWN]],
                },
            )
            n = journal.latest(connection, 1)[0].n
    return Loaded(len(found) + len(problems), len(added), len(changed), problems, n)


def known(held: Held) -> tuple[Population, ...]:
    """Every population the study has."""
    with held.database.read() as connection:
        return populations.known(connection)


def stamp(known: Iterable[Population]) -> str:
    """A short mark of some populations, the same as long as they are."""
    return hashlib.sha256(json.dumps([_told(one) for one in known]).encode()).hexdigest()[:16]


def forget(held: Held, unit: str, who: str, seen: str | None = None) -> int:
    """Take out every population of a unit; what was taken out stands in the journal.

    Raises UsageError where there is none, Overtaken when what is known is not what was `seen`.
    """
    with held.database.write() as connection:
        every = _unchanged(connection, seen)
        gone = [one for one in every if one.unit == unit.casefold()]
        if not gone:
            units = dict.fromkeys(one.unit for one in every)
            mend = nearest(unit, units) or f"it has {', '.join(units) or 'none yet'}"
            raise UsageError(f"the study has no population of {unit}", mend=mend)
        populations.forget(connection, gone)
        journal.append(
            connection, who, FORGOTTEN, unit.casefold(), before={"populations": [_told(one) for one in gone]}
        )
    return len(gone)


def acts(held: Held) -> tuple[Act, ...]:
    """The last acts on populations, the newest first."""
    with held.database.read() as connection:
        return _acts(connection)[:_RECENT]


def put_back(held: Held, n: int, who: str) -> Act:
    """Take an act on populations back: what it put goes, what it took out or replaced is there again.

    What was changed again since stays as it is, and is counted. Raises UsageError when there is no such act, or
    nothing of it stands.
    """
    with held.database.write() as connection:
        act = next((one for one in _acts(connection) if one.n == n), None)
        if act is None or not act.reversible:
            raise UsageError("there is no such act on populations", mend="load the page again")
        now = {one.key: one for one in populations.known(connection)}
        standing = {one.key for one in act.put if now.get(one.key) == one}
        free = {one.key for one in act.gone if one.key not in now}
        if not standing and not free:
            raise UsageError("nothing of it stands any more, so there is nothing to take back", mend="load the page")
        again = [one for one in act.gone if one.key in standing or one.key in free]
        going = [now[key] for key in standing]
        populations.forget(connection, going)
        populations.keep(connection, again)
        touched = {one.key for one in (*act.put, *act.gone)}
        journal.append(
            connection,
            who,
            BACK,
            act.object,
            before={"populations": [_told(one) for one in going]},
            after={
                "entry": n,
                "taken": [_told(one) for one in again],
                "left": len(touched - standing - free),
            },
        )
        return _acts(connection)[0]


def _acts(connection: sa.Connection) -> tuple[Act, ...]:
    found = [one for verb in (LOADED, FORGOTTEN, BACK) for one in journal.of_verb(connection, verb)]
    return tuple(_act(one) for one in sorted(found, key=lambda one: -one.n))


def _act(entry: journal.Entry) -> Act:
    before, after = json.loads(entry.before or "{}") or {}, json.loads(entry.after or "{}") or {}
    return Act(
        n=entry.n,
        at=entry.at,
        who=entry.who,
        verb=entry.verb,
        object=entry.object,
        put=_read(after.get("taken", ())),
        gone=_read(before.get("populations", before.get("replaced", ()))),
        problems=tuple(Problem(*one) for one in after.get("problems", ())),
        left=int(after.get("left", 0)),
        reversible=entry.verb == FORGOTTEN or (entry.verb == LOADED and "taken" in after),
    )


def _unchanged(connection: sa.Connection, seen: str | None) -> tuple[Population, ...]:
    every = populations.known(connection)
    if seen is not None and seen != stamp(every):
        raise Overtaken(
            "the populations were changed meanwhile, here or in another window",
            mend="load the page again, look at them, and do it again if it is still wanted",
        )
    return every


def _told(one: Population) -> list[object]:
    return [*one.key, one.people, one.source]


def _read(told: Iterable[Sequence[object]]) -> tuple[Population, ...]:
    """Populations as the journal has them: level, area, period, unit, people and source."""
    return tuple(
        Population(Level(str(one[0])), str(one[1]), str(one[2]), str(one[3]), int(str(one[4])), str(one[5]))
        for one in told
    )
