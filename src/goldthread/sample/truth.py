"""What is true of each fictional review: the answers a reader of the whole report would give."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from goldthread.errors import UnreadableInput


@dataclass(frozen=True, slots=True)
class KnownValue:
    """A characteristic: a value or a kind of missing, and the words that say so (blank when nothing does)."""

    subject_no: int
    field: str
    value: str | None
    missing: str | None
    quote: str = ""


@dataclass(frozen=True, slots=True)
class KnownPractice:
    """One sentence on practice. `actor` is `police` or the other agency it speaks of."""

    actor: str
    direction: str
    theme: str
    explanation: str
    quote: str


@dataclass(frozen=True, slots=True)
class KnownRecommendation:
    """One recommendation, by its exact words."""

    text: str
    addressee: str
    scope: str


@dataclass(frozen=True, slots=True)
class KnownFile:
    """One file of a review. `fault` is blank, or how the file was spoilt; `part` is report, summary or re-issue."""

    name: str
    format: str
    part: str
    fault: str = ""


@dataclass(frozen=True, slots=True)
class KnownReview:
    """All that is true of one review. `part` says what it is in the sample for; `of` which review it repeats."""

    review: str
    cite: str
    title: str
    part: str
    types: tuple[str, ...]
    source: str
    publication_date: str
    url: str
    round: str
    state: str
    reason: str
    files: tuple[KnownFile, ...]
    characteristics: tuple[KnownValue, ...] = ()
    practice: tuple[KnownPractice, ...] = ()
    recommendations: tuple[KnownRecommendation, ...] = ()
    of: str = ""


@dataclass(frozen=True, slots=True)
class Truth:
    """Where a sample was written and how much of it there is; the reviews themselves stay on disk."""

    folder: Path
    reviews: int
    files: int

    @property
    def reports(self) -> Path:
        """The folder to add to a study; nothing in it gives the answers away."""
        return self.folder / "reports"

    @property
    def register(self) -> Path:
        """The manifest of the reports."""
        return self.reports / "register.csv"

    @property
    def path(self) -> Path:
        """The file of answers."""
        return self.folder / "truth.json"

    def __iter__(self) -> Iterator[KnownReview]:
        """Every review in order, one at a time."""
        with self.path.open(encoding="utf-8") as lines:
            for line in lines:
                if line.startswith('{"review"'):
                    yield _review(json.loads(line.rstrip().rstrip(",")))


def open_truth(folder: Path) -> Truth:
    """The truth of a sample made before.

    Raises UnreadableInput if `folder` holds none.
    """
    path = folder / "truth.json"
    try:
        head = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as fault:
        raise UnreadableInput("no sample here", where=str(path), mend="make one with `goldthread demo`") from fault
    files = sum(len(review["files"]) for review in head["reviews"])
    return Truth(folder=folder, reviews=len(head["reviews"]), files=files)


def as_line(review: KnownReview) -> str:
    """One review as one line of JSON."""
    return json.dumps(asdict(review), ensure_ascii=False)


def _review(plain: dict[str, Any]) -> KnownReview:
    return KnownReview(
        **plain
        | {
            "types": tuple(plain["types"]),
            "files": tuple(KnownFile(**item) for item in plain["files"]),
            "characteristics": tuple(KnownValue(**item) for item in plain["characteristics"]),
            "practice": tuple(KnownPractice(**item) for item in plain["practice"]),
            "recommendations": tuple(KnownRecommendation(**item) for item in plain["recommendations"]),
        }
    )
