"""Periods side by side: what changed, what an earlier report said, and what is still to come."""

from __future__ import annotations

import pytest

from goldthread.analysis.lag import lag, still_to_come
from goldthread.analysis.periods import periods_of
from goldthread.analysis.records import ReviewRecord, StudyRecord
from goldthread.analysis.table import Table
from goldthread.analysis.tabulate import tabulate
from goldthread.briefing.figures.chart_files import chart_file
from goldthread.disclosure.policy import HIDDEN, Policy
from goldthread.disclosure.tables import guarded
from goldthread.errors import UsageError
from goldthread.protocol.crosswalk import Crosswalk
from goldthread.protocol.load import load
from goldthread.protocol.model import Protocol
from goldthread.statistics.proportions import difference, fisher
from goldthread.values import Basis
from tests.analysis.building import characteristic, review, study

WALK = Crosswalk.model_validate(
    {
        "id": "before",
        "title": "An earlier report",
        "field": "outcome",
        "source": "A fictional report of 2012, table 3",
        "categories": [
            {"id": "died", "label": "Died", "to": "death"},
            {"id": "killed", "label": "Killed", "to": "death"},
            {"id": "hurt", "label": "Hurt", "to": "serious_harm"},
            {"id": "odd", "label": "Something else"},
        ],
        "periods": [
            {"id": "p", "label": "2009–2011", "base": 50, "counts": {"died": 12, "killed": 8, "hurt": 27, "odd": 3}}
        ],
    }
)


def held(name: str, outcome: str, incident: str, published: str) -> ReviewRecord:
    values = [characteristic(name, "outcome", outcome, subject=1), characteristic(name, "incident_date", incident)]
    return review(name, published=published, characteristics=values)


def many(**outcomes: tuple[int, int]) -> StudyRecord:
    """So many reviews of each outcome in 2014 and in 2017, published a year later."""
    reviews = []
    for outcome, numbers in outcomes.items():
        for year, number in zip((2014, 2017), numbers, strict=True):
            reviews += [
                held(f"{outcome}{year}-{n}", outcome, f"{year}-03-01", f"{year + 1}-03-01") for n in range(number)
            ]
    return study(reviews)


def made(protocol: Protocol, of: StudyRecord, **more: object) -> Table:
    definition = periods_of("outcome", protocol, dated="incident_date", **more)  # type: ignore[arg-type]
    return tabulate(definition, protocol, of, Basis.CONFIRMED)


@pytest.fixture
def walked(police: Protocol) -> Protocol:
    return police.model_copy(update={"crosswalks": (WALK,)})


def test_the_last_two_periods_are_compared_with_newcombes_interval(police: Protocol) -> None:
    table = made(police, many(death=(30, 45), serious_harm=(30, 15)), periods=("2014-2016", "2017-2019"))
    assert [column.label for column in table.columns] == ["2014-2016", "2017-2019", "Change, 2014-2016 to 2017-2019"]
    assert [cell.text for cell in table.rows[0].cells[:2]] == ["30 (50)", "45 (75)"]
    found = difference((45, 60), (30, 60))
    assert table.rows[0].cells[2].text == f"+25.0 (+{100 * found.low:.1f} to +{100 * found.high:.1f})"
    assert table.rows[1].cells[2].text.startswith("−25.0 (−")


def test_where_few_are_expected_an_exact_test_is_given(police: Protocol) -> None:
    table = made(police, many(death=(1, 4), serious_harm=(4, 1)), periods=("2014-2016", "2017-2019"))
    assert table.rows[0].cells[2].text.endswith(f", p = {fisher((4, 5), (1, 5)):.3f}")


def test_periods_are_of_equal_length_when_none_is_named(police: Protocol) -> None:
    table = made(police, many(death=(2, 3)))
    assert [column.label for column in table.columns][:-1] == ["2014", "2015", "2016", "2017"]


def test_an_earlier_report_stands_beside_ours_many_categories_to_one(walked: Protocol) -> None:
    table = made(walked, many(death=(5, 5), serious_harm=(5, 5)), periods=("2014-2017",), crosswalk="before")
    deaths = table.cell("death", "earlier:p")
    assert (deaths.text, deaths.denominator, deaths.reviews) == ("20 (40)", 50, ())
    assert table.cell("serious_harm", "earlier:p").text == "27 (54)"
    assert table.cell("total", "earlier:p").count == 50
    assert table.columns[-1].label == "Change, 2009–2011 to 2014-2017"
    told = " ".join(table.notes)
    assert "as printed: A fictional report of 2012, table 3" in told
    assert "correspond to none of ours, and are in no row: Something else (3 in 2009–2011)" in told


