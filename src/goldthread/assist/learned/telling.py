"""What the models tell of one document: its passages with their codes, and what it asks for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from goldthread.assist.learned.code_signs import Coded, code_signs, direction_signs
from goldthread.assist.learned.model import Model
from goldthread.assist.learned.signs import signs
from goldthread.assist.learned.training import ANY, ASKS, JUDGED
from goldthread.coding.asks import Ask, addressed
from goldthread.coding.passages import DESCRIBED, GOOD, MISSED
from goldthread.extraction.reading import Said
from goldthread.learn.rows import Floats

NOT_EXPLAINED = "not_explained"


@dataclass(frozen=True, slots=True)
class Told:
    """One passage on police practice in the models' own terms. `confidence` is a calibrated chance, 0–1."""

    said: Said
    direction: str
    theme: str
    explanation: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Telling:
    """The passages of one document and what it asks for, each in reading order."""

    passages: tuple[Told, ...]
    asks: tuple[Ask, ...]


def telling(model: Model, coded: Coded) -> Telling:
    """What the models tell of a document: judged passages with their codes, those only described, and requests."""
    reach = reaches(model, coded)
    return Telling(tuple(_passages(model, coded, reach)), tuple(_asks(model, coded, reach)))


def reaches(model: Model, coded: Coded) -> dict[int, Floats]:
    """The log-odds of every sentence within reach of the police or of a request, by its place."""
    places = coded.view.within_reach
    return dict(zip(places, model.passages.reach(signs(coded.view, place) for place in places), strict=True))


def _passages(model: Model, coded: Coded, reach: Mapping[int, Floats]) -> list[Told]:
    judged_at, any_at = (model.passages.answers.index(name) for name in (JUDGED, ANY))
    made: dict[int, Told] = {}
    for place, row in reach.items():
        said = coded.view.reading.said[place]
        judged = model.scales[JUDGED].chance(float(row[judged_at]))
        some = model.scales[ANY].chance(float(row[any_at]))
        if judged >= model.least[JUDGED]:
            made[place] = Told(said, MISSED, "", NOT_EXPLAINED, round(judged, 3))
        elif some >= model.least[ANY]:
            made[place] = Told(said, DESCRIBED, "", NOT_EXPLAINED, round(some, 3))
    judged_places = [place for place in made if made[place].direction != DESCRIBED]
    if judged_places:
        found = [code_signs(coded, place) for place in judged_places]
        toned = (direction_signs(coded, *each) for each in zip(judged_places, found, strict=True))
        directions, rows = model.direction.reach(toned), model.codes.reach(found)
        for place, codes in zip(judged_places, codes_of(model, directions, rows), strict=True):
            made[place] = replace(made[place], direction=codes[0], theme=codes[1], explanation=codes[2])
    return [made[place] for place in sorted(made)]


def _asks(model: Model, coded: Coded, reach: Mapping[int, Floats]) -> Iterator[Ask]:
    at = model.passages.answers.index(ASKS)
    cues = coded.view.lexicon.recommendations
    for place, row in reach.items():
        sure = model.scales[ASKS].chance(float(row[at]))
        if sure >= model.least[ASKS]:
            said = coded.view.reading.said[place]
            addressee, several = addressed(coded.view.reading, said, coded.view.lexicon)
            yield Ask(said, addressee, cues.several_scope if several else cues.single_scope, round(sure, 3))


Codes = tuple[str, str, str]  # direction, theme, explanation


def codes_of(model: Model, direction: Floats, reach: Floats) -> list[Codes]:
    """The codes of judged passages from their log-odds of direction and of other codes, one row a passage."""
    directions = [MISSED if row > 0 else GOOD for row in direction[:, 0]]
    themes = _likeliest(model, "theme", reach)
    reasons = _likeliest(model, "explanation", reach)
    return [
        (direction, theme, NOT_EXPLAINED if direction == GOOD else reason)
        for direction, theme, reason in zip(directions, themes, reasons, strict=True)
    ]


def _likeliest(model: Model, axis: str, reach: Floats) -> list[str]:
    columns = model.codes_of(axis)
    return [columns[int(row.argmax())][1] for row in reach[:, [at for at, _ in columns]]]
