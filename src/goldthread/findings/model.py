"""A finding: something the reviews say together, with the passages for it and against it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Side(StrEnum):
    """Whether a passage bears a finding out or speaks against it."""

    FOR = "for"
    AGAINST = "against"


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding as people made it. `supporting` and `opposing` are episode ids; none is on both sides.

    `actions` are those a person mapped it to, as (plan id, action id). `author` and `at` are of the last change. A
    finding that was withdrawn is kept and counts nowhere.
    """

    finding_id: str
    statement: str
    note: str
    supporting: tuple[str, ...]
    opposing: tuple[str, ...]
    actions: tuple[tuple[str, str], ...]
    author: str
    at: str
    withdrawn: bool = False

    def evidence(self, side: Side) -> tuple[str, ...]:
        """The episodes on one side."""
        return self.supporting if side is Side.FOR else self.opposing

    def mapped(self, plan_id: str) -> tuple[str, ...]:
        """The actions of one plan a person mapped it to."""
        return tuple(action for plan, action in self.actions if plan == plan_id)
