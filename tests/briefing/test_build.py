from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import pytest

from goldthread.analysis.records import StudyRecord
from goldthread.analysis.tabulate import tabulate
from goldthread.briefing.blocks import Box, Briefing, FigureBlock, Heading, Quote, TableBlock
from goldthread.briefing.build import KINDS, build
from goldthread.briefing.formats.outline import Outline
from goldthread.errors import UnbalancedLedger, UsageError
from goldthread.protocol.load import load
from goldthread.protocol.model import Condition, Protocol
from goldthread.screening.model import ScreeningState
from goldthread.values import Basis, State
from tests.analysis.building import characteristic, review
from tests.analysis.building import study as study_of
from tests.briefing import example
from tests.briefing.contents import all_text, blocks_of, text_of


def test_reviews_and_passages_are_never_confused(draft: Briefing, study: StudyRecord) -> None:
    included = [r for r in study.reviews if r.decision and r.decision.decision is ScreeningState.INCLUDED]
    episodes = [e for r in included for e in r.episodes if e.theme == "risk_identification"]
    reviews = len({e.review_id for e in episodes})
    blocks = Outline(draft).blocks
    at = next(n for n, b in enumerate(blocks) if isinstance(b, Heading) and b.key == "theme-risk_identification")
    share = f"{reviews} of {len(included)} reviews ({reviews * 100 / len(included):.0f}%)"
    assert text_of(blocks[at + 1]).startswith(f"Seen in {share}, in {len(episodes)} passages.")


def test_every_quote_is_a_real_passage_of_an_included_review(draft: Briefing, study: StudyRecord) -> None:
    included = {
        r.review_id: r for r in study.reviews if r.decision and r.decision.decision is ScreeningState.INCLUDED
    }
    real = {x.anchor: r for r in included.values() for x in (*r.episodes, *r.recommendations)}
    quotes = [block for block in blocks_of(draft, Quote) if isinstance(block, Quote)]
    assert len(quotes) > 30
    for quote in quotes:
        review = real[quote.anchor]
        assert (quote.citation, quote.file_name) == (review.citation, review.documents[0].file_name)


def test_every_quote_hangs_on_an_entry_that_holds_it(draft: Briefing) -> None:
    entries = {entry.key: entry for entry in draft.evidence}
    for quote in blocks_of(draft, Quote):
        assert isinstance(quote, Quote)
        assert quote.anchor in entries[quote.evidence].anchors


def test_explanations_head_the_passages_that_fall_short_and_good_practice_follows(draft: Briefing) -> None:
    headings = [block.text for block in blocks_of(draft, Heading) if isinstance(block, Heading) and block.level == 3]
    assert "Knowledge, awareness or attitude as barriers" in headings
    assert "Barriers the reviews do not explain" in headings
    assert "Good practice" in headings


@pytest.mark.parametrize("kind", KINDS)
def test_heading_levels_are_never_skipped_and_keys_are_unique(
    kind: str, protocol: Protocol, study: StudyRecord
) -> None:
    outline = Outline(build(kind, protocol, study, Basis.DRAFT, made=example.MADE))
    levels = [heading.level for heading in outline.headings]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    keys = [block.key for block in outline.blocks if isinstance(block, Heading | TableBlock | FigureBlock)]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("kind", ["practice", "meta-analysis"])
def test_the_protocol_says_which_tables_a_briefing_holds(kind: str, protocol: Protocol, study: StudyRecord) -> None:
    briefing = build(kind, protocol, study, Basis.DRAFT, made=example.MADE)
    printed = {block.table.id for block in blocks_of(briefing, TableBlock) if isinstance(block, TableBlock)}
    wanted = {table.id for table in protocol.tables if kind in table.briefings}
    in_the_box = {"S1", "S2", "S3", "S4", "S5", "S6", "S7"} if kind == "practice" else set()
    assert printed | _not_printed(briefing, protocol) == wanted - in_the_box
    assert len(printed) >= 10 and not printed & _not_printed(briefing, protocol)


def _not_printed(briefing: Briefing, protocol: Protocol) -> set[str]:
    """The tables a briefing says it leaves out because nothing was counted in them."""
    said = re.findall(r"Nothing was counted in these tables, and they are not printed: (.+)\.", all_text(briefing))
    titles = {title for line in said for title in line.split("; ")}
    return {table.id for table in protocol.tables if table.title in titles}


def test_a_table_in_which_nothing_was_counted_is_named_and_not_printed(
    protocol: Protocol, study: StudyRecord
) -> None:
    briefing = build("meta-analysis", protocol, study, Basis.DRAFT, made=example.MADE)
    left_out = _not_printed(briefing, protocol)
    assert left_out
    for name in left_out:
        table = tabulate(protocol.table_by_id[name], protocol, study, Basis.DRAFT)
        assert not any(cell.count for row in table.rows for cell in row.cells)


