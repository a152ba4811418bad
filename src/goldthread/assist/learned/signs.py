"""The signs by which the models know a sentence: its words, who is named, the cues in it and beside it, its document.

A sign is a short text; all signs of a sentence together have length one, so long sentences weigh no more than short.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from goldthread.assist.learned.spoken import MARKS, WHO, Bodies, Spoken, runs, spoken
from goldthread.coding.asks import Ask
from goldthread.coding.passages import DESCRIBED, Passage
from goldthread.documents.model import BlockKind, Role
from goldthread.extraction.reading import Reading, Said
from goldthread.protocol.lexicon import Lexicon

_BACK, _AHEAD, _SHORT_DOCUMENT = 6, 3, 150  # sentences
_ASKING = frozenset({Role.CONCERNS, Role.RECOMMENDATIONS})
_DENSE = 0.15  # share of sentences that name the police
_FARTHEST = 6  # sentences, and beyond it all are alike
_LOOK_BACK = 4  # sentences in which to look for who “they” are
BESIDE = 0.5  # what a sign of a neighbour or of the document counts


@dataclass(frozen=True)
class View:
    """One document as the models see it: its reading, and what the rules found in it."""

    reading: Reading
    lexicon: Lexicon
    passages: Mapping[int, Passage]
    asks: Mapping[int, Ask]
    bodies: Bodies
    _spoken: dict[int, Spoken] = field(default_factory=dict)

    @classmethod
    def of(cls, reading: Reading, lexicon: Lexicon, passages: Sequence[Passage], asks: Sequence[Ask]) -> View:
        """A reading with the passages and recommendations found by rule."""
        return cls(
            reading,
            lexicon,
            {each.said.place: each for each in passages},
            {each.said.place: each for each in asks},
            Bodies.of(lexicon),
        )

    def spoken(self, place: int) -> Spoken:
        """The words of one sentence."""
        known = self._spoken.get(place)
        if known is None:
            known = self._spoken[place] = spoken(self.reading, self.reading.said[place], self.bodies)
        return known

    @cached_property
    def police(self) -> tuple[bool, ...]:
        """Which sentences name the police."""
        return tuple(self.bodies.names_police(said) for said in self.reading.said)

    @cached_property
    def since(self) -> tuple[int, ...]:
        """How many sentences ago the police were named."""
        return tuple(_distances(self.police))

    @cached_property
    def until(self) -> tuple[int, ...]:
        """In how many sentences the police are named next."""
        return tuple(_distances(self.police[::-1]))[::-1]

    @cached_property
    def within_reach(self) -> tuple[int, ...]:
        """Places of the sentences that can be about police practice or ask for something; others are not read."""
        said = self.reading.said
        named = sum(self.police)
        short = named > 0 and (len(said) <= _SHORT_DOCUMENT or named > _DENSE * len(said))
        return tuple(
            each.place
            for each in said
            if short
            or self.since[each.place] <= _BACK
            or self.until[each.place] <= _AHEAD
            or each.role in _ASKING
            or each.place in self.asks
        )

    @cached_property
    def document_signs(self) -> tuple[str, ...]:
        """What kind of document it is, by how much of it the police are in and by its sections."""
        said = self.reading.said
        n = max(1, len(said))
        judged = sum(each.direction != DESCRIBED for each in self.passages.values())
        shares = (("police", sum(self.police), 7), ("told", len(self.passages), 7), ("judged", judged, 5))
        made = [f"d:{name}{min(int(10 * count / n), most)}" for name, count, most in shares]
        made.append(f"d:length{int(math.log2(n))}")
        made += sorted(f"d:section {role}" for role in {each.role for each in said})
        return (*made, *sorted({f"d:title {group}" for each in said[:2] for group in each.groups}))


def _distances(named: Sequence[bool]) -> Iterator[int]:
    since = _FARTHEST + _BACK
    for here in named:
        since = 0 if here else since + 1
        yield since


Signs = Mapping[str, float]


def signs(view: View, place: int) -> Signs:
    """The signs of one sentence, each with what it counts for, before they are brought to length one."""
    said, words = view.reading.said[place], view.spoken(place)
    own = [
        *(f"w:{word}" for word in words.words),
        *(f"w:{run}" for run in runs(words.words, (2,))),
        *(f"m:{run}" for run in runs(words.marks, (2, 3)) if not MARKS.isdisjoint(run.split())),
        *(f"^:{' '.join(words.marks[:size])}" for size in (1, 2, 3)),
        *_cue_signs(view, said),
        *_form_signs(view, said),
        *_who_signs(view, place),
    ]
    made = dict.fromkeys(own, 1.0)
    made.update(dict.fromkeys(_beside(view, place), BESIDE))
    made.update(dict.fromkeys(view.document_signs, BESIDE))
    return made


def _cue_signs(view: View, said: Said) -> Iterator[str]:
    yield from (f"g:{group}" for group in sorted(said.groups))
    passage = view.passages.get(said.place)
    if passage is None:
        yield "r:none"
    else:
        yield from (f"r:{passage.direction}", f"r:{passage.direction}{int(min(passage.points, 8) // 2)}")
        yield f"r:named {passage.own_actor}"
        if passage.afterwards:
            yield "r:afterwards"
        if passage.rival > 0:
            yield "r:rival"
    if ask := view.asks.get(said.place):
        yield from ("a:asks", f"a:{ask.confidence}", f"a:{ask.addressee}")


def _form_signs(view: View, said: Said) -> Iterator[str]:
    length, n = len(view.spoken(said.place).words), len(view.reading.said)
    yield from (f"k:{said.kind}", f"k:in {said.role}", f"k:length{min(length // 8, 5)}", f"k:at{5 * said.place // n}")
    if not said.is_prose:
        yield "k:heading"


def _who_signs(view: View, place: int) -> Iterator[str]:
    order = view.spoken(place).order
    first = order[0] if order else "-"
    for size in (1, 2, 3):
        yield f"o:{' '.join(order[:size])}"
    yield f"o:{_spoken_of_before(view, place)}>{first}"
    yield from (f"o:since{min(view.since[place], _FARTHEST)}", f"o:until{min(view.until[place], _FARTHEST)}")


def _spoken_of_before(view: View, place: int) -> str:
    """Of whom the sentence before speaks first, looking through “they”."""
    for back in range(1, min(_LOOK_BACK, place) + 1):
        said = view.reading.said[place - back]
        if said.kind is BlockKind.HEADING:
            return "heading"
        who = next((mark for mark in view.spoken(said.place).order if mark != "THEY"), "")
        if who in WHO:
            return who
    return "nobody"


def _beside(view: View, place: int) -> Iterator[str]:
    said = view.reading.said
    for step in (-2, -1, 1, 2):
        if not 0 <= place + step < len(said):
            yield f"n{step}:k:end"
            continue
        each = said[place + step]
        yield from (f"n{step}:g:{group}" for group in sorted(each.groups))
        yield f"n{step}:k:{each.kind}"
        if each.place in view.passages:
            yield f"n{step}:r:{view.passages[each.place].direction}"
        if each.place in view.asks:
            yield f"n{step}:r:asks"
        if abs(step) == 1:
            order = view.spoken(each.place).order
            yield f"n{step}:o:{order[0] if order else '-'}"
