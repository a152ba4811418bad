"""What the desk answers with: a document opened, passages asked for, and how people compare."""

from __future__ import annotations

from dataclasses import dataclass

from goldthread.analysis.arithmetic import percent
from goldthread.anchors import DocumentText
from goldthread.coding.model import Episode
from goldthread.documents.model import Page
from goldthread.screening.second import Conflict, Doubled
from goldthread.store.review_file import HeldDocument


@dataclass(frozen=True, slots=True)
class Reading:
    """A document opened for reading: its text and every page with its layers."""

    held: HeldDocument
    text: DocumentText
    pages: tuple[Page, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """Episodes asked for: one page of them, and how many there are in how many reviews."""

    episodes: tuple[Episode, ...]
    total: int
    reviews: int


@dataclass(frozen=True, slots=True)
class Twice:
    """Second screening as one person sees it: what waits for them, what two disagree on, how far they agree."""

    waiting: tuple[str, ...]
    conflicts: tuple[Conflict, ...]
    doubled: Doubled


@dataclass(frozen=True, slots=True)
class Agreement:
    """Suggestions people settled, and how many of those they took as they were."""

    settled: int
    accepted: int

    @property
    def share(self) -> str:
        """Accepted of settled, in whole per cent rounded half-up."""
        return f"{percent(self.accepted, self.settled)}%"
