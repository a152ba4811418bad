"""Which cases a few of their characteristics, put together, point out among all the others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, product

from goldthread.protocol.conditions import NOT_SOUGHT, Values
from goldthread.protocol.model import FieldKind, Protocol
from goldthread.values import Unit

MOST_FIELDS = 3
_TELLING = frozenset({FieldKind.GAZETTEER, FieldKind.CATEGORY, FieldKind.DERIVED, FieldKind.AGE})


@dataclass(frozen=True, slots=True)
class Combination:
    """Values that fewer cases share than may be shown: `(field, value)` pairs and the reviews they point to."""

    values: tuple[tuple[str, str], ...]
    reviews: tuple[str, ...]


def telling_fields(protocol: Protocol) -> tuple[str, ...]:
    """The fields by which somebody could know a case: places, ages and categories with one value each.

    A field that others are derived from is left to those: an age to its bands, a force to its region.
    """
    sources = {field.derived_from for field in protocol.fields}
    return tuple(
        field.id
        for field in protocol.fields
        if field.kind in _TELLING
        and not field.multiple
        and field.id not in sources
        and field.unit is not Unit.SUSPECT
    )


def singled_out(
    cases: Sequence[tuple[str, Values]], fields: Sequence[str], fewest: int, most: int = MOST_FIELDS
) -> tuple[Combination, ...]:
    """Every smallest set of values, of at most `most` fields, that from one to `fewest - 1` reviews share.

    `cases` are (review id, its values), several where a review has several subjects. A combination that holds one
    already found is not listed again. Missing values point at nobody.
    """
    found: dict[frozenset[tuple[str, str]], tuple[str, ...]] = {}
    for size in range(1, most + 1):
        for chosen in combinations(fields, size):
            shared: dict[tuple[tuple[str, str], ...], dict[str, None]] = defaultdict(dict)
            for review, values in cases:
                stated = [[(name, each.value) for each in values.get(name, NOT_SOUGHT).stated] for name in chosen]
                for combination in product(*stated):
                    shared[combination][review] = None
            for combination, reviews in shared.items():
                pairs = frozenset(combination)
                if len(reviews) < fewest and not _holds_one(pairs, found):
                    found[pairs] = tuple(reviews)
    order = {name: n for n, name in enumerate(fields)}
    return tuple(
        Combination(tuple(sorted(pairs, key=lambda pair: order[pair[0]])), reviews)
        for pairs, reviews in found.items()
    )


def _holds_one(pairs: frozenset[tuple[str, str]], found: dict[frozenset[tuple[str, str]], tuple[str, ...]]) -> bool:
    smaller = (frozenset(part) for size in range(1, len(pairs)) for part in combinations(sorted(pairs), size))
    return any(part in found for part in smaller)
