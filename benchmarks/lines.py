"""What a benchmark says: one line a measurement, with its bar where there is one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """One measurement. `bar` is the most `value` may be; None where nothing was promised."""

    what: str
    value: float
    unit: str
    bar: float | None = None
    note: str = ""

    @property
    def met(self) -> bool:
        """Whether the bar is met; a measurement without one always is."""
        return self.bar is None or self.value <= self.bar


def table(lines: Sequence[Line]) -> str:
    """The measurements as aligned text."""
    rows = [("measurement", "value", "bar", "", "note")]
    for line in lines:
        bar = "" if line.bar is None else f"≤ {number(line.bar)} {line.unit}"
        verdict = "" if line.bar is None else "met" if line.met else "MISSED"
        rows.append((line.what, f"{number(line.value)} {line.unit}", bar, verdict, line.note))
    widths = [max(len(row[column]) for row in rows) for column in range(5)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )


def number(value: float) -> str:
    """A number short enough to compare at a glance."""
    if value == int(value):
        return f"{int(value):,}"
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"
