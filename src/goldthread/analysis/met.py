"""Values that a filter asks for, held against those there are: a filter that nobody can meet says so."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz, process

from goldthread.analysis.units import ReviewCase, level_of
from goldthread.errors import UsageError
from goldthread.protocol import gazetteers
from goldthread.protocol.conditions import NOT_SOUGHT, Values
from goldthread.protocol.labels import field_label, lowered
from goldthread.protocol.model import Condition, Protocol
from goldthread.protocol.vocabulary import permitted
from goldthread.values import Unit

_NEAR = 55
_MOST = 3


def settled(condition: Condition, cases: Sequence[ReviewCase], protocol: Protocol) -> Condition:
    """The condition with each open value spelled as the study has it ("kent police", "Kent" of a gazetteer).

    A value that the protocol lists is left as it is. Raises UsageError, with the closest spellings, for one that
    nobody in the study has.
    """
    asked = condition.within or condition.outside
    if asked is None or permitted(condition.field, protocol) is not None:
        return condition
    known = values_of(condition.field, cases, protocol)
    spelled = tuple(_spelled(word, condition.field, known, protocol) for word in asked)
    return condition.model_copy(update={"within" if condition.within else "outside": spelled})


def values_of(field: str, cases: Sequence[ReviewCase], protocol: Protocol) -> tuple[str, ...]:
    """Every value of a field that anybody in the study has, commonest first."""
    found: dict[str, int] = {}
    for case in cases:
        for record in _records(case, level_of(field, protocol)):
            for stated in record.get(field, NOT_SOUGHT).stated:
                for name in stated.ids:
                    found[name] = found.get(name, 0) + 1
    return tuple(sorted(found, key=lambda name: (-found[name], name)))


def _records(case: ReviewCase, level: Unit) -> Sequence[Values]:
    match level:
        case Unit.EPISODE:
            return case.episodes
        case Unit.RECOMMENDATION:
            return case.recommendations
    return (case.values,)


def _spelled(word: str, field: str, known: Sequence[str], protocol: Protocol) -> str:
    if word in known:
        return word
    folded = {name.casefold(): name for name in known}
    if found := folded.get(word.casefold()):
        return found
    definition = protocol.field_by_id.get(field)
    if definition and definition.gazetteer:
        place = gazetteers.load(definition.gazetteer).resolve(word)
        if place and place.name in known:
            return place.name
    raise UsageError(
        f"nobody in this study has “{word}” as {lowered(field_label(field, protocol))}", mend=_closest(word, known)
    )


def _closest(word: str, known: Sequence[str]) -> str:
    if not known:
        return "no value of this field is known yet"
    near = process.extract(
        word.casefold(), {name: name.casefold() for name in known}, scorer=fuzz.WRatio, limit=_MOST
    )
    names = [str(key) for _, score, key in near if score >= _NEAR]
    if names:
        return f"did you mean {' or '.join(f'`{name}`' for name in names)}?"
    return f"it has {', '.join(known[: _MOST * 2])}{' and others' if len(known) > _MOST * 2 else ''}"
