"""The ledger: every registered review in exactly one state, and the sums to show it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol as Interface

from goldthread.errors import UnbalancedLedger
from goldthread.protocol.labels import labels_of
from goldthread.protocol.model import Protocol
from goldthread.protocol.vocabulary import JOINT, inclusion_statuses
from goldthread.screening.model import ScreeningDecision, ScreeningState
from goldthread.values import Basis

UNKNOWN = "not_stated"
"""The group, source or round of a review that has none."""


class Registered(Interface):
    """What the ledger needs of a registered review."""

    @property
    def review_id(self) -> str: ...
    @property
    def review_types(self) -> tuple[str, ...]: ...
    @property
    def source(self) -> str: ...
    @property
    def round(self) -> str: ...
    @property
    def decision(self) -> ScreeningDecision | None: ...


@dataclass(frozen=True, slots=True)
class Entry:
    """One review in the ledger. `status` is its one place: included, an exclusion reason, maybe or unscreened."""

    review_id: str
    status: str
    group: str
    source: str
    round: str


@dataclass(frozen=True, slots=True)
class Account:
    """One row of the ledger: a status, how many reviews are in it, and how they divide."""

    status: str
    label: str
    count: int
    by_group: Mapping[str, int]
    by_source: Mapping[str, int]
    by_round: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Ledger:
    """The whole ledger on one basis. `registered` is counted apart from the accounts, so the two can disagree."""

    basis: Basis
    registered: int
    entries: tuple[Entry, ...]
    accounts: tuple[Account, ...]

    def count(self, status: str) -> int:
        """Reviews in one status. Raises KeyError for a status the protocol does not have."""
        return self._account(status).count

    def reviews(self, status: str) -> tuple[str, ...]:
        """Ids of the reviews in one status, in the order of the register."""
        return tuple(entry.review_id for entry in self.entries if entry.status == status)

    @property
    def included(self) -> int:
        return self.count("included")

    @property
    def maybe(self) -> int:
        return self.count("maybe")

    @property
    def unscreened(self) -> int:
        return self.count("unscreened")

    @property
    def excluded(self) -> int:
        return sum(account.count for account in self.reasons)

    @property
    def reasons(self) -> tuple[Account, ...]:
        """The accounts of the exclusion reasons, in the protocol's precedence."""
        return tuple(item for item in self.accounts if item.status not in ("included", "maybe", "unscreened"))

    def _account(self, status: str) -> Account:
        for account in self.accounts:
            if account.status == status:
                return account
        raise KeyError(status)

    def balance(self) -> None:
        """Raise UnbalancedLedger if any review is counted twice or lost, overall or in any division."""
        _no_review_twice(self.entries)
        homeless = [entry for entry in self.entries if entry.status not in {item.status for item in self.accounts}]
        if homeless:
            raise UnbalancedLedger(
                f"{homeless[0].review_id} is in the state `{homeless[0].status}`, which the protocol does not have",
                where="screening ledger",
                mend="screen the review again, or restore the reason in the protocol",
            )
        total = sum(account.count for account in self.accounts)
        if not self.registered == len(self.entries) == total:
            raise UnbalancedLedger(
                f"{self.registered} reviews are registered, {len(self.entries)} entered, {total} counted",
                where="screening ledger",
                mend="run `goldthread verify` and restore the study from a backup",
            )
        for account in self.accounts:
            for division in (account.by_group, account.by_source, account.by_round):
                if sum(division.values()) != account.count:
                    raise UnbalancedLedger(
                        f"{account.count} reviews are “{account.label}”, but they divide into {dict(division)}",
                        where="screening ledger",
                    )


def _no_review_twice(entries: Sequence[Entry]) -> None:
    twice = [name for name, times in Counter(entry.review_id for entry in entries).items() if times > 1]
    if twice:
        raise UnbalancedLedger(
            f"counted more than once: {', '.join(twice[:5])}",
            where="screening ledger",
            mend="every review is registered once; merge or remove the others",
        )


