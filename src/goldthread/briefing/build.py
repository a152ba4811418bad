"""A study becomes a briefing: a pure function from records to blocks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from goldthread.analysis.records import ReviewRecord, StudyRecord
from goldthread.analysis.table import Table
from goldthread.analysis.tabulate import cases_of, tabulate_cases
from goldthread.briefing.blocks import Briefing
from goldthread.briefing.compose import Prose, compose
from goldthread.briefing.evidence import EvidenceIndex
from goldthread.briefing.options import USUAL, Options
from goldthread.briefing.protection import protected
from goldthread.briefing.scope import Scope
from goldthread.briefing.words.template import Template
from goldthread.briefing.words.template_files import shipped
from goldthread.errors import UsageError
from goldthread.findings.board import Board, Weighing, align, weighing
from goldthread.findings.table import alignment_table
from goldthread.protocol.check import nearest
from goldthread.protocol.conditions import all_hold
from goldthread.protocol.filters import describe
from goldthread.protocol.model import Condition, Protocol, TableDefinition, TableKind
from goldthread.values import Basis

CASES = "cases"
"""The part that tells single cases."""
KINDS = tuple(shipped())
"""The kinds of briefing that come with Goldthread."""


def build(
    kind: str,
    protocol: Protocol,
    study: StudyRecord,
    basis: Basis,
    where: Sequence[Condition] = (),
    rounds: Sequence[str] = (),
    made: str = "",
    *,
    templates: Mapping[str, Template] | None = None,
    prose: Prose | None = None,
    options: Options = USUAL,
    board: Board | None = None,
) -> Briefing:
    """The briefing of one kind over the reviews of `rounds` (all when empty) that meet `where`.

    `templates` are the kinds there are, those shipped where none are given; `prose` a study's own words for them;
    `board` the findings people made.
    `made` is the ISO moment of the study's last change; no clock is read. Anchors are taken as verified. Raises
    UsageError for a kind, round, theme or figure that does not exist and for a filter that leaves fewer reviews than
    the policy shows, UnbalancedLedger when counts that must agree do not.
    """
    template = template_of(kind, templates or shipped())
    scope = scope_of(protocol, study, basis, where, rounds, options, board)

    def written(about: Scope, index: EvidenceIndex) -> Briefing:
        return compose(template, about, made, prose, options, index)

    policy = options.policy
    if not policy.is_open and any(section.show == CASES for section in template.sections):
        raise UsageError(
            "this briefing tells single cases closely, which no policy on small numbers can cover",
            mend="make it without the policy, and decide case by case what is published",
        )
    if where and 0 < len(scope.included) < policy.fewest:
        raise UsageError(
            "too few reviews meet the filter to be told of under this policy: their list would say who they are",
            mend="widen the filter, or write about all reviews",
        )
    made_of = written(scope, EvidenceIndex()) if policy.is_open else protected(written, scope, policy)
    return replace(made_of, study=study.name, rounds=tuple(rounds), where=tuple(where), options=options)


def template_of(kind: str, known: Mapping[str, Template]) -> Template:
    """The outline of a kind. Raises UsageError where there is none."""
    if kind not in known:
        raise UsageError(
            f"there is no briefing of the kind `{kind}`",
            mend=nearest(kind, known) or f"kinds are {', '.join(known)}",
        )
    return known[kind]


def scope_of(
    protocol: Protocol,
    study: StudyRecord,
    basis: Basis,
    where: Sequence[Condition] = (),
    rounds: Sequence[str] = (),
    options: Options = USUAL,
    board: Board | None = None,
) -> Scope:
    """What a briefing is about. Each table is counted once, however often it is asked for.

    Once a study has findings, tables that set learning beside the plan show these and not themes.
    """
    for theme in options.themes:
        if theme not in protocol.theme_by_id:
            mend = nearest(theme, protocol.theme_by_id) or f"themes are {', '.join(protocol.theme_by_id)}"
            raise UsageError(f"the codebook has no theme `{theme}`", mend=mend)
    cases = cases_of(study, protocol, basis, rounds)
    registered = tuple(case.record for case in cases if all_hold(where, case.values))
    filtered = "; ".join(describe(condition, protocol) for condition in where)
    found = findings_of(board, registered, basis, study.state, filtered, options)
    counted: dict[TableDefinition, Table] = {}

    def tabulate(definition: TableDefinition) -> Table:
        if definition not in counted:
            if found and definition.kind is TableKind.ALIGNMENT:
                counted[definition] = alignment_table(found, definition)
            else:
                counted[definition] = tabulate_cases(definition, protocol, cases, study, basis, where, rounds)
        return counted[definition]

    return Scope(
        protocol=protocol,
        study=study,
        basis=basis,
        registered=registered,
        rounds=tuple(known for known in study.rounds if known.round in rounds),
        filtered=filtered,
        tabulate=tabulate,
        themes=options.themes,
        weighing=found,
    )


def findings_of(
    board: Board | None,
    reviews: Sequence[ReviewRecord],
    basis: Basis,
    state: str,
    filtered: str,
    options: Options,
) -> Weighing | None:
    """The findings weighed over some reviews, those alone that speak of the themes chosen; None for no finding."""
    if board is None or not board.standing:
        return None
    found = weighing(board, reviews, basis, state, filtered)
    if not options.themes:
        return found
    kept = tuple(each for each in found.weighed if {e.theme for e in each.supporting.episodes} & {*options.themes})
    return replace(found, weighed=kept, aligned=align(kept, board.plans)) if kept else None
