"""Registers: lists of reviews as manifests, as known CSV registers, as any titled CSV file, or as RIS."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from goldthread.protocol.model import Protocol
from goldthread.protocol.register import RegisterMapping, known_cells
from goldthread.sources.entries import Entry, Register, dated, distinct, document, type_codes
from goldthread.sources.manifest import FILE, read_manifest, unknown_type
from goldthread.sources.problems import Problem, printable
from goldthread.sources.ris import ABSTRACTS, DATES, REFERENCES, TITLES, Record, read_ris, ris_date
from goldthread.sources.tabular import SHOWN, Row, Sheet, decode, key, read_sheet

__all__ = ["Entry", "Register", "read_register"]

_TITLES = ("title", "primary_title", "primary title", "heading", "name", "case title", "case_title")
_TEXTS = (
    "text",
    "full text",
    "full_text",
    "fulltext",
    "content",
    "abstract",
    "narrative",
    "body",
    "summary",
    "description",
)
_MORE_TEXTS = ("recommendation", "recommendations", "findings", "learning")
_REFERENCES = ("reference", "ref", "id", "record_id", "record id", "case_id", "case id", "number", "doi", "pmid")
_DATES = ("publication_date", "publication date", "published", "date published", "date_published", "date", "year")
_URLS = ("url", "link", "web address", "doi")
_TYPES = ("type", "review_type", "review type", "review_types")
_SOURCES = ("source",)
_ROUNDS = ("round",)
_COLUMN = re.compile(r"\{([^{}]+)\}")


def read_register(path: Path, protocol: Protocol) -> Register:
    """Every review a CSV or RIS file lists, in its order; what cannot be used is a problem with its row.

    A CSV file with a column `file` is a manifest; one with the columns of a register of the protocol is read by that
    mapping; any other by guess, which is said. Raises UnreadableInput when the file cannot be opened.
    """
    if path.suffix.lower() == ".ris":
        return _from_ris(path)
    sheet = read_sheet(path)
    if not sheet.columns:
        return Register((), sheet.problems)
    columns = {key(column) for column in sheet.columns}
    if FILE in columns:
        register = read_manifest(sheet, path, protocol)
    elif mapping := _recognised(columns, protocol):
        register = _mapped(sheet, path, mapping)
    elif guess := _guessed(columns):
        register = _by_guess(sheet, path, guess, protocol)
    else:
        register = Register((), (_unknown(sheet, path, protocol),))
    return Register(register.entries, (*sheet.problems, *register.problems))


def _recognised(columns: set[str], protocol: Protocol) -> RegisterMapping | None:
    """The mapping that recognises most of the columns, if any is met in full."""
    met = [each for each in protocol.registers if {key(column) for column in each.recognise} <= columns]
    return max(met, key=lambda mapping: len(mapping.recognise), default=None)


def _mapped(sheet: Sheet, path: Path, mapping: RegisterMapping) -> Register:
    entries: list[Entry] = []
    problems: list[Problem] = []
    for row in sheet.rows:
        place = f"{printable(path.name)}, row {row.number}"
        text = mapped_text(row, mapping)
        if text is None:
            problems.append(_no_text(place, "/".join(column for _, column in mapping.text)))
        day, doubts = dated(_cell(row, mapping.publication_date), place)
        problems += [*doubts, *_unknown_cells(row, mapping, place)]
        url = _cell(row, mapping.url)
        reference = _cell(row, mapping.reference) or url or f"row {row.number}"
        entries.append(
            Entry(
                reference=reference,
                title=_filled(mapping.title, row) or reference,
                review_types=(mapping.review_type,) if mapping.review_type else (),
                source=mapping.source,
                publication_date=day,
                url=url,
                round="",
                text=text,
                files=(),
                row=row.number,
            )
        )
    problems += _same_cases(sheet, path, mapping)
    return Register(distinct(entries), tuple(problems))


def _unknown_cells(row: Row, mapping: RegisterMapping, place: str) -> Iterator[Problem]:
    """Cells of stated columns that the mapping gives no meaning."""
    for stated in mapping.fields:
        cell = _cell(row, stated.column)
        if cell and stated.values and cell.casefold() not in known_cells(stated):
            message = f"“{printable(cell[:SHOWN])}” in {stated.column} stands for no value of {stated.field}"
            yield Problem(place, "value", message, "mend the row, or give the cell a meaning in the register mapping")


def _same_cases(sheet: Sheet, path: Path, mapping: RegisterMapping) -> Iterator[Problem]:
    """Rows that may be one case entered twice; they are listed and never merged."""
    alike: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in sheet.rows if mapping.same_case else ():
        cells = tuple(_cell(row, column).casefold() for column in mapping.same_case)
        if all(cells):
            alike[cells].append(row)
    for rows in alike.values():
        if len(rows) > 1:
            names = ", ".join(_cell(row, mapping.reference) or f"row {row.number}" for row in rows)
            place = f"{printable(path.name)}, row {rows[0].number}"
            message = f"{names} have the same {', '.join(mapping.same_case)}: they may be one case"
            mend = "compare them; exclude the second as a duplicate if they are one"
            yield Problem(place, "same_case", message, mend)


def mapped_text(row: Row, mapping: RegisterMapping) -> str | None:
    """The document a row becomes: heading, metadata lines, then each text under its heading; None without a text."""
    texts = [(heading, _raw(row, column)) for heading, column in mapping.text]
    if not any(text.strip() for _, text in texts):
        return None
    lines = [(label, _raw(row, column)) for label, column in mapping.metadata]
    stands = mapping.keep_empty
    metadata = [f"{label}: {value}" if label else value for label, value in lines if stands or value.strip()]
    blocks = [mapping.heading, "\n".join(metadata)]
    blocks += [f"{heading}\n{text}" if heading else text for heading, text in texts if stands or text.strip()]
    return document(block for block in blocks if block.strip())


def _raw(row: Row, column: str) -> str:
    return row.cells.get(key(column), "")


def _cell(row: Row, column: str) -> str:
    return " ".join(_raw(row, column).split()) if column else ""


def _filled(pattern: str, row: Row) -> str:
    """A column's value, or a pattern with columns in braces filled in; gaps of empty columns are closed."""
    if "{" not in pattern:
        return _cell(row, pattern)
    filled = _COLUMN.sub(lambda match: _cell(row, match[1]), pattern)
    return re.sub(r"(?:\s*,)+(?=\s*(?:,|$))", "", " ".join(filled.split())).strip(" ,;–-")


