"""The review flow diagram, drawn from the ledger: registered, left out by reason, still open, included."""

from __future__ import annotations

import textwrap
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from goldthread.briefing.figures.drawing import FILLS, INK, drawable, drawn, svg
from goldthread.briefing.formats.folding import shown
from goldthread.briefing.scope import Scope, included_by_type
from goldthread.briefing.words.wording import say

if TYPE_CHECKING:
    from matplotlib.axes import Axes

DUPLICATE = "duplicate"
_WIDTH, _LEFT, _RIGHT = 16.0, 6.6, 8.2
_LINE, _PAD, _GAP = 0.42, 0.22, 0.4
_SOURCES = 10
"""The diagram names at most so many sources."""


@dataclass(frozen=True, slots=True)
class Station:
    """One box of the diagram: a heading, its number, and the parts it falls into."""

    heading: str
    number: int
    parts: tuple[tuple[str, int], ...]
    side: bool

    def lines(self) -> tuple[str, ...]:
        """The text as drawn; the first line is the heading."""
        width = 44 if self.side else 35
        lines = textwrap.wrap(f"{shown(self.heading)} (n = {self.number:,})", width - 4)
        for label, number in self.parts:
            lines += textwrap.wrap(f"{shown(label)}: {number:,}", width, subsequent_indent="   ")
        return tuple(drawable(line) for line in lines)


def stations(scope: Scope) -> tuple[Station, ...]:
    """The boxes, from registered to included; boxes for nothing are left out, but the first and last stay."""
    ledger = scope.ledger
    boxes = [Station(say("flow.registered"), len(scope.registered), _sources(scope), False)]
    boxes += _left_out(scope)
    kinds = tuple((kind or say("flow.untyped"), len(ids)) for kind, ids in included_by_type(scope).items())
    boxes.append(Station(say("flow.included"), ledger.included, kinds, False))
    return tuple(boxes)


def _sources(scope: Scope) -> tuple[tuple[str, int], ...]:
    """Where reviews were found, most frequent first, the rest together; nothing where no source is recorded."""
    if not any(review.source for review in scope.registered):
        return ()
    places = {source.id: source.label for source in scope.protocol.sources}
    found = Counter(places.get(r.source, r.source or say("flow.no_source")) for r in scope.registered).most_common()
    if len(found) <= _SOURCES:
        return tuple(found)
    kept, rest = found[: _SOURCES - 1], found[_SOURCES - 1 :]
    return (*kept, (say("flow.others", number=len(rest)), sum(number for _, number in rest)))


def _left_out(scope: Scope) -> list[Station]:
    names, left_out = scope.reason_labels, scope.left_out
    boxes = []
    duplicates = left_out.get(DUPLICATE, ())
    if duplicates:
        boxes.append(Station(names.get(DUPLICATE, say("flow.duplicates")), len(duplicates), (), True))
    reasons = tuple((names.get(r, r), len(ids)) for r, ids in left_out.items() if r != DUPLICATE)
    if reasons:
        boxes.append(Station(say("flow.excluded"), sum(n for _, n in reasons), reasons, True))
    open_ones = ((say("flow.maybe"), scope.ledger.maybe), (say("flow.unscreened"), scope.ledger.unscreened))
    still_open = tuple(part for part in open_ones if part[1])
    if still_open:
        boxes.append(Station(say("flow.open"), sum(n for _, n in still_open), still_open, True))
    return boxes


def diagram(boxes: tuple[Station, ...], key: str) -> str:
    """The boxes as SVG: what stays in goes down the left, what goes out leaves to the right."""
    heights = [len(box.lines()) * _LINE + 2 * _PAD for box in boxes]
    total = sum(heights) + _GAP * (len(boxes) - 1) + 0.2
    with drawn(_WIDTH, total) as figure:
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set_xlim(0, _WIDTH)
        axes.set_ylim(total, 0)
        axes.axis("off")
        top = 0.1
        spine = _LEFT / 2
        first_bottom = top + heights[0]
        for box, height in zip(boxes, heights, strict=True):
            if box.side:
                _arrow(axes, (spine, top + height / 2), (_WIDTH - _RIGHT - 0.1, top + height / 2))
            _station(axes, box, top, height)
            last_top = top
            top += height + _GAP
        _arrow(axes, (spine, first_bottom), (spine, last_top))
        return svg(figure, key)


def alternative(boxes: tuple[Station, ...]) -> str:
    """All the diagram shows, as text."""
    said = []
    for box in boxes:
        parts = "; ".join(f"{shown(label)}: {number:,}" for label, number in box.parts)
        said.append(f"{shown(box.heading)}: {box.number:,}" + (f" ({parts})" if parts else ""))
    return f"{say('flow.diagram')} {'. '.join(said)}."


def _station(axes: Axes, box: Station, top: float, height: float) -> None:
    from matplotlib.patches import Rectangle  # noqa: PLC0415 (start-up, as in drawing)

    width, left = (_RIGHT, _WIDTH - _RIGHT - 0.1) if box.side else (_LEFT, 0.1)
    face = "#ffffff" if box.side else "#e8f0f8"
    axes.add_patch(Rectangle((left, top), width, height, facecolor=face, edgecolor=INK, linewidth=0.9))
    heading = len(textwrap.wrap(f"{shown(box.heading)} (n = {box.number:,})", (44 if box.side else 35) - 4))
    for number, line in enumerate(box.lines()):
        weight = "bold" if number < heading else "normal"
        y = top + _PAD + _LINE * (number + 0.5)
        axes.text(left + 0.25, y, line, va="center", fontsize=8.5, fontweight=weight)


def _arrow(axes: Axes, start: tuple[float, float], end: tuple[float, float]) -> None:
    axes.annotate("", end, start, arrowprops={"arrowstyle": "-|>", "color": FILLS[0], "linewidth": 1.3})
