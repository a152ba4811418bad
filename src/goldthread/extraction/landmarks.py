"""Words that mark where a date or an age may stand, found along with the lexicon's cues."""

from __future__ import annotations

from goldthread.extraction.numbers import MONTHS
from goldthread.protocol.lexicon import CueGroup

MONTH = "@month"
AGE = "@age"
BIRTH = "@birth"

LANDMARKS = {
    MONTH: CueGroup(cues=tuple(MONTHS)),
    AGE: CueGroup(cues=("aged", "age", "old", "at the time", "when (he|she|they)", "(he|she|who) was")),
    BIRTH: CueGroup(cues=("born", "date of birth", "dob", "d.o.b")),
}
