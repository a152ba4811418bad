from __future__ import annotations

import pytest

from goldthread.coding.agencies import about_of, agencies, named, of_words, vulnerabilities
from goldthread.coding.passages import passages
from goldthread.protocol.load import load
from goldthread.protocol.model import About, Protocol
from tests.extraction.pages import Laid, heading, para, reading


@pytest.fixture(scope="module")
def reviews() -> Protocol:
    return load("police-reviews")


@pytest.fixture(scope="module")
def sectors() -> Protocol:
    return load("periodic-review")


def of_last(protocol: Protocol, *blocks: Laid | str, about: About = About.CHILD) -> tuple[str, ...]:
    read = reading(protocol.lexicon, *blocks)
    return agencies(read, read.said[-1], protocol, about)


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("The health visitor did not record the injury.", ("health",)),
        ("The school nurse weighed him and was worried.", ("health",)),
        ("Teachers raised concerns with social workers.", ("education", "childrens_social_care")),
        ("The probation officer visited twice.", ("probation",)),
        ("The IDVA made a safety plan with her.", ("voluntary",)),
        ("The housing association evicted the family.", ("housing",)),
        ("The youth offending team closed the case.", ("youth_justice",)),
        ("Police told the Crown Prosecution Service.", ("police", "courts")),
    ],
)
def test_the_agencies_are_those_a_sentence_names(sectors: Protocol, sentence: str, found: tuple[str, ...]) -> None:
    assert of_last(sectors, sentence) == found


@pytest.mark.parametrize(
    "sentence",
    [
        "He was taken to hospital and later left school.",
        "The police station was closed and she lived in poor housing.",
        "Her mental health needs were not assessed.",
    ],
)
def test_a_place_or_a_need_is_no_agency(sectors: Protocol, sentence: str) -> None:
    assert of_last(sectors, sentence) == ()


def test_a_social_worker_is_the_childrens_or_the_adults_as_the_review_is(sectors: Protocol) -> None:
    sentence = "The social worker did not visit."
    assert of_last(sectors, sentence) == ("childrens_social_care",)
    assert of_last(sectors, sentence, about=About.ADULT) == ("adult_social_care",)


def test_a_sentence_that_names_nobody_is_about_whom_the_one_before_or_the_heading_names(sectors: Protocol) -> None:
    assert of_last(sectors, "The midwife noticed bruises.", "They did not ask how he came by them.") == ("health",)
    assert of_last(sectors, heading("General practitioners"), para("They did not ask.")) == ("health",)
    assert of_last(sectors, "The midwife noticed bruises.", heading("What followed"), para("Nobody asked.")) == ()


def test_agencies_spoken_of_together_are_several_only_where_none_is_named(sectors: Protocol) -> None:
    assert of_last(sectors, "Agencies did not talk to one another.") == ("several",)
    assert of_last(sectors, "Agencies and the school did not talk to one another.") == ("education",)


def test_a_protocol_about_the_police_counts_them_always(reviews: Protocol) -> None:
    read = reading(reviews.lexicon, "Police attended her home. They did not tell the health visitor.")
    found = [agencies(read, one.said, reviews, About.CHILD) for one in passages(read, reviews.lexicon)]
    assert found == [("police",), ("police", "health")]


def test_every_shipped_agency_has_words_or_stands_for_several() -> None:
    for name in ("police-reviews", "periodic-review", "learning-reports"):
        protocol = load(name)
        cues = protocol.lexicon.agencies
        worded = {*cues.cues, *cues.of_children, *cues.of_adults, cues.several}
        assert worded == {value.id for value in protocol.codebook.agencies}


def test_of_words_alone_the_agencies_are_told_too(reviews: Protocol) -> None:
    assert of_words("Officers left without telling the school staff.", reviews, About.CHILD) == (
        "police",
        "education",
    )
    assert named("The Trust and its hospitals should train staff.", reviews, About.ADULT) == ("health",)


def test_vulnerabilities_are_those_the_sentence_states_and_not_those_it_denies(reviews: Protocol) -> None:
    read = reading(
        reviews.lexicon, "Police knew of domestic abuse and that she went missing from home. She had no depression."
    )
    first, second = (vulnerabilities(read, said, reviews) for said in read.said)
    assert "domestic_abuse" in first
    assert "mental_health" not in second


def test_a_review_of_two_kinds_is_about_both(reviews: Protocol) -> None:
    assert about_of(("SCR",), reviews) is About.CHILD
    assert about_of(("SCR", "DHR"), reviews) is About.BOTH
    assert about_of((), reviews) is About.BOTH
