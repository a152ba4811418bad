from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from goldthread.analysis.records import StudyRecord
from goldthread.analysis.table import Table
from goldthread.analysis.tabulate import tabulate
from goldthread.disclosure.policy import HIDDEN, Policy
from goldthread.disclosure.tables import guarded
from goldthread.errors import UsageError
from goldthread.protocol.load import load
from goldthread.protocol.model import Axis, Group, Protocol, TableDefinition, TableKind
from goldthread.values import Basis
from tests.analysis.building import characteristic, episode, random_studies, review, study

POLICE = load("police-reviews")
FIVE = Policy(fewest=5)
_CHANGED = (TableKind.LISTING, TableKind.FUNNEL, TableKind.TOGETHER, TableKind.ALIGNMENT)


def _attacked(table: Table, definition: TableDefinition, protocol: Protocol) -> set[tuple[str, str]]:
    """The hidden cells whose value follows from sums, by narrowing what each may be until nothing moves."""
    field = protocol.field_by_id.get(definition.rows.field)
    shown = {row.id for row in table.rows}
    parent = {value.id: value.parent for value in field.values if value.parent in shown} if field else {}
    top = [n for n, row in enumerate(table.rows) if row.kind == "value" and row.id not in parent]
    gaps = [n for n, row in enumerate(table.rows) if row.kind == "missing"]
    totals = [n for n, row in enumerate(table.rows) if row.kind == "total"]
    found = set()
    for c, column in enumerate(table.columns):
        low = [cell.count or 0 for row in table.rows if (cell := row.cells[c]) or True]
        hidden = [row.cells[c].text == HIDDEN for row in table.rows]
        high = [10**6 if is_hidden else value for is_hidden, value in zip(hidden, low, strict=True)]
        sums: list[tuple[list[int], int | tuple[int, int]]] = [([*top, *gaps], total) for total in totals]
        if column.base is not None:
            stated = definition.percent_of == "stated"
            sums.append((top if stated else [*top, *gaps], (column.base, column.base)))
        for _ in range(20):
            for rows, total in sums:
                least, most = total if isinstance(total, tuple) else (low[total], high[total])
                for row in rows:
                    others = [other for other in rows if other != row]
                    low[row] = max(low[row], least - sum(high[other] for other in others))
                    high[row] = min(high[row], most - sum(low[other] for other in others))
                if not isinstance(total, tuple):
                    low[total] = max(low[total], sum(low[row] for row in rows))
                    high[total] = min(high[total], sum(high[row] for row in rows))
        found |= {
            (table.rows[n].id, column.id) for n, is_hidden in enumerate(hidden) if is_hidden and low[n] == high[n]
        }
    return found


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(any_study=random_studies(POLICE, most=14))
def test_no_small_number_is_shown_or_follows_from_what_is(any_study: StudyRecord) -> None:
    for definition in POLICE.tables:
        whole = tabulate(definition, POLICE, any_study, Basis.DRAFT)
        made = guarded(whole, definition, POLICE, FIVE)
        if definition.kind is TableKind.SUMMARY:
            assert not any(0 < (cell.count or 0) < 5 for row in made.rows for cell in row.cells)
            assert _attacked(made, definition, POLICE) == set()
            continue
        if definition.kind is not TableKind.CROSSTAB:
            assert made == whole or definition.kind in _CHANGED
            continue
        assert not any(0 < (cell.count or 0) < 5 for row in made.rows for cell in row.cells)
        if definition.exclusive and definition.show_missing:
            assert _attacked(made, definition, POLICE) == set()
        after_by_row = {row.id: row.cells for row in made.rows}
        assert len(after_by_row) == len(whole.rows)
        for row in whole.rows:
            for cell, after in zip(row.cells, after_by_row[row.id], strict=True):
                unshared = replace(cell, text=str(cell.count), denominator=None, percent=None)
                assert after in (cell, unshared) or (after.text == HIDDEN and not after.reviews and not after.anchors)


def _sexes(numbers: dict[str, int]) -> tuple[StudyRecord, TableDefinition]:
    people = [sex for sex, n in numbers.items() for _ in range(n)]
    reviews = [
        review(f"R{n:03}", characteristics=[characteristic(f"R{n:03}", "sex", sex, subject=1)])
        for n, sex in enumerate(people)
    ]
    return study(reviews), TableDefinition(id="X", title="Sex", rows=Axis(field="sex"), percent_of="stated")


