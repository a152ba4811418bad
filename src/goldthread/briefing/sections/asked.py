"""What the reviews recommend, looked at together: how specific the requests are, and which are made again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from goldthread.briefing.blocks import Block, Heading, Inline, Items, LiveFigure
from goldthread.briefing.sections.writer import Writer, review_ids
from goldthread.briefing.words.phrases import counted, part_of, spanned
from goldthread.briefing.words.wording import inline, layout, paragraph, say
from goldthread.coding.model import Recommendation
from goldthread.quality.asking import recommended
from goldthread.quality.repetition import Repeated
from goldthread.quality.specificity import labels, specificity


def section(writer: Writer) -> tuple[Block, ...]:
    """Signs of a specific request, each with its share, and the requests made in more than one review, quoted."""
    items = writer.scope.recommendations
    head = Heading(say("section.asked"), 1, "asked")
    if not items:
        return head, paragraph("asked.none")
    dates = {review.review_id: review.publication_date for review in writer.scope.included}
    found = recommended(items, dates, writer.scope.protocol.recommendations)
    claim = say("asked.total_claim")
    total, reviews = _share(writer, items, claim), writer.reviews(items, claim)
    blocks: list[Block] = [head, paragraph("asked.intro", total=total, reviews=reviews)]
    blocks += [Heading(say("asked.signs"), 2, "asked-signs"), paragraph("asked.by_words"), Items(_signs(writer))]
    blocks.append(Heading(say("asked.again"), 2, "asked-again"))
    return (*blocks, *_again(writer, found.repeated))


def _signs(writer: Writer) -> tuple[tuple[Inline, ...], ...]:
    items = writer.scope.recommendations
    shown = {item.recommendation_id: specificity(item) for item in items}
    lines = []
    for sign, label in labels().items():
        having = [item for item in items if sign in shown[item.recommendation_id]]
        lines.append(inline("asked.line", label=label, share=_share(writer, having, label, len(items))))
    return tuple(lines)


def _again(writer: Writer, groups: tuple[Repeated, ...]) -> Iterator[Block]:
    if not groups:
        yield paragraph("asked.never")
        return
    known = {item.recommendation_id: item for item in writer.scope.recommendations}
    everything = [known[one.recommendation_id] for group in groups for one in group.asked]
    share = _share(writer, everything, say("asked.again_claim"), len(known))
    yield paragraph("asked.repeated", requests=counted(len(groups), "request"), share=share)
    for group in groups[: layout()["asked"]["groups"]]:
        items = [known[one.recommendation_id] for one in group.asked]
        reviews = writer.reviews(items, say("asked.same_claim", id=items[0].recommendation_id))
        years = spanned(int(group.years[0]), int(group.years[-1])) if group.years else ""
        yield paragraph("asked.group", reviews=reviews, years=years)
        yield writer.quote(items[0], reviews.evidence)


def _share(writer: Writer, items: Sequence[Recommendation], claim: str, whole: int = 0) -> LiveFigure:
    text = part_of(len(items), whole, "recommendation")
    return writer.index.figure(text, f"{claim}: {text}", review_ids(items), (item.anchor for item in items))
