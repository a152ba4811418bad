from __future__ import annotations

import pytest

from goldthread.coding.passages import DESCRIBED, GOOD, MISSED, passages
from goldthread.documents.model import Role
from goldthread.protocol.lexicon import CueGroup, PracticeCues, RecommendationCues
from goldthread.protocol.load import load
from tests.extraction.pages import Laid, heading, item, lexicon, para, reading

WORDS = lexicon(
    practice=PracticeCues(
        actor=("police",),
        perhaps_actor=("officer",),
        rivals=("prison",),
        carried_by=("they",),
        action=("did",),
        missed=("fail",),
        good=("praise",),
        as_object=("told",),
        afterwards=("after",),
        alleged=("alleged",),
        found=("found",),
        own_enquiry=("ours",),
        boilerplate=("formula",),
        other_agencies=("others",),
        deeds=("deed",),
        idioms=("idiom",),
        uninvolved=("never_there",),
    ),
    recommendations=RecommendationCues(asks=("asks",), heading=("improve",)),
    names=("station", "elsewhere"),
    police=["police", "constable*"],
    officer=["officer*"],
    prison=["prison", "wing"],
    they=["they"],
    did=["attended", "arrested", "recorded", "searched"],
    fail=CueGroup(cues=("fail*", "not recorded", "delay*", "poor"), weight=2.0),
    praise=CueGroup(cues=("appropriate*", "prompt*", "good"), weight=2.0),
    told=["told the police", "informed the police"],
    after=["collision investigator*"],
    alleged=["alleged"],
    found=["found"],
    ours=["we obtained", "during the investigation"],
    formula=["regulation 28"],
    others=["hospital", "social worker*", "school"],
    deed=["was (arrested|handcuffed)"],
    idiom=["failed to stop", "good friend"],
    never_there=["police had no part"],
    elsewhere=["housing officer*"],
    asks=["recommends"],
    improve=["needs to improve"],
    station=["police station"],
    negation=["no", "not", "no evidence"],
)


def told(*blocks: Laid | str) -> list[tuple[str, str]]:
    read = reading(WORDS, *blocks)
    return [(each.direction, read.document.text[each.said.start : each.said.end]) for each in passages(read, WORDS)]


@pytest.mark.parametrize(
    ("sentence", "direction"),
    [
        ("Police failed to call her back.", MISSED),
        ("The response by police was appropriate.", GOOD),
        ("Police attended the house.", DESCRIBED),
        ("There was no evidence that police failed her.", GOOD),
        ("The constable's search was not appropriate.", MISSED),
        ("It was alleged that police delayed, and we found that they did.", MISSED),
        ("During the investigation we found that police delayed.", MISSED),
    ],
)
def test_what_police_did_is_judged_or_described(sentence: str, direction: str) -> None:
    assert told(sentence) == [(direction, sentence)]


@pytest.mark.parametrize(
    "sentence",
    [
        "The hospital failed to call her back.",
        "She came to the police station.",
        "During the investigation police were asked for records of the delay.",
        "This Regulation 28 report is sent to police because of a delay.",
        "We obtained the recorded calls of the police.",
    ],
)
def test_what_is_not_police_practice_is_left_out(sentence: str) -> None:
    assert told(sentence) == []


def test_what_others_told_the_police_or_asked_of_them_is_not_judged() -> None:
    assert told("The school failed when it told the police nothing.") == []
    assert told("It is alleged that police failed to come.") == []
    assert told("The panel recommends that police end the delay.") == []


def test_what_police_did_afterwards_is_described_and_known_as_such() -> None:
    read = reading(WORDS, "The police collision investigator recorded poor light.")
    (passage,) = passages(read, WORDS)
    assert passage.direction == DESCRIBED
    assert passage.afterwards


def test_a_pronoun_carries_the_actor_a_short_way() -> None:
    near = ("Police attended.", "They failed to search.")
    assert [direction for direction, _ in told(*near)] == [DESCRIBED, MISSED]
    far = ("Police attended.", "It rained.", "It rained on.", "They failed to eat.")
    assert [direction for direction, _ in told(*far)] == [DESCRIBED]


def test_a_list_of_concerns_goes_on_about_the_actor_unless_it_names_another() -> None:
    concerns = [
        item(text, Role.CONCERNS) for text in ("Police delayed.", "Checks not recorded.", "Poor hospital notes.")
    ]
    assert [text for _, text in told(*concerns)] == ["Police delayed.", "Checks not recorded."]


