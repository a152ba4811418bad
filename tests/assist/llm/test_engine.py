"""Questions are made from the protocol and the text alone; what comes of the replies is one set of suggestions."""

from __future__ import annotations

import json
from collections import Counter
from importlib.metadata import entry_points

import pytest

from goldthread.assist.engines import engine, installed
from goldthread.assist.llm.engine import LlmEngine
from goldthread.assist.llm.prompting import Asked, prompts, tasks
from goldthread.assist.llm.question import Question, questions
from goldthread.assist.llm.settings import Settings
from goldthread.errors import UsageError
from goldthread.protocol.load import load, shipped
from goldthread.protocol.model import FieldKind
from goldthread.values import Missing, State
from tests.assist.llm.reports import PROTOCOL, SETTINGS, TEXT, document, prompt, question, review

SAID = {
    Asked.CASE: {
        "values": [
            {"field": "age", "subject": 1, "value": "43", "missing": None, "quote": "Mr Ashdown, aged 43"},
            {"field": "outcome", "subject": 0, "value": "death", "missing": None, "quote": "died on 12 May 2017"},
            {"field": "age", "subject": 1, "value": "44", "missing": None, "quote": "aged 44 or so"},
        ]
    },
    Asked.PRACTICE: {
        "passages": [
            {
                "quote": "The officers did not complete a risk assessment",
                "direction": "missed",
                "theme": "risk_assessment_management",
                "subtheme": "",
                "explanation": "not_explained",
                "whose": "",
            }
        ],
        "recommendations": [
            {
                "quote": "The force should review how calls of this kind are graded.",
                "addressee": "police",
                "scope": "",
            }
        ],
    },
}


def answers(put: Question) -> str:
    return json.dumps(SAID[put.asked])


def test_it_comes_in_by_the_door_of_every_engine_and_refuses_without_a_server() -> None:
    assert "llm" in installed()
    assert any(point.name == "llm" for point in entry_points(group="goldthread.engines"))
    with pytest.raises(UsageError, match="language models are off"):
        engine("llm").suggest(review(), PROTOCOL)


def test_its_version_names_prompts_and_model_and_whether_names_were_hidden() -> None:
    assert LlmEngine(SETTINGS, answers).version == f"prompts {prompts().version}, scripted"
    assert LlmEngine(SETTINGS, answers, lambda text: text.swapcase()).version.endswith("names stood in for")


def test_what_the_text_bears_out_becomes_suggestions_of_that_model() -> None:
    heard = LlmEngine(SETTINGS, answers).hear(review(), PROTOCOL)
    made = heard.suggestions
    by_field = {item.field: item for item in made.characteristics}
    assert (by_field["age"].value, by_field["age_band"].value, by_field["outcome"].value) == ("43", "25_44", "death")
    assert by_field["sex"].missing is Missing.NOT_STATED
    assert by_field["age"].confidence > by_field["outcome"].confidence
    assert len(made.episodes) == len(made.recommendations) == 1
    for item in (*made.characteristics, *made.episodes, *made.recommendations):
        assert (item.state, item.engine, item.author) == (State.SUGGESTED, "llm", "scripted")
    assert (heard.questions, heard.unanswered, heard.discarded) == (2, 0, {"invented quote": 1})


def test_where_an_answer_is_lacking_nothing_is_called_not_stated() -> None:
    heard = LlmEngine(SETTINGS, lambda put: answers(put) if put.asked is Asked.CASE else None).hear(
        review(), PROTOCOL
    )
    assert heard.unanswered == 1
    assert not [item for item in heard.suggestions.characteristics if item.missing is Missing.NOT_STATED]


def test_the_same_review_protocol_and_settings_ask_the_same_questions() -> None:
    one, two = questions(review(), PROTOCOL, SETTINGS), questions(review(), PROTOCOL, SETTINGS)
    assert [put.key for put in one] == [put.key for put in two]
    other = Settings(SETTINGS.address, "another", context=SETTINGS.context)
    assert not {put.key for put in one} & {put.key for put in questions(review(), PROTOCOL, other)}


def test_windows_that_overlap_propose_nothing_twice() -> None:
    long = TEXT + "\n\n".join(f"Paragraph {n} tells of a call that was graded." for n in range(2_600))
    assert len(questions(review(document(long)), PROTOCOL, SETTINGS)) > 4
    made = LlmEngine(SETTINGS, answers).suggest(review(document(long)), PROTOCOL)
    assert Counter(item.field for item in made.characteristics).most_common(1)[0][1] == 1
    assert len(made.episodes) == len(made.recommendations) == 1


def test_the_value_most_parts_of_a_report_state_is_taken_and_the_others_counted() -> None:
    text = "He was aged 43 then. She said he was aged 44 by May. He was 43 years old, the doctor wrote."
    said = [("43", "He was aged 43 then."), ("44", "he was aged 44 by May."), ("43", "He was 43 years old")]
    values = [{"field": "age", "subject": 1, "value": v, "missing": None, "quote": q} for v, q in said]
    reply = {Asked.CASE: {"values": values}, Asked.PRACTICE: {"passages": [], "recommendations": []}}
    heard = LlmEngine(SETTINGS, lambda put: json.dumps(reply[put.asked])).hear(review(document(text)), PROTOCOL)
    (age,) = [item for item in heard.suggestions.characteristics if item.field == "age"]
    assert (age.value, len(age.anchors)) == ("43", 2)
    assert heard.discarded == {"outvoted by other parts of the report": 1}


def test_the_report_stands_between_fences_no_report_can_write() -> None:
    one, two = prompt(question(Asked.CASE)), prompt(question(Asked.CASE, TEXT + "REPORT-0123456789abcdef"))
    fences = [text.split("begin with ", 1)[1].split(".")[0] for text in (one, two)]
    assert fences[0] != fences[1]
    for text, fence in zip((one, two), fences, strict=True):
        assert fence.startswith("REPORT-")
        assert text.count(fence) == 3
        assert text.index("aged 43") > text.index(fence, text.index(fence) + 1)


@pytest.mark.parametrize("name", shipped())
def test_every_field_value_and_code_of_a_protocol_is_asked_for_in_words_and_in_the_schema(name: str) -> None:
    protocol = load(name)
    case, practice = tasks(protocol)
    shapes = case.schema["properties"]["values"]["items"]["anyOf"]  # type: ignore[index]
    asked = {shape["properties"]["field"]["const"]: shape["properties"]["value"] for shape in shapes}
    assert set(asked) == {each.id for each in protocol.fields if each.kind is not FieldKind.DERIVED}
    for field in protocol.fields:
        if field.kind is FieldKind.CATEGORY:
            assert asked[field.id] == {"enum": [*(value.id for value in field.values), None]}
            assert all(f"- {value.id}: {value.label}" in case.text for value in field.values)
    themes = practice.schema["properties"]["passages"]["items"]["properties"]["theme"]["enum"]  # type: ignore[index]
    assert themes == ["", *(theme.id for theme in protocol.codebook.themes)]
    assert all(f"- {theme.id}: {theme.label}" in practice.text for theme in protocol.codebook.themes)
    assert "$" not in case.text + practice.text


def test_a_context_too_small_for_the_protocol_says_how_large_it_must_be() -> None:
    with pytest.raises(UsageError, match="at least") as told:
        questions(
            review(), load("police-reviews"), Settings("http://127.0.0.1:9/v1", "m", context=4_096, reply=1_024)
        )
    least = int(str(told.value).split("--context ")[1])
    assert questions(
        review(), load("police-reviews"), Settings("http://127.0.0.1:9/v1", "m", context=least, reply=1_024)
    )
