"""The reviews as sources of learning: what they report, how long they took, what they explain, where learning ends.

What can be counted is counted from what is coded; the ratings of the quality items are a person's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from goldthread.analysis.lag import middle_of
from goldthread.analysis.records import ReviewRecord
from goldthread.briefing.blocks import Block, Heading, Inline, Items, LiveFigure, Paragraph, Words
from goldthread.briefing.scope import is_good, is_shortfall
from goldthread.briefing.sections.learning import UNEXPLAINED
from goldthread.briefing.sections.trends import lags, rounded_months
from goldthread.briefing.sections.writer import Writer, review_ids
from goldthread.briefing.words.phrases import part_of, sentence_start
from goldthread.briefing.words.wording import inline, layout, paragraph, say
from goldthread.coding.model import Episode
from goldthread.extraction.model import Characteristic
from goldthread.protocol.model import FieldDefinition
from goldthread.quality.orphaned import asked_of_actor
from goldthread.values import Missing

_NOT_LOOKED = (Missing.NOT_SOUGHT, Missing.NOT_APPLICABLE)
_YEARS = ((12, "within_year"), (24, "one_to_two"), (36, "two_to_three"))


def section(writer: Writer) -> tuple[Block, ...]:
    """What the codings say of the reviews themselves, item by item of the quality instrument where they can."""
    head = Heading(say("section.worth"), 1, "worth")
    if not writer.scope.included:
        return head, paragraph("snapshot.empty")
    blocks: list[Block] = [head, paragraph("worth.intro")]
    parts = (("reported", _reported), ("time", _time), ("balance", _balance), ("why", _why), ("orphaned", _orphaned))
    for name, part in parts:
        points = tuple(part(writer))
        if points:
            blocks += [Heading(say(f"worth.{name}"), 2, f"worth-{name}"), Items(points)]
    return (*blocks, *_rated(writer))


def _rated(writer: Writer) -> Iterator[Block]:
    """How people rated the reviews, item by item; that nobody did is said."""
    scope = writer.scope
    rated = [review for review in scope.included if review.ratings]
    if not scope.protocol.quality:
        return
    yield Heading(say("worth.rated"), 2, "worth-rated")
    if not rated:
        yield paragraph("worth.unrated")
        return
    ids = tuple(review.review_id for review in rated)
    yield paragraph("worth.rated_of", share=_share(writer, ids, say("worth.rated")))
    for item in scope.protocol.quality:
        standing = {value.label: _so_rated(rated, item.id, value.id) for value in item.scale}
        if not any(standing.values()):
            continue
        known = {review for found in standing.values() for review in found}
        standing[say("worth.open")] = tuple(review for review in ids if review not in known)
        yield Paragraph((Words(item.label, strong=True),))
        yield Items(
            tuple(
                inline("worth.line", label=label, share=_share(writer, found, f"{item.label}, {label}", len(rated)))
                for label, found in standing.items()
                if found
            )
        )


def _so_rated(rated: Sequence[ReviewRecord], item: str, value: str) -> tuple[str, ...]:
    return tuple(review.review_id for review in rated if (item, value) in review.ratings)


def _share(writer: Writer, ids: Sequence[str], claim: str, whole: int = 0) -> LiveFigure:
    text = part_of(len(ids), whole or len(writer.scope.included), "review")
    return writer.index.figure(text, f"{claim}: {text}", ids)


def _begins(key: str, share: LiveFigure) -> tuple[Inline, ...]:
    """A point that begins with its figure."""
    return inline(key, share=LiveFigure(sentence_start(share.text), share.evidence))


def _reported(writer: Writer) -> Iterator[tuple[Inline, ...]]:
    """How many reviews state each protected characteristic, and how the review itself was done."""
    for name in layout()["worth"]["reported"]:
        field = writer.scope.protocol.field_by_id.get(name)
        if field is not None and (looked := _looked_for(writer, field)):
            stated = tuple(r.review_id for r in looked if any(c.field == name and c.value for c in _told(writer, r)))
            yield inline("worth.reports", field=field.label, share=_share(writer, stated, field.label, len(looked)))


def _told(writer: Writer, review: ReviewRecord) -> Iterator[Characteristic]:
    return (each for each in review.characteristics if writer.scope.counts(each.state))


def _looked_for(writer: Writer, field: FieldDefinition) -> list[ReviewRecord]:
    """The included reviews in which a field was looked for and applies."""

    def applies(review: ReviewRecord) -> bool:
        return any(c.field == field.id and c.missing not in _NOT_LOOKED for c in _told(writer, review))

    return [review for review in writer.scope.included if applies(review)]


def _time(writer: Writer) -> Iterator[tuple[Inline, ...]]:
    """Months from the incident to publication."""
    found = lags(writer, layout()["worth"]["incident"])
    middle = middle_of(found)
    if middle is None or len(found) < writer.options.policy.fewest_behind:
        return
    everything = tuple(each.review for each in found)
    yield inline("worth.lag", share=_share(writer, everything, say("worth.time")), months=rounded_months(middle))
    floor = 0.0
    for ceiling, name in (*_YEARS, (10**6, "over_three")):
        ids = tuple(each.review for each in found if floor <= each.middle < ceiling)
        floor = float(ceiling)
        label = say(f"worth.{name}")
        yield inline("worth.line", label=label, share=_share(writer, ids, label, len(found)))


def _balance(writer: Writer) -> Iterator[tuple[Inline, ...]]:
    """Praise beside blame, and the police beside the others in what is asked for."""
    episodes = writer.scope.episodes
    if episodes:
        coded = review_ids(episodes)
        praising = review_ids([e for e in episodes if is_good(e.direction)])
        only = tuple(i for i in coded if i not in praising)
        yield _begins("worth.deficit", _share(writer, only, say("worth.deficit_claim"), len(coded)))
    found = writer.scope.recommendations
    if found:
        asked = review_ids(asked_of_actor(found, writer.scope.protocol))
        yield _begins("worth.asked", _share(writer, asked, say("worth.asked_claim")))


def _why(writer: Writer) -> Iterator[tuple[Inline, ...]]:
    """Whether shortfalls are explained at all."""
    short = [e for e in writer.scope.episodes if is_shortfall(e.direction)]
    if not short:
        return
    silent = [e for e in short if e.explanation in UNEXPLAINED]
    explaining = review_ids([e for e in short if e.explanation not in UNEXPLAINED])
    never = tuple(review for review in review_ids(short) if review not in explaining)
    text = part_of(len(silent), len(short), "passage")
    share = writer.index.figure(text, say("worth.silent_claim"), review_ids(silent), (e.anchor for e in silent))
    yield _begins("worth.silent", share)
    yield _begins("worth.never", _share(writer, never, say("worth.never_claim"), len(review_ids(short))))


def orphaned(writer: Writer) -> dict[str, list[Episode]]:
    """Reviews that find police practice wanting and ask nothing of the police, with those passages."""
    asked = set(review_ids(asked_of_actor(writer.scope.recommendations, writer.scope.protocol)))
    found: dict[str, list[Episode]] = {}
    for episode in writer.scope.episodes:
        if is_shortfall(episode.direction) and episode.review_id not in asked:
            found.setdefault(episode.review_id, []).append(episode)
    return found


def _orphaned(writer: Writer) -> Iterator[tuple[Inline, ...]]:
    """Learning about the police that reaches no recommendation to them: how much, and in which reviews."""
    wanting = review_ids([e for e in writer.scope.episodes if is_shortfall(e.direction)])
    if not wanting:
        return
    found = orphaned(writer)
    yield _begins("worth.lost", _share(writer, tuple(found), say("worth.lost_claim"), len(wanting)))
    if writer.index.is_guarded:
        return  # a list of reviews can be counted
    citations = {review.review_id: review.citation for review in writer.scope.included}
    for review, episodes in found.items():
        passages = writer.passages(episodes, f"{say('worth.lost_claim')}, {citations[review]}")
        yield inline("worth.lost_review", citation=citations[review], passages=passages)
