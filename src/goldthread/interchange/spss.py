"""A study for SPSS: one row a review, labelled codes, and the five kinds of missing as user-missing values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from goldthread.analysis.frames import library
from goldthread.analysis.tabulate import CONFIRMED_NOTE, DRAFT_NOTE, cases_of
from goldthread.analysis.units import ReviewCase
from goldthread.interchange.exporting import whole_file
from goldthread.interchange.sheet import SheetColumn, sheet_columns
from goldthread.interchange.spss_names import Names
from goldthread.protocol.conditions import Reading
from goldthread.protocol.labels import MISSING_LABELS, labels_of
from goldthread.protocol.model import FieldKind, Protocol
from goldthread.protocol.quantities import number
from goldthread.study.study import Study
from goldthread.values import Basis, Missing, State, Unit

MISSING_CODES: dict[Missing, int] = {
    Missing.NOT_STATED: -91,
    Missing.WITHHELD: -92,
    Missing.UNCLEAR: -93,
    Missing.NOT_APPLICABLE: -94,
    Missing.NOT_SOUGHT: -95,
}
MISSING_RANGE = {"lo": -95, "hi": -91}
_MISSING = {float(code): MISSING_LABELS[kind] for kind, code in MISSING_CODES.items()}
_NO_YES = {0.0: "No", 1.0: "Yes"}
_REGISTER = {
    "review_group": "Review type",
    "source": "Source",
    "screening_state": "Screening state",
    "reason": "Main reason for exclusion",
}
_LABEL_BYTES = 120
_TEXT_BYTES = 32_767


@dataclass
class Variable:
    """One SPSS variable: `cells` are numbers with `labels`, or text."""

    name: str
    label: str
    cells: Sequence[float | None] | Sequence[str]
    labels: Mapping[float, str] = field(default_factory=dict)
    missing: bool = False
    measure: Literal["nominal", "ordinal", "scale"] = "nominal"

    @property
    def is_text(self) -> bool:
        return bool(self.cells) and isinstance(self.cells[0], str)


class SpssExporter:
    """One .sav file, on the draft basis: what a person confirmed stands before what was suggested."""

    name = "sav"
    writes: Literal["file"] = "file"

    def write(self, study: Study, out: Path) -> None:
        """Write the file. Raises UsageError without the extra `frames`."""
        polars, pyreadstat = library("polars"), library("pyreadstat")
        kept = study.record()
        cases = cases_of(kept, study.protocol, Basis.DRAFT)
        made = list(variables(study.protocol, cases))
        frame = polars.DataFrame(
            {one.name: list(one.cells) for one in made},
            schema={one.name: polars.String if one.is_text else polars.Float64 for one in made},
        )
        draft = any(not _settled(case) for case in cases)
        with whole_file(out) as temporary:
            pyreadstat.write_sav(
                frame,
                str(temporary),
                file_label=f"Goldthread {study.protocol.id}{', DRAFT' if draft else ''}"[:60],
                column_labels=[one.label for one in made],
                note=[f"State {kept.state}", DRAFT_NOTE if draft else CONFIRMED_NOTE],
                variable_value_labels={one.name: dict(one.labels) for one in made if one.labels},
                missing_ranges={one.name: [dict(MISSING_RANGE)] for one in made if one.missing},
                variable_measure={one.name: one.measure for one in made},
            )


def variables(protocol: Protocol, cases: Sequence[ReviewCase]) -> Iterator[Variable]:
    """Every variable of a study, in order: the register, the case sheet, then what was coded."""
    names = Names()
    for made in (*_register(protocol, cases), *_sheet(protocol, cases), *_coded(protocol, cases)):
        made.name, made.label = names.take(made.name), cut(made.label, 255)
        made.labels = {code: cut(label, _LABEL_BYTES) for code, label in made.labels.items()}
        yield made


def _register(protocol: Protocol, cases: Sequence[ReviewCase]) -> Iterator[Variable]:
    records = [case.record for case in cases]
    yield Variable("review_id", "Review", [one.review_id for one in records])
    yield Variable("title", "Title", [cut(one.title, _TEXT_BYTES) for one in records])
    yield Variable("round", "Round in which it was found", [one.round for one in records])
    yield Variable("publication_date", "Publication date (ISO, as precise as known)", _dates(cases))
    for name, label in (
        ("review_group", "Review type"),
        ("source", "Source"),
        ("screening_state", "Screening state"),
    ):
        yield _category(name, label, [case.values[name] for case in cases], labels_of(name, protocol))
    yield _category(
        "reason",
        "Main reason for exclusion",
        [case.values["reason"] for case in cases],
        labels_of("reason", protocol),
    )
    decided = [float(bool(one.decision and one.decision.basis is Basis.CONFIRMED)) for one in records]
    yield Variable("decided", "A person decided the screening", decided, _NO_YES)
    for state in (State.CONFIRMED, State.SUGGESTED):
        counted = [float(sum(item.state is state for item in one.characteristics)) for one in records]
        yield Variable(
            f"values_{state.value}",
            f"Characteristics of this review that are {state.value}",
            counted,
            measure="scale",
        )


def _dates(cases: Sequence[ReviewCase]) -> list[str]:
    return [case.record.publication_date for case in cases]


def _sheet(protocol: Protocol, cases: Sequence[ReviewCase]) -> Iterator[Variable]:
    for unit in (Unit.SUBJECT, Unit.SUSPECT):
        counted = [float(len(case.values.people(unit))) for case in cases]
        yield Variable(f"{unit.value}s", f"Number of {unit.value}s", counted, measure="scale")
    for column in sheet_columns(protocol, cases):
        readings = [column.reading(case) for case in cases]
        labels = labels_of(column.field.id, protocol)
        if column.field.multiple and labels:
            yield from _several(column, readings, labels)
        elif column.field.kind is FieldKind.PRESENCE and not column.field.values:
            yield _presence(column, readings)
        elif column.field.kind in (FieldKind.AGE, FieldKind.COUNT):
            yield _number(column, readings)
        elif labels:
            yield _category(column.name, column.label, readings, labels)
        else:
            yield from _text(column, readings)


def _coded(protocol: Protocol, cases: Sequence[ReviewCase]) -> Iterator[Variable]:
    yield Variable("episodes", "Coded passages", [float(len(case.episodes)) for case in cases], measure="scale")
    for axis in ("direction", "theme"):
        for value, label in labels_of(axis, protocol).items():
            counted = [float(sum(getattr(one.item, axis) == value for one in case.episodes)) for case in cases]
            yield Variable(f"{axis}_{value}", f"Passages: {label}", counted, measure="scale")
    asked = [float(len(case.recommendations)) for case in cases]
    yield Variable("recommendations", "Recommendations", asked, measure="scale")


def _category(name: str, label: str, readings: Sequence[Reading], labels: Mapping[str, str]) -> Variable:
    """Codes 1, 2, … in the protocol's order; a value the protocol does not list comes after them."""
    known = dict(labels)
    for found in readings:
        known.update({one.value: one.value for one in found.stated if one.value not in known})
    codes = {value: float(n) for n, value in enumerate(known, 1)}
    cells = [codes[found.stated[0].value] if found.stated else _code(found) for found in readings]
    shown = {codes[value]: text for value, text in known.items()}
    return Variable(name, label, cells, {**shown, **_MISSING}, missing=True)


