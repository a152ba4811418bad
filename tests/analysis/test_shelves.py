"""The tables of a protocol stand in groups by what they are about."""

from __future__ import annotations

import pytest

from goldthread.analysis.shelves import Shelf, shelf_of, shelves
from goldthread.protocol.load import load


@pytest.mark.parametrize("name", ["police-reviews", "periodic-review", "learning-reports"])
def test_every_table_stands_in_one_group_in_the_order_of_its_protocol(name: str) -> None:
    protocol = load(name)
    found = shelves(protocol)
    assert sorted(one.id for tables in found.values() for one in tables) == sorted(one.id for one in protocol.tables)
    place = {one.id: n for n, one in enumerate(protocol.tables)}
    for tables in found.values():
        assert tables
        assert [place[one.id] for one in tables] == sorted(place[one.id] for one in tables)
    assert list(found) == [one for one in Shelf if one in found]


@pytest.mark.parametrize(
    ("table", "shelf"),
    [
        ("A4", Shelf.SELECTION),
        ("T1", Shelf.PEOPLE),
        ("T4", Shelf.CASES),
        ("T12", Shelf.PRACTICE),
        ("P4", Shelf.PRACTICE),
        ("P5", Shelf.RECOMMENDATIONS),
        ("G1", Shelf.STEPS),
        ("C2", Shelf.TOGETHER),
        ("ES1", Shelf.PLAN),
        ("M1", Shelf.EACH),
    ],
)
def test_a_table_stands_by_what_it_counts_and_speaks_of(table: str, shelf: Shelf) -> None:
    assert shelf_of(load("police-reviews").table_by_id[table]) is shelf