def test_a_small_number_takes_the_next_smallest_with_it_and_the_table_says_so() -> None:
    counted, definition = _sexes({"female": 2, "male": 40})
    made = guarded(tabulate(definition, POLICE, counted, Basis.CONFIRMED), definition, POLICE, FIVE)
    assert [made.cell(sex, "all").text for sex in ("female", "male", "total")] == ["c", "c", "42 (100)"]
    assert made.notes[-1] == (
        "Numbers from 1 to 4 are not shown (c), nor others from which they could be worked out."
    )


def test_a_column_of_fewer_than_may_be_shown_does_not_state_its_n() -> None:
    counted, definition = _sexes({"female": 3})
    made = guarded(tabulate(definition, POLICE, counted, Basis.CONFIRMED), definition, POLICE, FIVE)
    assert made.columns[0].base is None
    assert made.population is None
    assert made.cell("female", "all").text == HIDDEN == made.cell("total", "all").text


def test_numbers_are_rounded_with_their_n_and_share_and_lose_their_evidence() -> None:
    counted, definition = _sexes({"female": 12, "male": 26})
    made = guarded(tabulate(definition, POLICE, counted, Basis.CONFIRMED), definition, POLICE, Policy(nearest=5))
    cell = made.cell("female", "all")
    assert (cell.text, cell.count, cell.denominator, cell.reviews) == ("10 (25)", 10, 40, ())
    assert made.columns[0].base == 40
    assert "nearest 5" in made.notes[-1]


def test_an_open_policy_changes_nothing() -> None:
    counted, definition = _sexes({"female": 1, "male": 1})
    whole = tabulate(definition, POLICE, counted, Basis.CONFIRMED)
    assert guarded(whole, definition, POLICE, Policy()) is whole


def test_a_policy_below_one_is_refused() -> None:
    with pytest.raises(UsageError, match="smallest number shown"):
        Policy(fewest=0)


def test_nothing_is_left_of_what_a_listing_says_of_single_people() -> None:
    known = [characteristic("a", "age", "6", subject=1), characteristic("a", "outcome", "death")]
    cases, definition = study([review("a", characteristics=known)]), POLICE.table_by_id["L1"]
    table = tabulate(definition, POLICE, cases, Basis.CONFIRMED)
    assert "6" in [cell.text for cell in table.rows[0].cells]
    assert guarded(table, definition, POLICE, Policy()) == table
    for policy in (FIVE, Policy(nearest=5)):
        made = guarded(table, definition, POLICE, policy)
        assert {cell.text for row in made.rows for cell in row.cells} == {HIDDEN}
        assert not any(cell.anchors or cell.reviews for row in made.rows for cell in row.cells)
        assert policy.describe() in made.notes


def test_a_column_for_all_beside_the_only_other_hides_the_same_cells() -> None:
    """All reviews were found in one place: what is hidden of that place may not be read off the column for all."""
    statuses = {"included": 9, "out_of_date": 2, "too_brief": 7, "date_unclear": 6}
    reviews = [review(f"{name}-{n}", status=name) for name, times in statuses.items() for n in range(times)]
    definition = POLICE.table_by_id["B1"]
    made = guarded(tabulate(definition, POLICE, study(reviews), Basis.CONFIRMED), definition, POLICE, FIVE)
    assert [column.id for column in made.columns] == ["all", "nspcc"]
    hidden = [[cell.text == HIDDEN for cell in row.cells] for row in made.rows]
    assert sum(map(any, hidden)) >= 2
    assert all(all(line) or not any(line) for line in hidden)


def test_of_two_columns_that_are_alike_neither_gives_the_other_away() -> None:
    numbers = {"female": 2, "male": 40, "other": 9}
    counted, one = _sexes(numbers)
    both = Axis(groups=(Group(id="children", label="Children"), Group(id="all", label="All")))
    definition = one.model_copy(update={"columns": both})
    whole = tabulate(definition, POLICE, counted, Basis.CONFIRMED)
    also = frozenset({(n, 0) for n, row in enumerate(whole.rows) if row.id == "male"})
    made = guarded(whole, definition, POLICE, FIVE, also)
    for row in made.rows:
        assert (row.cells[0].text == HIDDEN) == (row.cells[1].text == HIDDEN), row.id


