"""Guards: when a cue does not mean what it says.

Scope is the clause: a guard counts when it stands before the cue in the same clause, at most
`REACH` characters away. A cue inside a longer name (“Mental Health Trust”) is the name, not the thing.
"""

from __future__ import annotations

from collections.abc import Sequence

from goldthread.extraction.cues import Hit
from goldthread.extraction.reading import Said, clause_start

REACH = 90


def guarded(low: str, said: Said, cue: Hit, guards: Sequence[str]) -> bool:
    """Whether one of the guard groups stands before the cue in its clause."""
    if not said.has(guards):
        return False
    before = [hit for hit in said.hits if hit.group in guards and 0 <= cue.start - hit.end <= REACH]
    if not before:
        return False
    begin = clause_start(low, said.start, cue.start)
    return any(hit.start >= begin for hit in before)


def within_name(cue: Hit, said: Said, names: Sequence[str]) -> bool:
    """Whether the cue is part of a longer name of an agency, law or service."""
    return said.has(names) and any(
        hit.group in names and hit.start <= cue.start and cue.end <= hit.end and hit[:2] != cue[:2]
        for hit in said.hits
    )


def stands(low: str, said: Said, cue: Hit, guards: Sequence[str], names: Sequence[str]) -> bool:
    """Whether no guard takes the cue away."""
    return not within_name(cue, said, names) and not guarded(low, said, cue, guards)
