from __future__ import annotations

import re
from dataclasses import replace

from goldthread.analysis.records import StudyRecord
from goldthread.briefing.blocks import Block, Briefing, Heading, Items, Paragraph
from goldthread.briefing.build import build
from goldthread.briefing.formats.outline import Outline
from goldthread.protocol.model import Protocol
from goldthread.screening.model import ScreeningState
from goldthread.values import Basis
from tests.briefing import example


def _part(briefing: Briefing, key: str) -> list[str]:
    """The lines under one first-level heading."""
    lines: list[str] = []
    inside = False
    for block in Outline(briefing).blocks:
        if isinstance(block, Heading) and block.level == 1:
            inside = block.key == key
        elif inside:
            lines += _lines(block)
    return lines


def _lines(block: Block) -> list[str]:
    runs = [block.parts] if isinstance(block, Paragraph) else list(block.items) if isinstance(block, Items) else []
    return ["".join(part.text for part in run) for run in runs]


def test_recommendations_add_up_by_addressee(draft: Briefing, study: StudyRecord) -> None:
    included = [r for r in study.reviews if r.decision and r.decision.decision is ScreeningState.INCLUDED]
    whole = sum(len(r.recommendations) for r in included)
    lines = _part(draft, "recommendations")
    assert lines[0].startswith(f"{whole} recommendations are recorded in ")
    numbers = [
        int(found[1]) for line in lines if (found := re.match(r"[A-Z][\w ]+: (\d+) recommendations? in", line))
    ]
    assert sum(numbers) == whole > 0


def test_the_widest_theme_is_the_one_most_reviews_find_wanting(draft: Briefing, study: StudyRecord) -> None:
    included = [r for r in study.reviews if r.decision and r.decision.decision is ScreeningState.INCLUDED]
    by_theme: dict[str, set[str]] = {}
    for review in included:
        for episode in review.episodes:
            if episode.direction == "missed":
                by_theme.setdefault(episode.theme, set()).add(review.review_id)
    widest = max(len(reviews) for reviews in by_theme.values())
    first = _part(draft, "what-stands-out")[0]
    assert f"{widest} of {len(included)} reviews" in first


def test_silence_about_why_is_counted(draft: Briefing, study: StudyRecord) -> None:
    included = [r for r in study.reviews if r.decision and r.decision.decision is ScreeningState.INCLUDED]
    missed = [e for r in included for e in r.episodes if e.direction == "missed"]
    silent = [e for e in missed if e.explanation == "unknown"]
    said = " ".join(_part(draft, "what-stands-out"))
    assert f"{len(silent)} of {len(missed)} passages" in said
    assert "carry no explanation" in said


def test_where_no_good_practice_is_recorded_the_briefing_says_what_that_may_mean(
    protocol: Protocol, study: StudyRecord
) -> None:
    reviews = tuple(replace(r, episodes=tuple(e for e in r.episodes if e.direction != "good")) for r in study.reviews)
    briefing = build("practice", protocol, replace(study, reviews=reviews), Basis.DRAFT, made=example.MADE)
    assert "No good practice is recorded in the included reviews" in " ".join(_part(briefing, "what-stands-out"))


def test_themes_that_bear_on_no_action_are_shown_outside_the_plan(draft: Briefing) -> None:
    said = " ".join(_part(draft, "alignment"))
    assert "Evidence on themes that bear on no action of the plan:" in said
    assert "Recording and researching: " in said


def test_without_an_alignment_table_every_action_is_still_listed(protocol: Protocol, study: StudyRecord) -> None:
    bare = protocol.model_copy(update={"tables": (), "figures": ()})
    lines = _part(build("practice", bare, study, Basis.DRAFT, made=example.MADE), "alignment")
    assert protocol.plan is not None
    for action in protocol.plan.actions:
        (line,) = [line for line in lines if line.startswith(f"{action.id} ")]
        assert "no evidence in the included reviews" in line or re.search(r": \d+ reviews?, \d+ passages?", line)


def test_without_a_plan_there_is_no_part_about_it(protocol: Protocol, study: StudyRecord) -> None:
    bare = protocol.model_copy(update={"plan": None, "tables": (), "figures": ()})
    briefing = build("practice", bare, study, Basis.DRAFT, made=example.MADE)
    assert "alignment" not in [heading.key for heading in Outline(briefing).headings]


def test_without_tables_the_method_lists_criteria_and_reasons_itself(protocol: Protocol, study: StudyRecord) -> None:
    bare = protocol.model_copy(update={"tables": (), "figures": ()})
    briefing = build("meta-analysis", bare, study, Basis.DRAFT, made=example.MADE)
    lines = _part(briefing, "method")
    assert all(criterion.question in lines for criterion in protocol.criteria)
    assert "Out of date: 2 reviews" in lines
    assert "The protocol sets no criteria." not in lines
