"""Drawings of an evaluation as inline SVG, each with a name and a text that says what it shows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from goldthread.scoring.calibration import Calibration, Step
from goldthread.scoring.score import Score

_SIDE, _LEFT, _TOP, _BELOW, _RIGHT = 190, 46, 12, 44, 14
_ROW, _WIDE, _NAMES = 24, 720, 250
_TICKS = (0, 25, 50, 75, 100)
_SAID_STEPS = 8


def reliability(found: Calibration, key: str, label: str) -> Markup:
    """Share right against stated confidence, a dot a bin sized by its n; on the diagonal, confidence is honest."""
    dots = [
        _dot("dot", _across(each.confidence), _up(each.right), 2.5 + 7 * (each.n / found.n) ** 0.5)
        for each in found.bins
    ]
    said = "; ".join(
        f"{each.n} with confidence {each.low * 100:.0f} to {each.high * 100:.0f}%: {each.right * 100:.0f}% right"
        for each in found.bins
    )
    marks = [_line("even", _across(0), _up(0), _across(1), _up(1)), *dots]
    said = f"Suggestions by stated confidence. {said}."
    return _square(marks, ("stated confidence, %", "right, %"), key, f"Reliability: {label}", said)


def precision_coverage(steps: Sequence[Step], key: str, label: str, passages: bool) -> Markup:
    """Precision against how much is kept as the threshold rises: coverage of documents, or recall of passages."""
    points = [((step.recall or 0) if passages else step.coverage, step.precision) for step in steps]
    path = " ".join(f"{_across(x)},{_up(y)}" for x, y in points)
    marks = [Markup('<polyline class="curve" points="{}"/>').format(path)]
    marks += [_dot("point", _across(x), _up(y), 2.2) for x, y in points]
    kept = "recall" if passages else "coverage"
    every = max(1, -(-len(steps) // _SAID_STEPS))
    said = "; ".join(
        f"at {step.threshold:.2f} or more: precision {y * 100:.0f}%, {kept} {x * 100:.0f}%"
        for step, (x, y) in [*zip(steps, points, strict=True)][::every]
    )
    said = f"By the least confidence kept. {said}."
    return _square(marks, (f"{kept}, %", "precision, %"), key, f"Precision and {kept}: {label}", said)


def forest(scores: Sequence[tuple[str, Score]], key: str) -> Markup:
    """Every target's main figure with its interval, and its baseline as a hollow mark."""
    bottom = 8 + len(scores) * _ROW
    marks, said = [], []
    for tick in _TICKS:
        marks.append(_line("grid", _along(tick / 100), 4, _along(tick / 100), bottom))
        marks.append(_words(_along(tick / 100), bottom + 18, "middle", str(tick)))
    for number, (label, item) in enumerate(scores):
        found, base = item.main_estimate, item.baseline_main
        y = 16 + number * _ROW
        marks.append(_words(_NAMES - 12, y + 4, "end", label))
        if base is not None:
            marks.append(_dot("base", _along(base), y, 4.5))
        if found:
            marks.append(_line("span", _along(found.low), y, _along(found.high), y))
            marks.append(_dot("dot", _along(found.value), y, 4.5))
            said.append(f"{label} {found.value * 100:.0f}% ({found.low * 100:.0f} to {found.high * 100:.0f})")
    name = "Main figure of every target, in per cent, with its 95% interval; hollow marks are baselines"
    return _svg(marks, key, name, "; ".join(said) + ".", (_WIDE, bottom + 28))


def _square(marks: Iterable[Markup], axes: tuple[str, str], key: str, name: str, said: str) -> Markup:
    parts = []
    for tick in _TICKS:
        x, y = _across(tick / 100), _up(tick / 100)
        parts += [_line("grid", x, _up(0), x, _up(1)), _line("grid", _across(0), y, _across(1), y)]
        parts += [_words(x, _up(0) + 15, "middle", str(tick)), _words(_LEFT - 6, y + 4, "end", str(tick))]
    parts.append(_words(_across(0.5), _up(0) + 34, "middle", axes[0]))
    turned = Markup('<g transform="rotate(-90 12 {0})">{1}</g>')
    parts.append(turned.format(_up(0.5), _words(12, _up(0.5), "middle", axes[1])))
    return _svg([*parts, *marks], key, name, said, (_LEFT + _SIDE + _RIGHT, _TOP + _SIDE + _BELOW))


def _svg(inside: Iterable[Markup], key: str, name: str, said: str, size: tuple[float, float]) -> Markup:
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {1}" width="{0}" height="{1}" role="img" '
        'aria-labelledby="{2}-name {2}-said"><title id="{2}-name">{3}</title><desc id="{2}-said">{4}</desc>{5}</svg>'
    ).format(*size, key, name, said, Markup("").join(inside))


def _line(kind: str, x1: float, y1: float, x2: float, y2: float) -> Markup:
    return Markup('<line class="{}" x1="{}" y1="{}" x2="{}" y2="{}"/>').format(kind, x1, y1, x2, y2)


def _dot(kind: str, x: float, y: float, radius: float) -> Markup:
    return Markup('<circle class="{}" cx="{}" cy="{}" r="{}"/>').format(kind, x, y, round(radius, 1))


def _words(x: float, y: float, at: str, text: str) -> Markup:
    return Markup('<text x="{}" y="{}" text-anchor="{}">{}</text>').format(x, y, at, text)


def _across(share: float) -> float:
    return round(_LEFT + share * _SIDE, 1)


def _up(share: float) -> float:
    return round(_TOP + (1 - share) * _SIDE, 1)


def _along(share: float) -> float:
    return round(_NAMES + share * (_WIDE - _NAMES - 20), 1)
