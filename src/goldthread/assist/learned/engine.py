"""The learned engine: what is explicit by rules, passages and recommendations by models that also weigh the rules.

A protocol is served when the models' answers have ids in its codebook (`data/crosswalk.toml`); for any other, the
rules alone propose, as the lexicon engine does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from goldthread.assist.engine import ReviewText, Suggestions
from goldthread.assist.learned.code_signs import Coded
from goldthread.assist.learned.crosswalk import Crosswalk, crosswalk_for
from goldthread.assist.learned.model import Model, learned_from, shipped
from goldthread.assist.learned.signs import View
from goldthread.assist.learned.telling import Telling, Told, telling
from goldthread.assist.lexicon.characteristics import AUTHOR
from goldthread.assist.lexicon.engine import (
    characteristics_of,
    episodes_of,
    readings_of,
    recommendations_of,
)
from goldthread.coding.agencies import about_of, agencies, vulnerabilities
from goldthread.coding.asks import asks
from goldthread.coding.model import Episode
from goldthread.coding.passages import Passage, passages
from goldthread.coding.themes import subtheme_of, whose_of
from goldthread.extraction.reading import Reading
from goldthread.protocol.lexicon import Lexicon
from goldthread.protocol.load import load
from goldthread.protocol.model import About, Protocol
from goldthread.values import State

TAUGHT = "learning-reports"
"""The protocol in whose terms the models learned."""


class LearnedEngine:
    """Deterministic and pure: the same review, protocol and model give the same suggestions."""

    name = "learned"
    version = "1"
    reads_words = False

    def __init__(self, model: Model | None = None) -> None:
        self._model = model

    @property
    def learned_from(self) -> frozenset[str]:
        """SHA-256 of the stored text of every document the model learned from; on those it does better."""
        return frozenset() if self._model else learned_from()

    def suggest(self, review: ReviewText, protocol: Protocol) -> Suggestions:
        """Propose characteristics, practice passages and recommendations, each anchored."""
        readings = readings_of(review, protocol)
        found = [passages(reading, protocol.lexicon) for reading in readings]
        crosswalk = crosswalk_for(protocol)
        documents = [coded_of(*each, protocol.lexicon) for each in zip(readings, found, strict=True)]
        if crosswalk is None:
            episodes = episodes_of(self.name, review, readings, found, protocol)
            wanted = [(each.view.reading, tuple(each.view.asks.values())) for each in documents]
        else:
            model = self._model or shipped()
            tellings = [telling(model, each) for each in documents]
            episodes = self._episodes(review, readings, tellings, crosswalk, protocol)
            wanted = [(reading, each.asks) for reading, each in zip(readings, tellings, strict=True)]
        return Suggestions(
            review_types=review.review_types,
            characteristics=characteristics_of(self.name, review, readings, found, protocol),
            episodes=episodes,
            recommendations=recommendations_of(self.name, review.review_id, wanted),
        )

    def _episodes(
        self,
        review: ReviewText,
        readings: Sequence[Reading],
        tellings: Sequence[Telling],
        crosswalk: Crosswalk,
        protocol: Protocol,
    ) -> tuple[Episode, ...]:
        about = about_of(review.review_types, protocol)
        pairs = [(reading, told) for reading, each in zip(readings, tellings, strict=True) for told in each.passages]
        return tuple(
            _episode(f"{review.review_id}-e{number}", review.review_id, self.name, *pair, crosswalk, protocol, about)
            for number, pair in enumerate(pairs, 1)
        )


def _episode(
    episode_id: str,
    review_id: str,
    engine: str,
    reading: Reading,
    passage: Told,
    crosswalk: Crosswalk,
    protocol: Protocol,
    about: About,
) -> Episode:
    theme, subtheme = protocol.codebook.offer(crosswalk.themes.get(passage.theme, ""))
    return Episode(
        review_id=review_id,
        episode_id=episode_id,
        theme=theme,
        subtheme=subtheme or subtheme_of(reading, passage.said, theme, protocol),
        direction=protocol.lexicon.practice.directions[passage.direction],
        explanation=crosswalk.explanations.get(passage.explanation, protocol.lexicon.practice.unexplained),
        whose=whose_of(reading, passage.said, protocol.lexicon),
        state=State.SUGGESTED,
        author=AUTHOR,
        engine=engine,
        confidence=passage.confidence,
        anchor=reading.sentence_anchor(passage.said),
        agencies=agencies(reading, passage.said, protocol, about),
        vulnerabilities=vulnerabilities(reading, passage.said, protocol),
    )


def coded_of(reading: Reading, by_rule: Sequence[Passage], lexicon: Lexicon) -> Coded:
    """One document as the models see it, with the passages found in it by rule."""
    view = View.of(reading, lexicon, by_rule, asks(reading, lexicon))
    themes, explanations = _cues()
    return Coded(view, _known(themes, lexicon), _known(explanations, lexicon))


@cache
def _cues() -> tuple[Mapping[str, tuple[str, ...]], Mapping[str, tuple[str, ...]]]:
    practice = load(TAUGHT).lexicon.practice
    return practice.themes, practice.explanations


def _known(codes: Mapping[str, tuple[str, ...]], lexicon: Lexicon) -> dict[str, tuple[str, ...]]:
    """The cue groups of each code as far as a lexicon has them."""
    return {code: tuple(group for group in groups if group in lexicon.groups) for code, groups in codes.items()}
