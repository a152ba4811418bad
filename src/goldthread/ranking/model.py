"""What a queue is made of."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Purpose(StrEnum):
    """What the queue is for: reviews to screen, or suggested passages to confirm or reject."""

    SCREENING = "screening"
    CODING = "coding"


class Why(StrEnum):
    """Why something stands where it stands."""

    LIKELY = "likely"
    UNSURE = "unsure"
    RANDOM = "random"
    SAMPLE = "sample"


@dataclass(frozen=True, slots=True)
class Queued:
    """One thing waiting for a person: a review (screening) or a passage (coding, with its `episode_id`).

    `score` orders the likely ones: above 0 what is known so far speaks for it, below against. `text` is the title
    of the review or the words of the passage.
    """

    review_id: str
    episode_id: str
    text: str
    score: float
    why: Why


@dataclass(frozen=True, slots=True)
class Queue:
    """The first of what waits, `waiting` in all; `answers` people's answers it was ranked by."""

    purpose: Purpose
    items: tuple[Queued, ...]
    waiting: int
    answers: int
