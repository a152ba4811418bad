"""Another action plan than the protocol's own: one TOML file, with a crosswalk from the plan it replaces."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from pydantic import ValidationError

from goldthread.errors import ProtocolError, UsageError
from goldthread.protocol.check import Fault, model_faults, nearest
from goldthread.protocol.load import read_toml
from goldthread.protocol.places import line_of, places
from goldthread.protocol.plan import Plan


def read_plan(path: Path, known: Mapping[str, Plan], called: str = "") -> Plan:
    """The plan in a file; `known` are the plans it may replace, by id. Faults name the file as it is `called`.

    Raises UsageError when there is no such file, ProtocolError naming every fault by file and line.
    """
    if not path.is_file():
        raise UsageError("there is no such file", where=str(path), mend="name a plan as a TOML file")
    name = called or str(path)
    try:
        source = read_toml(path)
    except ProtocolError as fault:
        raise ProtocolError(fault.what, where=fault.where.replace(str(path), name), mend=fault.mend) from fault
    try:
        plan = Plan.model_validate(source.data)
    except ValidationError as error:
        faults = [_in_a_plan(fault) for fault in model_faults(error)]
    else:
        faults = list(plan_faults(plan, known))
        if not faults:
            return plan
    lines = places(source.text)
    told = sorted(((line_of(fault.path, lines), fault) for fault in faults), key=lambda each: each[0])
    listed = "".join(f"\n  {name}:{line}: {one.what}{f' — {one.mend}' if one.mend else ''}" for line, one in told)
    raise ProtocolError(f"{len(told)} fault{'s' if len(told) > 1 else ''} in this plan{listed}", where=name)


def plan_faults(plan: Plan, known: Mapping[str, Plan]) -> Iterator[Fault]:
    """What does not hold together in a plan beyond the shape of its parts."""
    ids = [action.id for action in plan.actions]
    if not ids:
        yield Fault(("actions",), "the plan has no actions", "add an `[[actions]]` entry for each")
    for n, name in enumerate(ids):
        if name in ids[:n]:
            yield Fault(("actions", n), f"the action `{name}` is there twice", "give each its own id")
    if plan.crosswalk and not plan.replaces:
        mend = f"say which plan it leads from: `replaces` is one of {', '.join(known)}" if known else "leave it out"
        yield Fault(("crosswalk", 0), "a crosswalk needs the plan it leads from", mend)
    before = known.get(plan.replaces)
    if plan.replaces and before is None:
        mend = nearest(plan.replaces, known) or f"known are {', '.join(known) or 'none'}; load that plan first"
        yield Fault(("replaces",), f"there is no plan `{plan.replaces}` in this study", mend)
    earlier = [action.id for action in before.actions] if before else None
    for n, line in enumerate(plan.crosswalk):
        if earlier is not None and line.action not in earlier:
            mend = nearest(line.action, earlier) or f"it has {', '.join(earlier)}"
            yield Fault(("crosswalk", n, "from"), f"the plan `{plan.replaces}` has no action `{line.action}`", mend)
        for m, name in enumerate(line.to):
            if name not in ids:
                mend = nearest(name, ids) or f"it has {', '.join(ids)}"
                yield Fault(("crosswalk", n, "to", m), f"this plan has no action `{name}`", mend)


def _in_a_plan(fault: Fault) -> Fault:
    """The keys a part of a protocol may have are other keys than those of a plan that stands alone."""
    if not fault.what.startswith("unknown key"):
        return fault
    keys = {"actions": ("id", "label", "text"), "crosswalk": ("from", "to", "note")}.get(
        str(fault.path[0]) if len(fault.path) > 1 else "",
        ("id", "title", "version", "source", "replaces", "actions", "crosswalk"),
    )
    mend = nearest(str(fault.path[-1]), keys) or f"known here: {', '.join(keys)}"
    return Fault(fault.path, fault.what, mend)
