"""Findings in a briefing: each with its strength, what is for it and against it, why, and its place in the plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from goldthread.analysis.table import Table
from goldthread.briefing.blocks import Block, Box, Heading, Inline, Items, LiveFigure, Paragraph, Words
from goldthread.briefing.sections.quotes import chosen
from goldthread.briefing.sections.tables import Place, printed, table_block
from goldthread.briefing.sections.writer import Writer
from goldthread.briefing.words.phrases import counted, listed, lower_start
from goldthread.briefing.words.wording import inline, paragraph, say
from goldthread.findings import words
from goldthread.findings.board import Weighing
from goldthread.findings.model import Side
from goldthread.findings.plans import Carried
from goldthread.findings.table import alignment_table, findings_table, named
from goldthread.findings.weighing import Weighed, Weight
from goldthread.protocol.labels import value_label
from goldthread.protocol.model import TableDefinition, TableKind
from goldthread.protocol.plan import Action, Plan

_BESIDE = TableDefinition(
    id="beside-the-plan", title="Findings beside the plan", kind=TableKind.ALIGNMENT, percent_of="none"
)


def section(writer: Writer) -> tuple[Block, ...]:
    """Every finding; nothing where a study has made none."""
    found = writer.scope.weighing
    if found is None:
        return ()
    head = Heading(say("section.findings"), 1, "findings")
    number = len(found.weighed)
    were = "was" if number == 1 else "were"
    intro = paragraph("findings.intro", number=counted(number, "finding"), were=were, able=_able(writer, found))
    blocks: list[Block] = [head, intro]
    if number > 1:
        table = _fit_to_print(findings_table(found), writer)
        blocks.append(table_block(table, "findings-table", writer.index, say("findings.table")))
    used: set[str] = set()
    for each in found.weighed:
        blocks += _finding(writer, found, each, used)
    return (*blocks, paragraph("findings.untold") if writer.index.is_guarded else _rule(found))


def _fit_to_print(table: Table, writer: Writer) -> Table:
    """Without the strengths under a disclosure policy: how strong a finding is tells in how many reviews it is."""
    if not writer.index.is_guarded:
        return table
    kept = [n for n, column in enumerate(table.columns) if column.id != "strength"]
    rows = tuple(replace(row, cells=tuple(row.cells[n] for n in kept)) for row in table.rows)
    return replace(table, columns=tuple(table.columns[n] for n in kept), rows=rows)


def beside(writer: Writer) -> tuple[Block, ...]:
    """The plan's actions with the findings on each, then the gaps: findings on none, actions the plan before lost."""
    found = writer.scope.weighing
    plan = found.aligned.plans.plan if found else None
    if found is None or plan is None:
        return ()
    head = Heading(say("section.alignment"), 1, "alignment")
    intro = paragraph("findings.beside", plan=plan.title, version=plan.version)
    tables = printed(writer, Place.ALIGNMENT)
    if not tables:
        table = alignment_table(found, _BESIDE)
        tables = (table_block(table, "beside-the-plan", writer.index, say("findings.beside_table")),)
    return head, intro, *_followed(found), *tables, *_outside(writer, found)


def _finding(writer: Writer, found: Weighing, each: Weighed, used: set[str]) -> list[Block]:
    finding = each.finding
    blocks: list[Block] = [
        Heading(named(each), 2, f"finding-{finding.finding_id.lower()}"),
        _weight(writer, found, each),
    ]
    if each.mix:
        blocks.append(Paragraph(tuple(_why(writer, each))))
    if plan := found.aligned.plans.plan:
        blocks.append(_tags(found.aligned.by_finding[finding.finding_id], plan))
    if each.to_be_looked_at:
        blocks.append(Paragraph((Words(say("findings.changed"), emphasis=True),)))
    for side in Side:
        blocks += _quotes(writer, each, side, used)
    return blocks


def _weight(writer: Writer, found: Weighing, each: Weighed) -> Paragraph:
    claim = each.finding.finding_id
    guarded = writer.index.is_guarded
    strength = () if guarded else (Words(f"{words.strength(each, found.rule)}. ", strong=True),)
    supporting, opposing = each.supporting, each.opposing
    if not supporting.reviews:
        rest = inline("findings.unsupported", able=_share(writer, each, claim))
    else:
        rest = inline(
            "findings.weight",
            share=_share(writer, each, claim),
            passages=_passages(writer, supporting, f"{claim}, {say('findings.for')}"),
        )
    against = inline("findings.unopposed")
    if opposing.reviews:
        told = f"{claim}, {say('findings.against')}"
        against = inline(
            "findings.opposed", reviews=_reviews(writer, opposing, told), passages=_passages(writer, opposing, told)
        )
    return Paragraph((*strength, *rest, Words(" "), *against))


