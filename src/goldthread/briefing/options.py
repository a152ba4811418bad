"""What was asked of a briefing beside its kind, basis, rounds and filter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from goldthread.disclosure.policy import OPEN, Policy


@dataclass(frozen=True, slots=True)
class Options:
    """`themes` are the only ones to speak of (all when empty); `policy` what may be published of small numbers.

    `audiences` are those a sector briefing is for (all of the protocol's when empty); `reviews` the cases a spotlight
    tells (chosen by a rule when empty); `context` publications that are told beside the reviews and never counted.
    """

    themes: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    reviews: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    policy: Policy = field(default=OPEN)

    def plain(self) -> dict[str, Any]:
        """What differs from the usual, as JSON can hold it."""
        usual = asdict(Options())
        return {name: value for name, value in asdict(self).items() if value != usual[name]}

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> Options:
        """The options `plain` came from. Raises TypeError or ValueError for what never did."""
        given: dict[str, Any] = {
            name: tuple(map(str, value)) if isinstance(value, list | tuple) else value
            for name, value in plain.items()
        }
        if "policy" in given:
            given["policy"] = Policy(**{name: int(value) for name, value in dict(given["policy"]).items()})
        return cls(**given)


USUAL = Options()
"""Every theme, everything as counted."""
