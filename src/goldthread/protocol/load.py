"""Reading a protocol: a folder of TOML files, validated as a whole, every fault named by file and line."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from goldthread.errors import ProtocolError, UsageError
from goldthread.protocol.check import Fault, cross_faults, model_faults, nearest
from goldthread.protocol.check_crosswalks import crosswalk_faults
from goldthread.protocol.groupings import expand_attributes, expand_groupings
from goldthread.protocol.lexicon import Lexicon, read_lexicon
from goldthread.protocol.model import Protocol
from goldthread.protocol.places import KeyPath, line_of, places
from goldthread.protocol.strength import StrengthRule

DATA = Path(__file__).parent / "data"
LEXICON = "lexicon.toml"

ROOT_FILES: dict[str, tuple[str, ...]] = {
    "protocol.toml": (
        *("id", "title", "version", "language", "jurisdiction", "description", "citation"),
        *("review_types", "sources"),
    ),
    "screening.toml": ("criteria", "reasons"),
    "fields.toml": ("sections", "fields"),
    "quality.toml": ("quality",),
    "tables.toml": ("groupings", "tables", "figures"),
    "registers.toml": ("registers",),
    "crosswalks.toml": ("crosswalks",),
}
"""Files whose top-level keys are keys of the protocol."""

PART_FILES = {
    "codebook.toml": "codebook",
    "recommendations.toml": "recommendations",
    "plan.toml": "plan",
    "findings.toml": "findings",
    LEXICON: "lexicon",
}
"""Files that hold the whole of one part of the protocol."""

OPTIONAL = {"plan.toml", "findings.toml", "quality.toml", "tables.toml", "registers.toml", "crosswalks.toml", LEXICON}


@dataclass(frozen=True)
class Source:
    """One file of a protocol as text and as data."""

    path: Path
    text: str
    data: dict[str, Any]


def shipped() -> tuple[str, ...]:
    """Ids of the protocols that come with Goldthread."""
    return tuple(sorted(folder.parent.name for folder in DATA.glob("*/protocol.toml")))


def folder_of(name: str) -> Path:
    """The folder of a shipped protocol, complete in itself but for the shared files it includes.

    Raises UsageError for a name that is not shipped.
    """
    if name not in shipped():
        raise UsageError(
            f"there is no shipped protocol called {name!r}",
            mend=nearest(name, shipped()) or f"choose one of {', '.join(shipped())}, or give a folder",
        )
    return DATA / name


def load(name_or_folder: str | Path) -> Protocol:
    """The protocol of that shipped name, or in that folder.

    Raises UsageError if there is no such protocol, ProtocolError naming every fault by file and line.
    """
    folder = Path(name_or_folder)
    if isinstance(name_or_folder, str) and name_or_folder in shipped():
        folder = DATA / name_or_folder
    elif not folder.is_dir():
        raise UsageError(
            f"no protocol {str(name_or_folder)!r}: neither a shipped protocol nor a folder",
            mend=nearest(str(name_or_folder), shipped()) or f"shipped are {', '.join(shipped())}",
        )
    return _validate(folder, _read_files(folder))


def _read_files(folder: Path) -> dict[str, Source]:
    """The protocol's files by name. Raises ProtocolError listing every one that is absent or unreadable."""
    sources, faults = {}, []
    for name in (*ROOT_FILES, *PART_FILES):
        if name == LEXICON:
            continue  # it has a reader of its own, which follows its includes
        path = folder / name
        if path.exists():
            try:
                sources[name] = read_toml(path)
            except ProtocolError as error:
                faults.append(str(error))
        elif name not in OPTIONAL:
            faults.append(f"{path}: missing — every protocol has a {name}")
    if faults:
        raise ProtocolError(_listing(faults), where=str(folder))
    return sources


