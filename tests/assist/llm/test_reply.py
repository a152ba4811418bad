"""What a model says is kept only where the stored text bears it out; the rest is counted by reason."""

from __future__ import annotations

import json

import pytest

from goldthread.anchors import verify
from goldthread.assist.llm.prompting import Asked
from goldthread.assist.llm.reply import Findings, Reason, Unreadable, read_reply
from goldthread.values import Missing
from tests.assist.llm.reports import PROTOCOL, question

CASE, PRACTICE = question(Asked.CASE), question(Asked.PRACTICE)
AGE = {"field": "age", "subject": 1, "value": "43", "missing": None, "quote": "Mr Ashdown, aged 43"}
PASSAGE = {
    "quote": "The officers did not complete a risk assessment and this was a missed opportunity",
    "direction": "missed",
    "theme": "risk_assessment_management",
    "subtheme": "",
    "explanation": "not_explained",
    "whose": "",
}
ASK = {"quote": "The force should review how calls of this kind are graded.", "addressee": "police", "scope": ""}


def case(*items: object) -> Findings:
    return read_reply(json.dumps({"values": items}), CASE, PROTOCOL)


def practice(passages: list[object], asks: list[object] | None = None) -> Findings:
    return read_reply(json.dumps({"passages": passages, "recommendations": asks or []}), PRACTICE, PROTOCOL)


def reason(found: Findings) -> dict[Reason, int]:
    assert (found.values, found.passages, found.requests) == ([], [], [])
    return dict(found.discarded)


def test_what_the_text_bears_out_is_kept_in_the_documents_own_words() -> None:
    found = practice([PASSAGE], [ASK])
    (passage,), (asked,) = found.passages, found.requests
    assert passage.anchor.quote == (
        "The officers did not complete a risk assessment and this was a missed opportu\u00ad\nnity"
    )
    assert asked.anchor.quote == ASK["quote"]
    for anchored in (passage.anchor, asked.anchor):
        verify(anchored, PRACTICE.sheet.document.text)
    assert not found.discarded


def test_a_value_seen_in_its_quote_is_marked_as_checked() -> None:
    (told,) = case(AGE).values
    assert (told.field, told.subject_no, told.value, told.checked) == ("age", 1, "43", True)
    (told,) = case({**AGE, "field": "outcome", "value": "death", "quote": "died on 12 May 2017"}).values
    assert (told.subject_no, told.value, told.checked) == (0, "death", False)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"quote": "Mr Ashdown, who was aged 43"}, Reason.INVENTED_QUOTE),
        ({"quote": "mr ashdown, aged 43"}, Reason.INVENTED_QUOTE),
        ({"quote": "aged"}, Reason.QUOTE_LENGTH),
        ({"quote": "x" * 5_000}, Reason.QUOTE_LENGTH),
        ({"quote": "The officers left."}, Reason.AMBIGUOUS_QUOTE),
        ({"quote": None}, Reason.WRONG_SHAPE),
        ({"field": "shoe_size"}, Reason.UNKNOWN_ID),
        ({"field": "age_band", "value": "25_44"}, Reason.UNKNOWN_ID),
        ({"field": ["age"]}, Reason.WRONG_SHAPE),
        ({"subject": 0}, Reason.OUT_OF_RANGE),
        ({"subject": 4_000}, Reason.OUT_OF_RANGE),
        ({"subject": "1"}, Reason.WRONG_SHAPE),
        ({"subject": True}, Reason.WRONG_SHAPE),
        ({"value": "430"}, Reason.OUT_OF_RANGE),
        ({"value": "-1"}, Reason.OUT_OF_RANGE),
        ({"value": "forty"}, Reason.OUT_OF_RANGE),
        ({"value": "44"}, Reason.NOT_BORNE_OUT),
        ({"value": None}, Reason.WRONG_SHAPE),
        ({"value": {"a": 1}}, Reason.WRONG_SHAPE),
        ({"missing": "not_sought", "value": None}, Reason.WRONG_SHAPE),
        ({"missing": "withheld"}, Reason.WRONG_SHAPE),
        ({"field": "outcome", "value": "survived"}, Reason.UNKNOWN_ID),
        ({"field": "police_practice", "value": "maybe"}, Reason.UNKNOWN_ID),
        ({"field": "event_date", "value": "12 May 2017"}, Reason.OUT_OF_RANGE),
        ({"field": "event_date", "value": "2017-13-01"}, Reason.OUT_OF_RANGE),
        ({"field": "event_date", "value": "2017-05-12"}, Reason.NOT_BORNE_OUT),
        ({"field": "force", "value": "Wealdshire Constabulary"}, Reason.NOT_BORNE_OUT),
        ({"field": "force", "value": "The Moon Police"}, Reason.UNKNOWN_ID),
    ],
)
def test_a_value_that_does_not_hold_is_counted_by_its_reason(change: dict[str, object], why: Reason) -> None:
    assert reason(case({**AGE, **change})) == {why: 1}


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"direction": "splendid"}, Reason.UNKNOWN_ID),
        ({"theme": "magic"}, Reason.UNKNOWN_ID),
        ({"subtheme": "risk_identification"}, Reason.UNKNOWN_ID),
        ({"explanation": "laziness"}, Reason.UNKNOWN_ID),
        ({"whose": "mine"}, Reason.UNKNOWN_ID),
        ({"quote": "did not complete"}, Reason.QUOTE_LENGTH),
        ({"quote": "The officers did complete a risk assessment"}, Reason.INVENTED_QUOTE),
    ],
)
def test_a_passage_that_does_not_hold_is_counted_by_its_reason(change: dict[str, object], why: Reason) -> None:
    assert reason(practice([{**PASSAGE, **change}])) == {why: 1}


