from __future__ import annotations

from dataclasses import replace

from goldthread.analysis.table import Cell, Column, Row, Table
from goldthread.anchors import DocumentText, anchor
from goldthread.briefing.blocks import Box, Briefing, Items, Paragraph, Quote, TableBlock, Words
from goldthread.briefing.formats.outline import Outline
from goldthread.briefing.formats.paper import a_row_a_review, bound, on_paper
from goldthread.values import Basis, Unit

TEXT = DocumentText("D1", "0" * 64, 1, ("Officers did not ask to see the children.",))
WORDS = anchor(TEXT, 0, 8)
LONG_NAME = "a-review-with-a-name-so-long-that-nobody-reads-it-to-its-end-2019.pdf"


def _matrix(reviews: int) -> Table:
    names = [f"R{n}" for n in range(1, reviews + 1)]
    rows = [
        Row(name, f"SCR {name} — A review with a title that runs on for longer than a column is wide", "value", (
            Cell("●", 1, reviews=(name,), words=(WORDS,)), Cell("", 0)))
        for name in names
    ]  # fmt: skip
    total = Row("total", "All reviews", "total", (Cell(str(reviews), reviews, reviews=tuple(names)), Cell("0", 0)))
    return Table(
        id="M1", title="Reviews and themes", unit=Unit.REVIEW, unit_label="reviews", basis=Basis.DRAFT,
        population=reviews, row_label="Review", columns=(Column("a", "Risk"), Column("b", "Sharing")),
        rows=(*rows, total), notes=("Unit: reviews.",), state="",
    )  # fmt: skip


def _block(reviews: int) -> TableBlock:
    table = _matrix(reviews)
    return TableBlock(table, table.title, "m1", {**{(r.id, "a"): f"E-{r.id}" for r in table.rows}})


def _briefing(*blocks: TableBlock | Items | Box | Quote | Paragraph) -> Briefing:
    return Briefing(
        title="T", subtitle="S", kind="practice", basis=Basis.DRAFT, language="en-GB", state="", made="",
        blocks=blocks, evidence=(),
    )  # fmt: skip


def _printed(block: TableBlock) -> TableBlock:
    (found,) = on_paper(_briefing(block)).blocks
    assert isinstance(found, TableBlock)
    return found


def test_a_matrix_is_known_by_its_rows() -> None:
    table = _matrix(3)
    assert a_row_a_review(table)
    assert not a_row_a_review(replace(table, rows=table.rows[-1:]))
    empty = tuple(Row(n, n, "value", (Cell("0", 0), Cell("0", 0))) for n in ("a", "b"))
    assert not a_row_a_review(replace(table, rows=empty))
    counted = (Row("neglect", "Neglect", "value", (Cell("1", 1, reviews=("R1",)), Cell("0", 0))),)
    assert not a_row_a_review(replace(table, rows=counted))


def test_the_dots_of_a_matrix_have_no_entry_on_paper_but_its_totals_do() -> None:
    found = _printed(_block(3))
    assert found.evidence == {("total", "a"): "E-total"}
    assert [row.id for row in found.table.rows] == ["R1", "R2", "R3", "total"]
    assert all(len(row.label) <= bound("label") for row in found.table.rows)
    assert found.table.rows[0].label.startswith("SCR R1 — A review with a title")
    assert found.table.notes == ("Unit: reviews.", "What is behind each dot is in the HTML edition of this briefing.")


def test_a_matrix_too_long_for_paper_keeps_its_number_caption_and_totals() -> None:
    edge, over = _printed(_block(bound("lines"))), _printed(_block(bound("lines") + 1))
    assert len(edge.table.rows) == bound("lines") + 1
    assert [row.id for row in over.table.rows] == ["total"]
    assert over.table.notes[-1] == "Its 201 rows, one a review, are in the HTML edition of this briefing."
    assert (over.key, over.caption) == ("m1", "Reviews and themes")


def test_a_list_too_long_for_paper_is_pointed_to() -> None:
    lines = Items(tuple((Words(f"line {n}"),) for n in range(1204)))
    (found,) = on_paper(_briefing(lines)).blocks
    assert isinstance(found, Paragraph)
    assert "".join(part.text for part in found.parts).startswith("The list has 1,204 entries.")
    short = Items(lines.items[: bound("lines")])
    assert on_paper(_briefing(short)).blocks == (short,)


def test_file_names_beside_quotes_are_shortened_inside_boxes_too() -> None:
    quote = Quote(WORDS, "SCR A", LONG_NAME, "E1")
    plain, box = on_paper(_briefing(quote, Box("A box", (quote,)))).blocks
    assert isinstance(plain, Quote) and isinstance(box, Box)
    assert box.blocks == (plain,)
    assert plain.file_name == "a-review-with-a-name-so-l…s-end-2019.pdf"
    assert plain.anchor == quote.anchor


def test_what_fits_is_printed_as_it_is(draft: Briefing) -> None:
    printed = on_paper(draft)
    changed = [(a, b) for a, b in zip(draft.blocks, printed.blocks, strict=True) if a != b]
    assert changed
    assert all(isinstance(block, TableBlock) and a_row_a_review(block.table) for block, _ in changed)
    assert printed.evidence == draft.evidence


def test_numbers_of_tables_and_figures_are_those_of_the_whole_briefing(large: Briefing) -> None:
    whole, paper = Outline(large), Outline(on_paper(large))
    assert paper.numbers == whole.numbers
    assert [heading.key for heading in paper.headings] == [heading.key for heading in whole.headings]
    assert len(paper.printed) < len(whole.printed) / 2


def test_no_figure_in_prose_loses_its_evidence_on_paper(large: Briefing) -> None:
    whole, paper = Outline(large), Outline(on_paper(large))
    in_tables = {key for block in whole.blocks if isinstance(block, TableBlock) for key in block.evidence.values()}
    assert set(whole.printed) - in_tables <= set(paper.printed)
