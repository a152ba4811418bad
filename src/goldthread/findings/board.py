"""All findings of a study with the plan they are set beside: weighed, aligned, and the gaps on both sides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from goldthread.analysis.records import ReviewRecord
from goldthread.findings.following import Passages
from goldthread.findings.model import Finding, Side
from goldthread.findings.plans import Carried, Crosswalk, Plans, crosswalk
from goldthread.findings.weighing import Ground, Weighed, ground, weigh
from goldthread.protocol.load import usual_strength
from goldthread.protocol.model import Protocol
from goldthread.protocol.plan import Action
from goldthread.protocol.strength import StrengthRule
from goldthread.values import Basis


@dataclass(frozen=True, slots=True)
class Board:
    """The findings as they stand in the study, before they are weighed over any reviews."""

    rule: StrengthRule
    plans: Plans = field(default_factory=Plans)
    findings: tuple[Finding, ...] = ()
    passages: Passages = field(default_factory=dict)

    @property
    def standing(self) -> tuple[Finding, ...]:
        """The findings nobody withdrew."""
        return tuple(each for each in self.findings if not each.withdrawn)

    def weigh(self, over: Ground) -> tuple[Weighed, ...]:
        """Every finding that stands, weighed over some reviews."""
        return tuple(weigh(each, self.passages, over, self.rule) for each in self.standing)


def bearing(board: Board) -> dict[str, tuple[tuple[str, Side], ...]]:
    """For each passage as it now stands, the findings that stand on it, each with the side it is on."""
    found: dict[str, list[tuple[str, Side]]] = {}
    for each in board.standing:
        for side in Side:
            now = {
                one.now.episode_id for name in each.evidence(side) if (one := board.passages.get(name)) and one.now
            }
            for episode in now:
                found.setdefault(episode, []).append((each.finding_id, side))
    return {episode: tuple(sides) for episode, sides in found.items()}


@dataclass(frozen=True, slots=True)
class Aligned:
    """Findings beside the plan in use.

    `by_action` has every action of the plan, `by_finding` every finding. `bare` are actions no finding bears on with
    evidence that counts, `outside` the findings that bear on no action. `crosswalk` is how this plan came from the
    one before, and `adrift` are findings people mapped to other plans, and for which this one has no place.
    """

    plans: Plans
    by_action: Mapping[str, tuple[Weighed, ...]]
    by_finding: Mapping[str, tuple[Carried, ...]]
    bare: tuple[Action, ...]
    outside: tuple[Weighed, ...]
    crosswalk: Crosswalk | None
    adrift: tuple[Weighed, ...]


@dataclass(frozen=True, slots=True)
class Weighing:
    """Findings weighed over some reviews and set beside the plan; `state` is the study's, `filtered` how narrowed."""

    rule: StrengthRule
    over: Ground
    weighed: tuple[Weighed, ...]
    aligned: Aligned
    state: str
    filtered: str = ""


def weighing(board: Board, reviews: Iterable[ReviewRecord], basis: Basis, state: str, filtered: str = "") -> Weighing:
    """The findings of a study weighed over the included ones of some reviews, and set beside the plan in use."""
    over = ground(reviews, basis)
    weighed = board.weigh(over)
    return Weighing(board.rule, over, weighed, align(weighed, board.plans), state, filtered)


def align(weighed: Sequence[Weighed], plans: Plans) -> Aligned:
    """Set weighed findings beside the plan in use."""
    by_finding = {each.finding.finding_id: plans.aligned(each.finding) for each in weighed}
    actions = plans.plan.actions if plans.plan else ()
    by_action = {
        action.id: tuple(
            each for each in weighed if action.id in {found.action for found in by_finding[each.finding.finding_id]}
        )
        for action in actions
    }
    outside = tuple(each for each in weighed if not by_finding[each.finding.finding_id])
    return Aligned(
        plans=plans,
        by_action=by_action,
        by_finding=by_finding,
        bare=tuple(action for action in actions if not _backed(by_action[action.id])),
        outside=outside,
        crosswalk=crosswalk(plans.plan, plans) if plans.plan else None,
        adrift=tuple(each for each in outside if each.finding.actions),
    )


def _backed(weighed: Iterable[Weighed]) -> bool:
    return any(each.supporting.episodes for each in weighed)


def rule_of(protocol: Protocol) -> StrengthRule:
    """How strong a finding is under a protocol: its own rule, or the usual one."""
    return protocol.findings or usual_strength()
