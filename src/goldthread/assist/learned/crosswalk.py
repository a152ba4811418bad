"""What each protocol calls the models' answers; which protocols the models can serve follows from it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from goldthread.protocol.model import Protocol


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """A protocol's own ids for the models' themes and explanations."""

    themes: Mapping[str, str]
    explanations: Mapping[str, str]


@cache
def crosswalks() -> Mapping[str, Crosswalk]:
    """For each protocol the models can serve, by its id, what it calls their answers."""
    told = tomllib.loads(resources.files(__package__).joinpath("data/crosswalk.toml").read_text("utf-8"))
    return {protocol: Crosswalk(ids["themes"], ids["explanations"]) for protocol, ids in told.items()}


def crosswalk_for(protocol: Protocol) -> Crosswalk | None:
    """How the models' answers are called in a protocol, or None when its codebook has no words for them."""
    found = crosswalks().get(protocol.id)
    if (
        found is None
        or not {protocol.codebook.home(theme) for theme in found.themes.values()} <= protocol.codebook.places
    ):
        return None
    return found
