from __future__ import annotations

from dataclasses import replace

import pytest

from goldthread.analysis.records import StudyRecord
from goldthread.analysis.table import Cell
from goldthread.analysis.tabulate import tabulate
from goldthread.briefing.blocks import FigureBlock, TableBlock
from goldthread.briefing.evidence import EvidenceIndex, is_counted
from goldthread.briefing.sections.tables import (
    Place,
    chart,
    definitions,
    note,
    place_of,
    table_block,
    tells,
    with_charts,
)
from goldthread.briefing.words.template_files import shipped
from goldthread.protocol.model import FigureDefinition, Protocol
from goldthread.values import Basis


@pytest.mark.parametrize(
    ("table", "kind", "place"),
    [
        ("A4", "practice", Place.METHOD),
        ("M1", "practice", Place.MATRIX),
        ("ES1", "practice", Place.ALIGNMENT),
        ("S1", "practice", Place.SNAPSHOT),
        ("S5", "practice", Place.SNAPSHOT),
        ("S8", "practice", Place.FIGURES),
        ("P3", "practice", Place.FIGURES),
        ("T5", "meta-analysis", Place.FIGURES),
    ],
)
def test_each_table_has_its_part_of_the_briefing(protocol: Protocol, table: str, kind: str, place: Place) -> None:
    assert place_of(protocol.table_by_id[table], protocol, shipped()[kind]) is place


@pytest.mark.parametrize("kind", ["practice", "meta-analysis"])
def test_every_table_of_a_kind_is_in_exactly_one_part(protocol: Protocol, kind: str) -> None:
    placed = [table.id for place in Place for table in definitions(protocol, shipped()[kind], place)]
    assert sorted(placed) == sorted(table.id for table in protocol.tables if kind in table.briefings)


def test_words_are_not_figures_and_a_nought_is_one() -> None:
    assert is_counted(Cell("0", 0))
    assert is_counted(Cell("●", None, reviews=("R1",)))
    assert not is_counted(Cell("on or after 1 January 2016"))
    assert not is_counted(Cell(""))


def test_a_claim_can_be_read_without_its_table(protocol: Protocol, study: StudyRecord) -> None:
    index = EvidenceIndex()
    table = tabulate(protocol.table_by_id["P3"], protocol, study, Basis.DRAFT)
    block = table_block(table, "p3", index)
    claims = {entry.key: entry.claim for entry in index.entries}
    row, column = table.rows[0], table.columns[0]
    said = claims[block.evidence[row.id, column.id]]
    assert said == f"{table.title}. {row.label}, {column.label}: {row.cells[0].text}"


def test_a_chart_leans_on_the_evidence_of_its_table(protocol: Protocol, study: StudyRecord) -> None:
    index = EvidenceIndex()
    table = tabulate(protocol.table_by_id["P3"], protocol, study, Basis.DRAFT)
    figure = FigureDefinition(id="F", title="A chart", table="P3", kind="stacked")
    block, drawing = with_charts(table, "p3", (figure,), index)
    assert isinstance(block, TableBlock) and isinstance(drawing, FigureBlock)
    assert drawing.evidence == block.evidence
    assert (drawing.table, drawing.caption) == (table, "A chart")


def test_one_row_is_no_chart(protocol: Protocol, study: StudyRecord) -> None:
    table = tabulate(protocol.table_by_id["P3"], protocol, study, Basis.DRAFT)
    figure = FigureDefinition(id="F", title="A chart", table="P3", kind="stacked")
    one = replace(table, rows=tuple(row for row in table.rows if row.id in ("risk_identification", "total")))
    assert len(with_charts(one, "p3", (figure,), EvidenceIndex())) == 1


def test_a_chart_of_part_of_its_table_says_so_in_its_caption(protocol: Protocol, study: StudyRecord) -> None:
    table = tabulate(protocol.table_by_id["P3"], protocol, study, Basis.DRAFT)
    counted = next(row for row in table.rows if any(cell.count for cell in row.cells))
    long = replace(table, rows=tuple(replace(counted, id=f"r{n}", label=f"Row {n}") for n in range(30)))
    assert chart(long, "stacked", "p3", "A chart", {}).caption == "A chart (the 20 largest of 30)"
    assert chart(table, "stacked", "p3", "A chart", {}).caption == "A chart"


def test_a_table_tells_when_something_known_was_counted_or_said(protocol: Protocol, study: StudyRecord) -> None:
    table = tabulate(protocol.table_by_id["P3"], protocol, study, Basis.DRAFT)
    assert tells(table)
    nought = tuple(replace(row, cells=tuple(Cell("0", 0) for _ in row.cells)) for row in table.rows)
    assert not tells(replace(table, rows=nought))
    words = replace(nought[0], cells=(Cell("in words"), *nought[0].cells[1:]))
    assert tells(replace(table, rows=(words,)))
    missing = tuple(replace(column, id=f"missing:{column.id}") for column in table.columns)
    assert not tells(replace(table, columns=missing))
    assert not tells(replace(table, rows=()))


def test_the_note_is_what_the_table_says_of_itself(protocol: Protocol, study: StudyRecord) -> None:
    table = tabulate(protocol.table_by_id["P3"], protocol, study, Basis.DRAFT)
    assert note(table) == " ".join(table.notes)
    assert "Draft: machine suggestions, not confirmed." in note(table)
