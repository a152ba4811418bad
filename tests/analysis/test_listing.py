"""Tables in words: what is known of each case, what each type of review is."""

from __future__ import annotations

from goldthread.analysis.tabulate import tabulate
from goldthread.protocol.check import cross_faults
from goldthread.protocol.model import Protocol, TableDefinition, TableKind
from goldthread.values import Basis, Missing, Unit
from tests.analysis.building import characteristic, review, study

LISTED = TableDefinition(
    id="L9", title="Cases", kind=TableKind.LISTING, fields=("outcome", "age", "sex"), percent_of="none"
)


def test_a_case_is_listed_with_what_is_stated_of_each_person_or_why_nothing_is(police: Protocol) -> None:
    siblings = review(
        "siblings",
        characteristics=[
            characteristic("siblings", "outcome", "serious_harm"),
            characteristic("siblings", "age", "6", subject=1),
            characteristic("siblings", "age", "8", subject=2),
            characteristic("siblings", "sex", "female", subject=1),
            characteristic("siblings", "sex", Missing.WITHHELD, subject=2),
        ],
    )
    made = tabulate(LISTED, police, study([siblings, review("bare")]), Basis.CONFIRMED)
    first, bare = made.rows
    assert [column.label for column in made.columns] == ["Death or significant harm", "Age", "Sex"]
    assert [cell.text for cell in first.cells] == ["Significant harm", "6; 8", "Female; Withheld by anonymisation"]
    assert {cell.text for cell in bare.cells} == {"Not yet looked for"}
    assert first.label == "SCR siblings — Review siblings"
    assert [anchor.quote for anchor in first.cells[1].anchors] == ["age is 6 (1).", "age is 8 (2)."]


def test_people_may_be_listed_one_by_one(police: Protocol) -> None:
    known = [characteristic("s", "age", str(age), subject=n) for n, age in enumerate((6, 8), start=1)]
    each = LISTED.model_copy(update={"unit": Unit.SUBJECT})
    made = tabulate(each, police, study([review("s", characteristics=known)]), Basis.CONFIRMED)
    assert [row.cells[1].text for row in made.rows] == ["6", "8"]
    assert len({row.id for row in made.rows}) == 2


def test_only_types_of_review_that_were_met_with_are_explained(police: Protocol) -> None:
    reviews = [review("a"), review("b", ("SCR", "DHR")), review("c", ("DHR",), status="out_of_date")]
    made = tabulate(police.table_by_id["A1"], police, study(reviews), Basis.CONFIRMED)
    assert [row.id for row in made.rows] == ["SCR", "DHR"]
    assert [row.cells[-1].count for row in made.rows] == [2, 2]
    assert all(cell.text for row in made.rows for cell in row.cells)


def test_a_listing_without_fields_and_fields_without_a_listing_are_faults(police: Protocol) -> None:
    for wrong in (
        LISTED.model_copy(update={"fields": ()}),
        LISTED.model_copy(update={"kind": TableKind.TERMS}),
        LISTED.model_copy(update={"fields": ("outcom",)}),
    ):
        found = cross_faults(police.model_copy(update={"tables": (wrong,), "figures": ()}))
        assert any("fields" in fault.path for fault in found), wrong
