from __future__ import annotations

import pytest

from goldthread.coding.asks import Ask, asks
from goldthread.documents.model import Role
from goldthread.protocol.lexicon import Lexicon, RecommendationCues
from goldthread.protocol.load import load
from tests.extraction.pages import Laid, heading, item, lexicon, para, reading

WORDS = lexicon(
    recommendations=RecommendationCues(
        asks=("asks",),
        heading=("improve",),
        modal=("modal",),
        imperative=("do",),
        not_asks=("past",),
        never_asks=("accepted",),
        addressees={"police": ("police",), "other_agency": ("trust",), "multi_agency": ("board",)},
        several="multi_agency",
        other="other_agency",
        single_scope="single",
        several_scope="multi",
    ),
    asks=["recommends", "is recommended"],
    improve=["needs to improve"],
    modal=["should", "must"],
    do=["ensure", "review"],
    past=["should have"],
    accepted=["recommendation was accepted"],
    police=["police", "force"],
    trust=["trust", "hospital"],
    board=["board", "all agencies"],
)


def found(*blocks: Laid | str, words: Lexicon = WORDS) -> list[Ask]:
    return asks(reading(words, *blocks), words)


def test_an_outright_recommendation_counts_wherever_it_stands() -> None:
    (ask,) = found("The panel recommends that the force update its guidance.")
    assert (ask.addressee, ask.scope) == ("police", "single")
    assert ask.confidence > 0.8


@pytest.mark.parametrize(
    "block",
    [
        para("Police should have attended.", Role.CONCERNS),
        para("Police should attend.", Role.CHRONOLOGY),
        para("The recommendation was accepted and it recommends nothing.", Role.FINDINGS),
        para("The policy says “police should attend”.", Role.CONCERNS),
        heading("Recommendations the force must meet"),
        para("There is a gap in police guidance.", Role.CONCERNS),
    ],
)
def test_a_problem_a_lapse_or_a_quoted_rule_asks_for_nothing(block: Laid) -> None:
    assert found(block) == []


def test_should_counts_more_where_recommendations_stand() -> None:
    (in_section,) = found(para("The trust should review it.", Role.RECOMMENDATIONS))
    (in_concerns,) = found(para("The trust should review it.", Role.CONCERNS))
    assert in_section.confidence > in_concerns.confidence


def test_a_numbered_instruction_counts_in_the_section_only() -> None:
    assert len(found(item("1. Ensure that police review it.", Role.RECOMMENDATIONS))) == 1
    assert len(found(para("(2) Ensure that police review it.", Role.RECOMMENDATIONS))) == 1
    assert found(item("1. Ensure that police review it.", Role.CHRONOLOGY)) == []


def test_what_is_listed_under_what_needs_to_improve_is_asked_for() -> None:
    blocks = (heading("What needs to improve?"), item("The quality of police records.", Role.FINDINGS))
    assert [ask.addressee for ask in found(*blocks)] == ["police"]
    assert found(heading("Strengths"), item("The quality of police records.", Role.FINDINGS)) == []


def test_the_addressee_is_told_by_the_sentence_then_by_those_before_then_by_the_title() -> None:
    said = para("The hospital should act. It should act soon.", Role.RECOMMENDATIONS)
    assert [ask.addressee for ask in found(said)] == ["other_agency", "other_agency"]
    titled = found(heading("Report on a force"), para("It is recommended that this end.", Role.FINDINGS))
    assert [ask.addressee for ask in titled] == ["police"]
    assert [ask.addressee for ask in found("It is recommended that this end.")] == ["other_agency"]


def test_several_named_together_are_several() -> None:
    (ask,) = found("The panel recommends that police and the hospital meet.")
    assert (ask.addressee, ask.scope) == ("multi_agency", "multi")


def test_the_shipped_lexicon_tells_recommendations_from_concerns() -> None:
    words = load("learning-reports").lexicon
    blocks = (
        para("I am concerned that there is no policy for the control room.", Role.CONCERNS),
        para("Consideration should be given to a policy for the control room.", Role.CONCERNS),
        para("In my opinion action should be taken to prevent future deaths.", Role.CONCERNS),
    )
    assert [ask.said.place for ask in found(*blocks, words=words)] == [1]


def test_a_list_of_what_must_improve_asks_for_things_and_not_for_facts() -> None:
    title = heading("What needs to improve", Role.FINDINGS)
    listed = [item(text, Role.FINDINGS) for text in ("The quality of records.", "Records that are kept well by all.")]
    assert len(found(title, *listed)) == 2
    assert found(title, item("Most records are of good quality.", Role.FINDINGS)) == []


def test_a_list_far_below_its_heading_is_no_longer_of_it() -> None:
    title = heading("What needs to improve", Role.FINDINGS)
    listed = [item(f"The quality of record {n}.", Role.FINDINGS) for n in range(60)]
    assert 0 < len(found(title, *listed)) < 60


def test_a_line_that_announces_a_list_asks_through_its_items() -> None:
    asked = found("The panel recommends that the force:", item("Update its guidance."), item("Train its staff."))
    assert [ask.said.place for ask in asked] == [1, 2]


def test_a_question_asks_for_no_change() -> None:
    assert found(para("What must the force do?", Role.RECOMMENDATIONS)) == []


REAL = load("learning-reports").lexicon


@pytest.mark.parametrize(
    "text",
    [
        "The director should send the written statement of action to the inspectorate by 20 June.",
        "Leaders recognise that more work is needed to improve early help.",
        "The committee had recommended that screening be introduced.",
        "Assessments do not say what needs to be addressed.",
        "There are no areas for priority action.",
    ],
)
def test_boilerplate_and_what_others_said_are_no_recommendations(text: str) -> None:
    assert found(para(text, Role.RECOMMENDATIONS), words=REAL) == []


@pytest.mark.parametrize(
    "text",
    [
        "More work is needed to improve early help.",
        "We recommend that the force reviews its guidance.",
        "The force should ensure that every call is graded.",
    ],
)
def test_what_is_asked_for_outright_is_one(text: str) -> None:
    assert len(found(para(text, Role.RECOMMENDATIONS), words=REAL)) == 1
