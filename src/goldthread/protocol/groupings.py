"""Lists of groups that several tables share, written once under `[groupings]` and used by name."""

from __future__ import annotations

from typing import Any

from goldthread.protocol.check import Fault, nearest


def expand_groupings(whole: dict[str, Any]) -> list[Fault]:
    """Put the named list where an axis says `groups = "name"`, and take `groupings` out of `whole`.

    Works on the data as read from TOML, before validation; returns a fault for every unknown name.
    """
    groupings = whole.pop("groupings", {})
    faults = []
    whole["tables"] = [dict(table) for table in whole.get("tables", ())]
    for n, table in enumerate(whole["tables"]):
        for side in ("rows", "columns"):
            axis = table.get(side)
            name = axis.get("groups") if isinstance(axis, dict) else None
            if not isinstance(name, str):
                continue
            if name not in groupings:
                mend = nearest(name, groupings) or "write it under [groupings], or list the groups here"
                faults.append(Fault(("tables", n, side, "groups"), f"unknown grouping `{name}`", mend))
            table[side] = {**axis, "groups": groupings.get(name, [])}
    return faults
