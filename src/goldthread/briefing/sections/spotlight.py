"""A few cases told closely: what happened as the record has it, what practice did, why, and what was asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from goldthread.analysis.records import ReviewRecord
from goldthread.analysis.table import Cell, Column, Row, Table
from goldthread.analysis.units import ReviewCase, review_cases
from goldthread.briefing.blocks import Block, Box, Heading, Inline, Items, LiveFigure, Paragraph, Words
from goldthread.briefing.scope import is_described, is_good, is_shortfall, types_of
from goldthread.briefing.sections.learning import UNEXPLAINED
from goldthread.briefing.sections.quotes import readable
from goldthread.briefing.sections.tables import table_block
from goldthread.briefing.sections.writer import Writer
from goldthread.briefing.words.phrases import counted, day, lower_start
from goldthread.briefing.words.wording import inline, layout, paragraph, say
from goldthread.coding.model import Episode, Recommendation
from goldthread.errors import UsageError
from goldthread.protocol.check import nearest
from goldthread.protocol.conditions import Reading, Values
from goldthread.protocol.labels import field_label, value_label
from goldthread.protocol.model import FieldKind
from goldthread.values import Missing, State, Unit


def section(writer: Writer) -> tuple[Block, ...]:
    """The cases, each in the same order."""
    head = Heading(say("section.cases"), 1, "cases")
    told = cases(writer)
    if not told:
        return head, paragraph("spotlight.none")
    named = bool(writer.options.reviews)
    lead = paragraph("spotlight.named" if named else "spotlight.richest", number=counted(len(told), "case"))
    return (head, lead, *(block for review in told for block in _case(writer, review)))


def cases(writer: Writer) -> tuple[ReviewRecord, ...]:
    """The reviews asked for, else those with the richest evidence; a name or a place has no part in it.

    Raises UsageError for a review that is not among the included ones.
    """
    included = {one.review_id: one for one in writer.scope.included}
    for name in writer.options.reviews:
        if name not in included:
            mend = nearest(name, included) or "give the ids of included reviews"
            raise UsageError(f"{name} is not among the reviews included in this briefing", mend=mend)
    if writer.options.reviews:
        return tuple(included[name] for name in dict.fromkeys(writer.options.reviews))
    ranked = sorted(included.values(), key=lambda one: richness(writer, one), reverse=True)
    told: list[ReviewRecord] = []
    for one in ranked:
        if len(told) < layout()["spotlight"]["cases"] and richness(writer, one)[1] and not _again(one, told):
            told.append(one)
    return tuple(told)


def _again(review: ReviewRecord, told: Sequence[ReviewRecord]) -> bool:
    """Whether it is much the same text as a case already told: one case published twice."""
    known = {document.document_id for each in told for document in each.documents}
    return any(known & {*document.near_duplicates, document.duplicate_of} for document in review.documents)


def richness(writer: Writer, review: ReviewRecord) -> tuple[int, int, int]:
    """Passages that judge practice: those a person confirmed, all that count, and those with a reason given."""
    found = judged(writer, review)
    confirmed = sum(e.state is State.CONFIRMED for e in found)
    return confirmed, len(found), sum(e.explanation not in UNEXPLAINED for e in found)


def judged(writer: Writer, review: ReviewRecord) -> tuple[Episode, ...]:
    """The countable passages of a review that judge practice, in the order of its documents."""
    order = {one.document_id: n for n, one in enumerate(review.documents)}
    found = (
        e
        for e in review.episodes
        if writer.scope.counts(e.state) and not is_described(e.direction) and writer.scope.speaks_of(e.theme)
    )
    return tuple(sorted(found, key=lambda e: (order.get(e.anchor.document_id, len(order)), e.anchor.start)))


def _case(writer: Writer, review: ReviewRecord) -> Iterator[Block]:
    found = judged(writer, review)
    key = f"case-{review.review_id.lower()}"
    yield Heading(review.citation, 2, key)
    yield paragraph(
        "spotlight.source",
        title=review.title,
        type=types_of(review, writer.scope.protocol) or say("flow.untyped"),
        published=review.publication_date,
    )
    yield Heading(say("spotlight.happened"), 3, f"{key}-happened")
    yield from _facts(writer, review)
    yield Heading(say("spotlight.practice"), 3, f"{key}-practice")
    yield from _practice(writer, review, found)
    short = [e for e in found if is_shortfall(e.direction)]
    yield from _why(writer, review, short, key)
    yield Heading(say("spotlight.asked"), 3, f"{key}-asked")
    yield from _asked(writer, review, short)
    yield from _questions(writer, short)


def _facts(writer: Writer, review: ReviewRecord) -> Iterator[Block]:
    """What the record says of the case, field by field, each value with its words; then what it leaves out."""
    (case,) = review_cases((review,), writer.scope.protocol, writer.scope.basis)
    rows: list[Row] = []
    silent: list[str] = []
    for name in layout()["spotlight"]["facts"]:
        if name not in writer.scope.protocol.field_by_id:
            continue
        for label, reading in _readings(writer, case, name):
            if reading.stated:
                said = ", ".join(_as_said(writer, name, stated.value) for stated in reading.stated)
                anchors = tuple(dict.fromkeys(a for stated in reading.stated for a in stated.anchors))
                cell = Cell(said, None, None, None, (review.review_id,), anchors)
                rows.append(Row(f"{name}-{len(rows)}", label, "value", (cell,)))
            elif reading.missing in (Missing.NOT_STATED, Missing.WITHHELD):
                silent.append(lower_start(label))
    if rows:
        caption = say("spotlight.facts", case=review.citation)
        yield table_block(_table(writer, rows, caption), f"facts-{review.review_id.lower()}", writer.index, caption)
    else:
        yield paragraph("spotlight.no_facts")
    if silent:
        yield paragraph("spotlight.silent", fields=silent)


def _table(writer: Writer, rows: Sequence[Row], caption: str) -> Table:
    return Table(
        id="facts",
        title=caption,
        unit=Unit.REVIEW,
        unit_label="review",
        basis=writer.scope.basis,
        population=1,
        row_label=say("spotlight.record"),
        columns=(Column("said", say("spotlight.said"), None),),
        rows=tuple(rows),
        notes=(),
        state=writer.scope.study.state,
        filtered="",
    )


def _readings(writer: Writer, case: ReviewCase, name: str) -> Iterator[tuple[str, Reading]]:
    field = writer.scope.protocol.field_by_id[name]
    people: Sequence[Values] = {
        Unit.SUBJECT: case.values.subjects,
        Unit.SUSPECT: case.values.suspects,
    }.get(field.unit, (case.values,))
    label = field_label(name, writer.scope.protocol)
    for number, person in enumerate(people, 1):
        yield (f"{label} ({number})" if len(people) > 1 else label), person[name]


def _as_said(writer: Writer, name: str, value: str) -> str:
    kind = writer.scope.protocol.field_by_id[name].kind
    if kind is FieldKind.AGE and value.isdigit():
        return say("spotlight.infant") if value == "0" else counted(int(value), "year")
    if kind is FieldKind.DATE:
        return day(value)
    return value_label(name, value, writer.scope.protocol)


def _practice(writer: Writer, review: ReviewRecord, found: Sequence[Episode]) -> Iterator[Block]:
    if not found:
        yield paragraph("spotlight.no_practice")
        return
    figures = {
        key: writer.passages([e for e in found if of(e.direction)], f"{review.citation}, {say(f'spotlight.{key}')}")
        for key, of in (("short", is_shortfall), ("good", is_good))
    }
    told = _told(found, writer.limits["theme"])
    yield paragraph("spotlight.counts" if len(told) == len(found) else "spotlight.counts_some", **figures)
    for episode in told:
        yield Paragraph((Words(_standing(episode), strong=True), Words(_coded(writer, episode))))
        evidence = writer.index.cite(
            f"{review.citation}, {_coded(writer, episode)}", (review.review_id,), (episode.anchor,)
        )
        yield writer.quote(episode, evidence)


def _told(found: Sequence[Episode], most: int) -> list[Episode]:
    """At most so many passages: the best of those on good practice too, in the order of the document.

    Confirmed ones come first, then those that read best alone, those with a reason, and higher confidence.
    """
    ranked = sorted(
        found,
        key=lambda e: (
            e.state is not State.CONFIRMED,
            *readable(e.anchor.quote),
            e.explanation in UNEXPLAINED,
            -e.confidence,
        ),
    )
    good = [e for e in ranked if is_good(e.direction)][: max(1, most // 3)]
    rest = [e for e in ranked if e not in good][: most - len(good)]
    kept = {e.episode_id for e in (*good, *rest)}
    return [e for e in found if e.episode_id in kept]


def _standing(episode: Episode) -> str:
    key = "spotlight.was_good" if is_good(episode.direction) else "spotlight.was_short"
    return f"{say(key)}. "


def _coded(writer: Writer, episode: Episode) -> str:
    """Theme, sub-theme and reason in words."""
    protocol = writer.scope.protocol
    names = [("theme", episode.theme), ("subtheme", episode.subtheme)]
    if episode.explanation not in UNEXPLAINED:
        names.append(("explanation", episode.explanation))
    words = [value_label(name, value, protocol) for name, value in names if value]
    return f"{'; '.join([words[0], *map(lower_start, words[1:])])}." if words else ""


def _why(writer: Writer, review: ReviewRecord, short: Sequence[Episode], key: str) -> Iterator[Block]:
    if not short:
        return
    yield Heading(say("spotlight.why"), 3, f"{key}-why")
    told = Counter(e.explanation for e in short if e.explanation not in UNEXPLAINED)
    lines: list[tuple[Inline, ...]] = []
    for explanation, _ in told.most_common():
        group = [e for e in short if e.explanation == explanation]
        label = value_label("explanation", explanation, writer.scope.protocol)
        lines.append((Words(f"{label}: "), writer.passages(group, f"{review.citation}, {label}")))
    if lines:
        yield Items(tuple(lines))
    silent = [e for e in short if e.explanation in UNEXPLAINED]
    if silent:
        claim = f"{review.citation}, {say('sector.unexplained')}"
        yield paragraph("spotlight.unexplained", passages=_opening(writer.passages(silent, claim)))


def _asked(writer: Writer, review: ReviewRecord, short: Sequence[Episode]) -> Iterator[Block]:
    found = [one for one in review.recommendations if writer.scope.counts(one.state)]
    if not found:
        yield paragraph("spotlight.none_asked")
        return
    text = counted(len(found), "recommendation")
    claim = f"{review.citation}, {say('section.recommendations')}: {text}"
    number = writer.index.figure(text, claim, (review.review_id,), (r.anchor for r in found))
    told = sorted(found, key=lambda one: (one.state is not State.CONFIRMED, *readable(one.anchor.quote)))
    kept = {one.recommendation_id for one in told[: layout()["spotlight"]["recommendations"]]}
    some = "" if len(kept) == len(found) else "_some"
    yield paragraph(f"spotlight.recommendations{some}", recommendations=_opening(number))
    before = ""
    for one in found:
        if one.recommendation_id in kept:
            addressed, answers = _addressed(writer, one), _answers(writer, review, one)
            if addressed != before or answers:
                yield Paragraph((Words(addressed, strong=True), *answers))
            yield writer.quote(one, number.evidence)
            before = addressed
    linked = {link.episode_id for link in review.links}
    orphans = [e for e in short if e.episode_id not in linked]
    if linked and orphans:
        claim = f"{review.citation}, {say('spotlight.orphaned_claim')}"
        yield paragraph("spotlight.orphaned", passages=_opening(writer.passages(orphans, claim)))


def _addressed(writer: Writer, one: Recommendation) -> str:
    label = value_label("addressee", one.addressee, writer.scope.protocol) if one.addressee else ""
    return f"{label or say('recommendations.unaddressed')}."


def _answers(writer: Writer, review: ReviewRecord, one: Recommendation) -> tuple[Inline, ...]:
    """The pages of the passages a person linked it to."""
    linked = {link.episode_id for link in review.links if link.recommendation_id == one.recommendation_id}
    found = [e for e in review.episodes if e.episode_id in linked and writer.scope.counts(e.state)]
    if not found:
        return ()
    claim = f"{review.citation}, {say('spotlight.answered_claim')}, {one.recommendation_id}"
    pages = [f"page {number}" for number in sorted({e.anchor.page for e in found})]
    return (Words(" "), *inline("spotlight.answers", passages=writer.passages(found, claim), pages=pages))


def _questions(writer: Writer, short: Sequence[Episode]) -> Iterator[Block]:
    most = Counter(e.theme for e in short)
    themes = [one for one in writer.scope.protocol.codebook.themes if most[one.id] and one.questions]
    themes.sort(key=lambda one: -most[one.id])
    lines = tuple((Words(question),) for one in themes[:2] for question in one.questions[:2])
    if lines:
        yield Box(say("spotlight.questions"), (Items(lines),))


def _opening(figure: LiveFigure) -> LiveFigure:
    return LiveFigure(figure.text[:1].upper() + figure.text[1:], figure.evidence)
