"""The plans findings are set beside: the protocol's own, and those a team loads."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa

from goldthread.errors import Overtaken, UsageError
from goldthread.findings.plans import Plans
from goldthread.protocol.check import nearest
from goldthread.protocol.plan import Plan
from goldthread.protocol.plan_files import read_plan
from goldthread.store import findings, journal
from goldthread.study.folder import Held


def plans_of(held: Held, connection: sa.Connection) -> Plans:
    """The plans of a study: the protocol's own first, then those loaded; the one in use."""
    own = (held.protocol.plan,) if held.protocol.plan else ()
    loaded = findings.plans(connection)
    known = (*own, *(each.plan for each in loaded if each.plan.id not in {plan.id for plan in own}))
    using = next((each.plan.id for each in loaded if each.in_use), own[0].id if own else "")
    return Plans(known, using or (known[0].id if known else ""))


def load_plan(held: Held, path: Path, who: str, called: str = "") -> Plan:
    """Load a plan from a file, or again a plan that was loaded before and has been corrected.

    Raises ProtocolError naming each fault by line; UsageError for the id of the protocol's own plan, and where
    findings are mapped to an action the corrected plan no longer has.
    """
    with held.database.write() as connection:
        known = plans_of(held, connection).by_id
        made = read_plan(path, known, called)
        if held.protocol.plan and made.id == held.protocol.plan.id:
            raise UsageError(
                f"{made.id!r} is the protocol's own plan",
                where=called or str(path),
                mend="give the new plan an id of its own",
            )
        before = known.get(made.id)
        if before == made:
            return made
        ids = {action.id for action in made.actions}
        for each in findings.load(connection):
            gone = [action for action in each.mapped(made.id) if action not in ids]
            if gone:
                raise UsageError(
                    f"{each.finding_id} is mapped to {gone[0]}, which the plan no longer has",
                    where=called or str(path),
                    mend="map that finding to other actions first, or load the plan under a new id",
                )
        findings.keep_plan(connection, made, who, journal.now())
        journal.append(connection, who, "plan", made.id, before=_told(before) if before else None, after=_told(made))
    return made


def use_plan(held: Held, plan_id: str, who: str, seen: str | None = None) -> Plan:
    """Set findings beside this plan from now on. What was mapped to other plans stays mapped.

    Raises Overtaken when the plan in use is not the one `seen`; None has just been read.
    """
    with held.database.write() as connection:
        plans = plans_of(held, connection)
        if plan_id not in plans.by_id:
            mend = nearest(plan_id, plans.by_id) or f"known are {', '.join(plans.by_id) or 'none'}"
            raise UsageError(f"there is no plan {plan_id!r} in this study", mend=mend)
        if seen is not None and seen != plans.using:
            told = f"findings are set beside {plans.by_id[plans.using].title} meanwhile"
            raise Overtaken(told, mend="look at the plan as it now stands", now=plans.using)
        if plan_id != plans.using:
            findings.use_plan(connection, plan_id)
            journal.append(connection, who, "adopt", plan_id, before={"plan": plans.using}, after={"plan": plan_id})
    return plans.by_id[plan_id]


def _told(plan: Plan) -> dict[str, object]:
    return {
        "title": plan.title,
        "version": plan.version,
        "actions": [action.id for action in plan.actions],
        "replaces": plan.replaces,
        "crosswalk": [[line.action, list(line.to)] for line in plan.crosswalk],
    }
