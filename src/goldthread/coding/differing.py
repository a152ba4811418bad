"""Where two people who coded the same documents differ: on values, and on passages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from goldthread.coding.model import Episode
from goldthread.extraction.model import Characteristic

T = TypeVar("T", Characteristic, Episode)
What = Literal["value", "passage"]
CODES = ("theme", "subtheme", "direction", "explanation", "whose")


@dataclass(frozen=True, slots=True)
class Said(Generic[T]):
    """What one coder said, by the key it is kept under. `who` is the coder's name."""

    key: str
    who: str
    item: T


@dataclass(frozen=True, slots=True)
class Difference:
    """What two coders said of one matter of a review; one of them may have said nothing.

    `id` stays the same until somebody settles it. `field` and `subject_no` say what a value is of, and are "" and 0
    of a passage.
    """

    id: str
    review_id: str
    what: What
    first: tuple[Said[Characteristic] | Said[Episode], ...]
    second: tuple[Said[Characteristic] | Said[Episode], ...]
    field: str = ""
    subject_no: int = 0

    @property
    def people(self) -> tuple[str, str]:
        """Who said the one and the other; "" where nobody did."""
        return _names(self.first), _names(self.second)


def on_values(
    review_id: str, first: Iterable[Said[Characteristic]], second: Iterable[Said[Characteristic]]
) -> Iterator[Difference]:
    """Fields of which the second coder says other than the first, or something where the first says nothing.

    A field that only the first filled in is none: the second may not have come to it.
    """
    mine, theirs = _by_field(first), _by_field(second)
    for (subject_no, field), said in sorted(theirs.items()):
        before = mine.get((subject_no, field), [])
        if _values(before) != _values(said):
            name = f"{review_id}:value:{subject_no}:{field}"
            yield Difference(name, review_id, "value", tuple(before), tuple(said), field, subject_no)


def on_passages(
    review_id: str, first: Sequence[Said[Episode]], second: Sequence[Said[Episode]], seen_through: Iterable[str] = ()
) -> Iterator[Difference]:
    """Passages that share words and are coded otherwise, and those only one of the two coded, in reading order.

    Each passage is held against the one it shares most words with. `seen_through` are documents the second coder
    coded: there, what only the first coded is a difference too.
    """
    pairs: list[tuple[Said[Episode] | None, Said[Episode]]] = []
    taken = set[str]()
    for theirs in sorted(second, key=_place):
        mine = max((one for one in first if one.key not in taken), key=lambda one: _shared(one, theirs), default=None)
        if mine is not None and _shared(mine, theirs) > 0:
            taken.add(mine.key)
            if _codes(mine.item) != _codes(theirs.item):
                pairs.append((mine, theirs))
        else:
            pairs.append((None, theirs))
    documents = {one.item.anchor.document_id for one in second} | set(seen_through)
    alone = [one for one in first if one.key not in taken and one.item.anchor.document_id in documents]
    found = [((one,) if one else (), (other,)) for one, other in pairs] + [((one,), ()) for one in alone]
    for mine_too, theirs_too in sorted(found, key=lambda pair: _place((*pair[0], *pair[1])[0])):
        keys = "+".join(one.key for one in (*mine_too, *theirs_too))
        yield Difference(f"{review_id}:passage:{keys}", review_id, "passage", mine_too, theirs_too)


def _by_field(said: Iterable[Said[Characteristic]]) -> dict[tuple[int, str], list[Said[Characteristic]]]:
    found: dict[tuple[int, str], list[Said[Characteristic]]] = defaultdict(list)
    for one in said:
        found[one.item.subject_no, one.item.field].append(one)
    return found


def _values(said: Iterable[Said[Characteristic]]) -> set[tuple[str | None, str | None]]:
    return {(one.item.value, one.item.missing.value if one.item.missing else None) for one in said}


def _codes(item: Episode) -> tuple[str, ...]:
    return tuple(getattr(item, name) for name in CODES)


def _shared(one: Said[Episode], other: Said[Episode]) -> int:
    a, b = one.item.anchor, other.item.anchor
    if (a.document_id, a.version) != (b.document_id, b.version):
        return 0
    return max(0, min(a.end, b.end) - max(a.start, b.start))


def _place(one: Said[Episode]) -> tuple[str, int, int]:
    return one.item.anchor.document_id, one.item.anchor.start, one.item.anchor.end


def _names(said: Iterable[Said[Characteristic] | Said[Episode]]) -> str:
    return ", ".join(dict.fromkeys(one.who for one in said))
