"""What recommendations ask for: of whom, how widely, how specifically, and whether it was asked again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from goldthread.coding.model import Recommendation
from goldthread.extraction.folding import folded
from goldthread.protocol.model import RecommendationScheme
from goldthread.protocol.record import Value
from goldthread.quality.repetition import ALIKE, Asked, Repeated, repeated
from goldthread.quality.specificity import labels, specificity


@dataclass(frozen=True, slots=True)
class Counted:
    """Recommendations with something in common, and the reviews they are made in, each once."""

    id: str
    label: str
    recommendations: int
    reviews: int


@dataclass(frozen=True, slots=True)
class Recommended:
    """All recommendations of a study looked at together.

    `signs` counts each sign of a specific request, `by_signs` how many recommendations show none, one, … of them;
    `repeated` are the requests made in more than one review.
    """

    total: Counted
    addressees: tuple[Counted, ...]
    scopes: tuple[Counted, ...]
    signs: tuple[Counted, ...]
    by_signs: tuple[int, ...]
    repeated: tuple[Repeated, ...]

    @property
    def made_again(self) -> int:
        """How many recommendations ask for what another review asks for as well."""
        return sum(len(one.asked) for one in self.repeated)


def recommended(
    items: Sequence[Recommendation],
    dates: Mapping[str, str],
    scheme: RecommendationScheme,
    alike: float = ALIKE,
) -> Recommended:
    """Look at all recommendations together; `dates` says when each review was published, "" where unknown."""
    shown = [specificity(item) for item in items]
    counts = Counter(len(found) for found in shown)
    known = labels()
    return Recommended(
        total=_counted("all", "Recommendations", items),
        addressees=tuple(_by(scheme.addressees, "addressee", items)),
        scopes=tuple(_by(scheme.scopes, "scope", items)),
        signs=tuple(
            _counted(sign, label, [item for item, found in zip(items, shown, strict=True) if sign in found])
            for sign, label in known.items()
        ),
        by_signs=tuple(counts[n] for n in range(len(known) + 1)),
        repeated=repeated([_asked(item, dates) for item in items], alike),
    )


def _by(values: Sequence[Value], name: str, items: Sequence[Recommendation]) -> list[Counted]:
    found = [
        _counted(value.id, value.label, [item for item in items if getattr(item, name) == value.id])
        for value in values
    ]
    rest = [item for item in items if not getattr(item, name)]
    return [*found, _counted("", "Not coded", rest)] if rest else found


def _counted(key: str, label: str, items: Sequence[Recommendation]) -> Counted:
    return Counted(key, label, len(items), len({item.review_id for item in items}))


def _asked(item: Recommendation, dates: Mapping[str, str]) -> Asked:
    words = " ".join(str(folded(item.text)).split())
    return Asked(item.recommendation_id, item.review_id, dates.get(item.review_id, ""), words)
