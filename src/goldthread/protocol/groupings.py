"""Groups written once and used by name: shared columns of tables, and what a gazetteer knows of its places.

Both work on the data as read from TOML, before it is validated.
"""

from __future__ import annotations

import re
from typing import Any

from goldthread.protocol import gazetteers
from goldthread.protocol.check import GAZETTEERS, Fault, nearest

ATTRIBUTES = ("region", "nation", "kind", "force")
"""What the places of a gazetteer may be grouped by."""

NOWHERE = ("national", "National or special body")
"""Id and label of the group of places that have none of an attribute."""


def expand_attributes(whole: dict[str, Any]) -> list[Fault]:
    """Fill in derived fields that say `groups = "region"`: each region with the names of the gazetteer's places.

    `values` are filled in too unless the protocol lists them. Returns a fault for every attribute unknown.
    """
    fields = [dict(field) for field in whole.get("fields", ()) if isinstance(field, dict)]
    gazetteer_of = {field.get("id"): field.get("gazetteer") for field in fields}
    faults = []
    for n, field in enumerate(fields):
        attribute = field.get("groups")
        if not isinstance(attribute, str):
            continue
        field["groups"] = {}
        gazetteer = gazetteer_of.get(field.get("derived_from"))
        if attribute not in ATTRIBUTES or gazetteer not in GAZETTEERS:
            mend = nearest(attribute, ATTRIBUTES) or f"a gazetteer field may be grouped by {', '.join(ATTRIBUTES)}"
            faults.append(Fault(("fields", n, "groups"), f"nothing can be grouped by `{attribute}`", mend))
        else:
            _fill(field, attribute, gazetteer)
    if "fields" in whole:
        whole["fields"] = fields
    return faults


def _fill(field: dict[str, Any], attribute: str, gazetteer: str) -> None:
    labels: dict[str, str] = {}
    for place in gazetteers.load(gazetteer).places:
        label = getattr(place, attribute)
        name = re.sub(r"[^a-z0-9]+", "_", label.lower()).strip("_") or NOWHERE[0]
        labels.setdefault(name, label or NOWHERE[1])
        field["groups"].setdefault(name, []).append(place.name)
    field.setdefault("values", [{"id": name, "label": label} for name, label in labels.items()])


def expand_groupings(whole: dict[str, Any]) -> list[Fault]:
    """Put the named list where an axis says `groups = "name"`, and take `groupings` out of `whole`.

    Returns a fault for every unknown name.
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
