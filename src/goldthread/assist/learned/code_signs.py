"""The signs by which the models code a passage: words, cues of themes and reasons, headings, and its document.

Direction also goes by tone, which would only crowd the signs of themes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from goldthread.assist.learned.signs import BESIDE, Signs, View
from goldthread.assist.learned.spoken import NAME, runs
from goldthread.assist.learned.tone import tone_signs
from goldthread.coding.passages import DESCRIBED
from goldthread.coding.themes import best
from goldthread.extraction.reading import Said

Groups = Mapping[str, tuple[str, ...]]
_NEIGHBOUR, _REASON = 0.35, 0.7
_RULED, _JUDGED, _TONE, _CUE, _HEADING = 3.0, 2.0, 2.0, 1.5, 1.4
_HEADINGS = 3  # levels of headings above a sentence, nearest first


@dataclass(frozen=True)
class Coded:
    """A document with what the cues of themes and explanations say of each sentence and of it all."""

    view: View
    themes: Groups
    explanations: Groups

    def theme(self, place: int) -> str:
        """The theme with most cues in a sentence and beside it."""
        view = self.view
        return best(view.reading, view.reading.said[place], self.themes, view.lexicon, _NEIGHBOUR)[0]

    def explanation(self, place: int) -> str:
        """The explanation with most cues in a sentence and beside it."""
        view = self.view
        said = view.reading.said[place]
        return best(view.reading, said, self.explanations, view.lexicon, _NEIGHBOUR, at_least=_REASON)[0]

    @cached_property
    def document(self) -> tuple[tuple[str, float], ...]:
        """The shares of the themes among the passages found by rule."""
        counts = Counter(self.theme(place) for place in self.view.passages)
        total = counts.total()
        return tuple((theme, round(counts[theme] / total, 3)) for theme in sorted(counts))


def code_signs(coded: Coded, place: int) -> Signs:
    """The signs of one passage for its codes, each with what it counts for."""
    view = coded.view
    said, words = view.reading.said[place], view.spoken(place)
    made = dict.fromkeys((f"w:{word}" for word in (*words.words, *runs(words.words, (2,)))), 1.0)
    made.update(dict.fromkeys((f"g:{group}" for group in sorted(said.groups)), _CUE))
    made.update(dict.fromkeys((f"^:{' '.join(words.marks[:size])}" for size in (1, 2)), 1.0))
    made.update(dict.fromkeys(_judged_signs(view, place), _JUDGED))
    made.update(dict.fromkeys(_beside(view, place), BESIDE))
    made.update(dict.fromkeys(_headings(view, said), _HEADING))
    made.update(dict.fromkeys((f"t:{coded.theme(place)}", f"e:{coded.explanation(place)}"), _RULED))
    made.update((f"td:{theme}", 2.0 * share) for theme, share in coded.document)
    for step in (-1, 1):
        if 0 <= place + step < len(view.reading.said):
            made[f"t{step}:{coded.theme(place + step)}"] = 1.0
            made[f"e{step}:{coded.explanation(place + step)}"] = 1.0
    made.update(dict.fromkeys(view.document_signs, BESIDE))
    return made


def direction_signs(coded: Coded, place: int, signs: Signs) -> Signs:
    """The signs of one passage for its direction: those for its codes, and its tone."""
    return {**signs, **dict.fromkeys(tone_signs(coded.view.reading, place), _TONE)}


def _judged_signs(view: View, place: int) -> Iterator[str]:
    passage = view.passages.get(place)
    if passage is None or passage.direction == DESCRIBED:
        yield "r:not judged"
    else:
        yield from (f"r:{passage.direction}", f"r:{passage.direction}{int(min(passage.points, 8) // 2)}")
        if passage.rival > 0:
            yield "r:rival"


def _beside(view: View, place: int) -> Iterator[str]:
    for step in (-1, 1):
        if 0 <= place + step < len(view.reading.said):
            yield from (f"n{step}:{word}" for word in view.spoken(place + step).words if word != NAME)
            yield from (f"n{step}:g:{group}" for group in sorted(view.reading.said[place + step].groups))


def _headings(view: View, said: Said) -> Iterator[str]:
    """The words of the headings above a sentence, and the role they give it."""
    at = said
    for _ in range(_HEADINGS):
        if at.heading < 0 or at.heading == at.place:
            if at.place == 0 or not view.reading.said[at.place - 1].heading >= 0:
                break
            at = view.reading.said[at.place - 1]
            continue
        yield from (f"h:{word}" for word in view.spoken(at.heading).words if word != NAME)
        at = view.reading.said[at.heading]
    yield f"h:in {said.role}"
