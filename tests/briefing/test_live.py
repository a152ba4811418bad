"""Figures named in prose."""

from __future__ import annotations

import pytest

from goldthread.analysis.records import StudyRecord
from goldthread.briefing.blocks import Items, LiveFigure, Paragraph, Words
from goldthread.briefing.build import scope_of
from goldthread.briefing.evidence import EvidenceIndex
from goldthread.briefing.words import prose
from goldthread.briefing.words.live import LiveFigures
from goldthread.briefing.words.prose import Reference
from goldthread.errors import UsageError
from goldthread.protocol.model import Protocol
from goldthread.values import Basis


@pytest.fixture(scope="module")
def figures(protocol: Protocol, study: StudyRecord) -> LiveFigures:
    return LiveFigures(scope_of(protocol, study, Basis.DRAFT))


def test_every_figure_is_found_by_its_name(figures: LiveFigures) -> None:
    every = list(figures.everything())
    names = [one.name for one in every]
    assert len(names) == len(set(names)) > 300
    assert all(figures.named(one.name) == one for one in every)
    assert all("{" not in name and "|" not in name for name in names)


def test_a_cell_says_what_its_table_says(figures: LiveFigures, protocol: Protocol, study: StudyRecord) -> None:
    table = scope_of(protocol, study, Basis.DRAFT).tabulate(protocol.table_by_id["T4"])
    row, column = table.rows[0], table.columns[0]
    cell, named = row.cells[0], figures.named(f"T4:{row.id}:{column.id}")
    assert (named.count, named.whole) == (cell.count, cell.denominator)
    assert named.text("cell") == cell.text
    assert named.text() == f"{cell.count:,}"


def test_counts_of_reviews_and_of_passages_are_never_confused(figures: LiveFigures, study: StudyRecord) -> None:
    theme = next(e.theme for r in study.reviews for e in r.episodes if e.theme)
    reviews, passages = (figures.named(f"theme.{theme}.{unit}") for unit in ("reviews", "passages"))
    assert reviews.count == len(set(reviews.reviews))
    assert passages.count == len(set(passages.anchors))
    assert reviews.text("noun").endswith(("review", "reviews")) and passages.text("noun").split()[1][:7] == "passage"
    assert "%" in reviews.text("share") and reviews.text("percent").endswith("%")


def test_a_value_nobody_has_counts_nought(figures: LiveFigures, protocol: Protocol) -> None:
    absent = next(
        f"T4:{value.id}:{column.id}"
        for value in protocol.field_by_id[protocol.table_by_id["T4"].rows.field].values
        for column in protocol.table_by_id["T4"].columns.groups
    )
    assert figures.named(absent).count is not None
    assert figures.named("included.APR").count is not None


@pytest.mark.parametrize(
    ("name", "near"),
    [("included.totals", "included.total"), ("T4:deth:child", "T4:death"), ("theme.voices.reviews", ".reviews")],
)
def test_an_unknown_name_brings_the_nearest(figures: LiveFigures, name: str, near: str) -> None:
    with pytest.raises(UsageError) as caught:
        figures.named(name)
    assert name in caught.value.what and near in caught.value.mend


def test_a_form_a_figure_cannot_take_is_refused(figures: LiveFigures) -> None:
    with pytest.raises(UsageError, match="is no form"):
        figures.named("included.total").text("words")
    with pytest.raises(UsageError, match="part of nothing"):
        figures.named("passages.total").text("percent")


def test_prose_becomes_paragraphs_and_points_with_figures_in_them(figures: LiveFigures) -> None:
    index = EvidenceIndex()
    text = "We **read {registered.total}** of\nthem.\n\n- one {{brace}}\n- *two*,\n  going on\n\n1. first"
    first, points, numbered = prose.blocks(text, figures, index)
    number = figures.named("registered.total")
    assert first == Paragraph(
        (Words("We "), Words("read ", strong=True), LiveFigure(number.text(), "E1"), Words(" of them."))
    )
    assert isinstance(points, Items) and not points.ordered and len(points.items) == 2
    assert "".join(part.text for part in points.items[0]) == "one {brace}"
    assert points.items[1] == (Words("two", emphasis=True), Words(", going on"))
    assert isinstance(numbered, Items) and numbered.ordered
    assert index.entries[0].reviews == number.reviews


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("{{{{x}}}}", (Words("{{x}}"),)),
        ("*a {{b}} c*", (Words("a {b} c", emphasis=True),)),
        ("5*3*2 and 2 * 3 * 4", (Words("5*3*2 and 2 * 3 * 4"),)),
        ("an * alone, and **two", (Words("an * alone, and **two"),)),
        ("***both***", (Words("both", True, True),)),
        ("**so *very* bold**", (Words("so ", True), Words("very", True, True), Words(" bold", True))),
        ("*a **b** c*", (Words("a ", emphasis=True), Words("b", True, True), Words(" c", emphasis=True))),
        ("(*one*)*two*", (Words("("), Words("one", emphasis=True), Words(")"), Words("two", emphasis=True))),
        ("{{*x*}}", (Words("{"), Words("x", emphasis=True), Words("}"))),
    ],
)
def test_braces_and_stars_are_printed_as_they_are_meant(
    figures: LiveFigures, written: str, printed: tuple[Words, ...]
) -> None:
    (block,) = prose.blocks(written, figures, EvidenceIndex())
    assert isinstance(block, Paragraph)
    assert block.parts == printed


def test_a_figure_stands_inside_braces_and_inside_stars(figures: LiveFigures) -> None:
    number = figures.named("included.total").text()
    text = "{{{included.total}}}, *{included.total}*, *of {included.total}*"
    (block,) = prose.blocks(text, figures, EvidenceIndex())
    assert isinstance(block, Paragraph)
    live = LiveFigure(number, "E1")
    assert block.parts == (
        Words("{"),
        live,
        Words("}, "),
        live,
        Words(", "),
        Words("of ", emphasis=True),
        live,
    )


def test_a_lone_brace_is_a_fault_with_its_place(figures: LiveFigures) -> None:
    with pytest.raises(UsageError) as caught:
        prose.blocks("It is {included.total here", figures, EvidenceIndex(), "page one")
    assert caught.value.where == "page one" and "without its partner" in caught.value.what


def test_prose_tells_which_figures_it_names(figures: LiveFigures) -> None:
    text = "{included.total|noun}, again {included.total|noun} and { T4:death:child }"
    assert prose.references(text) == (Reference("included.total", "noun"), Reference("T4:death:child"))
    assert prose.values("{included.total}", figures) == {"included.total": figures.named("included.total").text()}
