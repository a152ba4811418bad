"""How strong a finding is, as a rule a team can read and change: ordered strengths, each with its thresholds."""

from __future__ import annotations

from pydantic import Field

from goldthread.protocol.record import Id, Record


class Strength(Record):
    """One strength and what a finding needs for it; every threshold must be met.

    `reviews` is the fewest reviews with evidence for it, `review_types` the fewest types these are of. `share` is the
    least per cent they are of the reviews that could show it: the included reviews in which practice is coded.
    `against` is the most per cent that reviews with evidence against it may be of all reviews with evidence.
    """

    id: Id
    label: str
    definition: str
    reviews: int = Field(default=1, ge=1)
    review_types: int = Field(default=1, ge=0)
    share: float = Field(default=0, ge=0, le=100)
    against: float = Field(default=100, ge=0, le=100)


class StrengthRule(Record):
    """The strengths, strongest first: a finding has the first whose thresholds it meets.

    `none` is said of a finding that meets none, `note` where the rule comes from.
    """

    title: str
    note: str = ""
    none: str = "Not supported"
    strengths: tuple[Strength, ...] = Field(min_length=1)
