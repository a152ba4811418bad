from __future__ import annotations

import pytest

from goldthread.anchors import verify
from goldthread.assist.engine import ReviewText, Suggestions
from goldthread.assist.lexicon.engine import LexiconEngine
from goldthread.protocol.load import load, shipped
from goldthread.values import Missing, State, Unit

from .conftest import review_of

REPORT = """Response to a missing person report - Kent Police, May 2019
Published: 2020-01-07

On 3 May 2019 a 34-year-old man was reported missing to Kent Police by his sister. He had a history of depression \
and had spoken of suicide. The call handler graded the report as low risk. Officers did not record the concerns of \
the family on the log. He was found dead on 5 May 2019, having taken his own life.
During the investigation, our investigators obtained statements from the officers.
We found that the control room staff lacked training on missing person risk assessments. We found no indication \
that any person serving with the police may have behaved in a manner that would justify the bringing of \
disciplinary proceedings.

IOPC RECOMMENDATION
The IOPC recommends that Kent Police reviews its training on risk assessment of missing persons.
"""


@pytest.fixture(scope="module")
def review() -> ReviewText:
    return review_of(REPORT, review_types=("IOPC",))


@pytest.fixture(scope="module")
def suggested(review: ReviewText) -> Suggestions:
    return LexiconEngine().suggest(review, load("learning-reports"))


def values(suggested: Suggestions, field: str) -> list[str | None]:
    return [each.value for each in suggested.characteristics if each.field == field]


def test_a_report_s_characteristics_are_suggested(suggested: Suggestions) -> None:
    assert values(suggested, "outcome") == ["death"]
    assert values(suggested, "category") == ["suicide"]
    assert values(suggested, "age") == ["34"]
    assert values(suggested, "age_band") == ["25_44"]
    assert values(suggested, "sex") == ["male"]
    assert values(suggested, "group") == ["adult"]
    assert values(suggested, "event_date") == ["2019-05-05"]
    assert values(suggested, "force") == ["Kent Police"]
    assert values(suggested, "police_involved") == ["before"]
    assert values(suggested, "police_practice") == ["true"]
    assert set(values(suggested, "vulnerabilities")) == {"mental_health", "self_harm_or_suicidal", "missing"}


def test_its_passages_are_judged_and_coded(suggested: Suggestions) -> None:
    coded = {each.anchor.quote.split(" the")[0]: (each.direction, each.theme) for each in suggested.episodes}
    assert coded["Officers did not record"] == ("missed", "recording_researching")
    judged = {each.anchor.quote[:40]: each for each in suggested.episodes if each.direction != "described"}
    lacked = judged["We found that the control room staff lac"]
    assert (lacked.direction, lacked.explanation) == ("missed", "knowledge_attitude")
    assert judged["We found no indication that any person s"].direction == "good"
    assert not any("our investigators obtained" in each.anchor.quote for each in suggested.episodes)


def test_its_recommendation_is_found_with_its_addressee(suggested: Suggestions) -> None:
    (ask,) = suggested.recommendations
    assert ask.text.startswith("The IOPC recommends that Kent Police")
    assert (ask.addressee, ask.scope) == ("police", "single")


def test_the_same_review_gives_the_same_suggestions(review: ReviewText, suggested: Suggestions) -> None:
    assert LexiconEngine().suggest(review, load("learning-reports")) == suggested


@pytest.mark.parametrize("name", shipped())
def test_under_every_protocol_each_field_is_answered_with_evidence_or_a_reason(name: str, review: ReviewText) -> None:
    protocol = load(name)
    made = LexiconEngine().suggest(review, protocol)
    assert {each.field for each in made.characteristics} == set(protocol.field_by_id)
    document = review.documents[0].text
    for each in made.characteristics:
        assert each.state is State.SUGGESTED
        assert (each.author, each.engine) == ("goldthread", "lexicon")
        assert 0 <= each.confidence <= 1
        assert (each.subject_no == 0) == (protocol.field_by_id[each.field].unit is Unit.REVIEW)
        for found in each.anchors:
            verify(found, document)
    for item in (*made.episodes, *made.recommendations):
        assert item.state is State.SUGGESTED
        verify(item.anchor, document)


@pytest.mark.parametrize("name", shipped())
def test_codes_suggested_are_codes_of_the_protocol(name: str, review: ReviewText) -> None:
    protocol = load(name)
    made = LexiconEngine().suggest(review, protocol)
    book = protocol.codebook
    assert made.episodes
    for episode in made.episodes:
        assert episode.theme in {"", *protocol.theme_by_id}
        assert episode.direction in {value.id for value in book.directions}
        assert episode.explanation in {value.id for value in book.explanations}
        assert episode.whose in {"", *(value.id for value in book.whose)}
    for ask in made.recommendations:
        assert ask.addressee in {value.id for value in protocol.recommendations.addressees}
        assert ask.scope in {value.id for value in protocol.recommendations.scopes}
    for each in made.characteristics:
        known = {value.id for value in protocol.field_by_id[each.field].values}
        if each.value is not None and known:
            assert each.value in known


def test_a_field_without_cues_is_not_sought_rather_than_guessed(review: ReviewText) -> None:
    protocol = load("police-reviews")
    made = LexiconEngine().suggest(review, protocol)
    without = {
        field.id
        for field in protocol.fields
        if field.id not in protocol.lexicon.fields and not field.derived_from and not field.applies
    }
    assert without
    for each in made.characteristics:
        if each.field in without:
            assert each.missing is Missing.NOT_SOUGHT


def test_a_field_that_does_not_apply_says_so() -> None:
    review = review_of(
        "Stop and search - Kent Police\n\nOn 3 May 2019 police stopped and searched a man in the street."
    )
    made = LexiconEngine().suggest(review, load("learning-reports"))
    (outcome,) = [each for each in made.characteristics if each.field == "outcome"]
    (category,) = [each for each in made.characteristics if each.field == "category"]
    assert outcome.value == "neither"
    assert category.missing is Missing.NOT_APPLICABLE


def test_silence_about_police_rests_on_where_the_account_begins() -> None:
    text = "On 3 May 2019 a woman aged 70 died in hospital of pneumonia after a fall on the ward."
    made = LexiconEngine().suggest(review_of(text), load("learning-reports"))
    (involved,) = [each for each in made.characteristics if each.field == "police_involved"]
    assert involved.value == "none"
    assert involved.anchors[0].quote == text
    said = LexiconEngine().suggest(
        review_of(f"{text} Police had visited her. They had also arrested her son."), load("learning-reports")
    )
    (told,) = [each for each in said.characteristics if each.field == "police_involved"]
    assert told.value == "before"
    assert involved.confidence < told.confidence


def test_a_review_without_readable_text_is_all_missing() -> None:
    empty = ReviewText("r0", "", (), "", "", ())
    made = LexiconEngine().suggest(empty, load("learning-reports"))
    assert all(each.value is None for each in made.characteristics)
    assert made.episodes == ()
    assert made.recommendations == ()


def test_identifiers_are_unique_within_the_review(suggested: Suggestions) -> None:
    ids = [each.episode_id for each in suggested.episodes]
    assert len(set(ids)) == len(ids)
    assert all(each.startswith("r1-e") for each in ids)
