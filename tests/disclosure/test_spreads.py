"""Ranges and averages under a policy: no lowest, highest or middle value singles anybody out."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goldthread.analysis.records import StudyRecord
from goldthread.analysis.summary import NOTHING
from goldthread.analysis.table import Table
from goldthread.analysis.tabulate import tabulate
from goldthread.disclosure.policy import HIDDEN, Policy
from goldthread.disclosure.spreads import told_of_lags
from goldthread.disclosure.tables import guarded
from goldthread.protocol.load import load
from goldthread.values import Basis
from tests.analysis.building import characteristic, review, study

POLICE = load("police-reviews")
AGES = POLICE.table_by_id["T1"]
FIVE = Policy(fewest=5)
_TEXT = re.compile(r"^(?P<low>.+?)(?: to (?P<high>.+?))? \((?P<mean>.+)\)$")


def _aged(**ages: list[int]) -> StudyRecord:
    """Reviews of one type each about one person of an age."""
    return study(
        [
            review(
                f"{kind}-{n}",
                types=(kind,),
                characteristics=[characteristic(f"{kind}-{n}", "age", str(age), subject=1)],
            )
            for kind, of in ages.items()
            for n, age in enumerate(of)
        ]
    )


def _table(counted: StudyRecord, policy: Policy = FIVE) -> Table:
    return guarded(tabulate(AGES, POLICE, counted, Basis.CONFIRMED), AGES, POLICE, policy)


def _row(table: Table, row: str) -> list[str]:
    return [table.cell(row, column).text for column in ("stated", "range_mean", "median")]


def _id(table: Table, label: str) -> str:
    return next(row.id for row in table.rows if label in row.label)


def test_a_lowest_age_of_one_child_is_hidden_and_the_highest_of_many_is_not() -> None:
    table = _table(_aged(SCR=[1, 4, 4, 6, 9, 17, 17, 17, 17, 17]))
    assert _row(table, _id(table, "SCR")) == ["10", "c to 17 (10.9)", "13"]


def test_ages_shared_by_enough_are_shown_as_they_are() -> None:
    counted = _aged(SCR=[3] * 5 + [9] + [15] * 5)
    plain = tabulate(AGES, POLICE, counted, Basis.CONFIRMED)
    assert _row(_table(counted), _id(plain, "SCR")) == _row(plain, _id(plain, "SCR")) == ["11", "3 to 15 (9.0)", "9"]


def test_a_group_of_few_has_no_average_nor_has_the_total_from_which_it_follows() -> None:
    table = _table(_aged(SCR=[3] * 9 + [15] * 9, SAR=[40, 80], DHR=[30] * 9))
    assert _row(table, _id(table, "SAR")) == [HIDDEN, HIDDEN, HIDDEN]
    assert _row(table, "total")[1:] == [f"3 to c ({HIDDEN})", HIDDEN]
    assert not any(
        cell.reviews or cell.spread for row in table.rows for cell in row.cells if HIDDEN in cell.text.split()
    )


def test_the_table_says_what_is_left_out_of_ranges() -> None:
    table = _table(_aged(SCR=[1, 4, 4, 6, 9]))
    assert FIVE.describe() in table.notes
    assert any(
        note.startswith("A lowest or highest value is shown where at least 5 share it") for note in table.notes
    )


def test_rounding_alone_keeps_single_values_back_too() -> None:
    table = _table(_aged(SCR=[1, 4, 4, 6, 9, 17, 17]), Policy(nearest=5))
    assert _row(table, _id(table, "SCR")) == ["5", "c (8.3)", "6"]


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.fixed_dictionaries({kind: st.lists(st.integers(0, 6), max_size=14) for kind in ("SCR", "SAR", "DHR")}),
    st.sampled_from([Policy(fewest=3), FIVE, Policy(nearest=5), Policy(fewest=3, nearest=5)]),
)
def test_no_value_of_fewer_people_is_printed_or_follows(ages: dict[str, list[int]], policy: Policy) -> None:
    """Every printed low and high is counted again, and what two averages give of a third group is worked out."""
    wanted = policy.fewest_behind
    table = _table(_aged(**ages), policy)
    by_row = {_id(table, kind): of for kind, of in ages.items() if any(kind in row.label for row in table.rows)}
    by_row["total"] = [age for of in ages.values() for age in of]
    shown = {}
    for row in table.rows:
        of = by_row[row.id]
        _, spread, middle = _row(table, row.id)
        if spread in (NOTHING, HIDDEN):
            continue
        found = _TEXT.match(spread)
        assert found
        for bound in (found["low"], found["high"] or found["low"]):
            if bound != HIDDEN:
                assert sum((age if age else -1) == (-1 if bound == "Under 1" else int(bound)) for age in of) >= wanted
        assert (found["mean"] == HIDDEN) == (middle == HIDDEN)
        if found["mean"] != HIDDEN:
            assert len(of) >= wanted
            shown[row.id] = Fraction(found["mean"])
    if "total" in shown:
        assert all(not of or len(of) >= wanted for key, of in by_row.items() if key != "total")


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (3, "How long reviews take is not shown, since too few have both dates."),
        (37, "Half of the 37 reviews with both dates were published within 14 months of it."),
    ],
)
def test_how_long_reviews_take_is_told_of_enough(number: int, told: str) -> None:
    note = f"Half of the {number} reviews with both dates were published within 14 months of it."
    assert told_of_lags(note, FIVE) == told
    assert told_of_lags("Another note.", FIVE) == "Another note."
