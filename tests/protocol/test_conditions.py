"""Conditions have three answers, and dates are no more precise than the report."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldthread.errors import ProtocolError
from goldthread.protocol.conditions import (
    NOT_APPLICABLE,
    NOT_SOUGHT,
    Reading,
    Stated,
    all_hold,
    either,
    evidence,
    holds,
    reading,
)
from goldthread.protocol.model import Condition
from goldthread.protocol.quantities import number, span
from goldthread.values import Missing
from tests.analysis.building import words

SINCE_2016 = Condition(field="incident_date", on_or_after=date(2016, 1, 1))


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("2016", True),
        ("2016-01-01", True),
        ("2015", False),
        ("2015-12-31", False),
        ("2015/2017", None),  # a range that straddles the limit
        ("2015-2017", None),
        ("2016/2017", True),
        ("2014/2015", False),
        ("last spring", None),
        ("2016-13", None),
        ("2017/2015", None),
    ],
)
def test_a_partial_date_meets_a_limit_only_when_every_day_it_may_mean_does(text: str, answer: bool | None) -> None:
    assert holds(SINCE_2016, {"incident_date": reading(text)}) is answer
    before = Condition(field="incident_date", before=date(2016, 1, 1))
    assert holds(before, {"incident_date": reading(text)}) is (None if answer is None else not answer)


def test_a_year_straddles_a_limit_in_the_middle_of_it() -> None:
    condition = Condition(field="publication_date", on_or_after=date(2015, 4, 1))
    assert holds(condition, {"publication_date": reading("2015")}) is None
    assert holds(condition, {"publication_date": reading("2015-03")}) is False
    assert holds(condition, {"publication_date": reading("2015-04")}) is True


def test_february_ends_when_it_ends() -> None:
    assert span("2016-02") == (date(2016, 2, 1), date(2016, 2, 29))
    assert span("2015-02") == (date(2015, 2, 1), date(2015, 2, 28))
    assert span("2015-02-30") is None


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_whole_dates_always_compare(day: date, limit: date) -> None:
    condition = Condition(field="d", on_or_after=limit)
    assert holds(condition, {"d": reading(day.isoformat())}) is (day >= limit)


@pytest.mark.parametrize("missing", list(Missing))
def test_missing_meets_no_test_but_those_that_ask_for_it(missing: Missing) -> None:
    record = {"sex": Reading(missing=missing)}
    unknown = False if missing is Missing.NOT_APPLICABLE else None
    assert holds(Condition(field="sex", within=("male",)), record) is unknown
    assert holds(Condition(field="sex", outside=("male",)), record) is unknown
    assert holds(Condition(field="sex", at_least=1), record) is unknown
    assert holds(Condition(field="sex", stated=True), record) is False
    assert holds(Condition(field="sex", stated=False), record) is True
    assert holds(Condition(field="sex", missing=(missing.value,)), record) is True
    others = tuple(kind.value for kind in Missing if kind is not missing)
    assert holds(Condition(field="sex", missing=others), record) is False


def test_a_field_nobody_looked_for_is_missing_not_wrong() -> None:
    assert holds(Condition(field="force", within=("Kent Police",)), {}) is None
    assert holds(Condition(field="force", missing=("not_sought",)), {}) is True


def test_any_of_several_values_is_enough_but_outside_needs_none_of_them() -> None:
    record = {"vulnerabilities": reading("domestic_abuse", "missing")}
    assert holds(Condition(field="vulnerabilities", within=("missing", "fgm")), record) is True
    assert holds(Condition(field="vulnerabilities", outside=("missing",)), record) is False
    assert holds(Condition(field="vulnerabilities", outside=("fgm",)), record) is True


def test_a_narrower_value_is_also_the_broader_one() -> None:
    record = {"category": Reading((Stated("sudi", broader=("related_death",)),))}
    assert holds(Condition(field="category", within=("related_death",)), record) is True
    assert holds(Condition(field="category", outside=("related_death",)), record) is False


def test_numbers_compare_exactly() -> None:
    at_least = Condition(field="age", at_least=18)
    assert [holds(at_least, {"age": reading(age)}) for age in ("17", "18", "in his 30s")] == [False, True, None]
    assert holds(Condition(field="age", at_most=0.1), {"age": reading("0.1")}) is True


@pytest.mark.parametrize(("text", "known"), [("12", True), ("-3.5", True), ("1e9", False), ("", False), ("٣", True)])
def test_a_number_is_digits_and_nothing_else(text: str, known: bool) -> None:
    assert (number(text) is not None) is known


def test_a_condition_that_tests_nothing_is_a_fault_of_the_protocol() -> None:
    with pytest.raises(ProtocolError, match="tests nothing"):
        holds(Condition(field="age"), {"age": reading("3")})


def test_one_failure_settles_a_conjunction_and_one_success_a_choice() -> None:
    met, failed, unknown = (
        Condition(field="a", within=("1",)),
        Condition(field="a", within=("2",)),
        Condition(field="b", within=("1",)),
    )
    record = {"a": reading("1")}
    assert all_hold([unknown, failed], record) is False
    assert all_hold([met, unknown], record) is None
    assert all_hold([met], record) is True
    assert all_hold([], record) is True
    assert either([None, True]) is True
    assert either([False, None]) is None
    assert either([]) is False


def test_the_evidence_is_that_of_the_value_that_met_the_test() -> None:
    one, two = words("v1", "He was stalked."), words("v1", "He went missing.")
    record = {"vulnerabilities": Reading((Stated("stalking", (one,)), Stated("missing", (two,))))}
    assert evidence(Condition(field="vulnerabilities", within=("missing",)), record) == (two,)
    assert evidence(Condition(field="vulnerabilities", within=("fgm",)), record) == (one, two)
    withheld = Reading(missing=Missing.WITHHELD, anchors=(one,))
    assert evidence(Condition(field="age", at_least=1), {"age": withheld}) == (one,)


def test_a_reading_is_a_value_or_a_kind_of_missing_never_both() -> None:
    with pytest.raises(ValueError, match="either"):
        Reading()
    with pytest.raises(ValueError, match="either"):
        Reading((Stated("1"),), Missing.UNCLEAR)
    assert reading().missing is Missing.NOT_STATED
    assert NOT_SOUGHT.missing is Missing.NOT_SOUGHT
    assert NOT_APPLICABLE.missing is Missing.NOT_APPLICABLE
