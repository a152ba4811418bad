"""Filters as people type them."""

from __future__ import annotations

from datetime import date

import pytest

from goldthread.errors import UsageError
from goldthread.protocol.conditions import holds, parse_filter, reading
from goldthread.protocol.filters import describe, known_fields
from goldthread.protocol.load import load
from goldthread.protocol.model import Condition, Protocol


@pytest.fixture(scope="module")
def police() -> Protocol:
    return load("police-reviews")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("force=Kent Police", Condition(field="force", within=("Kent Police",))),
        ("publication_date>=2019-01-01", Condition(field="publication_date", on_or_after=date(2019, 1, 1))),
        ("publication_date>=2019", Condition(field="publication_date", on_or_after=date(2019, 1, 1))),
        ("publication_date>2019", Condition(field="publication_date", on_or_after=date(2020, 1, 1))),
        ("publication_date<2019-04", Condition(field="publication_date", before=date(2019, 4, 1))),
        ("publication_date<=2019-04", Condition(field="publication_date", before=date(2019, 5, 1))),
        ("review_type=SCR|CPR", Condition(field="review_type", within=("SCR", "CPR"))),
        ("review_type=scr", Condition(field="review_type", within=("SCR",))),
        ("review_type != SAR", Condition(field="review_type", outside=("SAR",))),
        ("ethnicity!=missing", Condition(field="ethnicity", stated=True)),
        ("ethnicity=missing", Condition(field="ethnicity", stated=False)),
        ("sex:stated", Condition(field="sex", stated=True)),
        ("sex:missing", Condition(field="sex", stated=False)),
        ("sex:withheld", Condition(field="sex", missing=("withheld",))),
        ("sex=not_stated|withheld", Condition(field="sex", missing=("not_stated", "withheld"))),
        ("age>=18", Condition(field="age", at_least=18)),
        ("age>17", Condition(field="age", at_least=18)),
        ("age<18", Condition(field="age", at_most=17)),
        ("age<=17.5", Condition(field="age", at_most=17.5)),
        ("age>17.5", Condition(field="age", at_least=18)),
        ("age<17.5", Condition(field="age", at_most=17)),
        ("publication_year>=2018", Condition(field="publication_year", at_least=2018)),
        ("sex=Male", Condition(field="sex", within=("male",))),
        ("outcome=death", Condition(field="outcome", within=("death",))),
    ],
)
def test_a_filter_means_what_it_says(police: Protocol, text: str, meant: Condition) -> None:
    assert parse_filter(text, police) == meant


def test_missing_people_are_not_missing_values(police: Protocol) -> None:
    assert parse_filter("vulnerabilities=missing", police) == Condition(field="vulnerabilities", within=("missing",))
    assert parse_filter("vulnerabilities:missing", police) == Condition(field="vulnerabilities", stated=False)


def test_a_greater_than_on_ages_leaves_the_limit_out(police: Protocol) -> None:
    condition = parse_filter("age>17", police)
    assert [holds(condition, {"age": reading(age)}) for age in ("17", "18")] == [False, True]


def test_a_misspelt_field_is_answered_with_the_nearest(police: Protocol) -> None:
    with pytest.raises(UsageError) as refused:
        parse_filter("publicaton_date>=2019", police)
    assert "did you mean `publication_date`" in str(refused.value)
    assert "review_type" in str(refused.value)


def test_an_unknown_value_is_answered_with_those_there_are(police: Protocol) -> None:
    with pytest.raises(UsageError) as refused:
        parse_filter("sex=femal", police)
    assert "did you mean `female`" in str(refused.value)


@pytest.mark.parametrize(
    "text", ["", "force", "force=", "=Kent", "sex>=2", "age>=old", "publication_date<soon", "sex:soon", "sex=|"]
)
def test_what_cannot_be_understood_is_refused_with_a_mend(police: Protocol, text: str) -> None:
    with pytest.raises(UsageError) as refused:
        parse_filter(text, police)
    assert refused.value.mend


def test_every_field_and_every_pseudo_field_can_be_filtered_by(police: Protocol) -> None:
    for name in known_fields(police):
        assert parse_filter(f"{name}:stated", police).field == name


def test_a_condition_is_told_in_the_protocols_own_labels(police: Protocol) -> None:
    assert describe(parse_filter("review_type!=SAR", police), police).startswith("Review type is not ")
    assert describe(parse_filter("sex=male|female", police), police) == "Sex is Male or Female"
    assert describe(parse_filter("publication_date>=2019", police), police).endswith("is on or after 2019-01-01")
    assert describe(parse_filter("publication_date<2019", police), police).endswith("is before 2019-01-01")
    assert describe(parse_filter("age>=18", police), police).endswith("is at least 18")
    assert describe(parse_filter("age<=17", police), police).endswith("is at most 17")
    assert describe(parse_filter("sex:withheld", police), police) == "Sex is Withheld by anonymisation"
    assert describe(parse_filter("sex:missing", police), police) == "Sex is missing"