@dataclass(frozen=True, slots=True)
class _Guess:
    """Which column of an unknown register is taken for what; blank where none is."""

    title: str
    texts: tuple[str, ...]
    reference: str
    date: str
    url: str
    type: str
    source: str
    round: str

    def said(self) -> str:
        parts = [f"title from “{self.title}”", f"text from {', '.join(f'“{text}”' for text in self.texts)}"]
        for what in ("reference", "date", "url", "type", "source", "round"):
            if column := getattr(self, what):
                parts.append(f"{what} from “{column}”")
        return "; ".join(parts)


def _guessed(columns: set[str]) -> _Guess | None:
    def first(names: Sequence[str]) -> str:
        return next((name for name in names if name in columns), "")

    title, text = first(_TITLES), first(_TEXTS)
    if not (title and text):
        return None
    texts = (text, *(name for name in _MORE_TEXTS if name in columns))
    known = (_REFERENCES, _DATES, _URLS, _TYPES, _SOURCES, _ROUNDS)
    reference, date, url, kind, source, stage = (first(names) for names in known)
    return _Guess(title, texts, reference, date, url, kind, source, stage)


def _by_guess(sheet: Sheet, path: Path, guess: _Guess, protocol: Protocol) -> Register:
    name = printable(path.name)
    problems = [
        Problem(
            name,
            "guessed",
            f"no register of the protocol has these columns, so they were taken by their names: {guess.said()}",
            "check a few reviews; to be certain, write a register mapping in the protocol",
        )
    ]
    entries: list[Entry] = []
    for row in sheet.rows:
        entry, doubts = _guessed_entry(row, guess, protocol, f"{name}, row {row.number}")
        problems += doubts
        if entry:
            entries.append(entry)
    return Register(distinct(entries), tuple(problems))


