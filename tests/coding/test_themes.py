from __future__ import annotations

import pytest

from goldthread.coding.passages import passages
from goldthread.coding.themes import Codes, coded
from goldthread.protocol.load import load
from goldthread.protocol.model import Protocol
from tests.extraction.pages import reading


@pytest.fixture(scope="module")
def learning() -> Protocol:
    return load("learning-reports")


@pytest.fixture(scope="module")
def reviews() -> Protocol:
    return load("police-reviews")


def codes(protocol: Protocol, *sentences: str, before: str = "") -> list[Codes]:
    read = reading(protocol.lexicon, *sentences)
    return [coded(read, passage, protocol, before) for passage in passages(read, protocol.lexicon)]


@pytest.mark.parametrize(
    ("sentence", "theme"),
    [
        ("Police did not share the information with the hospital.", "information_sharing"),
        ("The call handler failed to make a record on the log.", "recording_researching"),
        ("The police sergeant failed to complete a risk assessment before bail.", "risk_assessment_management"),
        ("Police failed to seize the phone or follow lines of enquiry.", "evidence_investigation"),
        ("Police failed to keep the family informed and did not contact the victim.", "victim_engagement"),
        ("The police baton strike was an excessive use of force.", "use_of_force_pursuit"),
        ("Police officers had inadequate training and poor supervision.", "workforce"),
        ("A police officer was found to have a case to answer for discrimination.", "professional_conduct"),
    ],
)
def test_the_theme_is_what_the_sentence_says_most_about(learning: Protocol, sentence: str, theme: str) -> None:
    (found,) = codes(learning, sentence)
    assert found.theme == theme
    assert 0 < found.certainty <= 1


@pytest.mark.parametrize(
    ("sentence", "explanation"),
    [
        ("Police did not share it because officers lacked training and knowledge.", "knowledge_attitude"),
        ("Police did not share it as there was no policy or guidance.", "procedure_system"),
        ("Police were delayed because of staffing and demand on resources.", "resourcing"),
        ("The police officer made a mistake and an oversight.", "individual_error"),
        ("Police did not attend her.", "not_explained"),
    ],
)
def test_the_explanation_is_the_reason_given_near(learning: Protocol, sentence: str, explanation: str) -> None:
    (found,) = codes(learning, sentence)
    assert found.explanation == explanation


def test_good_practice_and_description_need_no_explanation(learning: Protocol) -> None:
    good, described = codes(
        learning, "Police acted promptly despite staffing and demand on resources. Police attended the house."
    )
    assert good.explanation == described.explanation == "not_explained"


def test_each_protocol_s_own_ids_are_used(reviews: Protocol) -> None:
    (found,) = codes(reviews, "Police did not share the information about the child with the hospital.")
    assert found.theme == "collaborative_working"
    assert found.subtheme == "info_not_shared"
    assert found.whose == "child"
    assert found.explanation == "unknown"


def test_a_subtheme_is_always_one_of_its_theme(reviews: Protocol) -> None:
    (found,) = codes(
        reviews, "Police failed to complete the DASH and did not attend the strategy meeting about MARAC."
    )
    known = {each.id for each in reviews.theme_by_id[found.theme].subthemes}
    assert found.subtheme in known


def test_what_fits_no_theme_goes_to_the_rest_or_on_with_the_one_before(learning: Protocol, reviews: Protocol) -> None:
    sentence = "Police failed them."
    assert codes(learning, sentence)[0].theme == "other"
    assert codes(reviews, sentence, before="workforce")[0].theme == "workforce"


def test_what_is_only_described_may_have_no_theme(learning: Protocol) -> None:
    (found,) = codes(learning, "Police attended.")
    assert found.theme == ""
