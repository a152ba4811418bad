"""What all the replies about one review come to: one set of suggestions, nothing said twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from goldthread.anchors import Anchor
from goldthread.assist.engine import ReviewText, Suggestions
from goldthread.assist.llm.reply import CodedPassage, Findings, Reason, Request, Told
from goldthread.coding.agencies import about_of, of_words
from goldthread.coding.model import Episode, Recommendation
from goldthread.extraction.model import Characteristic
from goldthread.protocol.cases import CaseTemplate, register_facts
from goldthread.protocol.conditions import all_hold
from goldthread.protocol.model import FieldDefinition, FieldKind, Protocol
from goldthread.values import Basis, Missing, State, Unit

CHECKED, UNCHECKED = 0.8, 0.6
"""Confidence of a value whose quote was seen to say it, and of one that only has a real quote. Not calibrated."""
_Placed = TypeVar("_Placed", CodedPassage, Request)
_SILENT = 0.5
_MOST_ANCHORS = 3


@dataclass(frozen=True)
class Merger:
    """Makes one review's suggestions. `whole` is false where part of the review was not answered."""

    review: ReviewText
    protocol: Protocol
    engine: str
    author: str
    whole: bool

    def suggestions(self, found: Findings) -> Suggestions:
        """Characteristics for every field, passages and recommendations once each."""
        return Suggestions(
            review_types=self.review.review_types,
            characteristics=self._characteristics(found),
            episodes=tuple(self._episode(n, each) for n, each in enumerate(_once(found.passages), 1)),
            recommendations=tuple(self._recommendation(n, each) for n, each in enumerate(_once(found.requests), 1)),
        )

    def _characteristics(self, found: Findings) -> tuple[Characteristic, ...]:
        told: dict[tuple[str, int], list[Told]] = defaultdict(list)
        for each in found.values:
            told[each.field, each.subject_no].append(each)
        made = [one for (name, subject), items in told.items() for one in self._chosen(name, subject, items, found)]
        made += self._following(made)
        place = {definition.id: n for n, definition in enumerate(self.protocol.fields)}
        return tuple(sorted(made, key=lambda each: (place[each.field], each.subject_no)))

    def _chosen(self, name: str, subject: int, items: Sequence[Told], found: Findings) -> list[Characteristic]:
        """One value of a field, the one most parts of the report state; each value of a field that has several."""
        by_value: dict[tuple[str | None, Missing | None], list[Told]] = defaultdict(list)
        for each in items:
            if each.value is not None or not any(other.value is not None for other in items):
                by_value[each.value, each.missing].append(each)
        ranked = sorted(by_value, key=lambda key: (-len(_places(by_value[key])), by_value[key][0].anchor.start))
        kept = ranked if self.protocol.field_by_id[name].multiple else ranked[:1]
        found.discarded[Reason.OUTVOTED] += sum(len(by_value[key]) for key in ranked if key not in kept)
        found.discarded += type(found.discarded)()
        votes = sum(len(_places(group)) for group in by_value.values())
        return [self._characteristic(name, subject, by_value[key], len(kept), votes) for key in kept]

    def _characteristic(self, name: str, subject: int, told: Sequence[Told], kept: int, votes: int) -> Characteristic:
        places = _places(told)
        sure = CHECKED if told[0].checked else UNCHECKED
        share = 1.0 if kept > 1 else len(places) / votes
        return self._made(name, subject, told[0].value, told[0].missing, sure * share, places[:_MOST_ANCHORS])

    def _following(self, made: Sequence[Characteristic]) -> list[Characteristic]:
        """Fields nothing was stated of: what follows from the others, and why there is no value."""
        facts = register_facts(
            self.review.review_types,
            source=self.review.source,
            publication_date=self.review.publication_date,
            pages=sum(len(document.pages) for document in self.review.documents),
        )
        case = CaseTemplate(self.protocol, Basis.DRAFT).case(made, facts)
        known = {each.field for each in made}
        more: list[Characteristic] = []
        for definition in self.protocol.fields:
            if definition.id in known:
                continue
            if definition.applies and all_hold(definition.applies, case) is False:
                more.append(self._absent(definition, Missing.NOT_APPLICABLE))
            elif definition.kind is FieldKind.DERIVED:
                people = case.people(definition.unit) if definition.unit is not Unit.REVIEW else ()
                for number, read in [(each.no, each[definition.id]) for each in people] or [(0, case[definition.id])]:
                    if read.missing and self.whole:
                        more.append(self._made(definition.id, number, None, read.missing, _SILENT, ()))
                    for stated in read.stated:
                        more.append(
                            self._made(definition.id, number, stated.value, None, stated.confidence, stated.anchors)
                        )
            elif self.whole:
                more.append(self._absent(definition, Missing.NOT_STATED))
        return more

    def _absent(self, definition: FieldDefinition, why: Missing) -> Characteristic:
        return self._made(definition.id, 0 if definition.unit is Unit.REVIEW else 1, None, why, _SILENT, ())

    def _made(
        self,
        name: str,
        subject: int,
        value: str | None,
        missing: Missing | None,
        confidence: float,
        anchors: Sequence[Anchor],
    ) -> Characteristic:
        return Characteristic(
            review_id=self.review.review_id,
            subject_no=subject,
            field=name,
            value=value,
            missing=missing,
            state=State.SUGGESTED,
            author=self.author,
            engine=self.engine,
            confidence=round(confidence, 3),
            anchors=tuple(anchors),
        )

    def _episode(self, number: int, passage: CodedPassage) -> Episode:
        return Episode(
            review_id=self.review.review_id,
            episode_id=f"{self.review.review_id}-e{number}",
            theme=passage.theme,
            subtheme=passage.subtheme,
            direction=passage.direction,
            explanation=passage.explanation,
            whose=passage.whose,
            state=State.SUGGESTED,
            author=self.author,
            engine=self.engine,
            confidence=UNCHECKED,
            anchor=passage.anchor,
            agencies=of_words(passage.anchor.quote, self.protocol, about_of(self.review.review_types, self.protocol)),
        )

    def _recommendation(self, number: int, request: Request) -> Recommendation:
        return Recommendation(
            review_id=self.review.review_id,
            recommendation_id=f"{self.review.review_id}-r{number}",
            text=" ".join(request.anchor.quote.replace("\u00ad\n", "").split()),
            addressee=request.addressee,
            scope=request.scope,
            state=State.SUGGESTED,
            author=self.author,
            engine=self.engine,
            confidence=UNCHECKED,
            anchor=request.anchor,
        )


def _places(told: Iterable[Told]) -> list[Anchor]:
    """The different places a value is stated at, those in an overlap of two windows once."""
    return list(
        {(each.anchor.document_id, each.anchor.start, each.anchor.end): each.anchor for each in told}.values()
    )


def _once(items: Sequence[_Placed]) -> list[_Placed]:
    """Items in the order of the text; of two that share words only the first one told."""
    kept: list[_Placed] = []
    for item in items:
        if not any(_share(item.anchor, other.anchor) for other in kept):
            kept.append(item)
    order = {name: n for n, name in enumerate(dict.fromkeys(each.anchor.document_id for each in items))}
    return sorted(kept, key=lambda each: (order[each.anchor.document_id], each.anchor.start))


def _share(one: Anchor, other: Anchor) -> bool:
    return one.document_id == other.document_id and one.start < other.end and other.start < one.end
