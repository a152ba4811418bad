"""The short parts of a briefing: the tables, the matrix, the limits, the reviews included."""

from __future__ import annotations

from goldthread.analysis.records import ReviewRecord
from goldthread.briefing.blocks import Block, Heading, Inline, Items, Words
from goldthread.briefing.scope import types_of
from goldthread.briefing.sections import method
from goldthread.briefing.sections.tables import Place, printed, table_block
from goldthread.briefing.sections.writer import Writer
from goldthread.briefing.words.wording import inline, paragraph, say
from goldthread.protocol.model import Axis, TableDefinition, TableKind

MATRIX = TableDefinition(
    id="matrix",
    title="Reviews and their themes",
    kind=TableKind.MATRIX,
    rows=Axis(field="review"),
    columns=Axis(field="theme"),
    percent_of="none",
    exclusive=False,
    show_missing=False,
    show_total=False,
)


def figures(writer: Writer) -> tuple[Block, ...]:
    head = Heading(say("section.figures"), 1, "figures")
    blocks = printed(writer, Place.FIGURES)
    if not blocks:
        return head, paragraph("figures.none" if writer.scope.included else "figures.none_included")
    return head, paragraph("figures.intro"), *blocks


def matrix(writer: Writer) -> tuple[Block, ...]:
    head = Heading(say("section.matrix"), 1, "matrix")
    if not writer.scope.included:
        return head, paragraph("matrix.none")
    blocks = printed(writer, Place.MATRIX)
    if not blocks:
        blocks = (table_block(writer.scope.tabulate(MATRIX), "matrix-table", writer.index, say("matrix.caption")),)
    return head, paragraph("matrix.intro"), *blocks


def reviews(writer: Writer) -> tuple[Block, ...]:
    head = Heading(say("section.reviews"), 1, "reviews")
    if not writer.scope.included:
        return head, paragraph("reviews.none")
    return head, Items(tuple(_review(writer, review) for review in writer.scope.included))


def _review(writer: Writer, review: ReviewRecord) -> tuple[Inline, ...]:
    scope = writer.scope
    sources = {source.id: source.label for source in scope.protocol.sources}
    details: list[str | Words] = [types_of(review, scope.protocol) or say("flow.untyped")]
    if review.publication_date:
        details.append(say("reviews.published", date=review.publication_date))
    if review.source:
        details.append(sources.get(review.source, review.source))
    details += [d.file_name for d in review.documents]
    if review.url:
        details.append(Words.address(review.url))
    return Words(f"{review.citation}: ", strong=True), *inline("reviews.item", title=review.title, details=details)


def limits(writer: Writer) -> tuple[Block, ...]:
    """What this briefing cannot say."""
    return Heading(say("section.limits"), 1, "limits"), method.limits(writer)
