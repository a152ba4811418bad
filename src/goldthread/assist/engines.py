"""The engines that are installed, found by name; ours come in by the same door as anybody's."""

from __future__ import annotations

from importlib.metadata import entry_points

from goldthread.assist.engine import Engine
from goldthread.assist.learned.crosswalk import crosswalk_for
from goldthread.errors import UsageError
from goldthread.protocol.model import Protocol

GROUP = "goldthread.engines"
BY_RULE, BY_LEARNING = "lexicon", "learned"


def installed() -> tuple[str, ...]:
    """Names of the engines that can be used."""
    return tuple(sorted(point.name for point in entry_points(group=GROUP)))


def engine(name: str) -> Engine:
    """The engine of that name. Raises UsageError when none is installed."""
    for point in entry_points(group=GROUP):
        if point.name == name:
            made: Engine = point.load()()
            return made
    known = ", ".join(installed()) or "none"
    raise UsageError(f"there is no engine “{name}”", mend=f"choose one of: {known}")


def learned_from(used: Engine) -> frozenset[str]:
    """SHA-256 of the stored text of every document an engine learned from; on those it does better than on others.

    Empty for an engine that has no attribute `learned_from`.
    """
    return frozenset(getattr(used, "learned_from", ()))


def reads_words(used: Engine) -> bool:
    """Whether an engine's suggestions may change with the labels and definitions of a protocol.

    So for every engine that does not say otherwise by an attribute `reads_words`.
    """
    return bool(getattr(used, "reads_words", True))


def usual(protocol: Protocol) -> str:
    """The engine for a protocol when none is named: the learned one where its models serve it, else the rules."""
    return BY_LEARNING if crosswalk_for(protocol) else BY_RULE