def test_the_snapshot_counts_what_its_tables_count(draft: Briefing, protocol: Protocol, study: StudyRecord) -> None:
    box = next(block for block in draft.blocks if isinstance(block, Box))
    said = "\n".join(text_of(block) for block in box.blocks)
    table = tabulate(protocol.table_by_id["S3"], protocol, study, Basis.DRAFT)
    for row in table.rows:
        if row.kind == "value" and row.cells[0].count:
            assert f"{row.label}: {row.cells[0].count} review" in said
    assert "4 police forces are represented: " in said
    assert "2 police regions are represented: North East" in said


def test_a_category_is_a_share_of_the_reviews_it_applies_to(draft: Briefing) -> None:
    box = next(block for block in draft.blocks if isinstance(block, Box))
    said = "\n".join(text_of(block) for block in box.blocks)
    deaths = re.search(r"What the deaths of children were \((\d+) reviews\)", said)
    assert deaths
    after = said[deaths.end() :].split("What the")[0]
    assert sum(int(n) for n in re.findall(r": (\d+) review", after)) == int(deaths[1])
    assert "Not applicable" not in said


def test_a_review_not_known_to_be_about_a_death_is_no_death_in_the_snapshot(protocol: Protocol) -> None:
    known = [characteristic("a", "outcome", "death"), characteristic("a", "death_category_child", "suicide")]
    told = [
        review("a", characteristics=known),
        review("b", characteristics=[characteristic("b", "outcome", "serious_harm")]),
        *(review(name) for name in "cde"),
    ]
    briefing = build("practice", protocol, study_of(told), Basis.CONFIRMED, made=example.MADE)
    box = next(block for block in briefing.blocks if isinstance(block, Box))
    said = "\n".join(text_of(block) for block in box.blocks)
    assert "What the deaths of children were (1 review)" in said
    assert "1 review (100%)" in said


def test_the_method_tells_what_was_really_done(draft: Briefing) -> None:
    said = all_text(draft)
    for fact in (
        "opened on 5 January 2026",
        "This briefing tells it as it stood on 3 February 2026, in state 5f0c5f0c5f0c",
        "(police-reviews, version",
        "April to June 2019 (1 April 2019 to 30 June 2019): 10 reviews",
        "lexicon, version 1.0: 20 reviews, last run 1 February 2026",
        "each is a machine suggestion until a person confirms it",
        "scr-2.pdf (SCR B): 2 of its pages are pictures of text and could not be read",
        "1 document is an exact copy of another",
        "19 proposed by software and not confirmed and 1 without any decision",
        "goldthread 0.1.0, pypdfium2 5.15.2.",
        "names the reviews and pages behind a figure where it counts at most 20 reviews",
        "lists with more than 200 lines, one a review, are left to the HTML edition",
        "whole sentences that name the police",
    ):
        assert fact in said, fact


def test_every_registered_review_has_one_place_in_the_flow(draft: Briefing) -> None:
    flow = next(
        block for block in blocks_of(draft, FigureBlock) if isinstance(block, FigureBlock) and block.key == "flow"
    )
    numbers = {name: int(n) for name, n in re.findall(r"(\w[\w ,]+): (\d+)", flow.alternative)}
    assert numbers["Reviews registered"] == 20 == 14 + numbers["Duplicate"] + 3 + numbers["Still to be decided"]
    assert numbers["Reviews included"] == 14
    assert numbers["Left out, by main reason"] == numbers["Out of date"] + numbers["No police involvement"] == 3


def test_a_review_registered_twice_stops_the_briefing(protocol: Protocol, study: StudyRecord) -> None:
    doubled = replace(study, reviews=(*study.reviews, study.reviews[0]))
    with pytest.raises(UnbalancedLedger):
        build("practice", protocol, doubled, Basis.DRAFT, made=example.MADE)


def test_rejected_passages_are_neither_counted_nor_quoted(protocol: Protocol, study: StudyRecord) -> None:
    reviews = tuple(
        replace(r, episodes=tuple(replace(e, state=State.REJECTED) for e in r.episodes)) for r in study.reviews
    )
    briefing = build("practice", protocol, replace(study, reviews=reviews), Basis.DRAFT, made=example.MADE)
    assert "No passage of an included review has been coded to a theme yet." in all_text(briefing)
    passages = {e.anchor for r in study.reviews for e in r.episodes}
    assert not any(isinstance(b, Quote) and b.anchor in passages for b in Outline(briefing).blocks)


def test_on_the_confirmed_basis_a_suggestion_counts_for_nothing(protocol: Protocol, study: StudyRecord) -> None:
    briefing = build("practice", protocol, study, Basis.CONFIRMED, made=example.MADE)
    assert "20 reviews registered in the study “Example study”" in all_text(briefing)
    assert "of which none met the criteria" in all_text(briefing)
    assert not blocks_of(briefing, Quote)


