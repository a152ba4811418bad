"""The one tree of errors: each knows what happened, where, and what to do next.

The edges turn an error into an exit code or a status, once.
"""

from __future__ import annotations


class GoldthreadError(Exception):
    """Anything Goldthread itself reports.

    `where` is a place a person can go to (file, page, line, key); `mend` says what to do next.
    """

    exit_code = 3

    def __init__(self, what: str, *, where: str = "", mend: str = "") -> None:
        self.what, self.where, self.mend = what, where, mend
        super().__init__(what)

    def __str__(self) -> str:
        parts = [f"{self.where}: {self.what}" if self.where else self.what]
        if self.mend:
            parts.append(self.mend)
        return " — ".join(parts)

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuild, (type(self), self.what, self.where, self.mend))


def _rebuild(kind: type[GoldthreadError], what: str, where: str, mend: str) -> GoldthreadError:
    return kind(what, where=where, mend=mend)


class UsageError(GoldthreadError):
    """The call itself is wrong: an unknown name, a missing path, a bad option."""

    exit_code = 2


class Overtaken(UsageError):
    """What somebody meant to change is no longer what they saw: it was changed meanwhile.

    `now` is the stamp of how it stands, with which the change may be made all the same; "" where it may not.
    `stands` says how it stands in words, for a person to choose by; "" where `what` has said it.
    """

    def __init__(self, what: str, *, where: str = "", mend: str = "", now: str = "", stands: str = "") -> None:
        super().__init__(what, where=where, mend=mend)
        self.now, self.stands = now, stands


class UnreadableInput(GoldthreadError):
    """A document, register or protocol that cannot be read."""

    exit_code = 2


class ProtocolError(UnreadableInput):
    """A protocol that does not hold together; `where` names file and line or key."""


class StudyFault(GoldthreadError):
    """The study folder or its store is missing, newer than this version, or damaged."""


class BrokenAnchor(StudyFault):
    """Stored text and quoted evidence no longer agree. Nothing resting on it may be published."""


class UnbalancedLedger(StudyFault):
    """Counts that must agree do not."""
