"""Reading a CSV file whatever wrote it: encoding, separator, broken quotes, odd rows — all said, nothing lost."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from goldthread.errors import UnreadableInput
from goldthread.sources.problems import Problem, printable

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SEPARATORS = ",;\t|"
SHOWN = 60


class Row(NamedTuple):
    """One row: its number (the header is 1) and its cells by column name, lower-cased and trimmed."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True)
class Sheet:
    """A CSV file as read. `columns` are the header's names as written."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]


def key(column: str) -> str:
    """A column's name as rows know it."""
    return " ".join(column.casefold().split())


def mend_of(fault: OSError) -> str:
    """What to do about a file that cannot be opened."""
    if isinstance(fault, FileNotFoundError | NotADirectoryError):
        return "check the path"
    if isinstance(fault, IsADirectoryError):
        return "name a file, not a folder"
    return "mend its permissions and try again"


def decode(path: Path) -> tuple[str, tuple[Problem, ...]]:
    """The text of a file: UTF-8, UTF-16 or UTF-32 by its mark, else Windows-1252, which is then said.

    Raises UnreadableInput when the file cannot be opened.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableInput(
            f"the file cannot be opened: {error.strerror}",
            where=printable(path.name),
            mend=mend_of(error),
        ) from error
    encoding = next((name for mark, name in _BOMS if data.startswith(mark)), "utf-8")
    try:
        return data.decode(encoding), ()
    except UnicodeDecodeError as error:
        doubt = Problem(
            printable(path.name),
            "encoding",
            f"not valid {encoding.upper()} at byte {error.start}; read as Windows-1252, so accents may be wrong",
            "check a few names, or save the file as UTF-8 and add it again",
        )
        return data.decode("cp1252", errors="replace"), (doubt,)


def read_sheet(path: Path) -> Sheet:
    """All rows of a CSV file that have as many cells as the header; the others are problems.

    Raises UnreadableInput when the file cannot be opened.
    """
    text, problems = decode(path)
    name = printable(path.name)
    records, doubts = _records(text, name)
    problems = (*problems, *doubts)
    head = next((n for n, record in enumerate(records) if any(cell.strip() for cell in record)), None)
    if head is None:
        empty = Problem(name, "empty", "the file has no rows", "add a file with a header and rows")
        return Sheet((), (), (*problems, empty))
    header = tuple(cell.strip() for cell in records[head])
    keys = tuple(key(column) for column in header)
    rows: list[Row] = []
    found = list(problems)
    if twice := sorted({column for column in keys if column and keys.count(column) > 1}):
        found.append(
            _problem(
                name,
                head + 1,
                "columns",
                f"columns named twice: {', '.join(twice)}; the first is read",
                "rename them",
            )
        )
    for number, record in enumerate(records[head + 1 :], head + 2):
        if not any(cell.strip() for cell in record):
            continue
        if not _fits(record, keys):
            found.append(_misfit(name, number, record, len(keys)))
            continue
        if any("\0" in cell for cell in record):
            message = "the row held NUL bytes, which were taken out"
            found.append(_problem(name, number, "nul", message, "check the row against its source"))
        rows.append(Row(number, _cells(keys, record)))
    return Sheet(header, tuple(rows), tuple(found))


def _records(text: str, name: str) -> tuple[list[list[str]], tuple[Problem, ...]]:
    """All records; read strictly first, and when quotes are broken again leniently, saying so."""
    separator = _separator(text)
    with _room_for(len(text)):
        try:
            return list(_reader(text, separator, strict=True)), ()
        except csv.Error as error:
            doubt = Problem(
                name,
                "quotes",
                f"quotation marks do not pair up ({error}); rows after the first odd one may have run together",
                "open the file in a spreadsheet, look for a row with far too much text, save it again",
            )
        try:
            return list(_reader(text, separator, strict=False)), (doubt,)
        except csv.Error as error:
            broken = Problem(name, "broken", f"the file cannot be read as CSV: {error}", "save it again as CSV")
            return [], (broken,)


def _reader(text: str, separator: str, *, strict: bool) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=strict)


@contextmanager
def _room_for(characters: int) -> Iterator[None]:
    """Lets a field be as long as the whole file, and puts the process-wide limit back."""
    before = csv.field_size_limit()
    csv.field_size_limit(max(before, characters + 1))
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _separator(text: str) -> str:
    """The separator that parts the header into most columns; a comma when none does."""
    line = text.lstrip("\ufeff\r\n").split("\n", 1)[0]
    bare = "".join(part for n, part in enumerate(line.split('"')) if n % 2 == 0)
    best = max(_SEPARATORS, key=bare.count)
    return best if best in bare else ","


def _fits(record: list[str], keys: tuple[str, ...]) -> bool:
    return len(record) == len(keys) or (len(record) > len(keys) and not any(map(str.strip, record[len(keys) :])))


def _cells(keys: tuple[str, ...], record: list[str]) -> dict[str, str]:
    cells: dict[str, str] = {}
    for column, cell in zip(keys, record, strict=False):
        cells.setdefault(column, cell.replace("\0", ""))
    return cells


def _misfit(name: str, number: int, record: list[str], expected: int) -> Problem:
    start = " ".join(" | ".join(record).split())
    shown = start if len(start) <= SHOWN else f"{start[:SHOWN]}…"
    return _problem(
        name,
        number,
        "row",
        f"the row has {len(record)} cells and the header {expected}, so it was not registered: {printable(shown)}",
        "mend the row, often a missing quotation mark, and add the file again",
    )


def _problem(name: str, number: int, code: str, message: str, mend: str) -> Problem:
    return Problem(f"{name}, row {number}", code, message, mend)
