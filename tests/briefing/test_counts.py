from __future__ import annotations

import re

import pytest

from goldthread.analysis.records import StudyRecord
from goldthread.analysis.tabulate import tabulate
from goldthread.briefing.blocks import Briefing, FigureBlock, LiveFigure, TableBlock
from goldthread.briefing.build import KINDS, build
from goldthread.briefing.formats.folding import shown
from goldthread.protocol.model import Axis, Group, Protocol, TableDefinition
from goldthread.screening.model import ScreeningState
from goldthread.values import Basis
from tests.briefing import example
from tests.briefing.contents import blocks_of, figures_of


def test_every_number_of_reviews_is_the_number_of_reviews_behind_it(draft: Briefing) -> None:
    entries = {entry.key: entry for entry in draft.evidence}
    checked = 0
    for figure in figures_of(draft):
        found = re.match(r"(\d[\d,]*|none|no)(?: of [\d,]+)? reviews?\b", figure.text)
        if found:
            number = 0 if found[1] in ("no", "none") else int(found[1].replace(",", ""))
            assert len(set(entries[figure.evidence].reviews)) == number, figure
            checked += 1
    assert checked > 60


def _holds(briefing: Briefing, figure: LiveFigure) -> int:
    """The number a figure ought to say, from its entry alone: reviews unless its words say otherwise."""
    entry = next(entry for entry in briefing.evidence if entry.key == figure.evidence)
    said = f"{figure.text} {entry.claim.rpartition(': ')[2]}"
    if re.search(r"\b(?:passage|recommendation)s?\b", said):
        return len(set(entry.anchors))
    if figure.text.lower().endswith(("document", "documents")):
        mine = [d for d, review in briefing.documents.items() if review in entry.reviews]
        return len(mine)
    return len(set(entry.reviews))


def _says(figure: LiveFigure) -> int | None:
    """The number a figure says: "12 of 40 reviews (30%)", "none", "Durham Constabulary (4)"."""
    text = figure.text.lower()
    if re.search(r"police (?:force|region)s?$", text):
        return None  # counts values, held against its table elsewhere
    if text == "none" or text.startswith(("none of", "no ", "not in")):
        return 0
    found = re.match(r"([\d,]+)", text) or re.search(r"\(([\d,]+)\)$", text)
    assert found, f"a figure that says no number: {figure}"
    return int(found[1].replace(",", ""))


STUDIES = {
    "nothing": example.nothing(),
    "unscreened": example.nothing(4),
    "one": example.study(1, 4),
    "two": example.study(2, 1),
    "rich": example.study(40, 12),
    "confirmed": example.study(20, 8, confirmed=True),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", STUDIES)
def test_every_live_figure_says_what_its_entry_holds(name: str, kind: str, protocol: Protocol) -> None:
    basis = Basis.CONFIRMED if name == "confirmed" else Basis.DRAFT
    briefing = build(kind, protocol, STUDIES[name], basis, made=example.MADE)
    figures = list(figures_of(briefing))
    said = [(figure, _says(figure)) for figure in figures]
    assert [(f, n) for f, n in said if n is not None and n != _holds(briefing, f)] == []
    few = kind == "spotlight"  # three cases, however many reviews there are
    assert len(figures) >= {"nothing": 2, "unscreened": 4, "rich": 30 if few else 50, "confirmed": 30}.get(name, 10)


@pytest.mark.parametrize("kind", ["practice", "meta-analysis"])
@pytest.mark.parametrize("name", ["one", "rich"])
def test_every_share_is_of_the_whole_it_names(name: str, kind: str, protocol: Protocol) -> None:
    study = STUDIES[name]
    included = [r for r in study.reviews if r.decision and r.decision.decision is ScreeningState.INCLUDED]
    shares = [
        (int(found[1]), int(found[2]), int(found[3]))
        for figure in figures_of(build(kind, protocol, study, Basis.DRAFT, made=example.MADE))
        if (found := re.match(r"(\d+) of (\d+) reviews? \((\d+)%\)", figure.text))
    ]
    assert len(shares) >= 3
    for part, whole, percent in shares:
        assert whole == len(included) >= part
        assert percent == int(part * 100 / whole + 0.5)


def test_every_number_of_passages_is_the_number_of_passages_behind_it(draft: Briefing) -> None:
    entries = {entry.key: entry for entry in draft.evidence}
    checked = 0
    for figure in figures_of(draft):
        if found := re.match(r"(\d+)(?: of \d+)? (?:passage|recommendation)s?\b", figure.text):
            assert len(entries[figure.evidence].anchors) == int(found[1]), figure
            checked += 1
    assert checked > 60


def test_every_cell_of_every_table_is_what_stands_behind_it(draft: Briefing) -> None:
    entries = {entry.key: entry for entry in draft.evidence}
    checked = 0
    for block in blocks_of(draft, TableBlock):
        assert isinstance(block, TableBlock)
        for row in block.table.rows:
            for column, cell in zip(block.table.columns, row.cells, strict=True):
                key = block.evidence.get((row.id, column.id))
                assert (key is not None) == bool(cell.text and (cell.count is not None or cell.reviews))
                if key:
                    assert (entries[key].reviews, entries[key].anchors) == (cell.reviews, cell.anchors)
                    assert shown(cell.text) in shown(entries[key].claim)
                    checked += 1
    assert checked > 100


def test_themes_in_prose_and_themes_in_tables_are_counted_alike(
    draft: Briefing, protocol: Protocol, study: StudyRecord
) -> None:
    everything = (Group(id="all", label="All"),)
    definition = TableDefinition(
        id="x", title="x", rows=Axis(field="theme"), columns=Axis(groups=everything), exclusive=False
    )
    table = tabulate(definition, protocol, study, Basis.DRAFT)
    counted = {row.id: row.cells[0].count for row in table.rows if row.kind == "value"}
    overview = next(
        b for b in blocks_of(draft, FigureBlock) if isinstance(b, FigureBlock) and b.key == "themes-overview"
    )
    assert overview.table is not None
    prose = {row.id: row.cells[0].count for row in overview.table.rows}
    assert prose == {theme: count for theme, count in counted.items() if count}
    assert len(prose) == 6
