"""Every published table comes out again, cell by cell, or the cell is named as one that cannot be right."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import cache

import pytest

from goldthread.analysis.records import StudyRecord
from goldthread.analysis.table import Table
from goldthread.analysis.tabulate import cases_of, tabulate_cases
from goldthread.analysis.units import ReviewCase
from goldthread.audit.rounding import Percent
from goldthread.audit.tables import Table as Printed
from goldthread.protocol.load import load
from goldthread.protocol.model import Condition, Protocol
from goldthread.values import Basis
from tests.published import briefings, meta_analysis, meta_analysis_tables, periodic, periodic_tables
from tests.published.comparing import Compared, Match, compare
from tests.published.reading import printed

ONE_BY_ONE = (Condition(field="subjects", at_most=1),)
"""Tables 1 to 3 of the meta-analysis are about individual children and adults: groups of siblings are left out."""

READ = (Condition(field="pages", at_least=1),)
"""Tables 4 to 6 of the periodic analysis are about the 166 reviews of which there was a report to read."""

STUDIES = {
    "000": ("police-reviews", meta_analysis.cases),
    "002": ("police-reviews", briefings.quarter),
    "003": ("police-reviews", briefings.round_of_2020),
    "004": ("periodic-review", periodic.cases),
}
FILTERS = {
    **{("000", table): ONE_BY_ONE for table in ("T1", "T2", "T3")},
    **{("004", table): READ for table in ("T4", "T5", "T6", "K6", "K8")},
}
LATEST = ("T4", "T5", "T6", "AG1", "AG2", "K1", "K2", "K3", "K4", "K6", "K7", "K8")
"""Tables of the periodic analysis that are about its last period alone."""

MATCHES = (*meta_analysis_tables.MATCHES, *briefings.MATCHES, *periodic_tables.MATCHES)


@cache
def _opened(document: str, rounds: tuple[str, ...]) -> tuple[Protocol, StudyRecord, tuple[ReviewCase, ...]]:
    name, cases = STUDIES[document]
    protocol, study = load(name), cases()
    return protocol, study, cases_of(study, protocol, Basis.CONFIRMED, rounds)


def ours(document: str, table: str) -> Table:
    """Our table over the cases of one report."""
    rounds = periodic.LATEST if document == "004" and table in LATEST else ()
    protocol, study, cases = _opened(document, rounds)
    where = FILTERS.get((document, table), ())
    return tabulate_cases(protocol.table_by_id[table], protocol, cases, study, Basis.CONFIRMED, where)


def compared(match: Match) -> Compared:
    return compare(match, printed(match.document, match.name), ours(match.document, match.table))


def named(match: Match) -> str:
    return f"{match.document}-{match.name.replace(' ', '-')}"


@pytest.mark.parametrize("match", MATCHES, ids=named)
def test_a_published_table_comes_out_again_but_for_the_cells_that_cannot_be_right(match: Match) -> None:
    found = compared(match)
    assert found.cells >= 3
    assert sorted(found.differences) == sorted(match.expected)


def test_a_cell_printed_otherwise_than_the_cases_give_it_is_found() -> None:
    """The comparison itself can fail: on a wrong count, a wrong share, a wrong n, a row that is left out."""
    theirs = printed("000", "Table 7")
    first, *rest = theirs.rows
    cell = first.cells[0]
    match = next(one for one in MATCHES if one.table == "T7")
    made = ours("000", "T7")

    def seen(changed: Printed) -> list[str]:
        return [found.ours for found in compare(match, changed, made).differences]

    assert seen(theirs) == []
    for number, share in ((12, cell.percent), (11, Percent(Fraction(36), 1))):
        planted = first._replace(cells=(cell._replace(number=Fraction(number), percent=share),))
        assert seen(theirs._replace(rows=(planted, *rest))) == ["11 (35.5)"]
    whole = theirs.columns[0].whole
    assert whole is not None
    column = theirs.columns[0]._replace(whole=whole._replace(number=Fraction(30)))
    assert seen(theirs._replace(columns=(column,))) == ["n=31"]
    fewer = replace(match, rows={label: row for label, row in match.rows.items() if row != "cse"})
    kept = tuple(row for row in theirs.rows if match.rows[row.label] != "cse")
    assert [found.ours for found in compare(fewer, theirs._replace(rows=kept), made).differences] == ["1 (3.2)"]
