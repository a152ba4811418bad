"""How specific the words of a recommendation are: whom they ask, for a deed, by when, and how it will be known."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from goldthread.coding.model import Recommendation
from goldthread.extraction.folding import folded, lowered
from goldthread.protocol.phrases import phrase

ADDRESSED = "addressed"
_CLAUSE_END = re.compile(r"[.;:]")


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign: where a cue stands, unless it is only wished for earlier in the same clause."""

    id: str
    label: str
    definition: str
    cues: re.Pattern[str]
    unless: re.Pattern[str] | None = None

    def shows(self, low: str) -> bool:
        """Whether a text, folded and in small letters, shows it."""
        wished = [_clause(low, one.start()) for one in self.unless.finditer(low)] if self.unless else []
        return any(not any(a <= one.start() < b for a, b in wished) for one in self.cues.finditer(low))


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((files("goldthread.quality") / "data/specificity.toml").read_text(encoding="utf-8"))


@cache
def signs() -> tuple[Sign, ...]:
    """The signs in the wording, in the order in which they are told."""
    return tuple(
        Sign(
            one["id"],
            one["label"],
            one["definition"],
            _any_of(one["cues"]),
            _any_of(one["unless"]) if "unless" in one else None,
        )
        for one in _data()["signs"]
    )


def labels() -> dict[str, str]:
    """Every sign's id and label, the addressee's first."""
    return {ADDRESSED: "Asks one agency", **{one.id: one.label for one in signs()}}


def together() -> tuple[str, ...]:
    """The addressees that are several agencies together."""
    return tuple(_data()["together"])


def specificity(item: Recommendation) -> frozenset[str]:
    """The ids of the signs a recommendation shows."""
    found = _in_the_wording(item.text)
    return found | {ADDRESSED} if item.addressee and item.addressee not in together() else found


@lru_cache(maxsize=20_000)
def _in_the_wording(text: str) -> frozenset[str]:
    low = lowered(folded(text))
    return frozenset(one.id for one in signs() if one.shows(low))


def _any_of(cues: Iterable[str]) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(phrase(cue).pattern for cue in cues) + ")")


def _clause(low: str, start: int) -> tuple[int, int]:
    end = _CLAUSE_END.search(low, start)
    return start, end.start() if end else len(low)