def test_a_confirmed_study_reads_the_same_without_the_word_draft(confirmed: Briefing, draft: Briefing) -> None:
    assert [b.anchor for b in blocks_of(confirmed, Quote) if isinstance(b, Quote)] == [
        b.anchor for b in blocks_of(draft, Quote) if isinstance(b, Quote)
    ]
    assert not re.search(r"\bdraft\b", all_text(confirmed), re.IGNORECASE)
    assert re.search(r"\bdraft\b", all_text(draft))


def test_one_round_is_briefed_alone(protocol: Protocol, study: StudyRecord) -> None:
    briefing = build("practice", protocol, study, Basis.DRAFT, rounds=("2019-q2",), made=example.MADE)
    assert briefing.subtitle.startswith("Example study, April to June 2019: 10 reviews found")
    mine = {r.review_id for r in study.reviews if r.round == "2019-q2"}
    whole = "All reviews of the study Example study"
    assert all(set(entry.reviews) <= mine for entry in briefing.evidence if entry.claim != whole)
    assert "The study holds 20 reviews in all" in all_text(briefing)


def test_a_filter_narrows_and_says_so(protocol: Protocol, study: StudyRecord) -> None:
    where = (Condition(field="review_type", within=("SAR",)),)
    briefing = build("practice", protocol, study, Basis.DRAFT, where, made=example.MADE)
    assert "It is narrowed to: Review type is Safeguarding Adult Review." in all_text(briefing)
    mine = {r.review_id for r in study.reviews if "SAR" in r.review_types}
    flow = next(entry for entry in briefing.evidence if entry.claim == "Reviews registered")
    assert set(flow.reviews) == mine


def test_an_empty_study_still_reads_well(empty: Briefing) -> None:
    said = all_text(empty)
    assert empty.subtitle == "Example study: no reviews found, none included"
    for sentence in (
        "No review is included yet.",
        "No recommendation of an included review has been recorded yet.",
        "Nothing can be concluded yet",
        "No document was read for them.",
    ):
        assert sentence in said
    assert not blocks_of(empty, Quote)


def test_registered_but_unscreened_reviews_are_shown_as_undecided(protocol: Protocol) -> None:
    briefing = build("meta-analysis", protocol, example.nothing(4), Basis.DRAFT, made=example.MADE)
    assert "Of 4 reviews registered, none were included, none left out" in all_text(briefing)
    assert "and 4 still to be decided" in all_text(briefing)


def test_one_review_is_written_of_in_the_singular(protocol: Protocol) -> None:
    briefing = build("practice", protocol, example.study(1, 4), Basis.DRAFT, made=example.MADE)
    said = all_text(briefing)
    assert "1 review included of 1 registered." in said
    assert "Of 1 review registered, 1 was included" in said
    assert "1 police force is represented" in said
    assert not re.search(
        r"\b1 (reviews|passages|documents|recommendations|pages)\b", said.replace("of 1 reviews", "")
    )


def test_nothing_is_said_of_reasons_where_nothing_was_left_out(protocol: Protocol, study: StudyRecord) -> None:
    included = tuple(r for r in study.reviews if r.decision and r.decision.decision is ScreeningState.INCLUDED)
    out = tuple(r for r in study.reviews if r.decision and r.decision.decision is ScreeningState.EXCLUDED)
    said = [
        all_text(build("practice", protocol, replace(study, reviews=reviews), Basis.DRAFT, made=example.MADE))
        for reviews in (included, (*included, out[0]), (*included, *out[:2]))
    ]
    assert "14 were included, none left out." in said[0] and "Left out, by main reason" not in said[0]
    assert "14 were included, 1 left out for one main reason." in said[1]
    assert "14 were included, 2 left out for one main reason each." in said[2]


def test_a_kind_nobody_knows_is_refused(protocol: Protocol, study: StudyRecord) -> None:
    with pytest.raises(UsageError, match="poster"):
        build("poster", protocol, study, Basis.DRAFT, made=example.MADE)


@pytest.mark.parametrize("name", ["periodic-review", "learning-reports"])
@pytest.mark.parametrize("kind", KINDS)
def test_other_protocols_are_briefed_too(name: str, kind: str, study: StudyRecord) -> None:
    other = load(name)
    reviews = tuple(
        replace(r, characteristics=(), review_types=(other.review_types[0].id,), source=other.sources[0].id)
        for r in study.reviews
        if r.decision is None or r.decision.reason in ("", *other.reason_by_id)
    )
    briefing = build(kind, other, replace(study, reviews=reviews), Basis.DRAFT, made=example.MADE)
    assert len(briefing.evidence) > 10


def test_the_same_study_makes_the_same_briefing(protocol: Protocol, study: StudyRecord, draft: Briefing) -> None:
    again = build("practice", protocol, study, Basis.DRAFT, made=example.MADE)
    assert again == draft