def test_the_order_of_rows_does_not_tell_between_which_others_a_hidden_number_lies() -> None:
    counted, one = _sexes({"female": 3, "male": 40, "other": 9, "not_binary": 7})
    ranked = one.model_copy(update={"rows": Axis(field="sex", order="count")})
    made = guarded(tabulate(ranked, POLICE, counted, Basis.CONFIRMED), ranked, POLICE, FIVE)
    labels = [row.label for row in made.rows if row.kind == "value"]
    assert labels == sorted(labels)


def test_the_note_does_not_tell_how_many_there_are_where_a_total_is_hidden() -> None:
    record, definition = _sexes({"female": 3, "male": 1})
    table = tabulate(definition, POLICE, record, Basis.DRAFT)
    assert any("; 4 of them, from" in note for note in table.notes)
    made = guarded(table, definition, POLICE, FIVE)
    assert not any("of them" in note for note in made.notes)
    assert any(note.startswith("Unit: ") and ", from the included reviews" in note for note in made.notes)
    record, definition = _sexes({"female": 13, "male": 10})
    rounded = guarded(tabulate(definition, POLICE, record, Basis.DRAFT), definition, POLICE, Policy(nearest=5))
    assert any("; 25 of them, from" in note for note in rounded.notes)


def test_the_notes_do_not_tell_how_many_are_left_out_and_so_how_many_are_not() -> None:
    coded = [review(f"m{n}", episodes=[episode(f"m{n}", "risk_identification")]) for n in range(3)]
    plain = [review(f"c{n}", episodes=[episode(f"c{n}", "collaborative_working")]) for n in range(6)]
    definition = POLICE.table_by_id["T12"]
    table = tabulate(definition, POLICE, study([*coded, *plain]), Basis.CONFIRMED)
    assert "In 6 reviews no episode of this kind is coded." in table.notes  # 9 less 6 are the 3 with a risk missed
    made = guarded(table, definition, POLICE, FIVE)
    assert "In some reviews no episode of this kind is coded." in made.notes
    notes = (
        "Not shown: 3 not stated, 14 not yet looked for.",
        "In no column: 2 reviews.",
        "Not counted: 1,204 reviews whose publication date is not known.",
        "Not shown: 12 pairs that nothing has and chance would give less than once.",
    )
    assert guarded(replace(table, notes=notes), definition, POLICE, FIVE).notes[:-1] == (
        "Not shown: not stated, not yet looked for.",
        "In no column: some reviews.",
        "Not counted: some reviews whose publication date is not known.",
        "Not shown: 12 pairs that nothing has and chance would give less than once.",
    )


def test_no_share_tells_the_whole_of_a_row_in_which_a_number_is_hidden() -> None:
    coded = [episode("a", "crime_prevention", explanation="unknown") for _ in range(5)]
    coded += [episode("a", "crime_prevention", explanation="resourcing") for _ in range(2)]
    coded += [episode("b", "workforce", explanation="unknown") for _ in range(6)]
    definition = POLICE.table_by_id["P4"]
    reviews = [review("a", episodes=coded[:7]), review("b", episodes=coded[7:])]
    table = tabulate(definition, POLICE, study(reviews), Basis.DRAFT)
    assert table.cell("crime_prevention", "unknown").text == "5 (71)"  # of 7, so that the other is 2
    made = guarded(table, definition, POLICE, FIVE)
    assert made.cell("crime_prevention", "resourcing").text == HIDDEN
    left = [cell for row in made.rows for cell in row.cells if any(one.text == HIDDEN for one in row.cells)]
    assert left and not [cell for cell in left if cell.percent or cell.denominator or "(" in cell.text]
    assert made.cell("workforce", "unknown").text == "6 (100)"


def test_what_is_set_beside_a_plan_shows_no_small_number_either() -> None:
    coded = [review("a", episodes=[episode("a", "risk_identification") for _ in range(6)])]
    coded += [review(f"b{n}", episodes=[episode(f"b{n}", "victim_engagement")]) for n in range(5)]
    definition = POLICE.table_by_id["ES1"]
    table = tabulate(definition, POLICE, study(coded), Basis.CONFIRMED)
    made = guarded(table, definition, POLICE, FIVE)
    assert any(cell.count == 1 for row in table.rows for cell in row.cells)
    assert not any(0 < (cell.count or 0) < 5 for row in made.rows for cell in row.cells)
    assert {cell.text for row in made.rows for cell in row.cells} >= {HIDDEN, "6", "5"}
    assert made.notes[-1] == FIVE.describe()
