"""A briefing under a disclosure policy: what is hidden is so in tables, charts, sentences and the ledger alike."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from goldthread.analysis.records import StudyRecord
from goldthread.briefing import claims, protection
from goldthread.briefing.blocks import Briefing, FigureBlock, LiveFigure, Quote, TableBlock
from goldthread.briefing.build import build
from goldthread.briefing.formats import docx, html
from goldthread.briefing.formats import pdf as pdfs
from goldthread.briefing.formats.outline import Outline
from goldthread.briefing.formats.paper import a_row_a_review
from goldthread.briefing.options import Options
from goldthread.briefing.quantities import masked
from goldthread.disclosure.naming import namings
from goldthread.disclosure.policy import HIDDEN, Policy
from goldthread.disclosure.system import System
from goldthread.errors import UsageError
from goldthread.protocol.model import Condition, Protocol
from goldthread.values import Basis
from tests.analysis.building import characteristic, recommendation, review
from tests.analysis.building import study as of
from tests.briefing import example
from tests.briefing.contents import all_text, blocks_of, figures_of

FIVE = Options(policy=Policy(fewest=5))
KINDS = ["practice", "meta-analysis", "periodic"]
STUDIES = {"small": example.study(12, 3), "middling": example.study(40, 4), "large": example.study(90, 5)}


def _made(kind: str, protocol: Protocol, study: StudyRecord, options: Options = FIVE) -> Briefing:
    return build(kind, protocol, study, Basis.DRAFT, made=example.MADE, options=options)


def _tables(briefing: Briefing) -> Iterator[TableBlock | FigureBlock]:
    for block in Outline(briefing).blocks:
        if isinstance(block, TableBlock | FigureBlock):
            yield block


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", STUDIES)
def test_nothing_hidden_can_be_worked_out_from_the_rest(
    name: str, kind: str, protocol: Protocol, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All equations between all numbers of the briefing are solved together: no hidden one is the same in all."""
    systems: list[System] = []

    class Watched(System):
        def __init__(self) -> None:
            super().__init__()
            systems.append(self)

    monkeypatch.setattr(protection, "System", Watched)
    found: list[frozenset[object]] = []
    real = protection.hidden
    monkeypatch.setattr(protection, "hidden", lambda *rest: found.append(real(*rest)) or found[-1])
    _made(kind, protocol, STUDIES[name])
    (system,), (hidden,) = systems, found
    assert [key for key in system.open(hidden) if system.values[key]] == []
    small = {key for key, value in system.values.items() if 0 < value < 5 and key not in system.fixed}
    assert small and small <= hidden
    if name == "large":
        assert len(hidden - small) < len(system.values) / 3


@pytest.mark.parametrize("kind", [*KINDS, "sector"])
def test_no_small_number_stands_in_a_table_a_chart_or_a_sentence(kind: str, protocol: Protocol) -> None:
    briefing = _made(kind, protocol, STUDIES["middling"])
    public = {entry.key for entry in briefing.evidence} & briefing.public
    for live in figures_of(briefing):
        number = re.match(r"(\d+)(?: of (\d+))? (?:review|passage|recommendation)s?", live.text)
        if number and live.evidence not in public:
            assert int(number[1]) >= 5, live
            assert not number[2] or not 0 < int(number[2]) - int(number[1]) < 5, live
    registered = {table.id for table in protocol.tables if table.population == "registered"}
    checked = 0
    for block in _tables(briefing):
        if block.table is not None and block.table.id not in registered:
            cells = [cell for row in block.table.rows for cell in row.cells if cell.count is not None]
            assert not [cell for cell in cells if 0 < (cell.count or 0) < 5 and row_is_said(block, cell)], block.key
            checked += 1
    assert checked


@pytest.mark.parametrize("kind", ["meta-analysis", "sector"])
def test_no_small_number_stands_in_the_evidence_index_the_text_of_a_chart_or_a_note(
    kind: str, protocol: Protocol
) -> None:
    briefing = _made(kind, protocol, STUDIES["middling"])
    told = ("How reviews were selected", *(t.title for t in protocol.tables if t.population == "registered"))
    entries = [entry for entry in briefing.evidence if entry.key not in briefing.public]
    claimed = [entry.claim for entry in entries if not entry.claim.startswith(told)]
    assert claimed
    assert [claim for claim in claimed if re.search(r": [1-4](?: [a-z]+)?(?: \([^)]*\))?$", claim)] == []
    drawn = [block for block in _tables(briefing) if isinstance(block, FigureBlock) and block.table is not None]
    assert drawn
    assert [block.alternative for block in drawn if re.search(r": [1-4](?: \([^)]*\))?[.;]", block.alternative)] == []
    notes = [note for block in _tables(briefing) if block.table for note in block.table.notes]
    assert [note for note in notes if re.search(r"; [1-4] of them", note)] == []


