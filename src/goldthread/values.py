"""Words the whole field shares: the state of a suggestion, the basis of a count, the kinds of missing."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """Where a proposed value stands between machine and person."""

    SUGGESTED = "suggested"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    SUPERSEDED = "superseded"


class Basis(StrEnum):
    """What a table may count: only what a person confirmed, or machine suggestions too."""

    CONFIRMED = "confirmed"
    DRAFT = "draft"


class Missing(StrEnum):
    """Five different ways of not having a value. Never a blank."""

    NOT_STATED = "not_stated"
    WITHHELD = "withheld"
    UNCLEAR = "unclear"
    NOT_APPLICABLE = "not_applicable"
    NOT_SOUGHT = "not_sought"


class Unit(StrEnum):
    """What one count counts."""

    REVIEW = "review"
    SUBJECT = "subject"
    SUSPECT = "suspect"
    EPISODE = "episode"
    RECOMMENDATION = "recommendation"