def test_a_period_of_which_many_reviews_are_to_come_is_said_not_to_be_complete(police: Protocol) -> None:
    reviews = [held(f"o{n}", "death", "2014-01-15", "2016-01-15") for n in range(8)]
    reviews += [held(f"n{n}", "death", "2018-01-15", "2018-12-15") for n in range(2)]
    told = " ".join(made(police, study(reviews), periods=("2014", "2018")).notes)
    assert "Half of the 10 reviews with both dates were published within 24 months" in told
    assert "2018 is not complete: the newest review was published 0 months after its end, and 100% of reviews" in told
    old = " ".join(made(police, study(reviews), periods=("2014",)).notes)
    assert "not complete" not in old


def test_the_share_still_to_come_is_of_those_that_took_longer() -> None:
    found = [each for n in (6, 12, 18, 30) if (each := lag(f"r{n}", "2014-01", f"{2014 + n // 12}-{1 + n % 12:02}"))]
    assert [float(still_to_come(found, months)) for months in (0, 12, 29, 30)] == [1.0, 0.5, 0.25, 0.0]
    assert still_to_come([], 12) == 1


@pytest.mark.parametrize(
    ("field", "more", "told"),
    [
        ("incident_date", {}, "no categories"),
        ("outcome", {"dated": "sex"}, "not a date"),
        ("outcome", {"periods": ("lately",)}, "not a period"),
        ("outcome", {"crosswalk": "none"}, "no crosswalk"),
    ],
)
def test_what_cannot_be_set_side_by_side_is_refused(
    police: Protocol, field: str, more: dict[str, object], told: str
) -> None:
    with pytest.raises(UsageError, match=told):
        periods_of(field, police, **more)  # type: ignore[arg-type]


def test_the_shipped_crosswalk_leads_to_the_values_of_its_field() -> None:
    periodic = load("periodic-review")
    (walk,) = periodic.crosswalks
    values = {value.id for value in periodic.field_by_id[walk.field].values}
    assert {one.to for one in walk.categories if one.to} <= values
    assert all(sum(period.counts.values()) == period.base for period in walk.periods)
    table = made_of(periodic, walk)
    assert table.cell("related", "earlier:from_2016").count == 13


def test_an_earlier_report_is_shown_before_anything_of_ours_is_dated() -> None:
    periodic = load("periodic-review")
    (walk,) = periodic.crosswalks
    definition = periods_of(walk.field, periodic, dated="incident_date", crosswalk=walk.id)
    for reviews in ([], [review("a")]):
        table = tabulate(definition, periodic, study(reviews), Basis.CONFIRMED)
        assert [column.heading for column in table.columns] == ["From 2016, police sample (n=40)"]
        beside = made_of(periodic, walk)
        rows = {row.id: (row.label, row.cells[0].text) for row in table.rows}
        assert rows == {row.id: (row.label, row.cells[0].text) for row in beside.rows if row.kind != "missing"}


def made_of(protocol: Protocol, walk: Crosswalk) -> Table:
    definition = periods_of(walk.field, protocol, dated="incident_date", crosswalk=walk.id)
    where = [characteristic("a", "outcome", "death", subject=1), characteristic("a", "incident_date", "2018-01-01")]
    where.append(characteristic("a", walk.field, "suicide", subject=1))
    return tabulate(definition, protocol, study([review("a", characteristics=where)]), Basis.CONFIRMED)


def test_a_change_does_not_give_a_hidden_number_away(police: Protocol) -> None:
    of = many(death=(30, 45), serious_harm=(2, 15))
    definition = periods_of("outcome", police, dated="incident_date", periods=("2014-2016", "2017-2019"))
    table = guarded(tabulate(definition, police, of, Basis.CONFIRMED), definition, police, Policy(fewest=5))
    assert {row.cells[0].text for row in table.rows if row.kind == "value"} == {HIDDEN}
    assert {row.cells[2].text for row in table.rows if row.kind == "value"} == {HIDDEN}
    assert chart_file(table).startswith("<?xml")
