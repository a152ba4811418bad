"""What a file of decisions comes to: changes to make, and rows that cannot be followed, each with a mend."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from goldthread.coding.model import Episode, Recommendation
from goldthread.extraction.model import Characteristic
from goldthread.screening.model import CriterionAnswer, ScreeningDecision
from goldthread.sources.problems import Problem
from goldthread.store.changes import Key
from goldthread.values import State

Item = Characteristic | CriterionAnswer | Episode | Recommendation
T = TypeVar("T", bound=Item)

LIVE = (State.SUGGESTED, State.CONFIRMED)
EXPORT_AGAIN = "export the study again and decide in the new file"


class RowFault(Exception):
    """A row that cannot be followed: what is wrong with it, and the mend."""

    def __init__(self, code: str, message: str, mend: str) -> None:
        super().__init__(message)
        self.code, self.message, self.mend = code, message, mend

    def at(self, place: str) -> Problem:
        """The fault as a listed problem."""
        return Problem(place, self.code, self.message, self.mend)


@dataclass(frozen=True, slots=True)
class Stored(Generic[T]):
    """Something the study holds, with the key it is stored under."""

    key: Key
    item: T


@dataclass(frozen=True, slots=True)
class Said(Generic[T]):
    """What one row says: `item` in `state`; `key` names the stored row it speaks of, "" where it names none."""

    place: str
    key: str
    state: State
    item: T


@dataclass
class Changes:
    """Everything one file changes. `settled` maps kind and key to the state before and after.

    `instead` maps the place of an item in `added` to the key of the stored row whose place it takes.
    """

    settled: dict[tuple[str, Key], tuple[State, State]] = field(default_factory=dict)
    added: list[Item] = field(default_factory=list)
    instead: dict[int, Key] = field(default_factory=dict)
    decisions: list[tuple[ScreeningDecision | None, ScreeningDecision]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unchanged: int = 0

    @property
    def any(self) -> bool:
        """Whether there is anything to change."""
        return bool(self.settled or self.added or self.decisions)

    def count(self, state: State) -> int:
        """How many stored rows come into this state."""
        return sum(after is state for _, after in self.settled.values())


class Settling(Generic[T]):
    """Rows of one kind, held against what the study has of that kind.

    `content` is what makes two rows say the same, `slot` what they are about: the words, or the question. Where
    rows have no key of their own (`keyed` false), a changed one takes the place of what fills its slot. `carried`
    gives a new item what the file does not tell of the one it takes the place of.
    """

    def __init__(
        self,
        kind: str,
        stored: Sequence[Stored[T]],
        content: Callable[[T], Hashable],
        slot: Callable[[T], Hashable],
        *,
        keyed: bool,
        carried: Callable[[T, T], T] = lambda new, _: new,
    ) -> None:
        self._kind, self._content, self._slot, self._keyed = kind, content, slot, keyed
        self._carried = carried
        self.stored = stored
        self._by_key = {str(one.key): one for one in stored}
        self._by_content: dict[Hashable, list[Stored[T]]] = {}
        self._by_slot: dict[Hashable, list[Stored[T]]] = {}
        for one in stored:
            self._by_content.setdefault(content(one.item), []).append(one)
            self._by_slot.setdefault(slot(one.item), []).append(one)
        self._settled_at: dict[Key, str] = {}
        self._new: set[Hashable] = set()
        self._mentioned: set[Hashable] = set()

    def expect(self, items: Iterable[T]) -> None:
        """Know all the file speaks of: what it still lists is not taken for replaced."""
        self._mentioned.update(self._content(item) for item in items)

    def take(self, said: Said[T], changes: Changes) -> None:
        """Turn one row into changes. Raises RowFault when it cannot be followed."""
        content = self._content(said.item)
        named = self._named(said)
        same = named if named and self._content(named.item) == content else self._alike(content)
        replaced = self._replaced(said, named, same)
        match said.state:
            case State.CONFIRMED:
                self._confirm(said, same, replaced, content, changes)
            case State.REJECTED:
                if same is None:
                    mend = "reject it as it was, or confirm the change"
                    raise RowFault("changed", "the row is rejected and changed at once, or not in the study", mend)
                self.settle(same, State.REJECTED, said.place, changes)
            case _:
                self._open(same, replaced, content, changes)

    def settle(self, one: Stored[T], state: State, place: str, changes: Changes) -> None:
        """Bring a stored row into a state. Raises RowFault when another row said otherwise."""
        before = changes.settled.get((self._kind, one.key))
        if before and before[1] is not state:
            raise RowFault(
                "contradiction",
                f"{self._settled_at[one.key]} says {before[1].value} of the same words, this row {state.value}",
                "keep one of the two rows",
            )
        if one.item.state is state or before:
            changes.unchanged += 1
            return
        self._settled_at[one.key] = place
        changes.settled[self._kind, one.key] = (one.item.state, state)

    def _named(self, said: Said[T]) -> Stored[T] | None:
        if not said.key:
            return None
        named = self._by_key.get(said.key)
        if named is None:
            raise RowFault(
                "unknown", f"the study has no {said.key}", "leave the id empty to add a new one, or correct it"
            )
        if named.item.review_id != said.item.review_id:
            raise RowFault(
                "unknown", f"{said.key} belongs to {named.item.review_id}, not to {said.item.review_id}", EXPORT_AGAIN
            )
        return named

    def _alike(self, content: Hashable) -> Stored[T] | None:
        """What the study holds that says the same; what still counts stands before what does not."""
        found = self._by_content.get(content, [])
        order = (State.CONFIRMED, State.SUGGESTED, State.REJECTED, State.SUPERSEDED)
        return min(found, key=lambda one: order.index(one.item.state), default=None)

    def _replaced(self, said: Said[T], named: Stored[T] | None, same: Stored[T] | None) -> list[Stored[T]]:
        """The stored rows, still counting, whose place this one takes."""
        if self._keyed:
            return [named] if named and named is not same and named.item.state in LIVE else []
        if same is not None:
            return []
        found = [
            one
            for one in self._by_slot.get(self._slot(said.item), [])
            if one.item.state in LIVE and self._content(one.item) not in self._mentioned
        ]
        return found if len(found) == 1 else []

    def _confirm(
        self,
        said: Said[T],
        same: Stored[T] | None,
        replaced: Sequence[Stored[T]],
        content: Hashable,
        changes: Changes,
    ) -> None:
        if same is not None:
            self._not_out_of_date(same)
            self.settle(same, State.CONFIRMED, said.place, changes)
        elif content in self._new:
            changes.unchanged += 1
        else:
            self._new.add(content)
            item = said.item
            for old in replaced:
                item = self._carried(item, old.item)
                changes.instead[len(changes.added)] = old.key
            changes.added.append(item)
        for one in replaced:
            self.settle(one, State.SUPERSEDED, said.place, changes)

    def _not_out_of_date(self, same: Stored[T]) -> None:
        """Raise RowFault when a person has since put something else in this row's place."""
        if same.item.state is not State.SUPERSEDED:
            return
        for one in self._by_slot[self._slot(same.item)]:
            if one.item.state is State.CONFIRMED and not one.item.engine:
                what = f"{one.item.author} has since replaced this row by another on the same words"
                raise RowFault("out of date", what, EXPORT_AGAIN)

    def _open(
        self, same: Stored[T] | None, replaced: Sequence[Stored[T]], content: Hashable, changes: Changes
    ) -> None:
        if same is None and replaced:
            raise RowFault(
                "undecided",
                "the row was changed, and its state still says that only the machine proposed it",
                "write confirmed in the state column to make the change yours",
            )
        if same is None and content not in self._new:
            raise RowFault(
                "undecided",
                "the study holds nothing like this row, and nobody confirmed it",
                "write confirmed in the state column to add it",
            )
        changes.unchanged += 1
