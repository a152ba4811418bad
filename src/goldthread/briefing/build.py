"""A study becomes a briefing: a pure function from records to blocks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from goldthread.analysis.records import StudyRecord
from goldthread.analysis.tabulate import cases_of, tabulate_cases
from goldthread.briefing.blocks import Briefing
from goldthread.briefing.compose import compose
from goldthread.briefing.scope import Scope
from goldthread.briefing.wording import layout
from goldthread.errors import UsageError
from goldthread.protocol.conditions import all_hold
from goldthread.protocol.filters import describe
from goldthread.protocol.model import Condition, Protocol
from goldthread.values import Basis

KINDS = tuple(name for name, part in layout().items() if "sections" in part)
"""The kinds of briefing: those the layout gives sections."""


def build(
    kind: str,
    protocol: Protocol,
    study: StudyRecord,
    basis: Basis,
    where: Sequence[Condition] = (),
    rounds: Sequence[str] = (),
    made: str = "",
) -> Briefing:
    """The briefing of one kind over the reviews of `rounds` (all when empty) that meet `where`.

    `made` is the ISO moment of the study's last change; no clock is read. Anchors are taken as verified. Raises
    UsageError for a kind or round that does not exist, UnbalancedLedger when counts that must agree do not.
    """
    if kind not in KINDS:
        raise UsageError(f"there is no briefing of the kind `{kind}`", mend=f"kinds are {', '.join(KINDS)}")
    cases = cases_of(study, protocol, basis, rounds)
    scope = Scope(
        protocol=protocol,
        study=study,
        basis=basis,
        registered=tuple(case.record for case in cases if all_hold(where, case.values)),
        rounds=tuple(known for known in study.rounds if known.round in rounds),
        filtered="; ".join(describe(condition, protocol) for condition in where),
        tabulate=lambda definition: tabulate_cases(definition, protocol, cases, study, basis, where, rounds),
    )
    return replace(compose(kind, scope, made), study=study.name, rounds=tuple(rounds), where=tuple(where))
