"""Negation, supposition, blame and talk of people at large, with the guards as shipped."""

from __future__ import annotations

import pytest

from goldthread.extraction.category import categories
from goldthread.protocol.lexicon import Lexicon
from goldthread.protocol.load import load

from .pages import reading


@pytest.fixture(scope="module")
def shipped() -> Lexicon:
    return load("learning-reports").lexicon


def present(lexicon: Lexicon, text: str) -> set[str]:
    cues = lexicon.fields["vulnerabilities"].model_copy(update={"threshold": 0.5})
    return {each.value for each in categories([reading(lexicon, text)], cues, lexicon, multiple=True)}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("There was no evidence of domestic abuse.", "domestic_abuse"),
        ("There was nothing to suggest domestic abuse in the home.", "domestic_abuse"),
        ("Officers found no indication of stalking.", "stalking_harassment"),
        ("She denied domestic abuse when the midwife asked.", "domestic_abuse"),
        ("He had no suicidal thoughts that day.", "self_harm_or_suicidal"),
        ("She was not suicidal when she was seen.", "self_harm_or_suicidal"),
        ("He was never homeless.", "homelessness"),
        ("Neither dementia nor delirium was found.", "dementia"),
        ("Dementia was ruled out by the memory clinic.", "dementia"),
        ("Domestic abuse was not a factor.", "domestic_abuse"),
        ("Human trafficking was never suspected.", "trafficking"),
        ("She did not disclose any domestic abuse.", "domestic_abuse"),
        ("He lived without dementia to the age of ninety.", "dementia"),
        ("The fall was accidental rather than self-harm.", "self_harm_or_suicidal"),
        ("It was not held to be suicide.", "self_harm_or_suicidal"),
    ],
)
def test_what_is_denied_is_not_there(shipped: Lexicon, text: str, value: str) -> None:
    assert value not in present(shipped, text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("There was no doubt that he was suicidal.", "self_harm_or_suicidal"),
        ("Staff failed to recognise that domestic abuse was present.", "domestic_abuse"),
        ("The officer did not recognise that domestic abuse was present.", "domestic_abuse"),
        ("She did not only suffer from depression; she was alone.", "mental_health"),
        ("The police were not aware of the domestic abuse.", "domestic_abuse"),
        ("Nobody knew of her dementia.", "dementia"),
        ("He could not attend because of his depression.", "mental_health"),
        ("He did not attend his appointment for depression.", "mental_health"),
        ("Suicidal intent could not be ruled out, for he was suicidal in June.", "self_harm_or_suicidal"),
        ("Not only was there domestic abuse, it was known.", "domestic_abuse"),
        ("His autism was not recorded.", "learning_disability_or_autism"),
        ("The risk from stalking was not assessed.", "stalking_harassment"),
        ("She never denied that she was homeless.", "homelessness"),
        ("He was of no fixed abode.", "homelessness"),
        ("It was not disputed that he had dementia.", "dementia"),
        ("The call was not passed on, although she was reported missing.", "missing"),
        ("He did not answer, but spoke of suicide.", "self_harm_or_suicidal"),
        ("There was not enough support for her dementia.", "dementia"),
    ],
)
def test_what_is_overlooked_doubted_or_denied_of_something_else_is_there(
    shipped: Lexicon, text: str, value: str
) -> None:
    assert value in present(shipped, text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The search would have begun sooner if he had been reported missing.", "missing"),
        ("He should have been treated as a missing person.", "missing"),
        ("Had she been reported missing, the hospital would have rung.", "missing"),
        ("People with dementia are often found close to home.", "dementia"),
        ("All staff receive training on domestic abuse.", "domestic_abuse"),
        ("The force has a policy on stalking.", "stalking_harassment"),
        ("Patients with autism may wait for months.", "learning_disability_or_autism"),
        ("Nationally, homelessness is rising.", "homelessness"),
        ("The domestic abuse team had moved office.", "domestic_abuse"),
    ],
)
def test_what_is_supposed_or_said_of_people_at_large_is_not_the_subject_s(
    shipped: Lexicon, text: str, value: str
) -> None:
    assert value not in present(shipped, text)


def category(lexicon: Lexicon, text: str) -> str | None:
    found = categories([reading(lexicon, text)], lexicon.fields["category"], lexicon, multiple=False)
    return found[0].value if found else None


@pytest.mark.parametrize(
    ("text", "not_value"),
    [
        ("A man was arrested on suspicion of rape and fell ill in his cell.", "sexual"),
        ("He was wanted for assault and grievous bodily harm.", "physical_assault"),
        ("The murder investigation was led by another force.", "homicide"),
        ("He had previous convictions for sexual offences.", "sexual"),
    ],
)
def test_what_somebody_is_accused_of_did_not_befall_the_subject(shipped: Lexicon, text: str, not_value: str) -> None:
    assert category(shipped, text) != not_value
