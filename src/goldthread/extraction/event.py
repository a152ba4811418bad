"""When the event was: the date that words for death or harm stand nearest to, or follow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from goldthread.documents.model import BlockKind, Role
from goldthread.extraction.cues import Hit
from goldthread.extraction.dates import When, dates_in, dates_of
from goldthread.extraction.found import Found, share
from goldthread.extraction.guards import stands, within_name
from goldthread.extraction.reading import Reading, Said, aboutness, clause_end, clause_start
from goldthread.protocol.lexicon import FieldCues, Lexicon

_IN_TITLE = 2.0  # points of a date in the month the headline gives
_FIRST = 1.0  # points of the date told first
_TORN, _CLOSE = 0.45, 0.9  # the confidence when another date scores this share of the best
_SAME = 0.65  # of the points of a vaguer date, for a precise one to be the same
_PRECISION = {10: 1.0, 7: 0.6, 4: 0.1}  # points of a day, a month, a year
_ONLY_YEAR = 0.4  # of what words for the event beside it count for
_REST = 0.3  # what further words for the event count for beside the best of them
_SHORTHAND = 8
_TELLING = 1.0  # the weight from which words for the event stand against words for something else
_DISTANT = 60  # characters
_LEADS = 8  # characters before a date that begins its clause
_BESIDE, _NEAR = 4, 45  # characters: “died on ”, “died in hospital on ”
_MORE, _OFTEN = 0.3, 3.0  # what further such sentences count for, and up to how many times the best
_REACH, _FADES = 10, 0.12  # sentences for which a date told holds on, and how soon it fades


class Dated(NamedTuple):
    """A date, how well it is told to be the event's, and where."""

    when: When
    reading: Reading
    points: float


def event_dates(readings: Sequence[Reading], cues: FieldCues, lexicon: Lexicon) -> list[Found]:
    """The date of the event: the one that words for death or incident stand nearest to."""
    points: dict[str, float] = {}
    best: dict[str, Dated] = {}
    for reading in readings:
        for dated in _scored(reading, cues, lexicon):
            iso = dated.when.iso
            if dated.points <= 0:
                continue
            points[iso] = points.get(iso, 0.0) + dated.points
            if iso not in best or best[iso].points < dated.points:
                best[iso] = dated
    if not points:
        return []
    ranked = sorted(points, key=lambda iso: (-best[iso].points - points[iso] * 0.2, iso))
    iso = next((each for each in ranked if _more_precise(each, ranked[0], best)), ranked[0])
    if points[iso] < cues.threshold:
        return []
    rival = points[ranked[1]] if len(ranked) > 1 else 0.0
    told = best[iso]
    sure = share(told.points, rival * 0.7, cues.threshold)
    if _torn(iso, ranked, best):
        sure = min(sure, _TORN)
    return [Found(iso, sure, (told.reading.anchor(told.when.start, told.when.end),))]


def _more_precise(iso: str, first: str, best: Mapping[str, Dated]) -> bool:
    """Whether a date is the first one said more precisely, and is told of well enough to be it."""
    return len(iso) > len(first) and iso.startswith(first) and best[iso].points > _SAME * best[first].points


def _torn(iso: str, ranked: Sequence[str], best: Mapping[str, Dated]) -> bool:
    """Whether another date, not the same said more or less precisely, is told of just as well."""
    others = (each for each in ranked if not each.startswith(iso) and not iso.startswith(each))
    other = next(others, None)
    return other is not None and best[other].points > _CLOSE * best[iso].points


def _scored(reading: Reading, cues: FieldCues, lexicon: Lexicon) -> Iterator[Dated]:
    told = 0
    headline = reading.headline
    dating = headline is not None and headline.role is not Role.RECOMMENDATIONS
    titled = dates_in(reading.low, headline.start, headline.end) if headline and dating else []
    dates = [(when, said) for when in dates_of(reading) if (said := reading.sentence_at(when.start))]
    held = _held(reading, dates, cues, lexicon) if cues.held else {}
    scores: dict[int, float] = {}
    for when, said in dates:
        if scores.get(when.told_from, 1.0) <= 0:
            continue
        others = tuple(each for each, where in dates if where is said and each is not when)
        score = _event_score(reading, said, when, held.get(when.start, 0.0), others, cues, lexicon)
        scores[when.start] = score
        if said.is_prose and score > 0:
            score += _FIRST / (1 + told) + _IN_TITLE * any(when.iso.startswith(each.iso) for each in titled)
            told += 1
        yield Dated(when, reading, score)


