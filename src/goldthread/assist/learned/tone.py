"""The tone of a sentence and of the heading above it: praise, blame, what is wanted, and where it turns."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from goldthread.extraction.cues import Hit, Matcher
from goldthread.extraction.reading import Reading, Said
from goldthread.protocol.lexicon import CueGroup

_COUNTED = ("good", "bad", "wanted", "denied")
_TOLD = ("some", "all", "turn")
_MOST = 3  # of one kind in a sentence, and beyond it all are alike
_BEFORE_GOOD, _BEFORE_BAD = 30, 18  # characters before a word in which another may turn it round
_OPENS = 6  # characters from the beginning within which “however” opens a sentence


@dataclass(frozen=True, slots=True)
class Tone:
    """How often a sentence praises, blames, wants and denies; `first` and `last` lean before and after its turn."""

    counts: Counter[str]
    turn: str
    first: str
    last: str

    @property
    def lean(self) -> str:
        """Which side the whole sentence leans to."""
        return _lean(self.counts)


def tone_of(reading: Reading, said: Said) -> Tone:
    """The tone of one sentence."""
    hits = _matcher().scan(reading.low, said.start, said.end)
    told = [(hit.start, kind) for hit in hits for kind in _kinds(hit, hits)]
    turns = [hit for hit in hits if hit.group == "turn"]
    at = turns[-1].start if turns else said.start
    turn = "" if not turns else "opens" if at - said.start < _OPENS else "within"
    sides = [Counter(kind for start, kind in told if (start < at) == before) for before in (True, False)]
    return Tone(sides[0] + sides[1], turn, _lean(sides[0]), _lean(sides[1]))


def heading_tone(reading: Reading, said: Said) -> str:
    """Whether a sentence stands under a heading of strengths, of what must improve, of both, of neither, or none."""
    if said.heading < 0:
        return "none"
    above = reading.said[said.heading]
    found = {hit.group for hit in _matcher().scan(reading.low, above.start, above.end)}
    match "heading_good" in found, "heading_bad" in found:
        case True, True:
            return "both"
        case True, False:
            return "good"
        case False, True:
            return "bad"
        case _:
            return "plain"


def tone_signs(reading: Reading, place: int) -> Iterator[str]:
    """The signs that the tone of a sentence and of its heading give."""
    said = reading.said[place]
    tone, above = tone_of(reading, said), heading_tone(reading, said)
    yield from (f"+:{kind}{min(tone.counts[kind], _MOST)}" for kind in _COUNTED)
    yield from (f"+:{kind}" for kind in _TOLD if tone.counts[kind])
    yield f"+:lean {tone.lean}"
    if tone.turn:
        yield from (f"+:turn {tone.turn}", f"+:from {tone.first}", f"+:to {tone.last}")
    yield from (f"+:under {above}", f"+:under {above} {said.kind}", f"+:under {above} lean {tone.lean}")


def _kinds(hit: Hit, hits: Sequence[Hit]) -> Iterator[str]:
    """What a word counts as: praise denied or only wanted is blame, and blame denied is praise."""
    if hit.group == "good":
        yield "bad" if _turned(hit, hits, ("denied", "wanted"), _BEFORE_GOOD) else "good"
    elif hit.group == "bad":
        yield "good" if _turned(hit, hits, ("denied",), _BEFORE_BAD) else "bad"
    else:
        yield hit.group


def _turned(hit: Hit, hits: Sequence[Hit], by: Sequence[str], reach: int) -> bool:
    return any(each.group in by and hit.start - reach <= each.start < hit.start for each in hits)


def _lean(counts: Counter[str]) -> str:
    balance = 2 * (counts["good"] - counts["bad"] - counts["wanted"]) - counts["denied"]
    return "good" if balance > 0 else "bad" if balance < 0 else "even"


@cache
def _matcher() -> Matcher:
    told = tomllib.loads(resources.files(__package__).joinpath("data/tone.toml").read_text("utf-8"))
    return Matcher({name: CueGroup(**group) for name, group in told["groups"].items()})