def read_toml(path: Path) -> Source:
    """A TOML file as text and data. Raises ProtocolError naming the line and column where it is malformed."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        return Source(path, text, tomllib.loads(text))
    except UnicodeDecodeError as error:
        raise ProtocolError("not UTF-8 text", where=str(path), mend="save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        what, _, place = str(error).partition(" (at ")
        line, column = _line_and_column(place, text)
        raise ProtocolError(
            f"not valid TOML: {what[:1].lower()}{what[1:]}",
            where=f"{path}:{line}:{column}",
            mend="look for a missing quote, bracket or equals sign there or just before",
        ) from error


def _line_and_column(place: str, text: str) -> tuple[int, int]:
    numbers = [int(part) for part in place.replace(",", " ").replace(")", " ").split() if part.isdigit()]
    if len(numbers) == 2:
        return numbers[0], numbers[1]
    return text.count("\n") + 1, len(text) - (text.rfind("\n") + 1) + 1


@cache
def usual_strength() -> StrengthRule:
    """The rule for the strength of findings of a protocol that has none of its own."""
    return StrengthRule.model_validate(read_toml(DATA / "police-reviews" / "findings.toml").data)


def _validate(folder: Path, sources: dict[str, Source]) -> Protocol:
    faults = [fault for name in ROOT_FILES if name in sources for fault in _misplaced(sources[name])]
    whole: dict[str, Any] = {}
    for name, keys in ROOT_FILES.items():
        if name in sources:
            whole.update({key: sources[name].data[key] for key in keys if key in sources[name].data})
    faults += [*expand_attributes(whole), *expand_groupings(whole)]
    for name, part in PART_FILES.items():
        if name in sources:
            whole[part] = sources[name].data
    whole["lexicon"], unread = _lexicon(folder)
    try:
        protocol = Protocol.model_validate(whole)
    except ValidationError as error:
        wrong = model_faults(error)
        faults += [*wrong, *_faults_of_the_rest(whole, wrong)]
    else:
        faults += [*cross_faults(protocol), *crosswalk_faults(protocol)]
        if not faults and not unread:
            return protocol
    raise ProtocolError(_listing([*_placed(faults, folder, sources), *unread]), where=str(folder))


def _lexicon(folder: Path) -> tuple[Lexicon, list[str]]:
    """The lexicon, or an empty one and what is wrong with it."""
    try:
        return read_lexicon(folder), []
    except ProtocolError as error:
        try:
            read_toml(folder / LEXICON)
        except ProtocolError as malformed:
            return Lexicon(), [str(malformed)]
        return Lexicon(), [str(error)]


def _faults_of_the_rest(whole: dict[str, Any], wrong: list[Fault]) -> list[Fault]:
    """What else is wrong once the ill-formed fields, tables, … are left out, so that one run lists it all."""
    places = {fault.path[:2] for fault in wrong}
    lists = {key: value for key, value in whole.items() if isinstance(value, list)}
    if not all(len(place) == 2 and place[0] in lists for place in places):
        return []
    left_out = {f"`{lists[str(key)][int(n)].get('id')}`" for key, n in places}
    kept = {key: [item for n, item in enumerate(items) if (key, n) not in places] for key, items in lists.items()}
    numbers = {key: [n for n in range(len(items)) if (key, n) not in places] for key, items in lists.items()}
    try:
        found = cross_faults(Protocol.model_validate({**whole, **kept}))
    except ValidationError:
        return []
    return [
        replace(fault, path=_renumbered(fault.path, numbers))
        for fault in found
        if not any(name in fault.what for name in left_out)
    ]


def _renumbered(path: KeyPath, numbers: dict[str, list[int]]) -> KeyPath:
    if len(path) > 1 and path[0] in numbers:
        return (path[0], numbers[str(path[0])][int(path[1])], *path[2:])
    return path


def _misplaced(source: Source) -> Iterator[Fault]:
    """Top-level keys that belong in another file, or nowhere."""
    homes = {key: name for name, keys in ROOT_FILES.items() for key in keys}
    homes.update({part: name for name, part in PART_FILES.items()})
    for key in source.data:
        home = homes.get(key)
        if home != source.path.name:
            mend = f"move it to {home}" if home else nearest(key, ROOT_FILES[source.path.name])
            yield Fault((key,), f"unknown key `{key}`", mend, source.path.name)


def _placed(faults: list[Fault], folder: Path, sources: dict[str, Source]) -> list[str]:
    """Each fault as one line of text: file:line: what — mend, in the order of files and lines."""
    known = {name: places(source.text) for name, source in sources.items()}
    if (folder / LEXICON).exists():
        known[LEXICON] = places((folder / LEXICON).read_text(encoding="utf-8-sig", errors="replace"))
    order = list(known)
    lines = []
    for fault in faults:
        name, path = _home(fault)
        line = line_of(path, known.get(name, {}))
        rank = order.index(name) if name in order else len(order)
        mend = f" — {fault.mend}" if fault.mend else ""
        lines.append((rank, line, f"{folder / name}:{line}: {fault.what}{mend}"))
    return [text for _, _, text in sorted(lines)]


def _home(fault: Fault) -> tuple[str, KeyPath]:
    if fault.file:
        return fault.file, fault.path
    first = fault.path[0] if fault.path else ""
    for name, part in PART_FILES.items():
        if part == first:
            return name, fault.path[1:]
    for name, keys in ROOT_FILES.items():
        if first in keys:
            return name, fault.path
    return "protocol.toml", fault.path


def _listing(faults: list[str]) -> str:
    if len(faults) == 1:
        return f"1 fault in this protocol\n  {faults[0]}"
    return f"{len(faults)} faults in this protocol\n" + "\n".join(f"  {fault}" for fault in faults)
