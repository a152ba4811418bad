"""Rows of episodes.csv and recommendations.csv as a person edited them."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import replace

from goldthread.anchors import Anchor
from goldthread.coding.model import Episode, Recommendation
from goldthread.protocol.codebook import Place
from goldthread.protocol.model import Protocol
from goldthread.study.intake.imports.cells import Cells, named
from goldthread.study.intake.imports.changes import RowFault, Said, Settling, Stored
from goldthread.study.intake.imports.evidence import Evidence, plain

CERTAIN = 1.0
"""The confidence of what a person says."""


def episode_content(one: Episode) -> Hashable:
    """What two episodes have in common when they say the same of the same words."""
    return (*_place(one), one.theme, one.subtheme, one.direction, one.explanation, one.whose)


def recommendation_content(one: Recommendation) -> Hashable:
    """What two recommendations have in common when they ask the same in the same words."""
    return (*_place(one), " ".join(one.text.split()), one.addressee, one.scope)


def episodes(stored: Sequence[Stored[Episode]]) -> Settling[Episode]:
    """Holds rows against the episodes the study has."""
    return Settling("episodes", stored, episode_content, _place, keyed=True, carried=_with_details)


def _with_details(new: Episode, old: Episode) -> Episode:
    return replace(new, agencies=old.agencies, vulnerabilities=old.vulnerabilities, memo=old.memo)


def recommendations(stored: Sequence[Stored[Recommendation]]) -> Settling[Recommendation]:
    """Holds rows against the recommendations the study has."""
    return Settling("recommendations", stored, recommendation_content, _place, keyed=True)


def episode(place: str, cells: Cells, evidence: Evidence, protocol: Protocol, who: str) -> Said[Episode]:
    """One row of episodes.csv. Raises RowFault when it does not hold together."""
    review, state = cells.review(), cells.state()
    found = _words(cells.anchor(review, evidence))
    theme, subtheme = _coded(cells, protocol)
    item = Episode(
        review_id=review.review_id,
        episode_id="",
        theme=theme,
        subtheme=subtheme,
        direction=cells.coded("direction", needed=True),
        explanation=cells.coded("explanation"),
        whose=cells.coded("whose"),
        state=state,
        author=who,
        engine="",
        confidence=CERTAIN,
        anchor=found,
    )
    return Said(place, cells.text("episode_id"), state, item)


def recommendation(place: str, cells: Cells, evidence: Evidence, who: str) -> Said[Recommendation]:
    """One row of recommendations.csv. Raises RowFault when it does not hold together."""
    review, state = cells.review(), cells.state()
    found = _words(cells.anchor(review, evidence))
    item = Recommendation(
        review_id=review.review_id,
        recommendation_id="",
        text=plain(cells.text("text")) or found.quote,
        addressee=cells.coded("addressee"),
        scope=cells.coded("scope"),
        state=state,
        author=who,
        engine="",
        confidence=CERTAIN,
        anchor=found,
    )
    return Said(place, cells.text("recommendation_id"), state, item)


def _place(one: Episode | Recommendation) -> tuple[Hashable, ...]:
    return (one.review_id, one.anchor.document_id, one.anchor.start, one.anchor.end)


def _words(found: Anchor | None) -> Anchor:
    if found is None:
        raise RowFault(
            "no quote", "the row names no words", "give file_name and the exact quote, with start and end if you can"
        )
    return found


def _coded(cells: Cells, protocol: Protocol) -> Place:
    """The theme and sub-theme of a row; one written by a former name is put where it belongs now."""
    book, written = protocol.codebook, (cells.text("theme"), cells.text("subtheme"))
    home = book.home(*written)
    if (
        book.knows(written[0])
        and written not in book.places
        and home in book.places
        and bool(home[1]) >= bool(written[1])
    ):
        return home
    theme = cells.coded("theme")
    return theme, _subtheme(cells, theme, protocol)


def _subtheme(cells: Cells, theme: str, protocol: Protocol) -> str:
    written = cells.text("subtheme")
    if not written:
        return ""
    if not theme:
        raise RowFault("unknown", f"the sub-theme {written!r} stands without a theme", "name its theme as well")
    labels = {item.id: item.label for item in protocol.theme_by_id[theme].subthemes}
    return named(f"sub-theme of {theme}", written, labels)
