"""What must be true of every table of every study, shipped definitions and all."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goldthread.analysis.records import StudyRecord
from goldthread.analysis.table import Table
from goldthread.analysis.tabulate import tabulate
from goldthread.protocol.load import load, shipped
from goldthread.protocol.model import Condition, Protocol, TableDefinition, TableKind
from goldthread.screening.ledger import ledger
from goldthread.values import Basis
from tests.analysis.building import random_studies, study

PROTOCOLS = {name: load(name) for name in shipped()}
TABLES = [(name, table.id) for name, protocol in PROTOCOLS.items() for table in protocol.tables]
LITTLE = settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
MORE = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


def counts(table: Table) -> dict[tuple[str, str], int]:
    return {
        (row.id, column.id): cell.count or 0
        for row in table.rows
        for column, cell in zip(table.columns, row.cells, strict=True)
    }


def tables_of(protocol: Protocol, kind: TableKind = TableKind.CROSSTAB) -> list[TableDefinition]:
    return [table for table in protocol.tables if table.kind is kind]


@pytest.mark.parametrize(("name", "table"), TABLES)
def test_every_shipped_table_computes_on_an_empty_study(name: str, table: str) -> None:
    protocol = PROTOCOLS[name]
    for basis in Basis:
        made = tabulate(protocol.table_by_id[table], protocol, study([]), basis)
        assert made.population == 0
        assert all(len(row.cells) == len(made.columns) for row in made.rows)
        assert set(counts(made).values()) <= {0}


@pytest.mark.parametrize("name", PROTOCOLS)
@LITTLE
@given(data=st.data())
def test_every_shipped_table_computes_and_balances_on_any_study(name: str, data: st.DataObject) -> None:
    protocol = PROTOCOLS[name]
    any_study = data.draw(random_studies(protocol))
    for definition in protocol.tables:
        for basis in Basis:
            made = tabulate(definition, protocol, any_study, basis)
            assert all(len(row.cells) == len(made.columns) for row in made.rows)
            if definition.kind is TableKind.CROSSTAB:
                check_sums(definition, protocol, made)


def check_sums(definition: TableDefinition, protocol: Protocol, made: Table) -> None:
    """Top rows and missing make the total of an exclusive table; no cell exceeds it in any."""
    parents = {}
    if field := protocol.field_by_id.get(definition.rows.field):
        parents = {value.id: value.parent for value in field.values}
    shown = {row.id for row in made.rows}
    for n, column in enumerate(made.columns):
        totals = [row.cells[n].count or 0 for row in made.rows if row.kind == "total"]
        parts = [
            row.cells[n].count or 0
            for row in made.rows
            if row.kind != "total" and parents.get(row.id, "") not in shown
        ]
        for total in totals:
            assert max(parts, default=0) <= total
            if definition.exclusive and definition.show_missing:
                assert sum(parts) == total, (made.id, column.id)
        for row in made.rows:
            assert len(row.cells[n].reviews) <= (row.cells[n].count or 0)


@MORE
@given(any_study=random_studies(PROTOCOLS["police-reviews"]), data=st.data())
def test_a_filter_never_adds_to_a_count(any_study: StudyRecord, data: st.DataObject) -> None:
    protocol = PROTOCOLS["police-reviews"]
    condition = data.draw(
        st.sampled_from(
            [
                Condition(field="review_type", within=("SCR",)),
                Condition(field="outcome", within=("death",)),
                Condition(field="sex", stated=True),
                Condition(field="age", at_least=4),
                Condition(field="theme", within=("risk_identification",)),
                Condition(field="publication_date", before="2015-04-20"),
                Condition(field="vulnerabilities", missing=("not_stated", "not_sought")),
            ]
        )
    )
    for definition in tables_of(protocol):
        whole = counts(tabulate(definition, protocol, any_study, Basis.DRAFT))
        part = counts(tabulate(definition, protocol, any_study, Basis.DRAFT, where=(condition,)))
        assert all(number <= whole[place] for place, number in part.items() if number)


@MORE
@given(any_study=random_studies(PROTOCOLS["police-reviews"]))
def test_rounds_partition_what_all_of_them_count(any_study: StudyRecord) -> None:
    protocol = PROTOCOLS["police-reviews"]
    for definition in tables_of(protocol):
        whole = counts(tabulate(definition, protocol, any_study, Basis.DRAFT))
        parts = [
            counts(tabulate(definition, protocol, any_study, Basis.DRAFT, rounds=(one,))) for one in ("r1", "r2")
        ]
        for place, number in whole.items():
            assert number == sum(part.get(place, 0) for part in parts), (definition.id, place)


@MORE
@given(any_study=random_studies(PROTOCOLS["police-reviews"]))
def test_the_draft_counts_at_least_the_reviews_a_person_included(any_study: StudyRecord) -> None:
    protocol = PROTOCOLS["police-reviews"]
    draft, confirmed = (ledger(any_study.reviews, protocol, basis) for basis in (Basis.DRAFT, Basis.CONFIRMED))
    assert set(confirmed.reviews("included")) <= set(draft.reviews("included"))
    assert confirmed.unscreened >= draft.unscreened
    themes = TableDefinition.model_validate(
        {"id": "X", "title": "Themes", "rows": {"field": "theme"}, "exclusive": False, "percent_of": "none"}
    )
    more = counts(tabulate(themes, protocol, any_study, Basis.DRAFT))
    less = counts(tabulate(themes, protocol, any_study, Basis.CONFIRMED))
    assert all(more[place] >= number for place, number in less.items() if not place[0].startswith("missing"))


@MORE
@given(any_study=random_studies(PROTOCOLS["police-reviews"]), basis=st.sampled_from(list(Basis)))
def test_the_ledger_and_the_flow_table_agree(any_study: StudyRecord, basis: Basis) -> None:
    protocol = PROTOCOLS["police-reviews"]
    book = ledger(any_study.reviews, protocol, basis)
    book.balance()
    flow = tabulate(protocol.table_by_id["A4"], protocol, any_study, basis)
    for account in book.accounts:
        row = next(row for row in flow.rows if row.id == account.status)
        assert sum(cell.count or 0 for cell in row.cells) == account.count


@MORE
@given(any_study=random_studies(PROTOCOLS["police-reviews"]))
def test_nothing_unanchored_stands_behind_a_counted_value(any_study: StudyRecord) -> None:
    protocol = PROTOCOLS["police-reviews"]
    for name in ("T2", "T4", "T11", "T12", "P3"):
        made = tabulate(protocol.table_by_id[name], protocol, any_study, Basis.DRAFT)
        for row in made.rows:
            for cell in row.cells:
                if row.kind == "value" and cell.count:
                    assert {anchor.document_id for anchor in cell.anchors} == {f"{one}-d1" for one in cell.reviews}