def status_of(decision: ScreeningDecision | None, basis: Basis) -> str:
    """The one place of a review: `included`, the id of its exclusion reason, `maybe` or `unscreened`.

    On the confirmed basis a review nobody decided on is unscreened, whatever a machine proposed.
    """
    if decision is None or (basis is Basis.CONFIRMED and decision.basis is not Basis.CONFIRMED):
        return ScreeningState.UNSCREENED.value
    return decision.reason or decision.decision.value


def group_of(review_types: Sequence[str]) -> str:
    """A review's one type, `joint` when it has several, `not_stated` when it has none."""
    return JOINT if len(review_types) > 1 else (review_types[0] if review_types else UNKNOWN)


def ledger(reviews: Iterable[Registered], protocol: Protocol, basis: Basis) -> Ledger:
    """The ledger of these reviews. It is not balanced yet: call `balance` before showing it."""
    registered = list(reviews)
    entries = tuple(
        Entry(
            review.review_id,
            status_of(review.decision, basis),
            group_of(review.review_types),
            review.source or UNKNOWN,
            review.round or UNKNOWN,
        )
        for review in registered
    )
    labels = labels_of("inclusion_status", protocol)
    accounts = tuple(_account(status, labels[status], entries) for status in inclusion_statuses(protocol))
    return Ledger(basis, len(registered), entries, accounts)


def _account(status: str, label: str, entries: Sequence[Entry]) -> Account:
    mine = [entry for entry in entries if entry.status == status]
    return Account(
        status,
        label,
        len(mine),
        Counter(entry.group for entry in mine),
        Counter(entry.source for entry in mine),
        Counter(entry.round for entry in mine),
    )


def to_text(book: Ledger, protocol: Protocol, *, by: str = "group") -> str:
    """The ledger as aligned text, divided by `group`, `source` or `round`. Review types go by their codes."""
    labels = {UNKNOWN: "Not stated", JOINT: "Joint"} | (labels_of("source", protocol) if by == "source" else {})
    heads = _heads(book, protocol, by)
    lines = [["", "All", *(labels.get(head, head) for head in heads)]]
    for account in book.accounts:
        division: Mapping[str, int] = getattr(account, f"by_{by}")
        lines.append([account.label, str(account.count), *(str(division.get(head, 0)) for head in heads)])
    totals = Counter(getattr(entry, by) for entry in book.entries)
    lines.append(["Registered", str(book.registered), *(str(totals[head]) for head in heads)])
    widths = [max(len(line[n]) for line in lines) for n in range(len(heads) + 2)]
    rows = ["  ".join(_pad(line[n], widths[n], n) for n in range(len(widths))).rstrip() for line in lines]
    basis = "Draft: machine suggestions, not confirmed" if book.basis is Basis.DRAFT else "Confirmed decisions only"
    return "\n".join([*rows, basis]) + "\n"


def _heads(book: Ledger, protocol: Protocol, by: str) -> list[str]:
    """The divisions met with, in the protocol's order, then joint, then unknown."""
    known = list(labels_of("review_type" if by == "group" else by, protocol))
    order = {name: n for n, name in enumerate([*known, JOINT, UNKNOWN])}
    met = dict.fromkeys(getattr(entry, by) for entry in book.entries)
    return sorted(met, key=lambda name: (order.get(name, len(known) - 0.5), name))


def to_json(book: Ledger) -> dict[str, object]:
    """The ledger as plain values, with the ids of the reviews in each status."""
    return {
        "basis": book.basis.value,
        "registered": book.registered,
        "included": book.included,
        "excluded": book.excluded,
        "maybe": book.maybe,
        "unscreened": book.unscreened,
        "statuses": [
            {
                "status": account.status,
                "label": account.label,
                "count": account.count,
                "by_group": dict(account.by_group),
                "by_source": dict(account.by_source),
                "by_round": dict(account.by_round),
                "reviews": list(book.reviews(account.status)),
            }
            for account in book.accounts
        ],
    }


def _pad(cell: str, width: int, column: int) -> str:
    return cell.ljust(width) if column == 0 else cell.rjust(width)
