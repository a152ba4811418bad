"""What in a study could point at a person if it were published as it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from goldthread.analysis.records import ReviewRecord
from goldthread.analysis.units import ReviewCase
from goldthread.anchors import Anchor
from goldthread.disclosure.naming import Named, namings
from goldthread.disclosure.singled import MOST_FIELDS, Combination, singled_out, telling_fields
from goldthread.errors import UsageError
from goldthread.protocol.check import nearest
from goldthread.protocol.conditions import Values
from goldthread.screening.model import ScreeningState
from goldthread.study.study import Study
from goldthread.values import Basis


@dataclass(frozen=True, slots=True)
class NamingPassage:
    """A passage that could be quoted, and the words in it by which somebody might be known."""

    review_id: str
    citation: str
    anchor: Anchor
    named: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class Exposure:
    """`cases` included reviews were looked at by `fields`; what points at one of them, and what names somebody."""

    cases: int
    fields: tuple[str, ...]
    combinations: tuple[Combination, ...]
    passages: tuple[NamingPassage, ...]


def exposure(
    study: Study,
    basis: Basis = Basis.DRAFT,
    *,
    fields: Sequence[str] = (),
    fewest: int = 2,
    most: int = MOST_FIELDS,
) -> Exposure:
    """Combinations of values that from one to `fewest - 1` included reviews share, and passages that name somebody.

    Raises UsageError for a field the protocol does not have.
    """
    known = study.protocol.field_by_id
    for name in fields:
        if name not in known:
            raise UsageError(f"the protocol has no field `{name}`", mend=nearest(name, known) or "see its fields")
    chosen = tuple(fields) or telling_fields(study.protocol)
    included = [case for case in study.cases(basis) if case.status == ScreeningState.INCLUDED]
    cases = [(case.record.review_id, values) for case in included for values in _people(case)]
    return Exposure(
        cases=len(included),
        fields=chosen,
        combinations=singled_out(cases, chosen, fewest, most),
        passages=tuple(passage for case in included for passage in _naming(case.record)),
    )


def _people(case: ReviewCase) -> Sequence[Values]:
    """The subjects of a review, each knowing what the review knows; the review itself where it has none."""
    return case.values.subjects or (case.values,)


def _naming(review: ReviewRecord) -> Iterator[NamingPassage]:
    anchors = [item.anchor for item in review.episodes] + [item.anchor for item in review.recommendations]
    for anchor in dict.fromkeys(anchors):
        if found := namings(anchor.quote):
            yield NamingPassage(review.review_id, review.citation, anchor, found)
