"""Names that SPSS takes, whatever a protocol calls its fields."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldthread.interchange.spss_names import MOST, Names, valid


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ("age", "age"),
        ("2.1.1", "v_2_1_1"),
        ("with", "v_with"),
        ("Höhe (cm)", "Hohe_cm"),
        ("_x_", "x"),
        ("", "v"),
        ("😀", "v"),
        ("x" * 80, "x" * 64),
    ],
)
def test_a_wish_becomes_the_nearest_name_allowed(wanted: str, name: str) -> None:
    assert valid(wanted) == name


def test_no_name_is_given_twice_whatever_its_case() -> None:
    names = Names()
    assert [names.take(wish) for wish in ("Age", "age", "AGE", "age_2")] == ["Age", "age_2", "AGE_3", "age_2_2"]


def test_long_names_stay_apart_and_within_the_limit() -> None:
    names = Names()
    made = [names.take("field_" + "x" * 70) for _ in range(12)]
    assert len(set(made)) == 12
    assert all(len(name) <= MOST for name in made)


@given(st.lists(st.text(max_size=90), max_size=30))
def test_any_wishes_get_names_spss_takes(wishes: list[str]) -> None:
    names = Names()
    made = [names.take(wish) for wish in wishes]
    assert all(re.fullmatch(r"[A-Za-z][A-Za-z0-9_]{0,63}", name) and not name.endswith("_") for name in made)
    assert len({name.upper() for name in made}) == len(made)