def _guessed_entry(row: Row, guess: _Guess, protocol: Protocol, place: str) -> tuple[Entry | None, list[Problem]]:
    title = _cell(row, guess.title)
    texts = [(column, _raw(row, column)) for column in guess.texts if _raw(row, column).strip()]
    if not title and not texts:
        return None, [Problem(place, "row", "the row has neither a title nor a text", "fill it in or delete it")]
    problems = [] if texts else [_no_text(place, "/".join(guess.texts))]
    day, doubts = dated(_cell(row, guess.date), place)
    types, unknown = type_codes(_cell(row, guess.type), protocol)
    problems += [*doubts, *(unknown_type(code, protocol, place) for code in unknown)]
    blocks = [
        title,
        *(text if n == 0 else f"{column.capitalize()}\n{text}" for n, (column, text) in enumerate(texts)),
    ]
    return Entry(
        reference=_cell(row, guess.reference) or _cell(row, guess.url) or f"row {row.number}",
        title=title or f"Row {row.number}",
        review_types=types,
        source=_cell(row, guess.source),
        publication_date=day,
        url=_web(_cell(row, guess.url)),
        round=_cell(row, guess.round),
        text=document(block for block in blocks if block.strip()) if texts else None,
        files=(),
        row=row.number,
    ), problems


def _from_ris(path: Path) -> Register:
    text, doubts = decode(path)
    name = printable(path.name)
    reading = read_ris(text)
    problems = list(doubts)
    problems += [
        Problem(f"{name}, line {line}", "stray", "the line belongs to no record", "begin each record with TY")
        for line in reading.stray
    ]
    entries: list[Entry] = []
    for record in reading.records:
        place = f"{name}, line {record.line}"
        if not record.closed:
            message = "the record has no end (ER); it was read as far as it goes"
            problems.append(Problem(place, "unclosed", message, "check it, or export the file again"))
        entry, doubts_of_record = _ris_entry(record, place)
        problems += doubts_of_record
        if entry:
            entries.append(entry)
    if not reading.records:
        problems.append(Problem(name, "empty", "the file holds no record", "export it again as RIS"))
    return Register(distinct(entries), tuple(problems))


def _ris_entry(record: Record, place: str) -> tuple[Entry | None, list[Problem]]:
    title, abstract = record.first(*TITLES), record.first(*ABSTRACTS)
    if not title and not abstract:
        return None, [
            Problem(place, "row", "the record has neither a title nor an abstract", "fill it in or delete it")
        ]
    problems = [] if abstract else [_no_text(place, "AB")]
    day, doubts = dated(ris_date(record.first(*DATES)), place)
    return Entry(
        reference=record.first(*REFERENCES) or f"line {record.line}",
        title=title or f"Line {record.line}",
        review_types=(),
        source="",
        publication_date=day,
        url=record.first("UR") or _web(record.first("DO")),
        round="",
        text=document(block for block in (title, abstract) if block) if abstract else None,
        files=(),
        row=record.line,
    ), [*problems, *doubts]


def _web(address: str) -> str:
    """An address as a link; a bare DOI becomes one."""
    return f"https://doi.org/{address}" if re.match(r"10\.\d{4,9}/\S+$", address) else address


def _no_text(place: str, where: str) -> Problem:
    message = f"there is no text in {where}: the review is registered without a document"
    return Problem(place, "no_document", message, "fill in its text, or add its document as a file")


def _unknown(sheet: Sheet, path: Path, protocol: Protocol) -> Problem:
    known = "; ".join(f"{each.label} ({', '.join(each.recognise)})" for each in protocol.registers)
    return Problem(
        printable(path.name),
        "not_a_register",
        f"the columns {printable(', '.join(sheet.columns)[:200])} are those of no register that is known",
        f"name a column file, or title and text{f'; known registers: {known}' if known else ''}",
    )
