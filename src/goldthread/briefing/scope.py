"""What one briefing is about: the reviews of some rounds on one basis, and what may be said of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from goldthread.analysis.records import ReviewRecord, RoundRecord, StudyRecord
from goldthread.analysis.table import Table
from goldthread.anchors import Anchor
from goldthread.briefing.words.wording import layout
from goldthread.coding.model import Episode, Recommendation
from goldthread.findings.board import Weighing
from goldthread.protocol.cases import counts
from goldthread.protocol.model import Protocol, TableDefinition
from goldthread.screening.ledger import Ledger, ledger, status_of
from goldthread.screening.model import ScreeningState
from goldthread.values import Basis, State

Tabulate = Callable[[TableDefinition], Table]


@dataclass(frozen=True)
class Scope:
    """The registered reviews a briefing covers, already narrowed, and how its tables are computed.

    `themes` are the only ones it speaks of; all when there are none. Tables count as they are defined. `weighing` has
    the findings people made, weighed over these reviews; None where there are none.
    """

    protocol: Protocol
    study: StudyRecord
    basis: Basis
    registered: tuple[ReviewRecord, ...]
    rounds: tuple[RoundRecord, ...]
    filtered: str
    tabulate: Tabulate
    themes: tuple[str, ...] = ()
    weighing: Weighing | None = None

    @cached_property
    def included(self) -> tuple[ReviewRecord, ...]:
        """The reviews everything but the flow is counted over."""
        return tuple(r for r in self.registered if status_of(r.decision, self.basis) == ScreeningState.INCLUDED)

    def counts(self, state: State) -> bool:
        """Whether something in this state may be counted on this basis."""
        return counts(state, self.basis)

    @cached_property
    def episodes(self) -> tuple[Episode, ...]:
        """Every countable passage of the included reviews that has a theme, in the order of the reviews."""
        return tuple(
            e
            for r in self.included
            for e in r.episodes
            if e.theme and self.counts(e.state) and self.speaks_of(e.theme)
        )

    @cached_property
    def unthemed(self) -> tuple[Episode, ...]:
        """Every countable passage of the included reviews without a theme; none where themes were chosen."""
        if self.themes:
            return ()
        return tuple(e for r in self.included for e in r.episodes if not e.theme and self.counts(e.state))

    def speaks_of(self, theme: str) -> bool:
        """Whether a theme is among those chosen."""
        return not self.themes or theme in self.themes

    @cached_property
    def recommendations(self) -> tuple[Recommendation, ...]:
        """Every countable recommendation of the included reviews."""
        return tuple(x for r in self.included for x in r.recommendations if self.counts(x.state))

    @cached_property
    def ledger(self) -> Ledger:
        """The balanced screening ledger of the registered reviews.

        Raises UnbalancedLedger when its parts do not add up to the whole.
        """
        book = ledger(self.registered, self.protocol, self.basis)
        book.balance()
        return book

    @cached_property
    def left_out(self) -> dict[str, tuple[str, ...]]:
        """Exclusion reason → review ids, for the reasons that occur."""
        return {a.status: self.ledger.reviews(a.status) for a in self.ledger.reasons if a.count}

    @cached_property
    def reason_labels(self) -> dict[str, str]:
        """What people read in place of a reason's id."""
        return {reason.id: reason.label for reason in self.protocol.reasons}


def screening_evidence(reviews: tuple[ReviewRecord, ...], scope: Scope) -> tuple[Anchor, ...]:
    """The words by which these reviews' criteria were answered."""
    return tuple(a for r in reviews for answer in r.answers if scope.counts(answer.state) for a in answer.anchors)


def types_of(review: ReviewRecord, protocol: Protocol) -> str:
    """A review's kind in one word: its type's short form, or both when it is joint ("SCR/DHR"); "" if not known."""
    known = protocol.review_type_by_id
    return "/".join(known[kind].cite_as if kind in known else kind for kind in review.review_types)


def included_by_type(scope: Scope) -> dict[str, tuple[str, ...]]:
    """Included review ids by kind, most frequent first; joint reviews are a kind of their own."""
    counts = Counter(types_of(review, scope.protocol) for review in scope.included)
    ranked = sorted(counts, key=lambda kind: (-counts[kind], kind))
    return {
        kind: tuple(r.review_id for r in scope.included if types_of(r, scope.protocol) == kind) for kind in ranked
    }


def is_good(direction: str) -> bool:
    """Whether a direction of the codebook is praise."""
    return direction in layout()["directions"]["good"]


def is_described(direction: str) -> bool:
    """Whether a direction of the codebook is description without judgement."""
    return direction in layout()["directions"]["described"]


def is_shortfall(direction: str) -> bool:
    """Whether a direction of the codebook says that practice fell short."""
    return not (is_good(direction) or is_described(direction))
