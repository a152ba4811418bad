"""Findings in a briefing: every number is counted from the passages taken, and bound to them."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from goldthread.analysis.records import StudyRecord
from goldthread.briefing.blocks import Briefing, Heading, Paragraph, Quote, TableBlock
from goldthread.briefing.build import build, scope_of
from goldthread.briefing.formats.outline import Outline
from goldthread.briefing.options import Options
from goldthread.briefing.words.live import LiveFigures
from goldthread.findings.board import Board, rule_of
from goldthread.findings.following import trace
from goldthread.findings.model import Finding
from goldthread.findings.plans import Plans
from goldthread.protocol.model import Protocol
from goldthread.protocol.plan import Action, Crossing, Plan
from goldthread.values import Basis, State
from tests.briefing import example
from tests.briefing.contents import all_text, blocks_of, figures_of

KINDS = ("meta-analysis", "practice", "themed")
LATER = Plan(
    id="later",
    title="A later plan",
    version="1",
    replaces="nvap-v2",
    actions=(Action(id="A", label="See it"), Action(id="B", label="Act on it")),
    crosswalk=(Crossing(action="2.1.1", to=("A",)),),
)


@pytest.fixture
def board(study: StudyRecord, protocol: Protocol) -> Board:
    """Two findings: one with much for it and a little against, one with nothing but a statement."""
    missed = [e for r in study.reviews for e in r.episodes if e.direction == "missed"]
    good = [e for r in study.reviews for e in r.episodes if e.direction == "good"]
    taken = [*missed[:30], *good[:3]]
    made = Finding(
        "F1",
        "Risk was seen and not acted on.",
        "",
        tuple(e.episode_id for e in missed[:30]),
        tuple(e.episode_id for e in good[:3]),
        (("nvap-v2", "2.1.1"),),
        "Ada",
        "2026-01-01T00:00:00Z",
    )
    bare = replace(made, finding_id="F2", statement="Nobody asked the child.", supporting=(), opposing=(), actions=())
    assert protocol.plan is not None
    return Board(rule_of(protocol), Plans((protocol.plan,), protocol.plan.id), (made, bare), trace(taken, taken))


def briefed(
    kind: str, protocol: Protocol, study: StudyRecord, board: Board | None, basis: Basis = Basis.DRAFT
) -> Briefing:
    return build(kind, protocol, study, basis, made=example.MADE, board=board)


def part_of(briefing: Briefing, key: str) -> str:
    """The text below one heading, up to the next of its level or above."""
    inside, level, said = False, 0, []
    for block in Outline(briefing).blocks:
        if isinstance(block, Heading):
            if inside and block.level <= level:
                break
            if block.key == key:
                inside, level = True, block.level
        elif inside and isinstance(block, Paragraph):
            said.append("".join(part.text for part in block.parts))
    return "\n".join(said)


@pytest.mark.parametrize("kind", KINDS)
def test_a_study_without_findings_says_nothing_of_them(kind: str, protocol: Protocol, study: StudyRecord) -> None:
    keys = {block.key for block in blocks_of(briefed(kind, protocol, study, None), Heading)}
    assert "findings" not in keys
    empty = Board(rule_of(protocol))
    assert briefed(kind, protocol, study, empty) == briefed(kind, protocol, study, None)


@pytest.mark.parametrize("kind", KINDS)
def test_each_finding_says_its_weight_from_the_reviews_of_the_briefing_alone(
    kind: str, protocol: Protocol, study: StudyRecord, board: Board
) -> None:
    rounds = [study.rounds[0].round]
    briefing = build(kind, protocol, study, Basis.DRAFT, rounds=rounds, made=example.MADE, board=board)
    scope = scope_of(protocol, study, Basis.DRAFT, rounds=rounds, board=board)
    assert scope.weighing is not None
    weighed = scope.weighing.weighed[0]
    included = {r.review_id for r in scope.included}
    counted = [one.now for one in board.passages.values() if one.now and one.now.review_id in included]
    assert len(weighed.supporting.episodes) + len(weighed.opposing.episodes) == len(counted) < 33
    said = part_of(briefing, "finding-f1")
    number = len(weighed.supporting.reviews)
    assert f"In {number} of the {len(scope.weighing.over.able)} reviews that could show it" in said
    assert f"in {len(weighed.supporting.episodes)} passages" in said
    assert "Bears on 2.1.1 Recognition and response" in said
    assert "Nothing that counts here is for it" in part_of(briefing, "finding-f2")


@pytest.mark.parametrize("kind", KINDS)
def test_every_number_of_a_finding_is_what_its_evidence_holds(
    kind: str, protocol: Protocol, study: StudyRecord, board: Board
) -> None:
    briefing = briefed(kind, protocol, study, board)
    entries = {entry.key: entry for entry in briefing.evidence}
    checked = 0
    for figure in figures_of(briefing):
        entry = entries[figure.evidence]
        if not re.match(r"F\d, ", entry.claim):
            continue
        number = int(figure.text.replace(",", "").split()[0].replace("no", "0"))
        behind = entry.anchors if "passage" in figure.text else entry.reviews
        assert len(behind) == number, figure
        assert entry.claim.endswith(figure.text)
        checked += 1
    assert checked >= 7
    said = part_of(briefing, "finding-f1")
    numbers = sum(len(re.findall(r"\d+", f.text)) for f in figures_of(briefing) if f.text in said)
    assert numbers


def test_quotes_are_of_the_side_they_stand_under(protocol: Protocol, study: StudyRecord, board: Board) -> None:
    briefing = briefed("meta-analysis", protocol, study, board)
    side = ""
    found = {"for": 0, "against": 0}
    for block in Outline(briefing).blocks:
        if isinstance(block, Heading):
            side = ""
        if isinstance(block, Paragraph) and block.parts and block.parts[0].text in ("For it:", "Against it:"):
            side = "for" if block.parts[0].text == "For it:" else "against"
        if isinstance(block, Quote) and side:
            ids = board.findings[0].supporting if side == "for" else board.findings[0].opposing
            assert block.anchor in {board.passages[one].taken.anchor for one in ids}
            found[side] += 1
    assert found["for"] >= 2
    assert found["against"] >= 1


def test_the_alignment_sets_findings_beside_the_plan_once_there_are_any(
    protocol: Protocol, study: StudyRecord, board: Board
) -> None:
    tables = {b.table.id: b.table for b in blocks_of(briefed("meta-analysis", protocol, study, board), TableBlock)}
    assert "F1 Risk was seen" in tables["ES1"].cell("2.1.1", "findings").text
    assert tables["ES1"].cell("2.4.1", "findings").text == "No finding with evidence in these reviews"
    before = briefed("meta-analysis", protocol, study, None)
    themes = {b.table.id: b.table for b in blocks_of(before, TableBlock)}
    assert [column.id for column in themes["ES1"].columns] == ["themes", "reviews", "episodes"]
    said = all_text(briefed("meta-analysis", protocol, study, board))
    assert (
        "F2 Nobody asked the child: no reviews, no passages." in said
        or "F2 Nobody asked the child: 0 reviews" in said
    )


def test_a_later_plan_says_what_it_carried_over_and_what_it_lost(
    protocol: Protocol, study: StudyRecord, board: Board
) -> None:
    assert protocol.plan is not None
    later = replace(board, plans=Plans((protocol.plan, LATER), "later"))
    said = all_text(briefed("practice", protocol, study, later))
    assert "Bears on A See it (A later plan), carried over from the plan before." in said
    assert "Actions of “National Vulnerability Action Plan 2020–2022” that lead nowhere in it: 2.1.2" in said
    assert "Actions to which nothing of “National Vulnerability Action Plan 2020–2022” leads: B Act on it." in said


def test_evidence_that_was_lost_is_said_and_counts_no_longer(
    protocol: Protocol, study: StudyRecord, board: Board
) -> None:
    gone = board.findings[0].supporting[0]
    rejected = replace(board.passages[gone].taken, state=State.REJECTED)
    others = [one.taken for name, one in board.passages.items() if name != gone]
    lost = replace(board, passages=trace([rejected, *others], [rejected, *others]))
    said = part_of(briefed("practice", protocol, study, lost), "finding-f1")
    assert "It is to be read again" in said
    assert "It is to be read again" not in part_of(briefed("practice", protocol, study, board), "finding-f1")


def test_on_the_confirmed_basis_suggested_passages_do_not_count(
    protocol: Protocol, study: StudyRecord, board: Board
) -> None:
    scope = scope_of(protocol, study, Basis.CONFIRMED, board=board)
    assert scope.weighing is not None
    assert all(e.state is State.CONFIRMED for e in scope.weighing.weighed[0].supporting.episodes)


def test_prose_may_name_what_a_finding_counts(protocol: Protocol, study: StudyRecord, board: Board) -> None:
    scope = scope_of(protocol, study, Basis.DRAFT, board=board)
    assert scope.weighing is not None
    weighed = scope.weighing.weighed[0]
    figures = LiveFigures(scope)
    named = figures.named("finding.F1.reviews")
    assert named.count == len(weighed.supporting.reviews)
    assert named.text("share").startswith(f"{named.count} of {weighed.able} (")
    assert figures.named("finding.F1.against.passages").count == len(weighed.opposing.episodes)


def test_a_briefing_of_some_themes_tells_the_findings_that_speak_of_them(
    protocol: Protocol, study: StudyRecord, board: Board
) -> None:
    theme = board.passages[board.findings[0].supporting[0]].taken.theme
    chosen = build("themed", protocol, study, Basis.DRAFT, board=board, options=Options(themes=(theme,)))
    keys = {block.key for block in blocks_of(chosen, Heading)}
    assert ("finding-f1" in keys) and "finding-f2" not in keys