def _why(writer: Writer, each: Weighed) -> list[Inline]:
    """The explanations with their figures: "Why, where passages are for it: … in 3 reviews (5 passages); …"."""
    parts: list[Inline] = [Words(say("findings.why") + " ")]
    protocol = writer.scope.protocol
    several = len({line.direction for line in each.mix}) > 1
    for number, line in enumerate(each.mix):
        label = value_label("explanation", line.explanation, protocol) or say("findings.uncoded")
        if several:
            label = f"{label} ({lower_start(value_label('direction', line.direction, protocol))})"
        claim = f"{each.finding.finding_id}, {label}"
        parts += [Words("; ")] if number else []
        parts += inline(
            "findings.reason",
            label=lower_start(label) if number else label,
            reviews=_reviews(writer, line.weight, claim),
            passages=_passages(writer, line.weight, claim),
        )
    return [*parts, Words(".")]


def _tags(carried: Sequence[Carried], plan: Plan) -> Paragraph:
    labels = {action.id: f"{action.id} {action.label}" for action in plan.actions}
    if not carried:
        return paragraph("findings.untagged", plan=plan.title)
    key = "findings.carried" if carried[0].through else "findings.tags"
    return paragraph(key, plan=plan.title, actions=listed([labels[one.action] for one in carried]))


def _quotes(writer: Writer, each: Weighed, side: Side, used: set[str]) -> list[Block]:
    weight = each.weight(side)
    picked = chosen(weight.episodes, writer.limits["group"], used)
    if not picked:
        return []
    claim = f"{each.finding.finding_id}, {say(f'findings.{side.value}')}"
    evidence = _passages(writer, weight, claim).evidence
    lead = Paragraph((Words(say(f"findings.quoted_{side.value}"), strong=True),))
    return [lead, *(writer.quote(one, evidence) for one in picked)]


def _rule(found: Weighing) -> Box:
    """How strength is told, threshold by threshold, so that a reader may disagree."""
    lines = [(Words(f"{one.label}: ", strong=True), Words(words.asks(one))) for one in found.rule.strengths]
    note = (Paragraph((Words(found.rule.note, emphasis=True),)),) if found.rule.note else ()
    return Box(found.rule.title, (Items(tuple(lines)), *note))


def _outside(writer: Writer, found: Weighing) -> tuple[Block, ...]:
    head = Heading(say("section.additional"), 2, "outside-the-plan")
    if not found.aligned.outside:
        return head, paragraph("findings.all_inside")
    lines = []
    for each in found.aligned.outside:
        claim = f"{say('section.additional')}, {each.finding.finding_id}"
        figures = {
            "reviews": _reviews(writer, each.supporting, claim),
            "passages": _passages(writer, each.supporting, claim),
        }
        lines.append(inline("findings.outside_item", finding=named(each).rstrip("."), **figures))
    return head, paragraph("findings.outside"), Items(tuple(lines))


def _followed(found: Weighing) -> tuple[Block, ...]:
    """What became of the plan before, where a crosswalk leads from it."""
    walk = found.aligned.crosswalk
    if walk is None:
        return ()
    blocks: list[Block] = [paragraph("findings.followed", before=walk.before.title)]
    if walk.lost:
        blocks.append(paragraph("findings.lost", before=walk.before.title, actions=_labels(walk.lost)))
    if walk.new:
        blocks.append(paragraph("findings.new", before=walk.before.title, actions=_labels(walk.new)))
    return tuple(blocks)


def _labels(actions: Sequence[Action]) -> list[str]:
    return [f"{one.id} {one.label}" for one in actions]


def _able(writer: Writer, found: Weighing) -> LiveFigure:
    text = counted(len(found.over.able), "review")
    ids = tuple(one for one in found.over.types if one in found.over.able)
    return writer.index.figure(text, f"{say('findings.able')}: {text}", ids)


def _share(writer: Writer, each: Weighed, claim: str) -> LiveFigure:
    text, supporting = words.share(each), each.supporting
    anchors = (one.anchor for one in supporting.episodes)
    return writer.index.figure(text, f"{claim}, {say('findings.for')}: {text}", supporting.reviews, anchors)


def _reviews(writer: Writer, weight: Weight, claim: str) -> LiveFigure:
    return writer.reviews(weight.episodes, claim)


def _passages(writer: Writer, weight: Weight, claim: str) -> LiveFigure:
    return writer.passages(weight.episodes, claim)
