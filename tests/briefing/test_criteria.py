from __future__ import annotations

from goldthread.analysis.records import StudyRecord
from goldthread.analysis.table import Table
from goldthread.analysis.tabulate import tabulate
from goldthread.briefing.blocks import Block, Items, Paragraph, TableBlock
from goldthread.briefing.evidence import EvidenceIndex
from goldthread.briefing.sections.criteria import criteria_blocks
from goldthread.protocol.model import Protocol, TableKind
from goldthread.values import Basis


def _table(protocol: Protocol, study: StudyRecord) -> Table:
    definition = next(table for table in protocol.tables if table.kind is TableKind.CRITERIA)
    return tabulate(definition, protocol, study, Basis.DRAFT)


def _said(block: Block) -> list[str]:
    assert isinstance(block, Items)
    return ["".join(part.text for part in item) for item in block.items]


def test_every_criterion_is_told_with_all_that_its_table_says(protocol: Protocol, study: StudyRecord) -> None:
    table = _table(protocol, study)
    lead, told, _ = criteria_blocks(table, "table-c", EvidenceIndex())
    assert isinstance(lead, Paragraph)
    lines = _said(told)
    assert len(lines) == len(protocol.criteria) == len(table.columns) - 2
    for place, (criterion, line) in enumerate(zip(protocol.criteria, lines, strict=True)):
        assert line.startswith(criterion.question)
        for row in table.rows:
            assert (
                row.cells[place].text.replace("2016-01-01", "1 January 2016").replace("2015-04-01", "1 April 2015")
                in line
            )


def test_what_is_asked_of_all_alike_is_said_once(protocol: Protocol, study: StudyRecord) -> None:
    table = _table(protocol, study)
    lines = _said(criteria_blocks(table, "table-c", EvidenceIndex())[1])
    practice = next(n for n, column in enumerate(table.columns) if column.id == "police_practice")
    assert len({row.cells[practice].text for row in table.rows}) == 1 < len(table.rows)
    assert lines[practice].count(table.rows[0].cells[practice].text) == 1
    recent = lines[next(n for n, column in enumerate(table.columns) if column.id == "in_period")]
    assert "Serious Case Review and Domestic Homicide Review: Date of the incident is on or after" in recent
    assert "Safeguarding Adult Review: Publication date is on or after" in recent


def test_the_counts_stay_a_table_with_its_evidence(protocol: Protocol, study: StudyRecord) -> None:
    table, index = _table(protocol, study), EvidenceIndex()
    *_, block = criteria_blocks(table, "table-c", index)
    assert isinstance(block, TableBlock)
    assert [column.id for column in block.table.columns] == ["registered", "included"]
    entries = {entry.key: entry for entry in index.entries}
    for row, before in zip(block.table.rows, table.rows, strict=True):
        assert row.cells == before.cells[-2:]
        for column, cell in zip(block.table.columns, row.cells, strict=True):
            assert entries[block.evidence[row.id, column.id]].reviews == cell.reviews
    assert sum(row.cells[0].count or 0 for row in block.table.rows) == len(study.reviews)