def test_the_parts_of_a_number_of_recommendations_are_hidden_with_their_rest(protocol: Protocol) -> None:
    many = [review(f"m{n}", recommendations=[recommendation(f"m{n}", "police", "single")]) for n in range(12)]
    few = [review(f"f{n}", recommendations=[recommendation(f"f{n}", "police", "multi")]) for n in range(3)]
    briefing = build("practice", protocol, of([*many, *few]), Basis.CONFIRMED, made=example.MADE, options=FIVE)
    said = next(line for line in all_text(briefing).splitlines() if line.startswith("Police: "))
    whole, *parts = re.findall(r"(\w+) (?:[a-z-]+ )?recommendations", said)
    assert len(parts) == 2 and HIDDEN in parts
    assert [whole, *parts].count(HIDDEN) > 1, said  # 15 and 12 side by side would tell the third
    assert [entry.claim for entry in briefing.evidence if re.search(r"\b3 .*recommendations", entry.claim)] == []


def test_a_filter_that_leaves_fewer_reviews_than_may_be_shown_is_refused(protocol: Protocol) -> None:
    forces = ["Kent Police"] * 3 + ["Essex Police"] * 6
    told = of(
        [review(f"r{n}", characteristics=[characteristic(f"r{n}", "force", at)]) for n, at in enumerate(forces)]
    )

    def narrowed(force: str, options: Options) -> Briefing:
        where = [Condition(field="force", within=(force,))]
        return build("practice", protocol, told, Basis.CONFIRMED, where, made=example.MADE, options=options)

    with pytest.raises(UsageError, match="too few reviews meet the filter") as refused:
        narrowed("Kent Police", FIVE)
    assert "3" not in str(refused.value)
    assert narrowed("Kent Police", Options()).blocks and narrowed("Essex Police", FIVE).blocks


def row_is_said(block: TableBlock | FigureBlock, cell: object) -> bool:
    """Whether a cell is more than a total that the list of reviews states."""
    assert block.table is not None
    return any(cell in row.cells for row in block.table.rows if row.kind != "total")


def test_no_list_of_reviews_stands_behind_a_counted_figure(protocol: Protocol) -> None:
    briefing = _made("practice", protocol, STUDIES["middling"])
    for entry in briefing.evidence:
        assert entry.key in briefing.public or (entry.reviews, entry.anchors) == ((), ()), entry.claim
    ledger = claims.ledger_of(briefing)
    assert all(not claim.reviews for claim in ledger.claims if claim.key not in briefing.public)
    assert not [b for b in blocks_of(briefing, TableBlock) if isinstance(b, TableBlock) and a_row_a_review(b.table)]


def test_the_policy_is_said_at_the_beginning_in_the_method_and_in_the_ledger(protocol: Protocol) -> None:
    briefing = _made("practice", protocol, STUDIES["middling"])
    said = all_text(briefing)
    assert said.count("Numbers from 1 to 4 are not shown (c)") >= 2
    assert "This edition was made under a disclosure policy." in said
    page = html.render(briefing).encode()
    assert claims.read(page, "b.html").options == FIVE
    assert docx.render(briefing)[:2] == b"PK"
    assert claims.read(pdfs.render(briefing), "b.pdf").options == FIVE


def test_passages_that_name_somebody_are_held_back_and_listed(protocol: Protocol, study: StudyRecord) -> None:
    from dataclasses import replace

    def naming(review: object) -> object:
        episodes = tuple(
            replace(e, anchor=replace(e.anchor, quote=f"{e.anchor.quote.rstrip('.')}, as Mrs Ashdown told police."))
            for e in review.episodes  # type: ignore[attr-defined]
        )
        return replace(review, episodes=episodes)  # type: ignore[type-var]

    told = replace(study, reviews=tuple(map(naming, study.reviews)))  # type: ignore[arg-type]
    assert any(
        "Mrs Ashdown" in b.anchor.quote
        for b in Outline(_made("practice", protocol, told, Options())).blocks
        if isinstance(b, Quote)
    )
    briefing = _made("practice", protocol, told)
    quotes = [b for b in Outline(briefing).blocks if isinstance(b, Quote)]
    assert not [quote for quote in quotes if namings(quote.anchor.quote)]
    assert briefing.held_back
    assert all("person" in held.kinds and held.citation for held in briefing.held_back)


def test_rounding_goes_through_tables_and_sentences(protocol: Protocol) -> None:
    briefing = _made("practice", protocol, STUDIES["large"], Options(policy=Policy(nearest=5)))
    for live in figures_of(briefing):
        number = re.match(r"(\d+)(?: of (\d+))? (?:review|passage)s?", live.text)
        if number:
            assert all(int(part) % 5 == 0 for part in number.groups() if part), live


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("12 of 40 reviews (30%)", "c of 40 reviews"),
        ("1 passage", "c passages"),
        ("3 reviews (23%)", "c reviews"),
        ("Kent Police (3)", "Kent Police (c)"),
        ("4", "c"),
        ("1,204 reviews", "c reviews"),
    ],
)
def test_a_number_left_out_leaves_a_sentence_that_reads(text: str, said: str) -> None:
    assert masked(text) == said
    assert HIDDEN in said


def test_single_cases_are_not_told_under_a_policy(protocol: Protocol, study: StudyRecord) -> None:
    with pytest.raises(UsageError, match="single cases"):
        _made("spotlight", protocol, study)


def test_an_open_policy_changes_nothing(protocol: Protocol, study: StudyRecord, draft: Briefing) -> None:
    assert _made("practice", protocol, study, Options(policy=Policy())) == draft
    assert all(isinstance(live, LiveFigure) for live in figures_of(draft))
