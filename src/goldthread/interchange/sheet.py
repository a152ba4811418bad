"""The case sheet: one line a review, one column a field — for a subject's or suspect's field, one a person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from goldthread.analysis.units import ReviewCase
from goldthread.protocol.conditions import NOT_APPLICABLE, NOT_SOUGHT, Reading
from goldthread.protocol.model import FieldDefinition, Protocol
from goldthread.values import Missing, Unit


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """One field of the review (`no` 0) or of its n-th subject or suspect."""

    field: FieldDefinition
    no: int

    @property
    def name(self) -> str:
        """`police_force`, `subject1_age`, `suspect2_sex`."""
        return f"{self.field.unit.value}{self.no}_{self.field.id}" if self.no else self.field.id

    @property
    def label(self) -> str:
        """`Police force`, `Subject 1: Age`."""
        return f"{self.field.unit.value.capitalize()} {self.no}: {self.field.label}" if self.no else self.field.label

    def reading(self, case: ReviewCase) -> Reading:
        """What a review says here; a person it does not have is *not applicable*."""
        if not self.no:
            return case.values[self.field.id]
        people = case.values.people(self.field.unit)
        return people[self.no - 1][self.field.id] if self.no <= len(people) else NOT_APPLICABLE


def sheet_columns(protocol: Protocol, cases: Sequence[ReviewCase]) -> tuple[SheetColumn, ...]:
    """The columns of a study: as many persons as its fullest review has; fields nobody looked for are left out."""
    most = {
        unit: max((len(case.values.people(unit)) for case in cases), default=0)
        for unit in (Unit.SUBJECT, Unit.SUSPECT)
    }
    possible = (column for field in protocol.fields for column in _columns(field, most))
    return tuple(column for column in possible if any(_told(column.reading(case)) for case in cases))


def _columns(field: FieldDefinition, most: dict[Unit, int]) -> Iterator[SheetColumn]:
    if field.unit is Unit.REVIEW:
        yield SheetColumn(field, 0)
    else:
        yield from (SheetColumn(field, no) for no in range(1, most[field.unit] + 1))


def _told(found: Reading) -> bool:
    return bool(found.stated) or found.missing not in (None, NOT_SOUGHT.missing, Missing.NOT_APPLICABLE)
