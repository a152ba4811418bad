"""Records of a screening that is over: title, abstract, and whether people kept each; from CSV or RIS."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from goldthread.errors import UnreadableInput
from goldthread.sources.problems import Problem, printable
from goldthread.sources.ris import ABSTRACTS, TITLES, Record, read_ris
from goldthread.sources.tabular import SHOWN, decode, read_sheet

TITLE = ("title", "primary_title", "primary title", "article title", "article_title", "document title", "ti", "t1")
ABSTRACT = ("abstract", "abstract note", "abstract_note", "notes_abstract", "ab", "n2", "description")
LABEL = (
    "label_included",
    "included_label",
    "label",
    "labels",
    "included",
    "include",
    "included_ft",
    "final_included",
    "final_label",
    "inclusion",
    "relevant",
    "asreview_label",
    "decision",
)
_YES = frozenset({"1", "1.0", "true", "t", "yes", "y", "included", "include", "relevant", "asreview_relevant"})
_NO = frozenset({"0", "0.0", "false", "f", "no", "n", "excluded", "exclude", "irrelevant", "asreview_irrelevant"})
_RIS_LABELS = ("LB", "C1", "N1", "KW")
_RIS_SUFFIXES = (".ris", ".nbib")


@dataclass(frozen=True, slots=True)
class Labelled:
    """One record. `row` counts the records of the file from 0, those left out too."""

    row: int
    text: str
    relevant: bool


@dataclass(frozen=True, slots=True)
class LabelledSet:
    """Every record that has a label, in the order of the file, and what was left out or doubtful."""

    records: tuple[Labelled, ...]
    problems: tuple[Problem, ...]


def read_labelled(path: Path) -> LabelledSet:
    """Read a labelled set. A record without a label that can be understood is left out and listed.

    Raises UnreadableInput when the file cannot be opened, has no column of labels, or no record with one.
    """
    found = _from_ris(path) if path.suffix.lower() in _RIS_SUFFIXES else _from_csv(path)
    if not found.records:
        first = f": {found.problems[0].message}" if found.problems else ""
        raise UnreadableInput(
            f"no record has a label{first}",
            where=printable(path.name),
            mend="label the records 1 (relevant) or 0 in a column named label_included",
        )
    return found


def _from_csv(path: Path) -> LabelledSet:
    sheet = read_sheet(path)
    columns = {key: None for row in sheet.rows[:1] for key in row.cells}
    title, abstract, label = (_first(names, columns) for names in (TITLE, ABSTRACT, LABEL))
    if sheet.rows and not (label and (title or abstract)):
        what = "labels" if not label else "titles or abstracts"
        raise UnreadableInput(
            f"the file has no column of {what}; it has {', '.join(map(printable, sheet.columns))[:300]}",
            where=printable(path.name),
            mend="name the columns title, abstract and label_included",
        )
    rows = (
        (row.number - 2, f"{path.name}, row {row.number}", _text(row.cells, title, abstract), row.cells[label])
        for row in sheet.rows
    )
    return _gathered(rows, sheet.problems)


def _from_ris(path: Path) -> LabelledSet:
    text, problems = decode(path)
    records = read_ris(text).records
    rows = (
        (
            n,
            f"{path.name}, line {record.line}",
            _joined(record.first(*TITLES), record.first(*ABSTRACTS)),
            _ris_label(record),
        )
        for n, record in enumerate(records)
    )
    return _gathered(rows, problems)


def _gathered(rows: Iterable[tuple[int, str, str, str]], problems: tuple[Problem, ...]) -> LabelledSet:
    """Rows of number, place, text and label, those with a label kept."""
    records, found = list[Labelled](), list(problems)
    for number, place, text, label in rows:
        relevant = _relevant(label)
        if relevant is None:
            said = (
                f"“{printable(label.strip()[:SHOWN])}” is not a label" if label.strip() else "the record has no label"
            )
            mend = "write 1 for relevant and 0 for irrelevant"
            found.append(Problem(printable(place), "label", f"{said}, so it was left out", mend))
        else:
            records.append(Labelled(number, text, relevant))
    return LabelledSet(tuple(records), tuple(found))


def _relevant(label: str) -> bool | None:
    said = label.strip().casefold()
    return True if said in _YES else False if said in _NO else None


def _ris_label(record: Record) -> str:
    """The first value that is a label: in a field for labels, or among notes and key words."""
    values = [value for tag in _RIS_LABELS for value in record.values.get(tag, ())]
    words = (word for value in values for word in _words(value))
    return next((word for word in words if _relevant(word) is not None), "; ".join(values)[:SHOWN])


def _words(value: str) -> Iterator[str]:
    yield value
    yield from value.replace(";", " ").replace(",", " ").split()


def _first(names: Iterable[str], columns: Iterable[str]) -> str:
    known = set(columns)
    return next((name for name in names if name in known), "")


def _text(cells: Mapping[str, str], title: str, abstract: str) -> str:
    return _joined(cells.get(title, ""), cells.get(abstract, ""))


def _joined(title: str, abstract: str) -> str:
    return f"{title.strip()} {abstract.strip()}".strip()
