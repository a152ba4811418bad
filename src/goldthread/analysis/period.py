"""A span of years, by when it happened or when it was published."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from goldthread.protocol.model import FieldKind, Protocol


class Dated(StrEnum):
    """By which date a review falls into a period."""

    HAPPENED = "happened"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class Period:
    """Years from `first` to `last`, both included; an end that is None is open."""

    by: Dated
    first: int | None
    last: int | None

    def holds(self, dates: Iterable[str]) -> bool:
        """Whether any of the ISO dates falls into it; where there is none, it does not."""
        years = [int(date[:4]) for date in dates if date[:4].isdigit()]
        return any((self.first or 0) <= one <= (self.last or 9999) for one in years)


def event_field(protocol: Protocol) -> str:
    """The field that says when it happened: the first date the protocol logs; "" where it logs none."""
    return next((field.id for field in protocol.fields if field.kind is FieldKind.DATE), "")
