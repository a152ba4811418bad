"""A funnel plot: each area's rate over its population, within the limits in which chance alone would leave it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from goldthread.analysis.rates import EVENTS, PEOPLE
from goldthread.analysis.table import Table
from goldthread.briefing.figures.drawing import FILLS, INK, drawable, drawn, svg
from goldthread.briefing.formats.folding import shown
from goldthread.statistics.rates import limits

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDTH, HEIGHT = 16.0, 10.5
INNER, OUTER = 0.95, 0.998
_STEPS = 120
_NAMED = 12


@dataclass(frozen=True, slots=True)
class Point:
    """One area of a period."""

    label: str
    events: int
    people: int

    def outside(self, overall: float, level: float) -> bool:
        """Whether its events lie beyond what chance alone would bring at the overall rate."""
        low, high = limits(overall * self.people, level)
        return not low <= self.events <= high


def points(table: Table) -> tuple[str, tuple[Point, ...]]:
    """The last period of a table of rates, and its areas with a population."""
    ids = [column.id for column in table.columns]
    period = ids[-1].rpartition(":")[0] if ids else ""
    if not period:
        return "", ()
    events, people = ids.index(f"{period}:{EVENTS}"), ids.index(f"{period}:{PEOPLE}")
    rows = [row for row in table.rows if row.kind == "value"]
    pairs = [(row.label, row.cells[events].count, row.cells[people].count) for row in rows]
    return period, tuple(Point(shown(label), n, of) for label, n, of in pairs if n is not None and of)


def funnel_plot(table: Table, key: str) -> str:
    """The last period as SVG: limits of 95% dashed and of 99.8% whole, around the rate of all areas together."""
    _, found = points(table)
    overall = _overall(found)
    with drawn(WIDTH, HEIGHT) as figure:
        axes = figure.add_axes((0.1, 0.14, 0.87, 0.82))
        if found and overall:
            _limits(axes, found, overall, table.per)
            _dots(axes, found, overall, table.per)
        axes.set_xlabel(drawable(_people_label(table)), fontsize=9)
        axes.set_ylabel(f"{table.unit_label} per {table.per:,}", fontsize=9)
        axes.set_ylim(bottom=0)
        axes.xaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
        for side in ("top", "right"):
            axes.spines[side].set_visible(False)
        return svg(figure, key)


def told(table: Table) -> str:
    """All the plot shows, in words."""
    period, found = points(table)
    overall = _overall(found)
    if not overall:
        return "Funnel plot. Nothing to show."
    lines = [f"{one.label}: {one.events} in {one.people:,}" for one in found]
    beyond = [one.label for one in found if one.outside(overall, OUTER)]
    between = [one.label for one in found if one.outside(overall, INNER) and one.label not in beyond]
    return (
        f"Funnel plot of {table.unit_label}, {period}: {overall * table.per:.2f} per {table.per:,} in all areas. "
        f"Beyond the limits of 99.8%: {', '.join(beyond) or 'none'}. Between those of 95% and 99.8%: "
        f"{', '.join(between) or 'none'}. {'. '.join(lines)}."
    )


def _people_label(table: Table) -> str:
    return table.columns[-2].label if len(table.columns) > 2 else "Population"


def _overall(found: Sequence[Point]) -> float:
    people = sum(one.people for one in found)
    return sum(one.events for one in found) / people if people else 0.0


def _limits(axes: Axes, found: Sequence[Point], overall: float, per: int) -> None:
    least, most = min(one.people for one in found), max(one.people for one in found)
    low, high = math.sqrt(least * 0.6), math.sqrt(most * 1.06)
    sizes = [(low + (high - low) * n / _STEPS) ** 2 for n in range(_STEPS + 1)]
    for level, style, name in ((INNER, "--", "95% limits"), (OUTER, "-", "99.8% limits")):
        ends = [limits(overall * size, level) for size in sizes]
        for side in (0, 1):
            line = [end[side] / size * per for end, size in zip(ends, sizes, strict=True)]
            axes.plot(sizes, line, style, color=INK, linewidth=0.9, label=name if side else None)
    axes.axhline(overall * per, color=FILLS[0], linewidth=1.2, label="All areas together")
    axes.legend(loc="upper right", frameon=False, fontsize=8.5)


def _dots(axes: Axes, found: Sequence[Point], overall: float, per: int) -> None:
    far = max(one.people for one in found) * 0.7
    for one in found:
        out = one.outside(overall, INNER)
        height = one.events / one.people * per
        axes.plot([one.people], [height], "D" if out else "o", color=INK if out else FILLS[0], markersize=5)
        if out or len(found) <= _NAMED:
            left, below = one.people > far, height < overall * per
            axes.annotate(
                drawable(one.label),
                (one.people, height),
                xytext=(-6 if left else 6, -5 if below else 5),
                textcoords="offset points",
                ha="right" if left else "left",
                va="top" if below else "bottom",
                fontsize=8,
            )
