"""Discovering what there is to add: files and folders in a stable order, nothing left out unsaid."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from goldthread.errors import UsageError
from goldthread.sources.problems import Problem, printable

__all__ = ["Discovery", "Found", "Kind", "Problem", "discover"]


class Kind(StrEnum):
    """What a file is to us: a document of a review, or a register that lists reviews."""

    DOCUMENT = "document"
    REGISTER = "register"


KINDS = {
    **dict.fromkeys((".pdf", ".docx", ".html", ".htm", ".txt", ".md"), Kind.DOCUMENT),
    **dict.fromkeys((".csv", ".ris"), Kind.REGISTER),
}
"""File name endings that are read, in any case."""

_MENDS = {
    ".zip": "unpack it and add the folder",
    ".7z": "unpack it and add the folder",
    ".doc": "save it as DOCX or PDF and add it again",
    ".odt": "save it as DOCX or PDF and add it again",
    ".rtf": "save it as DOCX or PDF and add it again",
    ".xlsx": "save the sheet as CSV and add it again",
    ".xls": "save the sheet as CSV and add it again",
    ".jpg": "pictures hold no text; add the report itself",
    ".jpeg": "pictures hold no text; add the report itself",
    ".png": "pictures hold no text; add the report itself",
}
_SYSTEM = frozenset({"thumbs.db", "desktop.ini", "__macosx", "$recycle.bin", "system volume information"})
STUDY = "study.db"
"""The file that makes a folder a study; what lies in one is its own."""
_UNFINISHED = (".tmp", ".part", ".crdownload", ".download", ".swp")
_PDF = b"%PDF-"
_HEAD = 1024


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read. `file_name` is its path below the named folder, with `/`, in printable letters."""

    path: Path
    file_name: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Discovery:
    """What was found, in order; what could not be taken; and what is never a report (system and lock files)."""

    found: tuple[Found, ...]
    problems: tuple[Problem, ...]
    left_out: tuple[Problem, ...] = ()


class _Item(NamedTuple):
    """A file met on the way, below the folder named by its caller, or a reason it is not taken."""

    path: Path
    name: str
    refusal: Problem | None = None
    is_system: bool = False


def discover(paths: Sequence[Path]) -> Discovery:
    """Every readable file among `paths` and below them, folders in the order named, files by name.

    Links inside a folder are not followed, a file named twice is found once, and whatever is left out is listed.
    Raises UsageError for a path that does not exist.
    """
    found: list[Found] = []
    problems: list[Problem] = []
    left_out: list[Problem] = []
    seen: set[str] = set()
    names: set[str] = set()
    for root in paths:
        for item in _below(_existing(root)):
            real = os.path.realpath(item.path)
            if item.refusal:
                (left_out if item.is_system else problems).append(item.refusal)
            elif real not in seen:
                seen.add(real)
                kind = _kind(item)
                if isinstance(kind, Problem):
                    problems.append(kind)
                else:
                    found.append(Found(item.path, _unused(item.name, root, names), kind))
    return Discovery(tuple(found), tuple(problems), tuple(left_out))


def _existing(path: Path) -> Path:
    try:
        path.stat()
    except OSError as error:
        reason = "no such file or folder" if isinstance(error, FileNotFoundError) else error.strerror
        raise UsageError(
            f"{reason}: {printable(str(path))}",
            mend="check the spelling, and quote a name that has blanks in it",
        ) from error
    except ValueError as error:
        raise UsageError(f"not a path: {printable(str(path))}", mend="name a file or folder") from error
    return path


def _below(root: Path) -> Iterator[_Item]:
    """The file itself, or all files of the folder in the order of their path."""
    if not root.is_dir():
        yield _checked(root, printable(root.name), root.stat().st_mode)
        return
    waiting = [root]
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(folder) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except OSError as error:
            yield _refused(
                folder, root, "unreadable", f"the folder cannot be opened: {error.strerror}", "mend its permissions"
            )
            continue
        if any(entry.name == STUDY and entry.is_file() for entry in entries):
            why = "a study's own folder is not read into a study"
            yield _refused(folder, root, "study", why, "name the folder of the reports", is_system=folder != root)
            continue
        folders: list[Path] = []
        for entry in entries:
            path = Path(entry.path)
            if item := _met(entry, root):
                yield item
            else:
                folders.append(path)
        waiting.extend(reversed(folders))


def _met(entry: os.DirEntry[str], root: Path) -> _Item | None:
    """A file or refusal for one entry of a folder; None for a folder to go down into."""
    path = Path(entry.path)
    if (why := _why_system(entry.name)) is not None:
        return _refused(path, root, "system", why, "nothing to do", is_system=True)
    if entry.is_symlink():
        return _refused(path, root, "link", "links inside a folder are not followed", "name what it points to")
    if entry.is_dir(follow_symlinks=False):
        return None
    try:
        mode = entry.stat(follow_symlinks=False).st_mode
    except OSError as error:
        return _refused(path, root, "unreadable", f"the file cannot be looked at: {error.strerror}", "try again")
    return _checked(path, _name(path, root), mode)


def _checked(path: Path, name: str, mode: int) -> _Item:
    """The item, refused when it is no regular file or may not be opened. Never opens a pipe or device."""
    if not stat.S_ISREG(mode):
        return _Item(path, name, Problem(name, "not_a_file", "a pipe, socket or device, not a file", "leave it out"))
    try:
        os.close(os.open(path, os.O_RDONLY))
    except OSError as error:
        message = f"the file cannot be opened: {error.strerror}"
        return _Item(path, name, Problem(name, "unreadable", message, "mend its permissions and add it again"))
    return _Item(path, name)


def _refused(path: Path, root: Path, code: str, message: str, mend: str, *, is_system: bool = False) -> _Item:
    name = _name(path, root)
    return _Item(path, name, Problem(name, code, message, mend), is_system)


def _kind(item: _Item) -> Kind | Problem:
    ending = item.path.suffix.lower()
    if ending in KINDS:
        return KINDS[ending]
    if not ending and _starts_as_pdf(item.path):
        return Kind.DOCUMENT
    return Problem(
        item.name,
        "unsupported",
        f"{f'files ending in {printable(ending)}' if ending else 'files without an ending'} are not read",
        _MENDS.get(ending, f"save it as one of {', '.join(KINDS)} and add it again"),
    )


def _starts_as_pdf(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return _PDF in file.read(_HEAD)
    except OSError:
        return False


def _why_system(name: str) -> str | None:
    lower = name.lower()
    if lower.startswith("~$"):
        return "a lock file of an open document"
    if lower in _SYSTEM:
        return "a file of the operating system"
    if lower.startswith("."):
        return "a hidden file"
    if lower.endswith(_UNFINISHED) or lower.endswith("~"):
        return "an unfinished or backup copy"
    return None


def _name(path: Path, root: Path) -> str:
    return printable(path.relative_to(root).as_posix()) if path != root else printable(root.name or str(root))


def _unused(name: str, root: Path, names: set[str]) -> str:
    """`name`, or when two named folders hold a file of that name, with its folder or a number before it."""
    folder = printable(root.name if root.is_dir() else root.parent.name)
    candidate, n = name, 1
    while candidate in names:
        candidate = f"{folder}/{name}" if n == 1 and folder else f"{folder} ({n})/{name}"
        n += 1
    names.add(candidate)
    return candidate
