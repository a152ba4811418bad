"""Numbers bound by sums: every solution is tried, and none of the hidden is the same in all."""

from __future__ import annotations

import itertools
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldthread.disclosure.system import System, dependencies


def _solutions(system: System, hidden: frozenset[object], most: int = 9) -> list[dict[object, int]]:
    """Every way to fill the hidden numbers in, none below nought, so that every equation adds up as it does."""
    keys = sorted(hidden, key=str)
    found = []
    for guess in itertools.product(range(most + 1), repeat=len(keys)):
        tried: Mapping[object, int] = {**system.values, **dict(zip(keys, guess, strict=True))}
        if all(
            abs(sum(f * (tried[k] - system.values[k]) for k, f in equation.items())) < 1e-6
            for equation in system.equations
        ):
            found.append(dict(zip(keys, guess, strict=True)))
    return found


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.integers(0, 6), min_size=3, max_size=3), min_size=2, max_size=2))
def test_nothing_hidden_in_two_tables_that_share_a_total_can_be_worked_out(parts: list[list[int]]) -> None:
    system = System()
    for table, counts in enumerate(parts):
        keys = [(table, n) for n in range(3)]
        system.values.update(dict(zip(keys, counts, strict=True)))
        system.equations.append({**dict.fromkeys(keys, 1.0), "total": -1.0})
    if sum(parts[0]) != sum(parts[1]):
        return
    system.values["total"] = sum(parts[0])
    hidden = system.hide({key for key, value in system.values.items() if 0 < value < 3})
    assert system.open(hidden) == []
    if len(hidden) <= 6:
        solutions = _solutions(system, hidden)
        for key in hidden:
            assert len({one[key] for one in solutions}) > 1, (key, system.values, hidden)


def test_a_number_worked_out_by_way_of_another_is_protected_too() -> None:
    system = System({"a": 2, "b": 9, "c": 7, "d": 12}, set(), [{"a": 1, "b": 1}, {"b": 1, "c": 1, "d": -1}])
    assert set(system.open({"a", "b"})) == {"a", "b"}
    hidden = system.hide({"a"})
    assert system.open(hidden) == []
    assert {"a", "b"} < hidden


def test_what_is_fixed_is_never_hidden() -> None:
    system = System({"a": 2, "b": 9, "whole": 11}, {"whole"}, [{"a": 1, "b": 1, "whole": -1}])
    assert system.hide({"a"}) == {"a", "b"}


def test_numbers_that_can_only_all_be_one_are_as_good_as_shown() -> None:
    system = System({"a": 1, "b": 1, "c": 8}, set(), [{"a": 1, "b": 1}, {"a": 1, "b": 1, "c": 1}])
    assert set(system.open({"a", "b"})) == {"a", "b"}


def test_sizes_of_sets_are_bound_as_the_sets_are() -> None:
    whole = frozenset(range(6))
    sets = [("part", frozenset({0, 1})), ("rest", frozenset({2, 3, 4, 5})), ("other", frozenset({0, 2}))]
    (found,) = dependencies(sets, [whole])
    assert set(found) == {"part", "rest"}
    assert found["part"] == pytest.approx(found["rest"])
    assert dependencies([("part", frozenset({0, 1})), ("other", frozenset({1, 2}))], []) == []
