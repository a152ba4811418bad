"""Importing: a person's decisions and codings from a file, every quote held against the stored text first."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import sqlalchemy as sa

from goldthread.analysis.records import ReviewRecord, StudyRecord
from goldthread.anchors import DocumentText, verify
from goldthread.assist.engine import Suggestions
from goldthread.coding.model import Episode, Recommendation
from goldthread.coding.qda import QdaFile, read_qda
from goldthread.documents.limits import Limits
from goldthread.errors import UnreadableInput, UsageError
from goldthread.extraction.model import Characteristic
from goldthread.screening.model import CriterionAnswer
from goldthread.sources.problems import Problem, printable
from goldthread.sources.tabular import Sheet, read_sheet
from goldthread.store import changes as store_changes
from goldthread.store import documents, journal, links, records, suggestions
from goldthread.store.settled import overlaps, span
from goldthread.study.folder import Held
from goldthread.study.intake.imports import characteristics, passages, screening
from goldthread.study.intake.imports.cells import Cells
from goldthread.study.intake.imports.changes import Changes, Item, RowFault, Said, Settling, Stored
from goldthread.study.intake.imports.codings import Understood, understand
from goldthread.study.intake.imports.evidence import Evidence
from goldthread.study.intake.imports.journaled import after, anchors_of, before
from goldthread.values import State

T = TypeVar("T", bound=Item)
R = TypeVar("R")
_PROJECTS = (".qdpx", ".qdc", ".qde")
_SHAPES = (
    ("characteristics", ({"field", "value"}, {"field", "missing"})),
    ("episodes", ({"episode_id"}, {"theme", "direction"})),
    ("recommendations", ({"recommendation_id"}, {"addressee", "quote"})),
    ("screening", ({"decision"},)),
)


@dataclass(frozen=True, slots=True)
class Imported:
    """What a file came to, in counts of rows or passages; `understood` tells more of a project."""

    kind: str
    rows: int
    confirmed: int
    rejected: int
    added: int
    superseded: int
    decided: int
    unchanged: int
    problems: tuple[Problem, ...]
    understood: dict[str, object] = field(default_factory=dict)

    @property
    def changed(self) -> bool:
        """Whether the study is another one than before."""
        return bool(self.confirmed or self.rejected or self.added or self.superseded or self.decided)


def import_file(held: Held, path: Path, who: str, limits: Limits) -> Imported:
    """Take a person's decisions from a CSV file, or codings from a REFI-QDA project, in one transaction.

    A row that does not verify, or names what the study does not have, becomes a problem and the rest goes on.
    Importing the same file again changes nothing. Raises UnreadableInput for a file that is neither.
    """
    data = _bytes(path, limits)
    name = printable(path.name)
    reading: _Project | _Sheet
    if path.suffix.lower() in _PROJECTS or data[:4] == b"PK\x03\x04":
        reading = _Project(read_qda(data, name, limits), name, who)
    else:
        sheet = read_sheet(path)
        reading = _Sheet(sheet, name, _kind(sheet, name), who)
    with held.database.write() as connection:
        changes = Changes()
        known = _Known(held, connection)
        reading.read(known, changes)
        _give_way(known, changes)
        if changes.any:
            _save(connection, changes, who)
            journal.append(
                connection,
                who,
                "import",
                name,
                before=before(changes),
                after={**after(changes), "sha256": hashlib.sha256(data).hexdigest()},
            )
    return Imported(
        kind=reading.kind,
        rows=reading.rows,
        confirmed=changes.count(State.CONFIRMED),
        rejected=changes.count(State.REJECTED),
        added=len(changes.added),
        superseded=changes.count(State.SUPERSEDED),
        decided=len(changes.decisions),
        unchanged=changes.unchanged,
        problems=tuple(changes.problems),
        understood=reading.understood,
    )


class _Known:
    """The study as it stands inside the transaction."""

    def __init__(self, held: Held, connection: sa.Connection) -> None:
        self._connection = connection
        self.protocol = held.protocol
        self.record: StudyRecord = records.load(connection, {}, defaultdict(str), tuple(State))
        self.reviews: dict[str, ReviewRecord] = {one.review_id: one for one in self.record.reviews}
        self.evidence = Evidence(self._text)

    def _text(self, document_id: str) -> DocumentText:
        return next(documents.texts(self._connection, [document_id]))

    def stored(self, kind: str, items: Callable[[ReviewRecord], Sequence[T]]) -> list[Stored[T]]:
        """Everything the study holds of one kind, each with its key."""
        keys = store_changes.keys(self._connection, kind)
        return [
            Stored(key, item)
            for review in self.record.reviews
            for key, item in zip(keys.get(review.review_id, []), items(review), strict=True)
        ]

    def episodes(self) -> Settling[Episode]:
        return passages.episodes(self.stored("episodes", lambda review: review.episodes))

    def recommendations(self) -> Settling[Recommendation]:
        return passages.recommendations(self.stored("recommendations", lambda review: review.recommendations))


class _Sheet:
    """A CSV file of decisions."""

    def __init__(self, sheet: Sheet, name: str, kind: str, who: str) -> None:
        self._sheet, self._name, self.kind, self._who = sheet, name, kind, who
        self.rows = len(sheet.rows)
        self.understood: dict[str, object] = {}

    def read(self, known: _Known, changes: Changes) -> None:
        changes.problems += self._sheet.problems
        {
            "characteristics": self._characteristics,
            "episodes": self._episodes,
            "recommendations": self._recommendations,
            "screening": self._screening,
        }[self.kind](known, changes)

    def _characteristics(self, known: _Known, changes: Changes) -> None:
        stored = known.stored("characteristics", lambda review: review.characteristics)
        settling = characteristics.settling(stored)
        values: dict[str, set[str]] = {}
        for one in stored:
            if one.item.value is not None:
                values.setdefault(one.item.field, set()).add(one.item.value)
        said = list(
            self._each(
                known,
                changes,
                lambda place, cells: characteristics.characteristic(
                    place, cells, known.evidence, known.protocol, values, self._who
                ),
            )
        )
        settling.expect(one.item for one in said)
        single = characteristics.SingleValues(known.protocol, settling, said)
        _follow(said, single.take, changes)

    def _episodes(self, known: _Known, changes: Changes) -> None:
        said = self._each(
            known,
            changes,
            lambda place, cells: passages.episode(place, cells, known.evidence, known.protocol, self._who),
        )
        _follow(said, known.episodes().take, changes)

    def _recommendations(self, known: _Known, changes: Changes) -> None:
        said = self._each(
            known, changes, lambda place, cells: passages.recommendation(place, cells, known.evidence, self._who)
        )
        _follow(said, known.recommendations().take, changes)

    def _screening(self, known: _Known, changes: Changes) -> None:
        verdicts = list(
            self._each(known, changes, lambda place, cells: screening.verdict(place, cells, known.protocol))
        )
        screening.decide(verdicts, known.reviews, self._who, journal.now(), changes)
        if "criterion" not in self._columns():
            return
        settling = screening.answers(known.stored("answers", lambda review: review.answers))
        said = list(
            self._each(
                known,
                changes,
                lambda place, cells: screening.answer(place, cells, known.evidence, known.protocol, self._who),
            )
        )
        settling.expect(one.item for one in said)
        _follow(said, settling.take, changes)

    def _columns(self) -> set[str]:
        return {column.casefold().strip() for column in self._sheet.columns}

    def _each(self, known: _Known, changes: Changes, read: Callable[[str, Cells], R | None]) -> Iterator[R]:
        """What each row says; a row that does not hold together becomes a problem, once."""
        for row in self._sheet.rows:
            place = f"{self._name}, row {row.number}"
            try:
                found = read(place, Cells(row, known.protocol, known.reviews))
            except RowFault as fault:
                if fault.at(place) not in changes.problems:
                    changes.problems.append(fault.at(place))
                continue
            if found is not None:
                yield found


class _Project:
    """A project or codebook of another program."""

    def __init__(self, found: QdaFile, name: str, who: str) -> None:
        self._found, self._name, self._who = found, name, who
        self.kind = "project" if found.sources or found.users or not found.codes else "codebook"
        self.rows = len(found.passages)
        self.understood: dict[str, object] = {}

    def read(self, known: _Known, changes: Changes) -> None:
        made = understand(self._found, self._name, known.record, known.protocol, known.evidence, self._who)
        changes.problems += made.problems
        _follow(made.episodes, known.episodes().take, changes)
        _follow(made.recommendations, known.recommendations().take, changes)
        self.understood = self._told(made)

    def _told(self, made: Understood) -> dict[str, object]:
        return {
            "origin": self._found.origin,
            "codes": len(self._found.codes),
            "codes_matched": made.matched,
            "codes_not_matched": made.unmatched,
            "users": len(self._found.users),
            "cases": self._found.cases,
            "sources": len(self._found.sources),
            "sources_matched": made.sources,
            "passages": len(self._found.passages),
            "passages_located": made.located,
            "left_out": dict(self._found.left_out),
        }


def _follow(said: Iterable[Said[T]], take: Callable[[Said[T], Changes], None], changes: Changes) -> None:
    """Turn rows into changes, those that cannot be followed into problems."""
    for one in said:
        try:
            take(one, changes)
        except RowFault as fault:
            changes.problems.append(fault.at(one.place))


def _give_way(known: _Known, changes: Changes) -> None:
    """What a machine suggests of words a person now codes is superseded, or the same words would count twice."""
    coded = [span(item.anchor) for item in changes.added if isinstance(item, Episode)]
    asked = [span(item.anchor) for item in changes.added if isinstance(item, Recommendation)]
    for kind, spans, items in (
        ("episodes", coded, known.episodes().stored if coded else ()),
        ("recommendations", asked, known.recommendations().stored if asked else ()),
    ):
        for one in items:
            undecided = one.item.state is State.SUGGESTED and (kind, one.key) not in changes.settled
            if undecided and overlaps(one.item.anchor, spans):
                changes.settled[kind, one.key] = (State.SUGGESTED, State.SUPERSEDED)


def _bytes(path: Path, limits: Limits) -> bytes:
    try:
        if path.exists() and not path.is_file():
            raise UsageError("this is a folder, pipe or device", where=printable(str(path)), mend="name a file")
        if path.stat().st_size > limits.file_size:
            what = f"the file has more than the {limits.file_size / 1e6:.0f} MB that are read"
            raise UnreadableInput(what, where=printable(path.name), mend="split it")
        return path.read_bytes()
    except OSError as fault:
        raise UsageError(
            f"the file cannot be read: {fault.strerror}", where=str(path), mend="name a file that is there"
        ) from fault


def _kind(sheet: Sheet, name: str) -> str:
    columns = {column.casefold().strip() for column in sheet.columns}
    if "review_id" in columns:
        for kind, shapes in _SHAPES:
            if any(shape <= columns for shape in shapes):
                return kind
    raise UnreadableInput(
        "its columns are not those of an export or of a list of decisions",
        where=name,
        mend="keep the header of characteristics.csv, episodes.csv, recommendations.csv or screening.csv, or write "
        "review_id,decision,reason",
    )


def _save(connection: sa.Connection, changes: Changes, who: str) -> None:
    """Write every change; what is added is verified against the stored text once more."""
    for kind in store_changes.KINDS:
        states = [(key, new) for (of, key), (_, new) in changes.settled.items() if of == kind]
        store_changes.set_states(connection, kind, states, who)
    _verify(connection, changes.added)
    added: dict[str, list[Item]] = {}
    replaced = {id(changes.added[place]): str(key) for place, key in changes.instead.items()}
    for item in changes.added:
        added.setdefault(item.review_id, []).append(item)
    for review_id, items in added.items():
        made = Suggestions(
            review_types=(),
            characteristics=tuple(one for one in items if isinstance(one, Characteristic)),
            episodes=tuple(one for one in items if isinstance(one, Episode)),
            recommendations=tuple(one for one in items if isinstance(one, Recommendation)),
        )
        keys = suggestions.save(connection, review_id, made)
        for one, key in zip((*made.episodes, *made.recommendations), keys, strict=True):
            if id(one) in replaced:
                links.carry(connection, replaced[id(one)], key)
        suggestions.save_answers(connection, [one for one in items if isinstance(one, CriterionAnswer)])
    for _, decision in changes.decisions:
        suggestions.save_decision(connection, decision)


def _verify(connection: sa.Connection, items: Iterable[Item]) -> None:
    anchors = [found for item in items for found in anchors_of(item)]
    wanted = sorted({found.document_id for found in anchors})
    texts = {text.document_id: text for text in documents.texts(connection, wanted)}
    for found in anchors:
        verify(found, texts[found.document_id])
