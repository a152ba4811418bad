"""Reading the files in which kinds of briefing are written, every fault named by file, line and mend."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import ValidationError

from goldthread.briefing.words.template import Template
from goldthread.briefing.words.wording import sentence_faults
from goldthread.errors import ProtocolError, UsageError
from goldthread.protocol.check import Fault, model_faults, nearest
from goldthread.protocol.model import Protocol
from goldthread.protocol.places import KeyPath, line_of, places

SHIPPED = Path(__file__).parent.parent / "templates" / "kinds"
_ORDER = ("practice", "meta-analysis", "themed", "sector", "spotlight", "periodic", "quality")
OWN = "briefings"
"""The folder of a study's protocol that holds its own kinds."""


@dataclass(frozen=True, slots=True)
class _File:
    path: Path
    text: str


@dataclass(frozen=True)
class Kinds(Mapping[str, Template]):
    """The kinds of briefing by name; a file that does not hold together raises its fault when its kind is asked for.

    Its name is among the names, and a shipped kind of that name does not stand in for it: the words would not be the
    study's.
    """

    whole: Mapping[str, Template]
    broken: Mapping[str, ProtocolError]

    def __getitem__(self, kind: str) -> Template:
        if kind in self.broken:
            raise self.broken[kind]
        return self.whole[kind]

    def __contains__(self, kind: object) -> bool:
        return kind in self.whole or kind in self.broken

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys((*shipped(), *sorted({*self.whole, *self.broken}))))

    def __len__(self) -> int:
        return len(tuple(iter(self)))

    def called(self, kind: str) -> str:
        """What lists call a kind: its name, or that of its file where this cannot be read."""
        return kind if kind in self.broken else self.whole[kind].called

    def parts(self, kind: str) -> frozenset[str]:
        """The parts a kind shows; none where its file cannot be read."""
        return frozenset() if kind in self.broken else frozenset(one.show for one in self.whole[kind].sections)

    def ensure_whole(self) -> None:
        """Raises ProtocolError naming every fault of every file, where there is one."""
        faults = list(self.broken.values())
        if len(faults) == 1:
            raise faults[0]
        if faults:
            told = "\n".join(map(str, faults))
            raise ProtocolError(f"{len(faults)} briefings do not hold together\n{told}")


@cache
def shipped() -> Mapping[str, Template]:
    """The kinds that come with Goldthread, by name, in the order they are offered."""
    found = {path.stem: read(path) for path in SHIPPED.glob("*.toml")}
    order = {name: n for n, name in enumerate(_ORDER)}
    return dict(sorted(found.items(), key=lambda item: (order.get(item[0], len(order)), item[0])))


def templates(protocol: Protocol, folder: Path | None, parts: Collection[str]) -> Kinds:
    """Every kind a study may brief: those shipped, each replaced by the study's own file of that name.

    `folder` is the study's `protocol/briefings`; `parts` are what a section may show. A file that does not hold
    together takes only its own kind away.
    """
    own = sorted(folder.glob("*.toml")) if folder is not None and folder.is_dir() else []
    mine: dict[str, Template] = {}
    broken: dict[str, ProtocolError] = {}
    for path in own:
        try:
            mine[path.stem] = read(path, protocol, parts)
        except ProtocolError as fault:
            broken[path.stem] = fault
    known = {kind: template for kind, template in shipped().items() if kind not in broken}
    return Kinds({**known, **mine}, broken)


def source(kind: str) -> str:
    """The text of a shipped kind, to be edited. Raises UsageError where none is shipped."""
    if kind not in shipped():
        raise UsageError(
            f"there is no shipped briefing of the kind `{kind}`",
            mend=nearest(kind, shipped()) or f"kinds are {', '.join(shipped())}",
        )
    return (SHIPPED / f"{kind}.toml").read_text("utf-8")


def read(path: Path, protocol: Protocol | None = None, parts: Collection[str] | None = None) -> Template:
    """One file as a template. Raises ProtocolError naming every fault by file and line."""
    file = _File(path, _text(path))
    try:
        data = tomllib.loads(file.text)
    except tomllib.TOMLDecodeError as error:
        mend = "look for a missing quote, bracket or equals sign there or just before"
        raise ProtocolError(f"not valid TOML: {error}", where=str(path), mend=mend) from error
    reserved = [Fault((key,), f"unknown key `{key}`") for key in ("kind", "file", "lines") if key in data]
    where = places(file.text)
    try:
        found = Template.model_validate({**data, "kind": path.stem, "file": str(path), "lines": _lines(data, where)})
    except ValidationError as error:
        _refuse([*reserved, *model_faults(error, Template)], where, path)
        raise
    _refuse([*reserved, *_faults(found, protocol, parts)], where, path)
    return found


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ProtocolError("not UTF-8 text", where=str(path), mend="save it as UTF-8") from error
    except OSError as error:
        raise ProtocolError(f"cannot be read: {error.strerror}", where=str(path), mend="check the file") from error


def _lines(data: Mapping[str, object], where: Mapping[KeyPath, int]) -> dict[str, int]:
    """Section id, and section id and slot, to the line it stands on."""
    sections = data.get("sections")
    found: dict[str, int] = {}
    for number, section in enumerate(sections if isinstance(sections, list) else []):
        if isinstance(section, dict):
            name = str(section.get("id", ""))
            found[name] = line_of(("sections", number), where)
            found |= {f"{name}.{key}": line_of(("sections", number, key), where) for key in section}
    return found


def _faults(template: Template, protocol: Protocol | None, parts: Collection[str] | None) -> Iterator[Fault]:
    if not template.sections:
        yield Fault((), "there are no sections", "write one: [[sections]]")
    seen: set[str] = set()
    shown: set[str] = set()
    for number, section in enumerate(template.sections):
        at: KeyPath = ("sections", number)
        if section.id in seen:
            yield Fault((*at, "id"), f"two sections are called `{section.id}`", "give each an id of its own")
        seen.add(section.id)
        if parts is not None and section.show and section.show not in parts:
            mend = nearest(section.show, parts) or f"it can show {', '.join(sorted(parts))}"
            yield Fault((*at, "show"), f"`{section.show}` is nothing a section can show", mend)
        if section.show and section.show in shown:
            yield Fault((*at, "show"), f"`{section.show}` is shown twice", "show it in one section")
        shown.add(section.show)
        if not section.show and not (section.text or section.after or section.tables or section.heading):
            yield Fault(at, f"the section `{section.id}` shows nothing", "give it `show`, `text` or `tables`")
        if protocol is not None:
            known = protocol.table_by_id
            for place, table in enumerate(section.tables):
                if table not in known:
                    mend = nearest(table, known) or f"it has {', '.join(known)}"
                    yield Fault((*at, "tables", place), f"the protocol has no table `{table}`", mend)
    if protocol is not None and template.like and template.like not in shipped():
        yield Fault(("like",), f"`{template.like}` is no kind of briefing", nearest(template.like, shipped()))
    for key, sentence in template.wording.items():
        for what, mend in sentence_faults(key, sentence):
            yield Fault(("wording", key), what, mend)


def _refuse(faults: Iterable[Fault], where: Mapping[KeyPath, int], path: Path) -> None:
    lines = [
        f"{path}:{line_of(fault.path, where)}: {fault.what}{f' — {fault.mend}' if fault.mend else ''}"
        for fault in faults
    ]
    if lines:
        head = "1 fault" if len(lines) == 1 else f"{len(lines)} faults"
        raise ProtocolError(f"{head} in this briefing\n  " + "\n  ".join(lines), where=str(path))
