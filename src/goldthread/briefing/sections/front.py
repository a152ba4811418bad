"""How a briefing opens: what it covers, and how its reviews were chosen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from goldthread.briefing.blocks import (
    Block,
    CrossReference,
    FigureBlock,
    Heading,
    Inline,
    LiveFigure,
    Paragraph,
    Words,
)
from goldthread.briefing.figures import flow
from goldthread.briefing.formats.folding import shown
from goldthread.briefing.numbered import FIGURE
from goldthread.briefing.scope import screening_evidence
from goldthread.briefing.sections.writer import Writer
from goldthread.briefing.words.phrases import counted, day, listed, lower_start
from goldthread.briefing.words.wording import inline, paragraph, say
from goldthread.values import Basis


def registered(writer: Writer) -> LiveFigure:
    """ "36 reviews", bound to the reviews."""
    ids = tuple(r.review_id for r in writer.scope.registered)
    return writer.index.public(counted(len(ids), "review"), say("flow.registered"), ids)


def included(writer: Writer) -> LiveFigure:
    """ "11", bound to the reviews and the words by which they met the criteria."""
    reviews = writer.scope.included
    anchors = screening_evidence(reviews, writer.scope)
    number = f"{len(reviews):,}" if reviews else "none"
    return writer.index.public(number, say("flow.included"), (r.review_id for r in reviews), anchors)


def about(writer: Writer) -> tuple[Block, ...]:
    """What the briefing covers and how to read its figures."""
    scope = writer.scope
    blocks: list[Block] = [
        Heading(say("section.about"), 1, "about"),
        paragraph("about.people"),
        paragraph(
            "about.covers",
            registered=registered(writer),
            included=included(writer),
            study=scope.study.name,
            when=_when(writer),
        ),
    ]
    if len(scope.registered) < len(scope.study.reviews):
        whole = tuple(r.review_id for r in scope.study.reviews)
        figure = writer.index.public(
            counted(len(whole), "review"), f"All reviews of the study {scope.study.name}", whole
        )
        blocks.append(paragraph("about.whole", registered=figure))
    if scope.filtered:
        blocks.append(paragraph("about.filtered", filter=scope.filtered))
    if scope.themes:
        labels = [theme.label for theme in scope.protocol.codebook.themes if scope.speaks_of(theme.id)]
        blocks.append(paragraph("about.themes", themes=labels))
    blocks.append(paragraph("about.draft" if scope.basis is Basis.DRAFT else "about.confirmed"))
    policy = writer.options.policy
    if not policy.is_open:
        blocks += [paragraph("protection.about", policy=policy.describe()), paragraph("about.units")]
    else:
        blocks += [paragraph("about.thread"), paragraph("about.units")]
    if not scope.included:
        blocks.append(paragraph("about.nothing"))
    return tuple(blocks)


def _when(writer: Writer) -> str:
    rounds = [r.label or r.round for r in writer.scope.rounds]
    if rounds:
        return f" in {listed(rounds)}"
    found = sorted(r.found_at[:10] for r in writer.scope.registered if r.found_at)
    if not found:
        return ""
    return f" between {day(found[0])} and {day(found[-1])}" if found[0] != found[-1] else f" on {day(found[0])}"


def chosen(writer: Writer) -> tuple[Block, ...]:
    """The flow diagram, with its numbers repeated as figures that can be followed."""
    scope = writer.scope
    boxes = flow.stations(scope)
    titles = [f.title for f in scope.protocol.figures if f.kind == "flow" and writer.kind in f.briefings]
    caption = titles[0] if titles else say("flow.caption")
    picture = FigureBlock(flow.diagram(boxes, "flow"), caption, "flow", flow.alternative(boxes))
    diagram = CrossReference(picture.key, FIGURE, caption)
    return (Heading(say("section.flow"), 1, "how-chosen"), _intro(writer, diagram), picture, *_places(writer))


def _intro(writer: Writer, diagram: CrossReference) -> Paragraph:
    ledger = writer.scope.ledger
    excluded = tuple(i for ids in writer.scope.left_out.values() for i in ids)
    still_open = (*ledger.reviews("maybe"), *ledger.reviews("unscreened"))
    rest: tuple[Inline, ...] = ()
    if still_open:
        rest = inline("flow.rest", open=_figure(writer, still_open, say("flow.open")))
    sentence = inline(
        "flow.intro",
        diagram=diagram,
        registered=registered(writer),
        included=included(writer),
        verb="was" if ledger.included == 1 else "were",
        excluded=_figure(writer, excluded, say("flow.excluded")),
        any_out=bool(excluded),
        several_out=len(excluded) > 1,
        rest="\x04",
    )
    parts: list[Inline] = []
    for part in sentence:
        if isinstance(part, Words) and "\x04" in part.text:
            before, after = part.text.split("\x04")
            parts += [Words(before), *rest, Words(after)]
        else:
            parts.append(part)
    return Paragraph(tuple(p for p in parts if not isinstance(p, Words) or p.text))


def _figure(writer: Writer, ids: tuple[str, ...], claim: str) -> LiveFigure:
    wanted = set(ids)
    reviews = tuple(r for r in writer.scope.registered if r.review_id in wanted)
    number = f"{len(ids):,}" if ids else "none"
    return writer.index.public(number, claim, ids, screening_evidence(reviews, writer.scope))


def _places(writer: Writer) -> tuple[Paragraph, ...]:
    """Every place in the ledger that holds reviews left out or undecided, its number live."""
    ledger = writer.scope.ledger
    names = writer.scope.reason_labels
    reasons = [(shown(names.get(reason, reason)), ids) for reason, ids in writer.scope.left_out.items()]
    statuses = ((status, ledger.reviews(status)) for status in ("maybe", "unscreened"))
    still_open = [(say(f"flow.{status}"), ids) for status, ids in statuses if ids]
    lists = ((say("flow.excluded"), reasons), (say("flow.open"), still_open))
    return tuple(_place(writer, title, parts) for title, parts in lists if parts)


def _place(writer: Writer, title: str, parts: Sequence[tuple[str, tuple[str, ...]]]) -> Paragraph:
    """ "Left out, by main reason: out of date (2), no police involvement (1)." """
    runs = [(Words(f"{lower_start(label)} ("), _figure(writer, ids, f"{title}: {label}")) for label, ids in parts]
    return Paragraph((Words(f"{title}: "), *_run(runs)))


def _run(found: Sequence[tuple[Inline, ...]]) -> Iterator[Inline]:
    for number, parts in enumerate(found, start=1):
        yield from parts
        yield Words(")." if number == len(found) else "), ")
