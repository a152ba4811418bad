"""Words that mark where a date, a day told from another or an age may stand, found along with the lexicon's cues."""

from __future__ import annotations

from goldthread.extraction.numbers import MONTHS
from goldthread.protocol.lexicon import CueGroup

MONTH = "@month"
AGE = "@age"
BIRTH = "@birth"
LATER = "@later"

LANDMARKS = {
    MONTH: CueGroup(cues=tuple(MONTHS)),
    AGE: CueGroup(cues=("aged", "age", "old", "at the time", "when (he|she|they)", "(he|she|who) was")),
    LATER: CueGroup(cues=("(next|following) (day|morning|afternoon|evening)", "(day|days|week|weeks) (later|after)")),
    BIRTH: CueGroup(cues=("born", "date of birth", "dob", "d.o.b")),
}
