"""Manifests: a CSV file that says which files belong to which review, and what is known of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath, PureWindowsPath

from goldthread.protocol.model import Protocol
from goldthread.sources.entries import Entry, Register, dated, distinct, type_codes
from goldthread.sources.problems import Problem, printable
from goldthread.sources.tabular import Row, Sheet

FILE = "file"
KNOWN = ("review", "title", "type", "source", "publication_date", "url", "round")


@dataclass
class _Review:
    """A review while its rows are gathered: the first stated value of a column stands."""

    reference: str
    row: int
    stated: dict[str, str] = field(default_factory=dict)
    files: list[Path] = field(default_factory=list)


def read_manifest(sheet: Sheet, path: Path, protocol: Protocol) -> Register:
    """One entry per review, in the order reviews first appear; several rows may belong to one.

    Rows belong together by `review`, or where that is blank by `title`. Files are named relative to the manifest
    and must lie below its folder; one that does not, or is missing, is a problem, and its review stays registered.
    """
    problems: list[Problem] = []
    reviews: dict[str, _Review] = {}
    taken: dict[Path, str] = {}
    for row in sheet.rows:
        place = f"{printable(path.name)}, row {row.number}"
        named = row.cells.get(FILE, "").strip()
        group = _stated(row, "review") or _stated(row, "title") or named
        if not group:
            message = "the row names neither a file nor a review"
            problems.append(Problem(place, "row", message, "fill in one of file, review or title"))
            continue
        review = reviews.setdefault(group, _Review(group, row.number))
        problems += _note(review, row, place)
        if named:
            problems += _take(named, review, path.parent, taken, place)
        else:
            message = "no file is named: the review is registered without a document"
            problems.append(Problem(place, "no_document", message, "name its file in the column “file”"))
    entries: list[Entry] = []
    for review in reviews.values():
        entry, doubts = _entry(review, protocol, f"{printable(path.name)}, row {review.row}")
        entries.append(entry)
        problems += doubts
    return Register(distinct(entries), tuple(problems))


def _stated(row: Row, column: str) -> str:
    return " ".join(row.cells.get(column, "").split())


def _note(review: _Review, row: Row, place: str) -> list[Problem]:
    """Take what the row states of its review; what contradicts an earlier row is a problem."""
    problems = []
    for column in KNOWN:
        value = _stated(row, column)
        if value and review.stated.setdefault(column, value) != value:
            message = (
                f"{column} differs from row {review.row} of the same review, which stands: {review.stated[column]}"
            )
            problems.append(Problem(place, "contradiction", printable(message), "make the rows agree"))
    return problems


def _take(named: str, review: _Review, folder: Path, taken: dict[Path, str], place: str) -> Sequence[Problem]:
    path = _inside(named, folder)
    shown = printable(named)
    if path is None:
        message = f"“{shown}” leads out of the folder of the manifest"
        return (Problem(place, "outside", message, "put the file below that folder and name it from there"),)
    try:
        is_file = path.is_file()
    except OSError:
        is_file = False
    if not is_file:
        return (Problem(place, "missing_file", f"there is no file “{shown}”", "correct its name or put it there"),)
    if (other := taken.setdefault(path, review.reference)) != review.reference or path in review.files:
        message = f"“{shown}” is named a second time (first for “{printable(other)}”)"
        return (Problem(place, "named_twice", message, "name each file once"),)
    review.files.append(path)
    return ()


def _inside(named: str, folder: Path) -> Path | None:
    """The file below `folder`, following no way out: not `..`, not an absolute path, not a link."""
    windows = PureWindowsPath(named)
    if windows.drive or windows.root or PurePosixPath(named).is_absolute() or "\0" in named:
        return None
    below = folder / named
    parts = PurePosixPath(named).parts
    if not below.exists() and "\\" in named:
        below, parts = folder.joinpath(*windows.parts), windows.parts
    if ".." in parts or not below.resolve().is_relative_to(folder.resolve()):
        return None
    return below


def _entry(review: _Review, protocol: Protocol, place: str) -> tuple[Entry, list[Problem]]:
    stated = review.stated
    types, unknown = type_codes(stated.get("type", ""), protocol)
    day, problems = dated(stated.get("publication_date", ""), place)
    doubts = [*problems, *(unknown_type(code, protocol, place) for code in unknown)]
    entry = Entry(
        reference=review.reference,
        title=stated.get("title", ""),
        review_types=types,
        source=stated.get("source", ""),
        publication_date=day,
        url=stated.get("url", ""),
        round=stated.get("round", ""),
        text=None,
        files=tuple(review.files),
        row=review.row,
    )
    return entry, doubts


def unknown_type(code: str, protocol: Protocol, place: str) -> Problem:
    """The problem of a type code the protocol does not have."""
    known = ", ".join(kind.id for kind in protocol.review_types)
    return Problem(place, "type", f"the protocol has no review type “{printable(code)}”", f"use one of {known}")
