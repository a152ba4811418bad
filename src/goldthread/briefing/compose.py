"""A scope becomes a briefing: the sections of its outline, in order, over one evidence index."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from goldthread.briefing.blocks import Block, Box, Briefing, Heading
from goldthread.briefing.evidence import EvidenceIndex
from goldthread.briefing.options import USUAL, Options
from goldthread.briefing.scope import Scope
from goldthread.briefing.sections.builders import BUILDERS
from goldthread.briefing.sections.tables import computed
from goldthread.briefing.sections.writer import Writer
from goldthread.briefing.words import prose
from goldthread.briefing.words.phrases import counted
from goldthread.briefing.words.template import SectionOutline, Template
from goldthread.briefing.words.wording import reworded, say

Prose = Mapping[tuple[str, str], str]
"""(Section id, slot) → the words that stand there in place of the outline's."""


def compose(
    template: Template,
    scope: Scope,
    made: str,
    own: Prose | None = None,
    options: Options = USUAL,
    index: EvidenceIndex | None = None,
) -> Briefing:
    """The briefing of one kind about a scope, with a study's own words. `made` is an ISO moment.

    Raises UsageError, with the place, for a figure that prose names and that does not exist.
    """
    writer = Writer(scope, index or EvidenceIndex(), template, template.sections[0], made, options)
    with reworded(template.wording):
        blocks = tuple(block for section in template.sections for block in _section(writer, section, own or {}))
        subtitle = _subtitle(scope)
    reviews = scope.registered
    return Briefing(
        title=template.title,
        subtitle=subtitle,
        kind=template.kind,
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
        public=writer.index.shown_to_all,
    )


def _section(writer: Writer, section: SectionOutline, own: Prose) -> Iterable[Block]:
    """The heading, the words before, the part the section shows, its tables, the words after."""
    before, after = (_prose(writer, section, slot, own) for slot in ("text", "after"))
    if section.box and before:
        before = (Box(section.box, before),)
    shown = BUILDERS[section.show](replace(writer, section=section)) if section.show else ()
    tables = computed(writer, [writer.scope.protocol.table_by_id[table] for table in section.tables])
    if section.show and not shown and not tables:
        return ()
    head, rest = _headed(section, shown)
    return (*head, *before, *rest, *tables, *after)


def _headed(section: SectionOutline, shown: tuple[Block, ...]) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """The heading a section stands under, in the outline's words where it has any, and what follows it."""
    match shown:
        case (Heading() as first, *rest):
            return (replace(first, text=section.heading or first.text),), tuple(rest)
        case (Box() as first, *rest):
            return (), (replace(first, title=section.heading or first.title), *rest)
        case _ if section.heading:
            return (Heading(section.heading, 1, f"part-{section.id}"),), shown
        case _:
            return (), shown


def _prose(writer: Writer, section: SectionOutline, slot: str, own: Prose) -> tuple[Block, ...]:
    words = own.get((section.id, slot))
    if words is not None:
        where = f"the words of this study for “{section.heading or section.id}”"
        return prose.blocks(words, writer.figures, writer.index, where)
    standing = section.text if slot == "text" else section.after
    return prose.blocks(standing, writer.figures, writer.index, writer.template.place(section.id, slot))


def _subtitle(scope: Scope) -> str:
    return say(
        "subtitle.rounds" if scope.rounds else "subtitle.all",
        study=scope.study.name,
        rounds=[r.label or r.round for r in scope.rounds],
        registered=counted(len(scope.registered), "review"),
        included=f"{len(scope.included):,}" if scope.included else "none",
    )
