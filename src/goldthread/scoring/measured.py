"""What was measured of an engine, small enough to stand beside every suggestion it makes.

Figures come from two places: those measured before release, shipped as data, and those a team measured on reviews it
had coded itself, kept in its study. The team's own come first.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from functools import cache
from importlib.resources import files
from typing import Any

from goldthread.scoring.estimate import Estimate

SHIPPED = "measured.json"
_RATES = ("accuracy", "precision", "recall", "f1")


@dataclass(frozen=True, slots=True)
class Measured:
    """One target of one engine as measured on one kind of document of one gold.

    `kind` is a review type's id, or "" for all kinds of the gold together. `documents` were scored, `n` cases on
    them, and in `given` of those something was suggested: precision is the share of these that was right. `main`
    names the figure that says most (accuracy or f1); `baseline` is that figure for what reads nothing. `how` is
    what a reader must know of the way it was measured (that the engine was made with this gold at hand, or
    cross-validated on it), "" where there is nothing to say.
    """

    engine: str
    version: str
    protocol: str
    kind: str
    kind_label: str
    gold: str
    at: str
    how: str
    target: str
    documents: int
    n: int
    given: int
    accuracy: Estimate | None
    precision: Estimate | None
    recall: Estimate | None
    f1: Estimate | None
    main: str = ""
    baseline: float | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """What may be said of an engine's suggestions for one target: the measurement, and whether it still holds.

    `earlier` means that the engine or the protocol was another version when it was measured.
    """

    measured: Measured | None
    earlier: bool = False


def standing(
    records: Sequence[Measured], engine: str, version: str, protocol: str, kind: str, target: str
) -> Standing:
    """The measurement that says most about an engine's suggestions for a target in one kind of document.

    `protocol` is its id and version ("learning-reports 1.0"). Of those for this very version the first counts, else
    the first of an earlier one; `records` stand in order of preference.
    """
    same = [
        item
        for item in records
        if (item.engine, item.kind, item.target) == (engine, kind, target)
        and item.protocol.split()[:1] == protocol.split()[:1]
        and item.precision is not None
    ]
    exact = next((item for item in same if (item.version, item.protocol) == (version, protocol)), None)
    return Standing(exact) if exact else Standing(same[0], earlier=True) if same else Standing(None)


@cache
def shipped() -> tuple[Measured, ...]:
    """What was measured before release."""
    return from_data(json.loads((files(__package__) / "data" / SHIPPED).read_text("utf-8")))


def to_data(records: Iterable[Measured]) -> list[dict[str, Any]]:
    """Measurements as plain data; a rate is [value, low, high], rounded to five places."""
    return [
        {key: _triple(getattr(item, key)) if key in _RATES else value for key, value in asdict(item).items()}
        for item in records
    ]


def from_data(data: Iterable[Mapping[str, Any]]) -> tuple[Measured, ...]:
    """Measurements from plain data; keys that another version of Goldthread wrote are passed over."""
    return tuple(_measured(item) for item in data)


def _measured(item: Mapping[str, Any]) -> Measured:
    known = {each.name for each in fields(Measured)} & set(item)
    values: dict[str, Any] = {key: _rate(item[key]) if key in _RATES else item[key] for key in known}
    return Measured(**values)


def _triple(found: Estimate | None) -> list[float] | None:
    return [round(edge, 5) for edge in (found.value, found.low, found.high)] if found else None


def _rate(found: Sequence[float] | None) -> Estimate | None:
    return Estimate(*found) if found else None
