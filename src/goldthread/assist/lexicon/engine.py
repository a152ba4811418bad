"""The first engine: everything it proposes follows from cues in the protocol's lexicon."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from goldthread.assist.engine import ReviewText, Suggestions
from goldthread.assist.lexicon.characteristics import AUTHOR, FieldReader
from goldthread.coding.agencies import about_of, agencies, vulnerabilities
from goldthread.coding.asks import Ask, asks
from goldthread.coding.model import Episode, Recommendation
from goldthread.coding.passages import Passage, passages
from goldthread.coding.themes import coded
from goldthread.extraction.model import Characteristic
from goldthread.extraction.reading import Reading, read
from goldthread.protocol.cases import register_facts
from goldthread.protocol.model import Protocol
from goldthread.values import State


class LexiconEngine:
    """Deterministic and pure: the same review, protocol and version give the same suggestions."""

    name = "lexicon"
    version = "1"
    reads_words = False

    def suggest(self, review: ReviewText, protocol: Protocol) -> Suggestions:
        """Propose characteristics, practice passages and recommendations, each anchored."""
        readings = readings_of(review, protocol)
        found = [passages(reading, protocol.lexicon) for reading in readings]
        return Suggestions(
            review_types=review.review_types,
            characteristics=characteristics_of(self.name, review, readings, found, protocol),
            episodes=episodes_of(self.name, review, readings, found, protocol),
            recommendations=recommendations_of(
                self.name,
                review.review_id,
                [(reading, asks(reading, protocol.lexicon)) for reading in readings],
            ),
        )


def readings_of(review: ReviewText, protocol: Protocol) -> list[Reading]:
    """Each document of a review as the rules read it."""
    return [
        read(document.text, document.pages, protocol.lexicon, f"{review.title} {document.title}")
        for document in review.documents
    ]


def characteristics_of(
    engine: str,
    review: ReviewText,
    readings: Sequence[Reading],
    found: Sequence[Sequence[Passage]],
    protocol: Protocol,
) -> tuple[Characteristic, ...]:
    """Every field of the protocol, as far as the review says."""
    facts = register_facts(
        review.review_types,
        source=review.source,
        publication_date=review.publication_date,
        pages=sum(len(document.pages) for document in review.documents),
    )
    return FieldReader(review.review_id, engine, readings, found, protocol, facts).characteristics()


def episodes_of(
    engine: str,
    review: ReviewText,
    readings: Sequence[Reading],
    found: Sequence[Sequence[Passage]],
    protocol: Protocol,
) -> tuple[Episode, ...]:
    """The passages found by rule, coded by cues."""
    episodes: list[Episode] = []
    review_id, about = review.review_id, about_of(review.review_types, protocol)
    for reading, passages_ in zip(readings, found, strict=True):
        theme = ""
        for passage in passages_:
            codes = coded(reading, passage, protocol, theme)
            theme = codes.theme or theme
            episodes.append(
                Episode(
                    review_id=review_id,
                    episode_id=f"{review_id}-e{len(episodes) + 1}",
                    theme=codes.theme,
                    subtheme=codes.subtheme,
                    direction=protocol.lexicon.practice.directions[passage.direction],
                    explanation=codes.explanation,
                    whose=codes.whose,
                    state=State.SUGGESTED,
                    author=AUTHOR,
                    engine=engine,
                    confidence=certainty(passage),
                    anchor=reading.sentence_anchor(passage.said),
                    agencies=agencies(reading, passage.said, protocol, about),
                    vulnerabilities=vulnerabilities(reading, passage.said, protocol),
                )
            )
    return tuple(episodes)


def recommendations_of(
    engine: str, review_id: str, found: Iterable[tuple[Reading, Iterable[Ask]]]
) -> tuple[Recommendation, ...]:
    """What each document asks for, each with its exact words."""
    made: list[Recommendation] = []
    for reading, asked in found:
        for ask in asked:
            where = reading.sentence_anchor(ask.said)
            made.append(
                Recommendation(
                    review_id=review_id,
                    recommendation_id=f"{review_id}-r{len(made) + 1}",
                    text=" ".join(where.quote.replace("\u00ad\n", "").split()),
                    addressee=ask.addressee,
                    scope=ask.scope,
                    state=State.SUGGESTED,
                    author=AUTHOR,
                    engine=engine,
                    confidence=ask.confidence,
                    anchor=where,
                )
            )
    return tuple(made)


def certainty(passage: Passage) -> float:
    """How sure a passage's direction is, from its points and those against it."""
    lead = passage.points / (passage.points + passage.rival + 1.0)
    return round(min(0.95, (0.25 if not passage.own_actor else 0.4) + 0.55 * lead), 3)
