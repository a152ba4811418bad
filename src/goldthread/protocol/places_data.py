"""Reading the gazetteer files: rows of facts become places with all the names they go by."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from goldthread.errors import ProtocolError

FORCES, LOCAL_AUTHORITIES, BOARDS = "forces", "local_authorities", "boards"
NAMES = (FORCES, LOCAL_AUTHORITIES, BOARDS)
DECOY = "decoy"
"""The kind of a name listed only so that a part of it is not mistaken for a place ("Met Office")."""

_AUTHORITY_BOARDS = ("adults", "children_partnership", "children_board", "joint", "community_safety")
_DISTRICT_BOARDS = ("community_safety",)
_BOARD_KINDS = {"children": ("children_partnership", "children_board")}

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Place:
    """One named body. `force` is the usual name of the territorial force of its area, or empty.

    `aliases` are safe wherever they stand; `weak_aliases` (bare county names, abbreviations) only in context.
    """

    id: str
    name: str
    aliases: tuple[str, ...]
    weak_aliases: tuple[str, ...]
    kind: str
    region: str
    nation: str
    force: str


def read_places(gazetteer: str, folder: Path) -> tuple[Place, ...]:
    """All places of one gazetteer, in the order of the file.

    Raises ProtocolError for a missing or malformed file, an id used twice, or a force nobody lists.
    """
    patterns = _patterns(gazetteer, folder)
    build = {FORCES: _forces, LOCAL_AUTHORITIES: _authorities, BOARDS: _boards}[gazetteer]
    places = tuple(build(folder, patterns))
    seen: set[str] = set()
    for place in places:
        if place.id in seen:
            raise ProtocolError(f"the id {place.id!r} is used twice", where=str(folder / f"{gazetteer}.csv"))
        seen.add(place.id)
    return places


def read_contexts(gazetteer: str, folder: Path) -> dict[str, tuple[str, ...]]:
    """The words that vouch for a weak name, standing `before` or `after` it."""
    rows = [
        row for row in _rows(folder / "contexts.csv", "gazetteer", "side", "phrase") if row["gazetteer"] == gazetteer
    ]
    return {side: tuple(row["phrase"] for row in rows if row["side"] == side) for side in ("before", "after")}


def read_sorts(folder: Path) -> dict[str, str]:
    """Words of names that need no capital, each with its sort: `linking` or `generic`."""
    return {row["word"]: row["sort"] for row in _rows(folder / "words.csv", "word", "sort")}


def slug(name: str) -> str:
    """An id made from a name: lower-case words joined by underscores, no accents."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    return re.sub(r"[^a-z0-9]+", "_", plain.replace("'", "")).strip("_")


def _forces(folder: Path, patterns: Mapping[str, tuple[str, ...]]) -> Iterator[Place]:
    columns = ("id", "name", "area", "kind", "region", "nation", "aliases", "weak_aliases")
    for row in _rows(folder / "forces.csv", *columns):
        area, name = row["area"], row["name"]
        made = _filled(patterns.get(row["kind"], ()), (area,)) if area else ()
        yield Place(
            id=row["id"],
            name=name,
            aliases=_distinct((*_several(row["aliases"]), *made), but=(name,)),
            weak_aliases=_distinct((area, *_several(row["weak_aliases"]))),
            kind=row["kind"],
            region=row["region"],
            nation=row["nation"],
            force=name if row["kind"] in ("territorial", "fictional") else "",
        )


def _authorities(folder: Path, patterns: Mapping[str, tuple[str, ...]]) -> Iterator[Place]:
    for row in _authority_rows(folder):
        areas = (row["name"], *_several(row["area_aliases"]))
        yield Place(
            id=row["id"],
            name=row["name"],
            aliases=_distinct(_filled(patterns.get(row["kind"], ()), areas)),
            weak_aliases=_distinct((row["name"], *_several(row["area_aliases"]), *_several(row["weak_aliases"]))),
            kind=row["kind"] if row["status"] == "current" else f"{row['status']}_{row['kind']}",
            region=row["region"],
            nation=row["nation"],
            force=row["force"],
        )