def _presence(column: SheetColumn, readings: Sequence[Reading]) -> Variable:
    cells = [float(found.stated[0].value == "true") if found.stated else _code(found) for found in readings]
    return Variable(column.name, column.label, cells, {**_NO_YES, **_MISSING}, missing=True)


def _number(column: SheetColumn, readings: Sequence[Reading]) -> Variable:
    cells = []
    for found in readings:
        amount = number(found.stated[0].value) if found.stated else None
        vague = float(MISSING_CODES[Missing.UNCLEAR]) if found.stated else _code(found)
        cells.append(vague if amount is None else float(amount))
    return Variable(column.name, column.label, cells, _MISSING, missing=True, measure="scale")


def _several(column: SheetColumn, readings: Sequence[Reading], labels: Mapping[str, str]) -> Iterator[Variable]:
    """One 0/1 variable a value; 0 says that other values are recorded and this one is not."""
    for value, label in labels.items():
        cells = [
            float(any(value in one.ids for one in found.stated)) if found.stated else _code(found)
            for found in readings
        ]
        name = f"{column.name}_{value}"
        yield Variable(name, f"{column.label}: {label}", cells, {**_NO_YES, **_MISSING}, missing=True)


def _text(column: SheetColumn, readings: Sequence[Reading]) -> Iterator[Variable]:
    """Words as they are, and beside them why there are none: SPSS has no user-missing codes for long text."""
    texts = [cut("; ".join(one.value for one in found.stated), _TEXT_BYTES) for found in readings]
    yield Variable(column.name, column.label, texts)
    cells = [0.0 if found.stated else _code(found) for found in readings]
    yield Variable(
        f"{column.name}_m", f"{column.label}: stated or missing", cells, {0.0: "Stated", **_MISSING}, missing=True
    )


def _code(found: Reading) -> float:
    return float(MISSING_CODES[found.missing or Missing.NOT_SOUGHT])


def _settled(case: ReviewCase) -> bool:
    """Whether a person decided everything this review's row rests on."""
    one = case.record
    states = [item.state for item in one.characteristics + one.answers + one.episodes + one.recommendations]
    decided = one.decision is not None and one.decision.basis is Basis.CONFIRMED
    return decided and all(state is State.CONFIRMED for state in states)


def cut(text: str, most: int) -> str:
    """A text of at most so many bytes of UTF-8, with an ellipsis where it was cut."""
    data = text.encode("utf-8", "replace")
    return text if len(data) <= most else data[: most - 3].decode("utf-8", "ignore") + "…"
