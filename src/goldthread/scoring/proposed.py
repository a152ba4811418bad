"""What an engine proposed for one document, as plain values: all that a score needs to know of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from goldthread.coding.model import Episode, Recommendation
from goldthread.extraction.model import Characteristic


@dataclass(frozen=True, slots=True)
class ProposedValue:
    """One value of a field. `confidence` is 0–1, `quote` the words it rests on."""

    value: str
    confidence: float = 1.0
    quote: str = ""


@dataclass(frozen=True, slots=True)
class ProposedPassage:
    """One passage: `start` and `end` count code points in the document's text, `quote` is its words.

    `codes` holds direction, theme and explanation of a passage on practice (direction "described" means that nothing
    is judged), or the addressee of a recommendation.
    """

    start: int
    end: int
    quote: str
    confidence: float = 1.0
    codes: Mapping[str, str] = field(default_factory=dict)

    @property
    def judges(self) -> bool:
        """Whether the passage judges what was done rather than only telling it."""
        return self.codes.get("direction") != "described"


@dataclass(frozen=True, slots=True)
class Proposed:
    """Everything proposed for one document. A field with no value proposed is left out of `values`."""

    values: Mapping[str, tuple[ProposedValue, ...]] = field(default_factory=dict)
    practice: tuple[ProposedPassage, ...] = ()
    recommendations: tuple[ProposedPassage, ...] = ()


def proposed(
    characteristics: Iterable[Characteristic] = (),
    episodes: Iterable[Episode] = (),
    recommendations: Iterable[Recommendation] = (),
) -> Proposed:
    """Suggestions as Goldthread keeps them, as plain values; the first subject's values come first."""
    values: dict[str, list[ProposedValue]] = {}
    for item in sorted(characteristics, key=lambda each: each.subject_no):
        if item.value is not None:
            quote = item.anchors[0].quote if item.anchors else ""
            values.setdefault(item.field, []).append(ProposedValue(item.value, item.confidence, quote))
    return Proposed(
        values={key: tuple(found) for key, found in values.items()},
        practice=tuple(
            ProposedPassage(
                *(item.anchor.start, item.anchor.end, item.anchor.quote, item.confidence),
                {"direction": item.direction, "theme": item.theme, "explanation": item.explanation},
            )
            for item in episodes
        ),
        recommendations=tuple(
            ProposedPassage(
                *(item.anchor.start, item.anchor.end, item.anchor.quote, item.confidence),
                {"addressee": item.addressee},
            )
            for item in recommendations
        ),
    )
