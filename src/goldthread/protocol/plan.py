"""Action plans: versioned data findings are set beside, each with the way that leads to it from the one before."""

from __future__ import annotations

from pydantic import ConfigDict, Field

from goldthread.protocol.record import Id, Record


class Action(Record):
    """One action of a plan."""

    id: Id
    label: str
    text: str = ""


class Crossing(Record):
    """One line of a crosswalk: what an action of the plan before has become in this one.

    An action may have several lines, and several actions may lead to one; `to` empty says it was dropped.
    """

    model_config = ConfigDict(validate_by_name=True, validate_by_alias=True)

    action: Id = Field(alias="from")
    to: tuple[Id, ...] = ()
    note: str = ""


class Plan(Record):
    """A versioned action plan that findings are aligned to; `crosswalk` leads to it from the plan it `replaces`."""

    id: Id
    title: str
    version: str
    source: str = ""
    replaces: str = ""
    actions: tuple[Action, ...]
    crosswalk: tuple[Crossing, ...] = ()
