"""Holding what two or more people coded against one another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from goldthread.analysis.agreement import CodedText, Coding, Comparison, Level, compare
from goldthread.analysis.records import StudyRecord
from goldthread.errors import UsageError
from goldthread.study.engines.suggesting import stored_review
from goldthread.study.folder import Held
from goldthread.values import State


def agreement(
    held: Held,
    kept: StudyRecord,
    other: StudyRecord | None,
    coders: Sequence[str],
    level: Level,
    *,
    coded_only: bool,
) -> Comparison:
    """How far the people who coded a study agree, or those of two copies of it, each coded without the other.

    Documents are the same where their files are. All who confirmed a passage are compared when none is named; a name
    met with in both copies is two coders, the other copy's marked. Raises UsageError when there are not two.
    """
    found = list(_codings(kept))
    own = {one.coder for one in found}
    for one in _codings(other) if other else ():
        found.append(one.by(f"{one.coder} (other copy)") if one.coder in own else one)
    known = tuple(dict.fromkeys(one.coder for one in found))
    if strange := [name for name in coders if name not in known]:
        mend = f"people who did: {', '.join(known)}" if known else "confirm or code passages first"
        raise UsageError(f"nobody called {strange[0]!r} confirmed a passage", mend=mend)
    chosen = tuple(dict.fromkeys(coders)) or known
    if len(chosen) < 2:
        raise UsageError(
            f"agreement needs two coders; passages were confirmed by {', '.join(chosen) or 'nobody'}",
            mend="have a second person code a copy of the study, and name both folders",
        )
    worked = [{one.document for one in found if one.coder == coder} for coder in chosen]
    texts = list(_texts(held, kept, frozenset.intersection(*map(frozenset, worked))))
    return compare(texts, found, chosen, held.protocol, level, coded_only=coded_only)


def _codings(kept: StudyRecord) -> Iterator[Coding]:
    for episode in (item for review in kept.reviews for item in review.episodes):
        if episode.state is State.CONFIRMED:
            at, codes = episode.anchor, (episode.theme, episode.direction, episode.explanation)
            yield Coding(episode.author, at.sha256, at.start, at.end, *codes)


def _texts(held: Held, kept: StudyRecord, shared: frozenset[str]) -> Iterator[CodedText]:
    """The documents of reviews in which all coded something, with their sentences, one review read at a time."""
    with held.database.read() as connection:
        for review in kept.reviews:
            if shared.isdisjoint(one.sha256 for one in review.documents):
                continue
            for document in stored_review(connection, review.review_id).unfolded().documents:
                sentences = (
                    (page.start + one.start, page.start + one.end, page.number)
                    for page in document.pages
                    for one in page.sentences
                )
                yield CodedText(document.text.sha256, review.review_id, tuple(sentences))