def test_a_recommendation_to_nobody_known_is_discarded() -> None:
    assert reason(practice([], [{**ASK, "addressee": "the king"}])) == {Reason.UNKNOWN_ID: 1}


def test_one_bad_item_costs_only_itself() -> None:
    found = case(AGE, "rubbish", None, 7, [], {**AGE, "value": "44"}, {})
    assert len(found.values) == 1
    assert found.discarded == {Reason.WRONG_SHAPE: 4, Reason.NOT_BORNE_OUT: 1, Reason.UNKNOWN_ID: 1}


def test_a_flood_of_items_is_cut_off_and_counted() -> None:
    found = case(*[AGE] * 1_000)
    assert len(found.values) == 300
    assert found.discarded == {Reason.TOO_MANY: 700}


@pytest.mark.parametrize(
    "content",
    [
        "",
        "I am sorry, I cannot do that.",
        '{"values": [{"field": "age", "sub',
        "[]",
        "null",
        '"values"',
        '{"answer": 42}',
        '{"values": {}}',
        '{"values": NaN}',
        "{" * 100_000,
        "[" * 100_000,
        'Here you are: {"values": []}',
    ],
)
def test_what_is_not_the_json_asked_for_is_unreadable(content: str) -> None:
    with pytest.raises(Unreadable):
        read_reply(content, CASE, PROTOCOL)


@pytest.mark.parametrize("around", ["```json\n{}\n```", "```\n{}\n```", "<think>Hm, {{}}.</think>\n{}", " {}\n"])
def test_a_code_fence_or_a_thought_around_the_json_is_passed_over(around: str) -> None:
    content = (
        around.replace("{}", json.dumps({"values": [AGE]}), 1)
        if "think" not in around
        else ("<think>Hm, {}.</think>\n" + json.dumps({"values": [AGE]}))
    )
    assert len(read_reply(content, CASE, PROTOCOL).values) == 1


def test_that_a_report_leaves_something_out_is_told_with_its_words() -> None:
    (told,) = case({**AGE, "value": None, "missing": "withheld"}).values
    assert (told.value, told.missing) == (None, Missing.WITHHELD)


def test_a_force_is_known_by_any_of_its_names_and_kept_by_its_usual_one() -> None:
    said = {**AGE, "field": "force", "value": "northmoor police", "quote": "Officers of Northmoor Police attended"}
    (told,) = case(said).values
    assert (told.value, told.checked) == ("Northmoor Police", True)
