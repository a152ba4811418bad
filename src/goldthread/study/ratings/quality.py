"""The reviews of one study as sources of learning: rated, compared, and left out to see what that changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from goldthread.analysis.records import ReviewRecord, StudyRecord
from goldthread.analysis.sensitivity import Sensitivity, sensitivity
from goldthread.analysis.tabulate import tabulate_cases
from goldthread.errors import UsageError
from goldthread.protocol.cases import counts
from goldthread.quality.asking import Recommended, recommended
from goldthread.quality.orphaned import Orphaned, orphaned
from goldthread.quality.rating import Judged, Rating, standing
from goldthread.quality.scores import QUARTER, Scored, scored, weakest
from goldthread.quality.summary import ItemAgreement, ItemSummary, agreements, raters, summaries
from goldthread.screening.ledger import status_of
from goldthread.screening.model import ScreeningState
from goldthread.study.counting import definition_of
from goldthread.study.folder import Held
from goldthread.study.kept import Kept
from goldthread.study.ratings import rating
from goldthread.values import Basis

Book = Mapping[str, Mapping[str, Judged]]
"""Review → item → what was said of it and what stands."""


@dataclass(frozen=True, slots=True)
class Overview:
    """Every item summed up, the two who rated most and how far they agree, and the score of every rated review."""

    items: tuple[ItemSummary, ...]
    two: tuple[str, ...]
    agreed: tuple[ItemAgreement, ...]
    scores: tuple[Scored, ...]


class Quality:
    """What people said of the reviews as sources, and what follows from it."""

    def __init__(self, held: Held, record: Callable[[], StudyRecord], kept: Kept, who: str) -> None:
        self._held, self._record, self._kept, self._who = held, record, kept, who
        self._recommended: dict[Basis, tuple[StudyRecord, Recommended]] = {}

    def of_review(self, review_id: str) -> dict[str, Judged]:
        """Item → what each person said of one review, and what stands."""
        return rating.of_review(self._held, review_id)

    def own(self, review_id: str) -> dict[str, Rating]:
        """Item → what this person said of one review."""
        return rating.own(self._held, review_id, self._who)

    def rate(self, review_id: str, item: str, value: str, note: str = "", *, seen: str | None = None) -> None:
        """Rate a review on one item; where `seen` is given, only if one's own rating is still as it was stamped."""
        rating.rate(self._held, review_id, item, value, note, seen, self._who)

    def settle(self, review_id: str, item: str, value: str, note: str = "", *, seen: str | None = None) -> None:
        """Decide between people who differ, in this person's name; `seen` as for `rate`, of what was said."""
        rating.settle(self._held, review_id, item, value, note, seen, self._who)

    def book(self) -> Book:
        """Review → item → what was said and what stands, of reviews anybody rated."""
        return rating.every(self._held)

    def overview(self) -> Overview:
        """Everything rated, looked at together; read once."""
        book = self.book()
        return Overview(self.summaries(book), *self.agreement(book=book), self.scores(book))

    def summaries(self, book: Book | None = None) -> tuple[ItemSummary, ...]:
        """Every item over all rated reviews; of a `book` that was read already, where one is given."""
        return summaries(self.book() if book is None else book, self._held.protocol.quality)

    def agreement(
        self, coders: Sequence[str] = (), book: Book | None = None
    ) -> tuple[tuple[str, ...], tuple[ItemAgreement, ...]]:
        """Two raters, those with most in common when none are named, and how far they agree item by item.

        Raises UsageError when not two are named, or one of them rated nothing.
        """
        book = self.book() if book is None else book
        known = {one.author for found in book.values() for each in found.values() for one in each.given if one.value}
        if coders and (len(set(coders)) != 2 or not set(coders) <= known):
            rated = ", ".join(sorted(known)) or "nobody"
            raise UsageError("name two people who rated reviews", mend=f"rated by {rated}")
        chosen = (coders[0], coders[1]) if coders else raters(book)
        return (chosen, agreements(book, self._held.protocol.quality, chosen)) if chosen else ((), ())

    def scores(self, book: Book | None = None) -> tuple[Scored, ...]:
        """The score of every rated review."""
        items, rated = self._held.protocol.quality, self.book() if book is None else book
        return tuple(scored(review, dict(standing(found)), items) for review, found in sorted(rated.items()))

    def sensitivity(
        self, ids: Sequence[str], share: float = QUARTER, basis: Basis | str = Basis.DRAFT
    ) -> tuple[Sensitivity, ...]:
        """Tables with all reviews and without the weakest `share` of those scored; reviews not scored stay in.

        Raises UsageError for a table the protocol does not have, or where no review has a score.
        """
        chosen, protocol = Basis(basis), self._held.protocol
        definitions = [definition_of(key, protocol) for key in ids]
        left_out, record = self._weakest(share, chosen), self._record()
        cases = self._kept.cases(record, protocol, chosen)
        kept = tuple(case for case in cases if case.record.review_id not in left_out)
        told = f"Without the {len(left_out)} weakest of the rated reviews."
        found = []
        for definition in definitions:
            whole, without = (tabulate_cases(definition, protocol, each, record, chosen) for each in (cases, kept))
            found.append(sensitivity(whole, replace(without, notes=(*without.notes, told)), left_out))
        return tuple(found)

    def recommended(self, basis: Basis | str = Basis.DRAFT) -> Recommended:
        """The recommendations of the included reviews, looked at together."""
        record = self._record()
        known, found = self._recommended.get(Basis(basis), (None, None))
        if found is None or known is not record:
            found = self._looked_at(record, Basis(basis))
            self._recommended[Basis(basis)] = (record, found)
        return found

    def _looked_at(self, record: StudyRecord, basis: Basis) -> Recommended:
        included = _included(record, basis)
        items = [one for review in included for one in review.recommendations if counts(one.state, basis)]
        scheme = self._held.protocol.recommendations
        return recommended(items, {one.review_id: one.publication_date for one in included}, scheme)

    def orphaned(self, basis: Basis | str = Basis.DRAFT) -> Orphaned:
        """What the included reviews say fell short and no recommendation answers, review by review."""
        return orphaned(_included(self._record(), Basis(basis)), self._held.protocol, Basis(basis))

    def _weakest(self, share: float, basis: Basis) -> tuple[str, ...]:
        counted = {one.review_id for one in _included(self._record(), basis)}
        found = weakest([one for one in self.scores() if one.review_id in counted], share)
        if not found:
            raise UsageError(
                "no included review is rated on at least half of the items",
                mend="rate reviews as sources first, in the workbench or with `goldthread quality rate`",
            )
        return found


def _included(record: StudyRecord, basis: Basis) -> list[ReviewRecord]:
    return [one for one in record.reviews if status_of(one.decision, basis) == ScreeningState.INCLUDED]
