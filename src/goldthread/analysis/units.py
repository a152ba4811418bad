"""What one count counts: reviews, subjects, suspects, episodes and recommendations, each with its readings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from goldthread.analysis.records import ReviewRecord
from goldthread.anchors import Anchor
from goldthread.coding.model import Episode, Recommendation
from goldthread.protocol.cases import CaseTemplate, counts, register_facts
from goldthread.protocol.conditions import NOT_SOUGHT, Reading, Stated, Values, evidence, holds, reading
from goldthread.protocol.model import Condition, Protocol
from goldthread.protocol.vocabulary import LEVELS
from goldthread.screening.ledger import status_of
from goldthread.screening.model import Answer, ScreeningState
from goldthread.values import Basis, Missing, Unit

EPISODE_FIELDS = frozenset(name for name, level in LEVELS.items() if level is Unit.EPISODE)
RECOMMENDATION_FIELDS = frozenset(name for name, level in LEVELS.items() if level is Unit.RECOMMENDATION)
_NONE_CODED = Reading(missing=Missing.NOT_STATED)


class ReviewCase:
    """A review with its readings on one basis, and the episodes and recommendations that count there.

    `status` is its one place in the ledger: included, an exclusion reason, maybe or unscreened.
    """

    def __init__(self, record: ReviewRecord, protocol: Protocol, template: CaseTemplate) -> None:
        self.record, self.basis = record, template.basis
        self.status = status_of(record.decision, template.basis)
        self.values = template.case(record.characteristics, _Facts(self, protocol))

    @cached_property
    def episodes(self) -> tuple[Coded, ...]:
        """The coded passages, as readings."""
        return self._coded(self.record.episodes, EPISODE_FIELDS)

    @cached_property
    def recommendations(self) -> tuple[Coded, ...]:
        """The recommendations, as readings."""
        return self._coded(self.record.recommendations, RECOMMENDATION_FIELDS)

    def read_ahead(self) -> None:
        """Make what is made when first asked for, and most tables ask for."""
        _ = (self.episodes, self.recommendations)

    def _coded(self, items: Sequence[Episode | Recommendation], names: frozenset[str]) -> tuple[Coded, ...]:
        return tuple(Coded(item, names, self.values) for item in items if counts(item.state, self.basis))


@dataclass(frozen=True, slots=True)
class Counted:
    """One unit of a table: its readings, and the review it belongs to."""

    case: ReviewCase
    values: Values

    @property
    def review_id(self) -> str:
        return self.case.record.review_id


class Coded(Mapping[str, Reading]):
    """An episode or recommendation as readings; what it does not know itself, its review does."""

    __slots__ = ("item", "names", "review", "words")

    def __init__(self, item: Episode | Recommendation, names: frozenset[str], review: Values) -> None:
        self.item, self.names, self.review = item, names, review
        self.words = (item.anchor,)

    def __getitem__(self, name: str) -> Reading:
        if name not in self.names:
            return self.review[name]
        values = self.codes(name)
        if not values:
            return _NONE_CODED
        return Reading(tuple(Stated(value, self.words, self.item.confidence) for value in values))

    def codes(self, name: str) -> tuple[str, ...]:
        """What it is coded with under one of its own `names`, as bare ids: tables count tens of thousands of them."""
        match name:
            case "episode_state":
                return (self.item.state.value,)
            case "agency" | "episode_vulnerability" if isinstance(self.item, Episode):
                return self.item.agencies if name == "agency" else self.item.vulnerabilities
        value: str = getattr(self.item, name)
        return (value,) if value else ()

    def meets(self, conditions: Iterable[Condition]) -> bool:
        """Whether it is certain to meet all of them."""
        for condition in conditions:
            if condition.within is not None and condition.field in self.names:
                if not any(code in condition.within for code in self.codes(condition.field)):
                    return False
            elif holds(condition, self) is not True:
                return False
        return True

    def __iter__(self) -> Iterator[str]:
        return iter(self.review)

    def __len__(self) -> int:
        return len(self.review)


class _Facts(Mapping[str, Reading]):
    """Readings of the fields every study has, for one review; made when asked for."""

    def __init__(self, case: ReviewCase, protocol: Protocol) -> None:
        self.case, self.protocol = case, protocol

    def __getitem__(self, name: str) -> Reading:
        if name in EPISODE_FIELDS:
            return _all(self.case.episodes, name)
        if name in RECOMMENDATION_FIELDS:
            return _all(self.case.recommendations, name)
        record, status = self.case.record, self.case.status
        match name:
            case "review":
                return reading(record.review_id)
            case "inclusion_status":
                return reading(status, anchors=self._grounds())
            case "screening_state":
                state = status if status in _OPEN_STATES else ScreeningState.EXCLUDED.value
                return reading(state, anchors=self._grounds())
            case "reason":
                excluded = status not in _OPEN_STATES
                return (
                    reading(status, anchors=self._grounds()) if excluded else Reading(missing=Missing.NOT_APPLICABLE)
                )
        return register_facts(
            record.review_types,
            source=record.source,
            round=record.round,
            publication_date=record.publication_date,
            pages=sum(document.pages for document in record.documents if not document.duplicate_of),
        )[name]

    def __iter__(self) -> Iterator[str]:
        return iter(LEVELS)

    def __len__(self) -> int:
        return len(LEVELS)

    def _grounds(self) -> tuple[Anchor, ...]:
        """The words a review's screening status rests on."""
        status = self.case.status
        answers = [answer for answer in self.case.record.answers if counts(answer.state, self.case.basis)]
        if status in _OPEN_STATES:
            wanted = Answer.MET if status == ScreeningState.INCLUDED else Answer.UNCLEAR
            found = [anchor for answer in answers if answer.met is wanted for anchor in answer.anchors]
            return tuple(dict.fromkeys(found))
        reason = self.protocol.reason_by_id.get(status)
        triggers = reason.triggers if reason else ()
        criteria = {trigger.criterion for trigger in triggers}
        found = [anchor for answer in answers if answer.criterion in criteria for anchor in answer.anchors]
        for condition in (condition for trigger in triggers for condition in trigger.conditions):
            found += evidence(condition, self.case.values)
        return tuple(dict.fromkeys(found))


