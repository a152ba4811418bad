from __future__ import annotations

import json

import pytest

from goldthread.errors import UnreadableInput
from goldthread.scoring.gold import document_from, normal, parse_gold, with_words, without_places

LABEL = {
    "id": "d1",
    "file": "d1.txt",
    "source": "pfd",
    "disputed": ["category"],
    "outcome": "death",
    "category": None,
    "age": 0,
    "sex": "not_stated",
    "police_practice": True,
    "vulnerabilities": ["missing"],
    "disputed_vulnerabilities": ["drug_misuse"],
    "sentences": [
        {"n": 0, "start": 0, "end": 9, "police": "none"},
        {
            "n": 1,
            "text": "Officers did not call back.",
            "police": "judged",
            "direction": "missed",
            "theme": "disputed",
        },
        {"n": 2, "start": 10, "end": 20, "police": "none", "recommendation": "police"},
    ],
}


def test_a_label_becomes_values_sets_disputes_and_sentences() -> None:
    made = document_from(LABEL)
    assert made.values == {
        "outcome": "death",
        "category": None,
        "age": "0",
        "sex": None,
        "police_practice": "true",
    }
    assert made.sets == {"vulnerabilities": frozenset({"missing"})}
    assert made.disputed == {"category"}
    assert made.disputed_values == {"vulnerabilities": frozenset({"drug_misuse"})}
    assert [item.police for item in made.sentences] == ["none", "judged", "none"]
    assert made.sentences[1].codes == {"direction": "missed", "theme": "disputed"}
    assert [item.asks for item in made.sentences] == ["", "", "police"]


@pytest.mark.parametrize(
    ("label", "value"),
    [(True, "true"), (False, "false"), (12, "12"), (0, "0"), (None, None), ("", None), ("unclear", None), ("x", "x")],
)
def test_every_way_of_not_saying_is_no_value(label: object, value: str | None) -> None:
    assert normal(label) == value


def test_blank_lines_of_a_gold_file_are_passed_over() -> None:
    assert [item.id for item in parse_gold(f"\n{json.dumps(LABEL)}\n\n", "g")] == ["d1"]


@pytest.mark.parametrize(
    ("line", "what", "where"),
    [
        ("{", "not JSON", "gold.jsonl, line 2, column 2"),
        ("[]", "not a JSON object", "gold.jsonl, line 2"),
        ("{}", "no “id”", "gold.jsonl, line 2"),
        ('{"id": "d1"}', "second document", "gold.jsonl, line 2"),
        ('{"id": "d2", "age": 1.5}', "“age” is not a label", "gold.jsonl, line 2"),
        ('{"id": "d2", "who": [1]}', "“who” is not a label", "gold.jsonl, line 2"),
        ('{"id": "d2", "disputed": "age"}', "“disputed” is not a list", "gold.jsonl, line 2"),
        ('{"id": "d2", "sentences": {}}', "not a list", "gold.jsonl, line 2"),
        ('{"id": "d2", "sentences": [7]}', "not an object", "gold.jsonl, line 2, sentence 1"),
        ('{"id": "d2", "sentences": [{"police": "maybe"}]}', "'maybe'", "gold.jsonl, line 2, sentence 1"),
        ('{"id": "d2", "sentences": [{"police": "none"}]}', "nobody could find", "gold.jsonl, line 2, sentence 1"),
        (
            '{"id": "d2", "sentences": [{"police": "none", "start": 9, "end": 2}]}',
            "nobody could find",
            "gold.jsonl, line 2, sentence 1",
        ),
    ],
)
def test_a_faulty_line_is_named_with_its_place_and_its_mend(line: str, what: str, where: str) -> None:
    with pytest.raises(UnreadableInput) as raised:
        parse_gold(json.dumps(LABEL) + "\n" + line, "gold.jsonl")
    assert what in raised.value.what
    assert raised.value.where == where
    assert raised.value.mend


def test_an_empty_gold_file_is_an_error() -> None:
    with pytest.raises(UnreadableInput, match="no labelled document"):
        parse_gold("\n", "gold.jsonl")


def test_the_words_of_placed_sentences_come_from_the_files_text() -> None:
    made = with_words(document_from(LABEL), "A heading\nCall back.")
    assert [item.text for item in made.sentences] == ["A heading", "Officers did not call back.", "Call back."]


def test_without_places_only_sentences_whose_words_are_known_remain() -> None:
    made = without_places(document_from(LABEL))
    assert [(item.start, item.text) for item in made.sentences] == [(None, "Officers did not call back.")]
