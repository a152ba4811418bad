"""One evidence base, several audiences."""

from __future__ import annotations

from dataclasses import replace

import pytest

from goldthread.analysis.records import StudyRecord
from goldthread.briefing.blocks import Box, Briefing, Heading, Paragraph, TableBlock, Words
from goldthread.briefing.build import build
from goldthread.briefing.options import Options
from goldthread.coding.model import Episode
from goldthread.errors import UsageError
from goldthread.protocol.load import load
from goldthread.protocol.model import Protocol
from goldthread.screening.model import ScreeningState
from goldthread.values import Basis
from tests.briefing import example
from tests.briefing.contents import all_text, blocks_of


def made(study: StudyRecord, protocol: Protocol, *audiences: str) -> Briefing:
    options = Options(audiences=audiences)
    return build("sector", protocol, study, Basis.DRAFT, made=example.MADE, options=options)


def headings(briefing: Briefing) -> list[str]:
    return [block.text for block in blocks_of(briefing, Heading) if isinstance(block, Heading)]


def passages_of(study: StudyRecord, *agencies: str) -> list[Episode]:
    included = [r for r in study.reviews if r.decision and r.decision.decision is ScreeningState.INCLUDED]
    return [e for r in included for e in r.episodes if e.theme and set(e.agencies) & set(agencies)]


def test_every_audience_of_the_protocol_has_a_part(study: StudyRecord, protocol: Protocol) -> None:
    found = headings(made(study, protocol))
    assert [text for text in found if text.startswith("Learning for")] == [
        *(f"Learning for {one.label.lower()}" for one in protocol.codebook.audiences),
    ]


def test_one_audience_has_the_briefing_to_itself(study: StudyRecord, protocol: Protocol) -> None:
    briefing = made(study, protocol, "social_care")
    assert [text for text in headings(briefing) if text.startswith("Learning for")] == ["Learning for social care"]
    assert "read for police practice" in all_text(briefing)


def test_counts_are_those_of_the_passages_that_name_the_sector(study: StudyRecord, protocol: Protocol) -> None:
    briefing = made(study, protocol, "social_care")
    mine = passages_of(study, "childrens_social_care", "adult_social_care")
    assert mine
    (block,) = [b for b in blocks_of(briefing, TableBlock) if isinstance(b, TableBlock)]
    assert sum(row.cells[3].count or 0 for row in block.table.rows) == len(mine)
    for row in block.table.rows:
        short = {e.review_id for e in mine if e.theme == row.id and e.direction == "missed"}
        assert row.cells[0].count == len(short)
        assert set(row.cells[0].reviews) == short
    known = {entry.key: entry for entry in briefing.evidence}
    assert all(known[key].anchors for key in block.evidence.values() if known[key].reviews)


def test_passages_without_a_theme_are_said_to_be_in_no_figure(study: StudyRecord, protocol: Protocol) -> None:
    assert "no theme yet" not in all_text(made(study, protocol, "social_care"))
    taken = passages_of(study, "childrens_social_care", "adult_social_care")[-1]
    emptied = tuple(
        replace(r, episodes=tuple(replace(e, theme="", subtheme="") if e == taken else e for e in r.episodes))
        for r in study.reviews
    )
    told = all_text(made(replace(study, reviews=emptied), protocol, "social_care"))
    assert "A further 1 passage in 1 review speaks of this sector and has no theme yet." in told
    assert "It is in no figure of this part." in told


def test_what_is_asked_of_a_sector_is_addressed_to_it_or_names_it(study: StudyRecord, protocol: Protocol) -> None:
    police = all_text(made(study, protocol, "police"))
    assert "go to this sector" in police
    health = all_text(made(study, protocol, "health"))
    assert "No recommendation is addressed to this sector, or names it." in health


def test_questions_for_one_agency_are_not_put_to_another(study: StudyRecord, protocol: Protocol) -> None:
    def questions(audience: str) -> list[object]:
        boxes = blocks_of(made(study, protocol, audience), Box)
        return [one for one in boxes if isinstance(one, Box) and one.title == "Reflective practice"]

    assert questions("police")
    assert not questions("social_care")


def test_a_sector_nobody_speaks_of_says_so(study: StudyRecord, protocol: Protocol) -> None:
    text = all_text(made(study, protocol, "education"))
    assert "No coded passage speaks of education practice." in text


def test_an_audience_the_protocol_does_not_have_is_refused(study: StudyRecord, protocol: Protocol) -> None:
    with pytest.raises(UsageError, match="no audience `heath`") as caught:
        made(study, protocol, "heath")
    assert "health" in caught.value.mend


def test_a_protocol_without_audiences_says_so(study: StudyRecord, protocol: Protocol) -> None:
    bare = protocol.model_copy(update={"codebook": protocol.codebook.model_copy(update={"audiences": ()})})
    assert "names no audiences" in all_text(made(study, bare))


def test_the_shipped_protocols_write_for_the_same_four() -> None:
    for name in ("police-reviews", "periodic-review", "learning-reports"):
        assert [one.id for one in load(name).codebook.audiences] == ["police", "health", "education", "social_care"]


def test_themes_that_as_many_reviews_fell_short_in_stand_in_the_order_of_the_codebook(
    study: StudyRecord, protocol: Protocol
) -> None:
    """Else the same study would not give the same briefing twice, and its claims would look stale at once."""
    one = passages_of(study, "police")[0]
    themes = [theme.id for theme in protocol.codebook.themes]
    alike = tuple(replace(one, theme=theme, subtheme="", direction="missed") for theme in reversed(themes))
    reviews = tuple(replace(r, episodes=alike if one in r.episodes else ()) for r in study.reviews)
    briefing = made(replace(study, reviews=reviews), protocol, "police")
    first = [block.parts[0] for block in blocks_of(briefing, Paragraph) if isinstance(block, Paragraph)]
    labels = [protocol.theme_by_id[theme].label for theme in themes]
    strong = [words.text.rstrip(". ") for words in first if isinstance(words, Words) and words.strong]
    told = [text for text in strong if text in labels]
    assert len(told) > 2
    assert told == labels[: len(told)]
