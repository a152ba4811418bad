"""A chart taken away says by itself what it shows, on which basis, and of how many."""

from __future__ import annotations

import re
from dataclasses import replace

from lxml import etree

from goldthread.analysis.table import Cell, Column, Row, Table
from goldthread.analysis.tabulate import CONFIRMED_NOTE, DRAFT_NOTE
from goldthread.briefing.figures.chart_files import chart_file
from goldthread.protocol.model import TableKind
from goldthread.values import Basis, Unit

MARK = "#ffe08a"


def cell(count: int) -> Cell:
    return Cell(str(count), count)


def table(rows: int, title: str = "Reviews by type", basis: Basis = Basis.DRAFT) -> Table:
    note = DRAFT_NOTE if basis is Basis.DRAFT else CONFIRMED_NOTE
    return Table(
        id="T1",
        title=title,
        kind=TableKind.CROSSTAB,
        unit=Unit.REVIEW,
        basis=basis,
        unit_label="reviews",
        population=13,
        row_label="Type",
        columns=(Column("all", "All", None),),
        rows=tuple(Row(f"r{n}", f"Type {n}", "value", (cell(n + 1),)) for n in range(rows)),
        state="1",
        notes=("Unit: reviews; 13 of them, from the included reviews.", note),
    )


def groups(drawn: str) -> list[etree._Element]:
    return list(etree.fromstring(drawn.encode()).findall("{*}g"))


def height(drawn: str) -> float:
    found = re.search(r'viewBox="0 0 [\d.]+ ([\d.]+)"', drawn)
    assert found
    return float(found[1])


def letters(part: etree._Element) -> int:
    return len(part.findall(".//{*}use"))


def shapes(said: str) -> int:
    """How many shapes some words are drawn with: one a letter or blank, one for both letters of “fi”."""
    return len(said.replace("fi", "ﬁ"))


def test_a_chart_carries_its_title_the_mark_of_a_draft_and_the_tables_notes() -> None:
    drawn = chart_file(table(3))
    head, _, foot = groups(drawn)
    assert letters(head) == shapes("Reviews by typeDRAFT: machine suggestions counted, not confirmed")
    assert letters(foot) == shapes("Unit: reviews; 13 of them, from the included reviews."), (
        "the mark is not said twice"
    )
    assert MARK in drawn
    assert '<title id="chart-title">Reviews by type (draft' in drawn


def test_a_chart_of_what_people_confirmed_has_no_mark_of_a_draft() -> None:
    drawn = chart_file(table(3, basis=Basis.CONFIRMED))
    assert MARK not in drawn
    assert "(draft" not in drawn
    assert letters(groups(drawn)[0]) == shapes("Reviews by typeCounts only what people confirmed")


def test_a_long_title_is_wrapped_and_takes_its_room() -> None:
    short, long = table(3), table(3, title="Reviews of what was known and done " * 5)
    assert height(chart_file(long)) > height(chart_file(short)) + 20


def test_rows_that_are_not_drawn_are_said_to_be_in_the_table() -> None:
    whole, cut = (letters(groups(chart_file(table(rows)))[2]) for rows in (20, 23))
    assert cut - whole == shapes("The largest rows are drawn; 3 more are in the table.")


def test_no_id_of_a_chart_is_there_twice() -> None:
    ids = re.findall(r'\bid="([^"]+)"', chart_file(replace(table(3), notes=())))
    assert len(ids) == len(set(ids))
