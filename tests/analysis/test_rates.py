"""Rates: each over the population of its own area and period, and none where that is not known."""

from __future__ import annotations

from dataclasses import replace

import pytest

from goldthread.analysis.rates import area_fields, in_words, rates_of
from goldthread.analysis.records import ReviewRecord, StudyRecord
from goldthread.analysis.table import Table
from goldthread.analysis.tabulate import tabulate
from goldthread.briefing.figures.chart_files import chart_file
from goldthread.briefing.figures.funnel_plot import INNER, OUTER, points
from goldthread.disclosure.policy import HIDDEN, Policy
from goldthread.disclosure.tables import guarded
from goldthread.errors import UsageError
from goldthread.protocol.model import Protocol
from goldthread.sources.populations import Level, Population
from goldthread.values import Basis
from tests.analysis.building import characteristic, review, study


def people(
    area: str, number: int, period: str = "2019", unit: str = "children", level: Level = Level.FORCE
) -> Population:
    return Population(level, area, period, unit, number, "Fictional statistics")


def held(name: str, force: str, published: str = "2019-05-01") -> ReviewRecord:
    return review(name, published=published, characteristics=[characteristic(name, "force", force)])


def counted(protocol: Protocol, of: StudyRecord, areas: str = "force", **more: int) -> Table:
    return tabulate(rates_of(areas, "children", protocol, of.populations, **more), protocol, of, Basis.CONFIRMED)


@pytest.fixture
def two_forces() -> StudyRecord:
    reviews = [held(f"k{n}", "Kent Police") for n in range(3)]
    reviews += [held("e", "Essex Police"), held("old", "Essex Police", "2012-01-01"), held("none", "Kent Police", "")]
    reviews.append(held("s", "Surrey Police"))
    known = (people("Kent Police", 300_000), people("Essex Police", 250_000), people("Norfolk Constabulary", 150_000))
    return replace(study(reviews), populations=known)


def test_a_rate_is_of_the_reviews_and_the_people_of_one_area_and_period(
    police: Protocol, two_forces: StudyRecord
) -> None:
    table = counted(police, two_forces)
    assert [table.cell("Kent Police", f"2019:{part}").text for part in ("events", "people", "rate")] == [
        *("3", "300,000"),
        in_words(3, 300_000, 100_000),
    ]
    assert table.cell("Kent Police", "2019:rate").text == "1.00 (0.21–2.92)"
    assert table.cell("Norfolk Constabulary", "2019:rate").text == "0.00 (0.00–2.46)"


def test_there_is_no_rate_where_the_population_is_not_known_and_it_is_said(
    police: Protocol, two_forces: StudyRecord
) -> None:
    table = counted(police, two_forces)
    assert table.cell("Surrey Police", "2019:rate").text == "–"
    assert "No rate, as the population is not known, 2019: Surrey Police." in table.notes
    assert table.cell("total", "2019:events").count == 4
    assert table.cell("total", "2019:rate").text == in_words(4, 700_000, 100_000)


def test_what_has_no_date_or_another_is_not_counted_and_it_is_said(police: Protocol, two_forces: StudyRecord) -> None:
    notes = counted(police, two_forces).notes
    assert "Not counted: 1 reviews whose publication date is not known." in notes
    assert "Not counted: 1 reviews whose publication date lies outside the periods, or cannot be placed." in notes
    assert "Population: Fictional statistics." in notes


def test_regions_are_found_by_what_forces_lie_in(police: Protocol) -> None:
    known = (people("South East", 900_000, level=Level.REGION), people("East of England", 10, level=Level.REGION))
    of = replace(study([held("k", "Kent Police"), held("s", "Surrey Police")]), populations=known)
    table = counted(police, of, "police_region", per=1000)
    row = next(row for row in table.rows if row.label == "South East")
    assert [cell.text for cell in row.cells] == ["2", "900,000", in_words(2, 900_000, 1000)]


def test_a_review_of_two_forces_is_once_among_all(police: Protocol) -> None:
    both = [characteristic("b", "force", name) for name in ("Kent Police", "Essex Police")]
    known = (people("Kent Police", 1000), people("Essex Police", 1000))
    table = counted(police, replace(study([review("b", characteristics=both)]), populations=known))
    assert [table.cell(row, "2019:events").count for row in ("Kent Police", "Essex Police", "total")] == [1, 1, 1]
    assert any("once among all" in note for note in table.notes)


def test_periods_stand_side_by_side(police: Protocol) -> None:
    known = (people("Kent Police", 1000, "2018"), people("Kent Police", 1200, "2019"))
    reviews = [held("a", "Kent Police", "2018-03"), held("b", "Kent Police"), held("c", "Kent Police")]
    table = counted(police, replace(study(reviews), populations=known))
    assert [table.cell("Kent Police", f"{year}:events").count for year in (2018, 2019)] == [1, 2]


@pytest.mark.parametrize(
    ("areas", "of", "told"),
    [("board", "children", "no field of areas"), ("force", "adults", "no population of adults by force")],
)
def test_what_is_no_area_or_population_is_refused(
    police: Protocol, two_forces: StudyRecord, areas: str, of: str, told: str
) -> None:
    with pytest.raises(UsageError, match=told):
        rates_of(areas, of, police, two_forces.populations)
    assert area_fields(police) == ("local_authority", "force", "police_region")


def test_the_funnel_plot_says_every_number_and_who_lies_beyond(police: Protocol) -> None:
    names = ("Kent Police", "Essex Police", "Surrey Police")
    reviews = [held(f"k{n}", "Kent Police") for n in range(20)] + [
        held("e", "Essex Police"),
        held("s", "Surrey Police"),
    ]
    known = tuple(people(name, 100_000) for name in names)
    table = counted(police, replace(study(reviews), populations=known))
    period, found = points(table)
    overall = 22 / 300_000
    assert period == "2019"
    assert all(one.outside(overall, INNER) for one in found)
    assert [one.label for one in found if one.outside(overall, OUTER)] == ["Kent Police"]
    drawn = chart_file(table)
    assert "Kent Police: 20 in 100,000" in drawn
    assert "Beyond the limits of 99.8%: Kent Police" in drawn


def test_a_rate_of_few_is_not_published_nor_the_total_that_gives_it_away(
    police: Protocol, two_forces: StudyRecord
) -> None:
    definition = rates_of("force", "children", police, two_forces.populations)
    table = guarded(tabulate(definition, police, two_forces, Basis.CONFIRMED), definition, police, Policy(fewest=3))
    assert [table.cell(row, "2019:events").text for row in ("Kent Police", "Essex Police", "total")] == [
        *("3", HIDDEN, HIDDEN)
    ]
    assert table.cell("Essex Police", "2019:rate").text == HIDDEN
