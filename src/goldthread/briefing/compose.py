"""A scope becomes a briefing: the sections of its kind, in order, over one evidence index."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from goldthread.analysis.records import ReviewRecord
from goldthread.briefing import front, learning, lessons, method, snapshot, themes, trends, worth
from goldthread.briefing.blocks import Block, Briefing, Heading, Items, Words
from goldthread.briefing.evidence import EvidenceIndex
from goldthread.briefing.phrases import counted
from goldthread.briefing.scope import Scope, types_of
from goldthread.briefing.tables import Place, printed, table_block
from goldthread.briefing.themes import Writer
from goldthread.briefing.wording import layout, paragraph, say, wording
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


def compose(kind: str, scope: Scope, made: str) -> Briefing:
    """The briefing of one kind (a key of the layout) about a scope. `made` is an ISO moment."""
    writer = Writer(scope, EvidenceIndex(), kind)
    sections = _sections(made)
    blocks = tuple(block for name in layout()[kind]["sections"] for block in sections[name](writer))
    reviews = scope.registered
    return Briefing(
        title=wording()["title"][kind],
        subtitle=_subtitle(scope),
        kind=kind,
        basis=scope.basis,
        language=scope.protocol.language,
        state=scope.study.state,
        made=made,
        blocks=blocks,
        evidence=writer.index.entries,
        citations={r.review_id: r.citation for r in scope.study.reviews},
        file_names={d.document_id: d.file_name for r in reviews for d in r.documents},
        titles={r.review_id: r.title for r in scope.study.reviews},
        documents={d.document_id: r.review_id for r in reviews for d in r.documents},
    )


def _sections(made: str) -> Mapping[str, Callable[[Writer], tuple[Block, ...]]]:
    return {
        "about": front.about,
        "snapshot": snapshot.section,
        "flow": front.chosen,
        "figures": _figures,
        "themes": themes.section,
        "lessons": lessons.section,
        "trends": trends.section,
        "worth": worth.section,
        "recommendations": learning.recommendations,
        "alignment": learning.alignment,
        "conclusion": learning.conclusion,
        "limits": lambda writer: (Heading(say("section.limits"), 1, "limits"), method.limits(writer)),
        "matrix": _matrix,
        "reviews": _reviews,
        "method": lambda writer: method.section(writer, made),
    }


def _subtitle(scope: Scope) -> str:
    return say(
        "subtitle.rounds" if scope.rounds else "subtitle.all",
        study=scope.study.name,
        rounds=[r.label or r.round for r in scope.rounds],
        registered=counted(len(scope.registered), "review"),
        included=f"{len(scope.included):,}" if scope.included else "none",
    )


def _figures(writer: Writer) -> tuple[Block, ...]:
    head = Heading(say("section.figures"), 1, "figures")
    blocks = printed(writer.scope, writer.kind, Place.FIGURES, writer.index)
    if not blocks:
        return head, paragraph("figures.none" if writer.scope.included else "figures.none_included")
    return head, paragraph("figures.intro"), *blocks


def _matrix(writer: Writer) -> tuple[Block, ...]:
    head = Heading(say("section.matrix"), 1, "matrix")
    if not writer.scope.included:
        return head, paragraph("matrix.none")
    blocks = printed(writer.scope, writer.kind, Place.MATRIX, writer.index)
    if not blocks:
        blocks = (table_block(writer.scope.tabulate(MATRIX), "matrix-table", writer.index, say("matrix.caption")),)
    return head, paragraph("matrix.intro"), *blocks


def _reviews(writer: Writer) -> tuple[Block, ...]:
    head = Heading(say("section.reviews"), 1, "reviews")
    if not writer.scope.included:
        return head, paragraph("reviews.none")
    return head, Items(tuple(_review(writer, review) for review in writer.scope.included))


def _review(writer: Writer, review: ReviewRecord) -> tuple[Words, ...]:
    scope = writer.scope
    sources = {source.id: source.label for source in scope.protocol.sources}
    details = [types_of(review, scope.protocol) or say("flow.untyped")]
    if review.publication_date:
        details.append(say("reviews.published", date=review.publication_date))
    if review.source:
        details.append(sources.get(review.source, review.source))
    details += [d.file_name for d in review.documents]
    if review.url:
        details.append(review.url)
    said = say("reviews.item", title=review.title, details=details)
    return Words(f"{review.citation}: ", strong=True), Words(said)
