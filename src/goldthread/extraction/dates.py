"""Dates: as precise as they are written, and which of them is the event's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from goldthread.documents.model import BlockKind
from goldthread.extraction.found import Found, share
from goldthread.extraction.guards import within_name
from goldthread.extraction.landmarks import MONTH
from goldthread.extraction.numbers import MONTHS
from goldthread.extraction.reading import Reading, Said, aboutness, clause_end, clause_start
from goldthread.protocol.lexicon import FieldCues, Lexicon

_MONTH = "(" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
_WRITTEN = re.compile(
    rf"\b(?:(\d{{1,2}})(?:st|nd|rd|th)?(?: day)?(?: of)?[ -])?{_MONTH},?[ -]((?:19|20)\d\d)\b"
    rf"|\b(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? {_MONTH}(?!,? (?:19|20)\d\d)"
    rf"|\b{_MONTH} (\d{{1,2}})(?:st|nd|rd|th)?,? ((?:19|20)\d\d)\b"
)
_FIGURES = re.compile(r"\b(\d{1,2})[/.](\d{1,2})[/.]((?:19|20)?\d\d)\b|\b((?:19|20)\d\d)-(\d\d)-(\d\d)\b")
_YEAR = re.compile(r"\bin ((?:19|20)\d\d)\b")
_IN_TITLE = 2.0
_TORN, _CLOSE = 0.45, 0.9  # the confidence when another date scores this share of the best
_SAME = 0.25  # of the points of a vaguer date, for a precise one to be the same
_PRECISION = {10: 1.0, 7: 0.6, 4: 0.1}  # points of a day, a month, a year
_ONLY_YEAR = 0.4  # of what words for the event beside it count for
_REST = 0.3  # what further words for the event count for beside the best of them
_SHORTHAND = 8
_BESIDE = 4  # characters: “died on ”, “published: ”
_DAY_BEFORE, _YEAR_AFTER = 18, 12  # characters around the name of a month
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class When(NamedTuple):
    """A date as written: ISO, as precise as said. `borrowed` when its year came from an earlier date."""

    iso: str
    start: int
    end: int
    borrowed: bool = False


def dates_in(low: str, start: int = 0, end: int | None = None) -> list[When]:
    """Every date in folded lower-case text, in order. A day and month take the year of the date before them."""
    end = len(low) if end is None else end
    return _in_order([*_WRITTEN.finditer(low, start, end), *_FIGURES.finditer(low, start, end)], low, start, end)


def dates_of(reading: Reading) -> list[When]:
    """Every date in the sentences of a document, in order."""
    low = reading.low
    found: list[re.Match[str]] = list(_FIGURES.finditer(low))
    last = 0
    for _, hit in reading.hits_of((MONTH,)):
        written = _WRITTEN.search(low, max(last, hit.start - _DAY_BEFORE), min(len(low), hit.end + _YEAR_AFTER))
        if written:
            found.append(written)
            last = written.end()
    return _in_order(found, low, 0, len(low))


def _in_order(found: list[re.Match[str]], low: str, start: int, end: int) -> list[When]:
    found += _YEAR.finditer(low, start, end)
    dates: list[When] = []
    year = ""
    for each in sorted(found, key=lambda each: (each.start(), -each.end())):
        if dates and each.start() < dates[-1].end:
            continue
        when = _when(each, year)
        if when:
            year = when.iso[:4]
            dates.append(when)
    return dates


def event_dates(readings: Sequence[Reading], cues: FieldCues, lexicon: Lexicon) -> list[Found]:
    """The date of the event: the one that words for death or incident stand nearest to."""
    points: dict[str, float] = {}
    best: dict[str, tuple[float, Reading, When]] = {}
    for reading in readings:
        for when, score in _scored(reading, cues, lexicon):
            if score <= 0:
                continue
            points[when.iso] = points.get(when.iso, 0.0) + score
            if when.iso not in best or best[when.iso][0] < score:
                best[when.iso] = (score, reading, when)
    if not points:
        return []
    ranked = sorted(points, key=lambda iso: (-best[iso][0] - points[iso] * 0.2, iso))
    iso = next((each for each in ranked if _more_precise(each, ranked[0], best)), ranked[0])
    if points[iso] < cues.threshold:
        return []
    rival = points[ranked[1]] if len(ranked) > 1 else 0.0
    score, reading, when = best[iso]
    sure = share(score, rival * 0.7, cues.threshold)
    if _torn(iso, ranked, best):
        sure = min(sure, _TORN)
    return [Found(iso, sure, (reading.anchor(when.start, when.end),))]


_Best = Mapping[str, tuple[float, Reading, When]]


def _more_precise(iso: str, first: str, best: _Best) -> bool:
    """Whether a date is the first one said more precisely, and is told of well enough to be it."""
    return len(iso) > len(first) and iso.startswith(first) and best[iso][0] > _SAME * best[first][0]


def _torn(iso: str, ranked: Sequence[str], best: _Best) -> bool:
    """Whether another date, not the same said more or less precisely, is told of just as well."""
    others = (each for each in ranked if not each.startswith(iso) and not iso.startswith(each))
    other = next(others, None)
    return other is not None and best[other][0] > _CLOSE * best[iso][0]


def _scored(reading: Reading, cues: FieldCues, lexicon: Lexicon) -> Iterator[tuple[When, float]]:
    told = 0
    headline = reading.headline
    titled = dates_in(reading.low, headline.start, headline.end) if headline else []
    for when in dates_of(reading):
        said = reading.sentence_at(when.start)
        if said is None:
            continue
        score = _event_score(reading, said, when, cues, lexicon)
        if said.is_prose and score > 0:
            score += 1.5 / (1 + told) + _IN_TITLE * any(when.iso.startswith(each.iso) for each in titled)
            told += 1
        yield when, score


def _event_score(reading: Reading, said: Said, when: When, cues: FieldCues, lexicon: Lexicon) -> float:
    low = reading.low
    begin = clause_start(low, said.start, when.start)
    end = clause_end(low, when.end, said.end)
    if when.end - when.start <= _SHORTHAND and when.iso < "1990":
        return 0.0  # 08/11/55 is a birth
    if said.has(cues.unless) or (cues.near_only and not said.has(cues.near)):
        return 0.0
    score = _PRECISION[len(when.iso)] - (0.3 if when.borrowed else 0.0)
    beside: list[float] = []
    for hit in said.hits:
        near, far = hit.group in cues.near, hit.group in cues.far
        if (not near and not far) or (near and within_name(hit, said, lexicon.names_of_agencies)):
            continue
        distance = when.start - hit.end if hit.end <= when.start else hit.start - when.end
        same_clause = distance <= _BESIDE or (begin <= hit.start and hit.end <= end)
        if near:
            weight = lexicon.groups[hit.group].weight
            beside.append(weight * (5.0 if distance <= _BESIDE else 2.0 if same_clause else 0.5))
        elif same_clause:
            score -= 6.0 if distance < 60 else 3.0
    told = max(beside, default=0.0) * (1 - _REST) + sum(beside) * _REST
    score += told * (_ONLY_YEAR if len(when.iso) == len("2019") else 1.0)
    if said.kind is BlockKind.HEADING:
        score = min(score, 1.0) * (cues.headline if said is reading.headline else 0.5)
    if score > 0:
        score *= aboutness(reading, said, cues)
    return score * cues.roles.get(said.role.value, 1.0)


def _when(found: re.Match[str], year: str) -> When | None:
    span = found.span()
    if found.re is _YEAR:
        return When(found[1], *span)
    if found.re is _FIGURES:
        if found[4]:
            return _dated(found[4], int(found[5]), int(found[6]), span)
        written = found[3]
        full = written if len(written) == 4 else ("20" if int(written) < 50 else "19") + written
        return _dated(full, int(found[2]), int(found[1]), span)
    if found[3]:
        return _dated(found[3], MONTHS[found[2]], int(found[1]) if found[1] else 0, span)
    if found[8]:
        return _dated(found[8], MONTHS[found[6]], int(found[7]), span)
    dated = _dated(year, MONTHS[found[5]], int(found[4]), span) if year else None
    return dated._replace(borrowed=True) if dated else None


def _dated(year: str, month: int, day: int, span: tuple[int, int]) -> When | None:
    if not 1 <= month <= 12 or not 0 <= day <= _DAYS[month - 1]:
        return None
    return When(f"{year}-{month:02}" + (f"-{day:02}" if day else ""), *span)