def test_an_officer_is_a_police_officer_unless_the_report_is_about_a_prison() -> None:
    assert [direction for direction, _ in told("Police came. The officer failed to search.")] == [MISSED]
    assert told("On the wing of the prison police came once. The officer failed to search.") == []


def test_headings_and_front_matter_are_not_passages() -> None:
    assert told(heading("Police failed"), para("To the police, who failed.", Role.FRONT)) == []


def test_a_section_of_strengths_or_of_what_must_improve_judges_what_it_lists() -> None:
    listed = item("Attendance by police.", Role.GOOD_PRACTICE)
    assert told(listed) == [(GOOD, "Attendance by police.")]
    wanted = (heading("What needs to improve"), item("Attendance by police.", Role.FINDINGS))
    assert told(*wanted) == [(MISSED, "Attendance by police.")]


def test_a_short_name_defined_in_the_text_is_the_actor() -> None:
    found = told("Northshire Police (NSP) attended.", "NSP failed to call.")
    assert found[1] == (MISSED, "NSP failed to call.")


def test_a_protocol_without_an_actor_has_no_passages() -> None:
    read = reading(WORDS, "Police failed.")
    assert passages(read, lexicon(fail=["fail*"])) == []


def test_a_judgement_belongs_to_whoever_stands_nearest_to_it() -> None:
    assert told("The hospital, which had told the police, failed to call back.") == []
    assert told("Police told the hospital at once, but police failed to call back.")[0][0] == MISSED
    assert told("Police, social workers and the hospital failed to meet.")[0][0] == MISSED


def test_what_only_the_police_do_is_theirs_without_their_name() -> None:
    assert told("The man was arrested at noon.") == [(DESCRIBED, "The man was arrested at noon.")]
    assert told("The man was handcuffed, which was not appropriate.")[0][0] == MISSED


def test_an_idiom_with_a_word_of_judgement_judges_nobody() -> None:
    assert told("Police searched for a driver who failed to stop.")[0][0] == DESCRIBED
    assert told("Police arrested her good friend.")[0][0] == DESCRIBED


def test_police_who_are_only_told_or_asked_have_done_nothing() -> None:
    assert told("She called at noon and informed the police.") == []
    assert told("The panel recommends that police be searched.") == []


def test_nobody_goes_on_from_a_sentence_that_tells_of_others_first() -> None:
    others = [f"The school met in week {n}." for n in range(20)]
    assert told("The school told a tale to police.", "They failed to write.", *others) == []
    assert told("Police attended.", "They failed to write.", *others)[1][0] == MISSED


def test_a_sentence_that_denies_any_part_of_the_police_is_no_practice() -> None:
    assert told("The police had no part in it and attended nothing.") == []


def test_an_officer_of_another_service_is_no_police_officer() -> None:
    assert told("Police attended.", "It rained.", "The housing officer failed to write.") == [
        (DESCRIBED, "Police attended.")
    ]


def test_a_bare_officer_far_from_any_police_is_nobodys_where_police_are_seldom_named() -> None:
    filler = [f"The school met in week {n}." for n in range(60)]
    assert told("Police attended.", *filler, "The officer failed to write.") == [(DESCRIBED, "Police attended.")]
    assert told(*filler, "Police attended.", "It rained.", "The officer failed to write.")[1][0] == MISSED


def test_what_the_reviewers_did_goes_on_in_the_next_sentence() -> None:
    assert told("We obtained the police log.", "They recorded what they searched.") == []


@pytest.mark.parametrize(
    ("sentence", "direction"),
    [
        ("The police investigation that followed was not timely.", MISSED),
        ("The response of the police was never robust.", MISSED),
        ("The response of the police was not only prompt, it was thorough.", GOOD),
        ("The response of the police was prompt. The mother was not well.", GOOD),
    ],
)
@pytest.mark.parametrize("protocol", ["police-reviews", "learning-reports"])
def test_praise_denied_where_it_stands_is_blame_in_the_shipped_words(
    protocol: str, sentence: str, direction: str
) -> None:
    words = load(protocol).lexicon
    read = reading(words, sentence)
    found = passages(read, words)
    assert found[0].direction == direction
