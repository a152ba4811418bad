"""What an audit says: a place, what is printed there, what it should be, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Sure(StrEnum):
    """How sure a finding is, surest first."""

    ERROR = "error"
    """The arithmetic printed at this place cannot be right."""
    INCONSISTENT = "inconsistent"
    """Two things printed in the report do not agree; one of them is wrong, or a reader is missing something."""
    BY_HAND = "check by hand"
    """It looks wrong, and there may be a good reason."""

    @property
    def rank(self) -> int:
        """0 for the surest."""
        return list(Sure).index(self)


_EITHER = frozenset(("denominator", "parts and whole", "list and total", "same quantity", "text and table"))


class Span(NamedTuple):
    """Code points of the whole text of the document."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Slip:
    """What a rule found: before it has been anchored in a file.

    `rule` names the rule; `printed` and `expected` are short ("5.0%", "7.5%"); `why` is one or two plain sentences
    that show the arithmetic. `table` is the caption's name ("Table 5") where there is one.
    """

    rule: str
    sure: Sure
    at: Span
    printed: str
    expected: str
    why: str
    table: str = ""
    also: Span | None = None

    @property
    def either(self) -> bool:
        """Whether `expected` is only another figure of the report, which may be the wrong one of the two."""
        return self.rule in _EITHER
