"""What every section writes with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from goldthread.briefing.blocks import LiveFigure, Quote
from goldthread.briefing.evidence import EvidenceIndex
from goldthread.briefing.options import USUAL, Options
from goldthread.briefing.scope import Scope
from goldthread.briefing.words.live import LiveFigures
from goldthread.briefing.words.phrases import counted, part_of
from goldthread.briefing.words.template import SectionOutline, Template
from goldthread.coding.model import Episode, Recommendation


@dataclass(frozen=True)
class Writer:
    """The scope, the index figures are entered in, the outline with the section being written, and what was asked.

    `made` is the ISO moment the study stood as it is told.
    """

    scope: Scope
    index: EvidenceIndex
    template: Template
    section: SectionOutline
    made: str = ""
    options: Options = USUAL

    @property
    def kind(self) -> str:
        """The kind by which the protocol's tables say that they belong here."""
        return self.template.prints

    def reviews(self, episodes: Sequence[Episode | Recommendation], claim: str, whole: bool = False) -> LiveFigure:
        """How many reviews hold these; with `whole`, of how many included ("12 of 40 reviews (30%)")."""
        ids = review_ids(episodes)
        number = len(ids)
        text = part_of(number, len(self.scope.included), "review") if whole else counted(number, "review")
        return self.index.figure(text, f"{claim}: {text}", ids, (e.anchor for e in episodes))

    def passages(self, episodes: Sequence[Episode], claim: str) -> LiveFigure:
        """How many passages these are."""
        text = counted(len(episodes), "passage")
        return self.index.figure(text, f"{claim}: {text}", review_ids(episodes), (e.anchor for e in episodes))

    def quote(self, item: Episode | Recommendation, evidence: str) -> Quote:
        """The words of one passage, cited."""
        review = next(r for r in self.scope.registered if r.review_id == item.review_id)
        names = {d.document_id: d.file_name for d in review.documents}
        name = names.get(item.anchor.document_id, item.anchor.document_id)
        return Quote(item.anchor, review.citation, name, evidence)

    @property
    def limits(self) -> dict[str, int]:
        """How many quotes this kind of briefing may show under one heading and in one theme."""
        return {"group": self.template.quotes_a_group, "theme": self.template.quotes_a_theme}

    @cached_property
    def figures(self) -> LiveFigures:
        """The figures prose may name."""
        return LiveFigures(self.scope)


def review_ids(items: Iterable[Episode | Recommendation]) -> tuple[str, ...]:
    """The reviews these belong to, each once, in order."""
    return tuple(dict.fromkeys(item.review_id for item in items))