def _held(
    reading: Reading, dates: Sequence[tuple[When, Said]], cues: FieldCues, lexicon: Lexicon
) -> dict[int, float]:
    """What words for the event in sentences without a date add to the last date told before them, by its place."""
    with_date = {said.place for _, said in dates}
    added: dict[int, list[float]] = {}
    for said, hit in reading.hits_of(cues.near):
        if said.place in with_date or not said.is_prose or said.has(cues.far):
            continue
        before = [(when, each) for when, each in dates if 0 < said.place - each.place <= _REACH]
        if not before or before[-1][1].role is not said.role:
            continue
        if stands(reading.low, said, hit, cues.guards, lexicon):
            when, each = before[-1]
            worth = cues.held * lexicon.groups[hit.group].weight / (1 + _FADES * (said.place - each.place - 1))
            added.setdefault(when.start, []).append(worth)
    return {
        at: max(all_of) * (1 - _MORE) + min(sum(all_of), _OFTEN * max(all_of)) * _MORE for at, all_of in added.items()
    }


def _event_score(
    reading: Reading,
    said: Said,
    when: When,
    held: float,
    others: Sequence[When],
    cues: FieldCues,
    lexicon: Lexicon,
) -> float:
    if when.end - when.start <= _SHORTHAND and when.iso < "1990":
        return 0.0  # 08/11/55 is a birth
    if said.has(cues.unless) or (cues.near_only and not said.has(cues.near)):
        return 0.0
    score = _PRECISION[len(when.iso)] - (0.3 if when.borrowed else 0.0)
    told, against = _told(reading, said, when, others, cues, lexicon)
    score += max(told, held) * (_ONLY_YEAR if len(when.iso) == len("2019") else 1.0) - against
    if said.kind is BlockKind.HEADING:
        score = min(score, 1.0) * (cues.headline if said is reading.headline else 0.5)
    if score > 0:
        score *= aboutness(reading, said, cues)
    return score * cues.roles.get(said.role.value, 1.0)


def _told(
    reading: Reading, said: Said, when: When, others: Sequence[When], cues: FieldCues, lexicon: Lexicon
) -> tuple[float, float]:
    """Points of the words for the event around a date, and of those for something else. A word belongs to the date
    beside it, not to one beyond that.
    """
    begin = clause_start(reading.low, said.start, when.start)
    end = clause_end(reading.low, when.end, said.end)
    told: list[float] = []
    against: list[tuple[int, Hit]] = []
    inner: list[Hit] = []
    for hit in said.hits:
        near, far = hit.group in cues.near, hit.group in cues.far
        if (not near and not far) or (near and within_name(hit, said, lexicon.names_of_agencies)):
            continue
        distance = _distance(hit, when)
        inside = distance <= _BESIDE or (begin <= hit.start and hit.end <= end)
        inside = inside and not any(_between(each, hit, when) for each in others)
        inside = inside and not _next_deed(reading.low, hit, when, begin)
        if near:
            told.append(lexicon.groups[hit.group].weight * _worth(distance, inside))
            inner += [hit] * (inside and lexicon.groups[hit.group].weight >= _TELLING)
        elif inside:
            against.append((distance, hit))
    minus = sum(
        lexicon.groups[hit.group].weight * (3.0 if distance >= _DISTANT else 6.0)
        for distance, hit in against
        if not any(_between(each, hit, when) or _distance(each, when) <= distance for each in inner)
    )
    return max(told, default=0.0) * (1 - _REST) + sum(told) * _REST, minus


def _between(other: When | Hit, hit: Hit, when: When) -> bool:
    return min(hit.end, when.end) <= other.start and other.end <= max(hit.start, when.start)


def _next_deed(low: str, hit: Hit, when: When, begin: int) -> bool:
    """Whether a word stands after the date in what was done next: “was missing on 3 May and was found dead”."""
    leads = when.start - begin <= _LEADS or "," in low[when.start - _LEADS : when.start]
    return hit.start > when.end and not leads and " and " in low[when.end : hit.start]


def _distance(hit: Hit, when: When) -> int:
    return when.start - hit.end if hit.end <= when.start else hit.start - when.end


def _worth(distance: int, inside: bool) -> float:
    if not inside:
        return 0.5
    if distance <= _BESIDE:
        return 5.0
    return 2.5 if distance <= _NEAR else 2.0
