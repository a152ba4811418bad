"""How many people live where: the denominators of rates, from a file of a row an area, a period and a unit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from goldthread.errors import UsageError
from goldthread.protocol import gazetteers
from goldthread.protocol.places_data import FORCES, LOCAL_AUTHORITIES
from goldthread.protocol.quantities import span
from goldthread.sources.problems import Problem, printable
from goldthread.sources.tabular import Row, read_sheet

COLUMNS = ("area", "period", "population", "unit", "source")
"""What the file must have; a column `level` may say what kind of area each row is."""
_MOST_FIGURES = 12


class Level(StrEnum):
    """What kind of area a population lives in."""

    FORCE = "force"
    LOCAL_AUTHORITY = "local authority"
    REGION = "region"


@dataclass(frozen=True, slots=True)
class Population:
    """How many of a unit ("children", "children in need") lived in an area over a period.

    `area` is the usual name of the gazetteers; `period` a year, a month, or a range such as 2019-04/2020-03.
    """

    level: Level
    area: str
    period: str
    unit: str
    people: int
    source: str

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What there is one number for."""
        return self.level.value, self.area, self.period, self.unit


def read_populations(path: Path) -> tuple[tuple[Population, ...], tuple[Problem, ...]]:
    """Every row that is understood, and what is wrong with the others, by row.

    Raises UnreadableInput for a file that cannot be opened, UsageError for one without the columns it needs.
    """
    sheet = read_sheet(path)
    columns = {column.casefold().strip() for column in sheet.columns}
    if lacking := [name for name in COLUMNS if name not in columns]:
        mend = f"give it a heading with {', '.join(COLUMNS)}, and level where an area's name is not enough"
        raise UsageError(f"there is no column {' nor '.join(lacking)}", where=printable(path.name), mend=mend)
    problems = list(sheet.problems)
    found: dict[tuple[str, str, str, str], Population] = {}
    for row in sheet.rows:
        place = f"{printable(path.name)}, row {row.number}"
        made = _population(row, place)
        if isinstance(made, Problem):
            problems.append(made)
        elif (before := found.setdefault(made.key, made)).people != made.people:
            told = (
                f"{made.unit} in {made.area}, {made.period}, are given twice: {before.people:,} and {made.people:,}"
            )
            problems.append(Problem(place, "twice", told, "keep the right one; the first was taken"))
    return tuple(found.values()), tuple(problems)


def _population(row: Row, place: str) -> Population | Problem:
    cells = {name: " ".join(row.cells.get(name, "").split()) for name in (*COLUMNS, "level")}
    if lacking := [name for name in COLUMNS if not cells[name]]:
        return Problem(place, "blank", f"the row has no {lacking[0]}", "fill it in: a rate needs every one of them")
    people = cells["population"].replace(",", "").replace(" ", "")
    if not people.isdecimal() or len(people) > _MOST_FIGURES or not int(people):
        told = f"“{printable(cells['population'])}” is not a number of people"
        return Problem(place, "population", told, "give a whole number above nought")
    if span(cells["period"]) is None:
        told = f"“{printable(cells['period'])}” is not a period"
        return Problem(place, "period", told, "write 2019, 2019-04, 2018-2020 or 2019-04/2020-03")
    found = list(_areas(cells["area"], cells["level"].casefold()))
    if len(found) == 1:
        level, area = found[0]
        return Population(level, area, cells["period"], cells["unit"].casefold(), int(people), cells["source"])
    return _unplaced(place, cells["area"], cells["level"], found)


def _unplaced(place: str, area: str, level: str, found: list[tuple[Level, str]]) -> Problem:
    known = " or ".join(f"the {one} {name}" for one, name in found)
    if found:
        mend = f"say which in a column `level`: {', '.join(one.value for one, _ in found)}"
        return Problem(place, "area", f"“{printable(area)}” may be {known}", mend)
    if level and level.casefold() not in list(Level):
        return Problem(place, "level", f"“{printable(level)}” is no kind of area", f"write {', '.join(Level)}")
    kind = f"{level.casefold()}" if level else "force, local authority or region"
    mend = f"did you mean {near}?" if (near := _nearest(area)) else "write its usual full name"
    return Problem(place, "area", f"“{printable(area)}” is no {kind} that is known", mend)


def _areas(name: str, level: str) -> Iterator[tuple[Level, str]]:
    """Every area a name may mean, of one level where one is named."""
    if level in ("", Level.REGION):
        known = {region.casefold(): region for region in regions()}
        if found := known.get(name.casefold()):
            yield Level.REGION, found
    for kind, gazetteer in ((Level.FORCE, FORCES), (Level.LOCAL_AUTHORITY, LOCAL_AUTHORITIES)):
        place = gazetteers.load(gazetteer).resolve(name) if level in ("", kind) else None
        if place:
            yield kind, place.name


@lru_cache(maxsize=1)
def regions() -> tuple[str, ...]:
    """Every region a force or a local authority lies in."""
    places = (*gazetteers.load(FORCES).places, *gazetteers.load(LOCAL_AUTHORITIES).places)
    return tuple(dict.fromkeys(place.region for place in places if place.region))


def _nearest(name: str) -> str:
    from goldthread.protocol.check import nearest  # noqa: PLC0415 - only where something is misspelt

    forces, authorities = gazetteers.load(FORCES).by_name, gazetteers.load(LOCAL_AUTHORITIES).by_name
    found = nearest(name, (*regions(), *forces, *authorities))
    return found.removeprefix("did you mean ").removesuffix("?")
