"""The strength of a finding, and what it lacks for the next, by the protocol's rule."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from goldthread.analysis.arithmetic import rounded
from goldthread.protocol.strength import Strength, StrengthRule

Threshold = Literal["reviews", "review_types", "share", "against"]


@dataclass(frozen=True, slots=True)
class Tally:
    """What the thresholds look at: reviews for, against, on either side, able to show it; types of those for it.

    A review with passages on both sides is both for and against, and once on either side.
    """

    supporting: int
    opposing: int
    either: int
    able: int
    types: int

    @property
    def share(self) -> Fraction:
        """Reviews for it, in per cent of those that could show it; 0 where none could."""
        return Fraction(100 * self.supporting, self.able) if self.able else Fraction(0)

    @property
    def against(self) -> Fraction:
        """Reviews against it, in per cent of those with evidence on either side; 0 where there are none."""
        return Fraction(100 * self.opposing, self.either) if self.either else Fraction(0)


@dataclass(frozen=True, slots=True)
class Lack:
    """One threshold that is not met: what there is, and what it takes, in reviews, types or per cent."""

    threshold: Threshold
    has: str
    needs: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """The strength a finding has, None where it meets none; the next stronger and what is lacking for it."""

    strength: Strength | None
    next: Strength | None
    lacking: tuple[Lack, ...]


def verdict(tally: Tally, rule: StrengthRule) -> Verdict:
    """The first strength of the rule that is met. Without a single review for it a finding has none."""
    stronger: Strength | None = None
    for strength in rule.strengths:
        if not lacking(tally, strength):
            return Verdict(strength, stronger, lacking(tally, stronger) if stronger else ())
        stronger = strength
    return Verdict(None, stronger, lacking(tally, stronger) if stronger else ())


def lacking(tally: Tally, strength: Strength) -> tuple[Lack, ...]:
    """The thresholds of a strength that are not met, exactly, before any rounding."""
    found: list[Lack] = []
    if tally.supporting < strength.reviews:
        found.append(Lack("reviews", str(tally.supporting), str(strength.reviews)))
    if tally.types < strength.review_types:
        found.append(Lack("review_types", str(tally.types), str(strength.review_types)))
    if tally.share < Fraction(str(strength.share)):
        found.append(Lack("share", rounded(tally.share, 1), f"{strength.share:g}"))
    if tally.against > Fraction(str(strength.against)):
        found.append(Lack("against", rounded(tally.against, 1), f"{strength.against:g}"))
    return tuple(found)