_OPEN_STATES = tuple(state.value for state in ScreeningState if state is not ScreeningState.EXCLUDED)


def _all(items: Sequence[Coded], name: str) -> Reading:
    """The values any of the items has, each with all its words."""
    gathered: dict[str, list[Stated]] = {}
    for item in items:
        for stated in item[name].stated:
            gathered.setdefault(stated.value, []).append(stated)
    if not gathered:
        return _NONE_CODED if items else NOT_SOUGHT
    return Reading(
        tuple(
            Stated(value, tuple(a for one in found for a in one.anchors), max(one.confidence for one in found))
            for value, found in gathered.items()
        )
    )


def review_cases(
    reviews: Iterable[ReviewRecord], protocol: Protocol, basis: Basis, earlier: Iterable[ReviewCase] = ()
) -> tuple[ReviewCase, ...]:
    """Every review's case on one basis; `earlier` ones of the very same record stand."""
    template = CaseTemplate(protocol, basis)
    known = {case.record.review_id: case for case in earlier}

    def case(review: ReviewRecord) -> ReviewCase:
        before = known.get(review.review_id)
        return before if before and before.record is review else ReviewCase(review, protocol, template)

    return tuple(case(review) for review in reviews)


def units_of(case: ReviewCase, unit: Unit) -> tuple[Counted, ...]:
    """The units of one kind that a review holds."""
    match unit:
        case Unit.REVIEW:
            return (Counted(case, case.values),)
        case Unit.SUBJECT:
            return tuple(Counted(case, person) for person in case.values.subjects)
        case Unit.SUSPECT:
            return tuple(Counted(case, person) for person in case.values.suspects)
        case Unit.EPISODE:
            return tuple(Counted(case, episode) for episode in case.episodes)
        case Unit.RECOMMENDATION:
            return tuple(Counted(case, item) for item in case.recommendations)


def level_of(field: str, protocol: Protocol) -> Unit:
    """The unit a field belongs to; the review for a name nobody knows."""
    definition = protocol.field_by_id.get(field)
    return definition.unit if definition else LEVELS.get(field, Unit.REVIEW)
