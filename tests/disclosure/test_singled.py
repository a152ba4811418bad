from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from goldthread.disclosure.singled import Combination, singled_out, telling_fields
from goldthread.protocol.conditions import Values, reading
from goldthread.protocol.load import load

FIELDS = ("force", "sex", "age_band")


def _case(number: int, *values: str) -> tuple[str, Values]:
    return f"R{number}", {name: reading(*filter(None, [value])) for name, value in zip(FIELDS, values, strict=True)}


CASES = [
    _case(1, "North", "female", "adult"),
    _case(2, "North", "male", "adult"),
    _case(3, "North", "male", "child"),
    _case(4, "South", "female", "child"),
    _case(5, "South", "female", "adult"),
]


def test_a_pair_of_values_that_one_review_has_points_it_out() -> None:
    found = singled_out(CASES, FIELDS, fewest=2)
    assert Combination((("force", "North"), ("sex", "female")), ("R1",)) in found
    assert Combination((("sex", "male"), ("age_band", "adult")), ("R2",)) in found


def test_a_combination_that_holds_a_smaller_one_is_not_listed_again() -> None:
    for one, other in combinations(singled_out(CASES, FIELDS, fewest=2), 2):
        assert not set(one.values) < set(other.values)


def test_what_is_not_stated_points_at_nobody() -> None:
    assert singled_out([_case(1, "North", "", ""), _case(2, "North", "", "")], FIELDS, fewest=2) == ()


def test_children_of_one_review_are_one_review() -> None:
    siblings = [_case(1, "North", "female", "child"), _case(1, "North", "male", "child")]
    assert {reviews for found in singled_out(siblings, FIELDS, fewest=2) for reviews in [found.reviews]} == {("R1",)}


@given(st.lists(st.tuples(*[st.sampled_from(["a", "b", ""])] * 3), max_size=8), st.integers(2, 4))
def test_every_combination_found_is_shared_by_just_those_reviews(rows: list[tuple[str, ...]], fewest: int) -> None:
    cases = [_case(n, *row) for n, row in enumerate(rows)]
    for found in singled_out(cases, FIELDS, fewest):
        wanted = {name: [value] for name, value in found.values}
        stated = {case: {f: [one.value for one in values[f].stated] for f in wanted} for case, values in cases}
        sharing = tuple(case for case, values in stated.items() if values == wanted)
        assert found.reviews == sharing
        assert 0 < len(sharing) < fewest


def test_the_fields_by_which_a_case_is_known_are_places_ages_and_categories() -> None:
    fields = telling_fields(load("police-reviews"))
    assert {"sex", "ethnicity"} <= set(fields)
    assert "vulnerabilities" not in fields
