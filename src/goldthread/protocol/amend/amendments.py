"""Amendments in their order, and the protocol they make of the one a study began with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pydantic import ValidationError

from goldthread.errors import GoldthreadError, ProtocolError, UsageError
from goldthread.protocol.amend.book import with_code
from goldthread.protocol.amend.changes import (
    SILENT,
    WORDS,
    Change,
    MergeCodes,
    MoveCode,
    OfCodebook,
    RetireCode,
    SplitCode,
)
from goldthread.protocol.amend.editing import edited
from goldthread.protocol.amend.naming import find
from goldthread.protocol.amend.parts import with_part
from goldthread.protocol.check import cross_faults
from goldthread.protocol.codebook import Codebook, Place
from goldthread.protocol.model import Protocol


@dataclass(frozen=True, slots=True)
class Amendment:
    """A change a study made to its protocol: the `n`th, when, by whom, why, and what it says in words.

    `withdrawn_at` and `withdrawn_by` say that it was taken back; "" while it stands.
    """

    n: int
    at: str
    who: str
    reason: str
    says: str
    change: Change
    withdrawn_at: str = ""
    withdrawn_by: str = ""

    @property
    def stands(self) -> bool:
        """Whether it has not been taken back."""
        return not self.withdrawn_at


def amended(protocol: Protocol, amendments: Iterable[Amendment]) -> Protocol:
    """The protocol as the amendments that stand make it, in their order.

    Raises ProtocolError naming the first amendment that does not fit, or after which the protocol does not hold
    together: what is amended is held to the same rules as what is read from files.
    """
    for one in amendments:
        if one.stands:
            try:
                protocol = applied(protocol, one.change)
            except GoldthreadError as fault:
                raise ProtocolError(
                    f"amendment {one.n} no longer fits the protocol: {fault.what}",
                    where=f"amendment {one.n}",
                    mend=fault.mend,
                ) from fault
    return protocol


def applied(protocol: Protocol, change: Change) -> Protocol:
    """The protocol after one more change. Raises UsageError when it does not fit."""
    try:
        made = with_code(change, protocol) if isinstance(change, OfCodebook) else with_part(change, protocol)
    except ValidationError as fault:
        first = fault.errors(include_url=False)[0]
        raise UsageError(f"{first['loc'][-1]}: {first['msg']}", mend="mend that and try again") from fault
    if made == protocol and not (isinstance(change, SplitCode) and change.into):
        raise UsageError("that is how it stands already, so nothing would change", mend="change something")
    faults = cross_faults(made)
    if faults:
        raise UsageError(f"the protocol would not hold together: {faults[0].what}", mend=faults[0].mend)
    return edited(made, amendments=protocol.amendments + 1)


def carried(change: Change, before: Codebook, after: Codebook) -> Mapping[Place, Place]:
    """Where each code's passages go by a change, those left out staying where they are."""
    if not isinstance(change, MoveCode | MergeCodes | RetireCode):
        return {}
    if isinstance(change, RetireCode) and not change.instead:
        return {}
    touched = find(change.code, before)
    moved = {place: after.home(*place) for place in before.places if place[0] == touched[0]}
    return {place: new for place, new in moved.items() if place != new}


def mark(amendments: Sequence[Amendment], *, words: bool) -> str:
    """What stands of some amendments as far as an engine reads for it; the same mark, the same reading.

    With `words`, as an engine reads that is told the labels and definitions of what it looks for.
    """
    silent = SILENT if words else (*SILENT, *WORDS)
    kept = [one for one in amendments if one.stands and one.change.kind not in silent]
    return "\n".join(one.change.model_dump_json() for one in kept)
