"""Guards: when a cue does not mean what it says.

Scope is the clause: a guard counts when it stands before the cue in the same clause, as near as its group reaches
(`REACH` characters unless the group says otherwise), or behind it where its group follows the cue. Two things stop
it: an idiom it is only part of (“no doubt that he was suicidal”), and a word between the two that takes the cue for
granted (“did not recognise that she was depressed”). A cue inside a name (“Mental Health Trust”) is the name instead.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from goldthread.extraction.cues import Hit
from goldthread.extraction.reading import Said, clause_end, clause_start
from goldthread.protocol.lexicon import CueGroup, Lexicon

REACH = 90
_ANY = re.compile(r"\bany\b")


def guarded(low: str, said: Said, cue: Hit, guards: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether one of the guard groups takes the cue away."""
    groups = lexicon.all_guards(tuple(guards))
    if not said.has(groups):
        return False
    return any(_reaches(low, said, guard, cue, lexicon.groups[guard.group]) for guard in said.of(groups))


def _reaches(low: str, said: Said, guard: Hit, cue: Hit, group: CueGroup) -> bool:
    first, last = (cue, guard) if group.follows else (guard, cue)
    if not 0 <= last.start - first.end <= (group.reach or REACH):
        return False
    if group.follows:
        inside = clause_end(low, cue.end, said.end) >= guard.start
    else:
        inside = clause_start(low, said.start, cue.start) <= guard.start
    return inside and not part_of_idiom(said, guard, group) and not _taken_for_granted(low, said, guard, cue, group)


def part_of_idiom(said: Said, guard: Hit, group: CueGroup) -> bool:
    """Whether a guard is only part of words that deny nothing: “not only”, “no doubt”."""
    return any(idiom.start <= guard.start and guard.end <= idiom.end for idiom in said.of(group.unless_in))


def _taken_for_granted(low: str, said: Said, guard: Hit, cue: Hit, group: CueGroup) -> bool:
    """Whether a word such as “recognise” stands between the two; “did not recognise any …” denies all the same."""
    between = [each for each in said.of(group.presupposing) if guard.end <= each.start and each.end <= cue.start]
    return bool(between) and _ANY.search(low, guard.end, cue.start) is None


def within_name(cue: Hit, said: Said, names: Sequence[str]) -> bool:
    """Whether the cue is part of a longer name of an agency, law or service."""
    return said.has(names) and any(
        hit.group in names and hit.start <= cue.start and cue.end <= hit.end and hit[:2] != cue[:2]
        for hit in said.hits
    )


def stands(low: str, said: Said, cue: Hit, guards: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether no guard takes the cue away."""
    return not within_name(cue, said, lexicon.names_of_agencies) and not guarded(low, said, cue, guards, lexicon)