def _boards(folder: Path, patterns: Mapping[str, tuple[str, ...]]) -> Iterator[Place]:
    forces = {place.name: place for place in _forces(folder, _patterns(FORCES, folder))}
    for row in _rows(folder / "boards.csv", "area", "name", "kinds", "force", "aliases"):
        region, nation = _region(row["force"], forces, folder / "boards.csv")
        if row["name"]:
            aliases = _several(row["aliases"])
            yield Place(slug(row["name"]), row["name"], aliases, (), row["kinds"], region, nation, row["force"])
            continue
        areas = (row["area"], *_several(row["aliases"]))
        for kind in (each for listed in _several(row["kinds"]) for each in _BOARD_KINDS.get(listed, (listed,))):
            yield _board(areas, kind, patterns[kind], (region, nation, row["force"]))
    for row in _authority_rows(folder):
        region, nation = _region(row["force"], forces, folder / "local_authorities.csv")
        areas = (row["name"], *_several(row["area_aliases"]))
        for kind in _DISTRICT_BOARDS if row["kind"] == "district" else _AUTHORITY_BOARDS:
            yield _board(areas, kind, patterns[kind], (region, nation, row["force"]))


def _board(areas: tuple[str, ...], kind: str, patterns: tuple[str, ...], place: tuple[str, str, str]) -> Place:
    name, *others = _filled(patterns, areas)
    region, nation, force = place
    return Place(f"{slug(areas[0])}_{kind}", name, _distinct(others, but=(name,)), (), kind, region, nation, force)


def _region(force: str, forces: Mapping[str, Place], path: Path) -> tuple[str, str]:
    if not force:
        return "", ""
    if force not in forces:
        raise ProtocolError(f"the force {force!r} is not in forces.csv", where=str(path), mend="use its name there")
    return forces[force].region, forces[force].nation


def _authority_rows(folder: Path) -> Iterator[Row]:
    columns = ("id", "name", "kind", "county", "force", "region", "nation", "status", "area_aliases", "weak_aliases")
    return _rows(folder / "local_authorities.csv", *columns)


def _patterns(gazetteer: str, folder: Path) -> dict[str, tuple[str, ...]]:
    """How an area's name becomes a body's name, by kind of body; the first pattern makes the usual name."""
    found: dict[str, tuple[str, ...]] = {}
    for row in _rows(folder / "patterns.csv", "gazetteer", "kind", "pattern"):
        if row["gazetteer"] == gazetteer:
            found[row["kind"]] = (*found.get(row["kind"], ()), row["pattern"])
    return found


def _filled(patterns: tuple[str, ...], areas: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(pattern.replace("{area}", area) for area in areas for pattern in patterns)


def _several(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part)


def _distinct(names: tuple[str, ...] | list[str], *, but: tuple[str, ...] = ()) -> tuple[str, ...]:
    return tuple(name for name in dict.fromkeys(names) if name and name not in but)


def _rows(path: Path, *columns: str) -> Iterator[Row]:
    """The rows of a file, then those of the invented places kept beside it (`forces_fictional.csv`)."""
    yield from _file_rows(path, *columns)
    invented = path.with_name(f"{path.stem}_fictional.csv")
    if invented.is_file():
        yield from _file_rows(invented, *columns)


def _file_rows(path: Path, *columns: str) -> Iterator[Row]:
    if not path.is_file():
        raise ProtocolError("a gazetteer file is missing", where=str(path), mend="put it there, or install again")
    with path.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines, strict=True)
        if missing := set(columns) - set(reader.fieldnames or ()):
            raise ProtocolError(f"the columns {', '.join(sorted(missing))} are missing", where=str(path))
        for row in reader:
            if None in row or None in row.values():
                raise ProtocolError("the row has not as many cells as the header", where=f"{path}:{reader.line_num}")
            yield row
