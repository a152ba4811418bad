"""What every engine is: a reader of one review's documents that proposes anchored suggestions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol as Interface

from goldthread.anchors import DocumentText
from goldthread.coding.model import Episode, Recommendation
from goldthread.documents.model import Page
from goldthread.extraction.model import Characteristic
from goldthread.protocol.model import Protocol


@dataclass(frozen=True)
class ReadDocument:
    """A stored document with its layers, as an engine sees it."""

    text: DocumentText
    file_name: str
    format: str
    title: str
    pages: tuple[Page, ...]


@dataclass(frozen=True)
class ReviewText:
    """All that is known of one review before anybody coded it."""

    review_id: str
    title: str
    review_types: tuple[str, ...]
    publication_date: str
    source: str
    documents: tuple[ReadDocument, ...]


@dataclass(frozen=True)
class Suggestions:
    """What one engine proposes for one review. Every state is `suggested`."""

    review_types: tuple[str, ...]
    characteristics: tuple[Characteristic, ...]
    episodes: tuple[Episode, ...]
    recommendations: tuple[Recommendation, ...]


class Engine(Interface):
    """An engine is pure: the same review, protocol and version give the same suggestions."""

    name: str
    version: str

    def suggest(self, review: ReviewText, protocol: Protocol) -> Suggestions:
        """Propose characteristics, episodes and recommendations for one review, each anchored."""
        ...
