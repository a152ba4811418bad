"""Publications about no single case, such as overviews of many: what they say beside the reviews, never counted."""

from __future__ import annotations

from collections.abc import Iterator

from goldthread.analysis.records import ReviewRecord
from goldthread.briefing.blocks import Block, Heading, Paragraph, Words
from goldthread.briefing.sections.quotes import chosen, readable
from goldthread.briefing.sections.writer import Writer
from goldthread.briefing.words.phrases import counted
from goldthread.briefing.words.wording import layout, paragraph, say
from goldthread.coding.model import Episode
from goldthread.errors import UsageError
from goldthread.protocol.check import nearest
from goldthread.values import State


def section(writer: Writer) -> tuple[Block, ...]:
    """The publications asked for, each theme by theme; nothing when none was."""
    found = publications(writer)
    if not found:
        return ()
    text = counted(len(found), "publication")
    ids = tuple(one.review_id for one in found)
    number = writer.index.figure(text, f"{say('section.context')}: {text}", ids)
    blocks: list[Block] = [
        Heading(say("section.context"), 1, "context"),
        paragraph("context.intro" if len(found) > 1 else "context.intro_one", number=number),
    ]
    for one in found:
        blocks += _publication(writer, one)
    return tuple(blocks)


def publications(writer: Writer) -> tuple[ReviewRecord, ...]:
    """Those asked for. Raises UsageError for one that is not registered here, or is counted already."""
    known = {one.review_id: one for one in writer.scope.registered}
    included = {one.review_id for one in writer.scope.included}
    for name in writer.options.context:
        if name not in known:
            mend = nearest(name, known) or "give the ids of registered publications"
            raise UsageError(f"{name} is not among the publications of this briefing", mend=mend)
        if name in included:
            mend = "leave it out of the included reviews first, or do not name it as context"
            raise UsageError(f"{name} is an included review, which is counted already", mend=mend)
    return tuple(known[name] for name in dict.fromkeys(writer.options.context))


def _publication(writer: Writer, one: ReviewRecord) -> Iterator[Block]:
    yield Heading(one.citation, 2, f"context-{one.review_id.lower()}")
    yield paragraph("context.source", title=one.title, published=one.publication_date)
    scope = writer.scope
    coded = [e for e in one.episodes if e.theme and scope.counts(e.state) and scope.speaks_of(e.theme)]
    if not coded:
        yield paragraph("context.none")
    for theme in scope.protocol.codebook.themes:
        group = [e for e in coded if e.theme == theme.id]
        told = _told(group)
        if told:
            yield Paragraph((Words(f"{theme.label}.", strong=True),))
            evidence = writer.index.cite(
                f"{say('section.context')}, {one.citation}, {theme.label}",
                (one.review_id,),
                (e.anchor for e in group),
            )
            yield from (writer.quote(e, evidence) for e in told)


def _told(group: list[Episode]) -> list[Episode]:
    """The few passages of a theme that are confirmed or read best alone, in the order of the document."""
    ranked = sorted(group, key=lambda e: (e.state is not State.CONFIRMED, *readable(e.anchor.quote), -e.confidence))
    picked: list[Episode] = []
    used: set[str] = set()
    for one in ranked:
        if len(picked) < layout()["context"]["quotes"]:
            picked += chosen([one], 1, used)
    return sorted(picked, key=lambda e: (e.anchor.document_id, e.anchor.start))
