"""Plans follow one another: what was mapped to one is carried to another through the crosswalk between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from goldthread.findings.model import Finding
from goldthread.protocol.plan import Action, Plan


@dataclass(frozen=True, slots=True)
class Carried:
    """An action a finding is aligned to. `through` is where it was mapped, as (plan id, action id); () when here."""

    action: str
    through: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Plans:
    """The plans a study has, in the order in which they came, and the one in use; none where there are none."""

    known: tuple[Plan, ...] = ()
    using: str = ""

    @cached_property
    def by_id(self) -> Mapping[str, Plan]:
        """Plan id → plan."""
        return {plan.id: plan for plan in self.known}

    @property
    def plan(self) -> Plan | None:
        """The plan in use."""
        return self.by_id.get(self.using)

    def aligned(self, finding: Finding) -> tuple[Carried, ...]:
        """The actions of the plan in use that a finding bears on, in the plan's order.

        What a person mapped to this plan stands alone; only where they mapped nothing to it are the actions of other
        plans carried here, from the nearest plan that has any.
        """
        plan = self.plan
        if plan is None:
            return ()
        own = finding.mapped(plan.id)
        if own:
            return tuple(Carried(action.id) for action in plan.actions if action.id in own)
        for other, leads in self._nearest(plan.id):
            mapped = finding.mapped(other)
            if mapped:
                through = {
                    a.id: tuple((other, one) for one in mapped if a.id in leads.get(one, ())) for a in plan.actions
                }
                return tuple(Carried(action, found) for action, found in through.items() if found)
        return ()

    def _nearest(self, start: str) -> Iterator[tuple[str, dict[str, frozenset[str]]]]:
        """The plans that crosswalks join to one, nearest first: id, and its actions → the actions of that one."""
        plan = self.by_id[start]
        here = {action.id: frozenset({action.id}) for action in plan.actions}
        waiting, seen = [(start, here)], {start}
        while waiting:
            name, leads = waiting.pop(0)
            for other, steps in self._beside(name):
                if other not in seen:
                    seen.add(other)
                    joined = {one: _union(leads.get(step, frozenset()) for step in to) for one, to in steps.items()}
                    waiting.append((other, joined))
                    yield other, joined

    def _beside(self, name: str) -> Iterator[tuple[str, dict[str, frozenset[str]]]]:
        """The plans next to one, each with its actions → the actions they share a line of a crosswalk with."""
        for plan in self.known:
            if plan.id == name and plan.replaces in self.by_id:
                yield plan.replaces, _forwards(plan)
            elif plan.replaces == name:
                yield plan.id, _backwards(plan)


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """What a crosswalk does: for each action of the plan before what it became, what was lost, and what is new.

    `dropped` are actions that a line says lead nowhere, `unmentioned` those that no line speaks of.
    """

    before: Plan
    after: Plan
    became: Mapping[str, tuple[str, ...]]
    notes: Mapping[str, tuple[str, ...]]
    dropped: tuple[Action, ...]
    unmentioned: tuple[Action, ...]
    new: tuple[Action, ...]

    @property
    def lost(self) -> tuple[Action, ...]:
        """The actions of the plan before that lead nowhere, in its order."""
        gone = {action.id for action in (*self.dropped, *self.unmentioned)}
        return tuple(action for action in self.before.actions if action.id in gone)


def crosswalk(plan: Plan, plans: Plans) -> Crosswalk | None:
    """What leads to a plan from the one it replaces; None where it replaces none that is known."""
    before = plans.by_id.get(plan.replaces)
    if before is None:
        return None
    leads = _forwards(plan)
    became = {a.id: tuple(one.id for one in plan.actions if one.id in leads.get(a.id, ())) for a in before.actions}
    named = {line.action for line in plan.crosswalk}
    reached = {name for found in became.values() for name in found}
    notes: dict[str, tuple[str, ...]] = {}
    for line in plan.crosswalk:
        if line.note:
            notes[line.action] = (*notes.get(line.action, ()), line.note)
    return Crosswalk(
        before=before,
        after=plan,
        became=became,
        notes=notes,
        dropped=tuple(a for a in before.actions if a.id in named and not became[a.id]),
        unmentioned=tuple(a for a in before.actions if a.id not in named),
        new=tuple(a for a in plan.actions if a.id not in reached),
    )


def _forwards(plan: Plan) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for line in plan.crosswalk:
        found[line.action] = found.get(line.action, frozenset()) | frozenset(line.to)
    return found


def _backwards(plan: Plan) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for line in plan.crosswalk:
        for one in line.to:
            found[one] = found.get(one, frozenset()) | {line.action}
    return found


def _union(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*sets)
