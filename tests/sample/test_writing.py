"""What one report says: sober, coherent, numbered, and never more than its truth."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from goldthread.sample.bank import bank
from goldthread.sample.case import Case, case_of, role_of
from goldthread.sample.report import Bullets, Grid, Heading, Paragraph, Report, plain_lines
from goldthread.sample.writing import Writer

CASES = [case_of(seed, index) for seed in (1, 2, 3) for index in range(24)]


def written(case: Case) -> tuple[Writer, Report]:
    writer = Writer(case)
    return writer, writer.write()


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.seed}-{case.review}")
def test_no_slot_stays_open_and_every_sentence_has_a_capital(case: Case) -> None:
    _, report = written(case)
    for line in plain_lines(report):
        assert not re.search(r"[{}]|\[(talks|school|child|infant)\]", line), line
        assert "  " not in line, line
    for part in report.parts:
        if isinstance(part, Paragraph):
            assert not part.text[0].islower(), part.text


@pytest.mark.parametrize("case", CASES[:24], ids=lambda case: case.review)
def test_no_sentence_on_practice_is_told_twice(case: Case) -> None:
    writer, report = written(case)
    text = "\n".join(plain_lines(report))
    quotes = [known.quote for known in writer.notes.practice]
    assert len(set(quotes)) == len(quotes)
    for known in writer.notes.practice:
        assert known.quote in text, known


def test_paragraphs_are_numbered_within_their_section() -> None:
    _, report = written(case_of(1, 0))
    section, expected = "0", 0
    for part in report.parts:
        if isinstance(part, Heading) and part.number.isdigit():
            assert int(part.number) == int(section) + 1
            section, expected = part.number, 0
        elif isinstance(part, Paragraph) and not part.number.startswith("Rec"):
            expected += 1
            assert part.number == f"{section}.{expected}"


def test_recommendations_are_numbered_and_match_the_truth() -> None:
    writer, report = written(case_of(1, 6))
    asked = [part for part in report.parts if isinstance(part, Paragraph) and part.number.startswith("Rec")]
    assert [part.number for part in asked] == [f"Recommendation {n}" for n in range(1, len(asked) + 1)]
    assert [part.text for part in asked] == [known.text for known in writer.notes.recommendations]
    assert {known.addressee for known in writer.notes.recommendations} == {"police", "other_agency", "multi_agency"}


def test_a_report_has_the_furniture_of_a_review() -> None:
    _, report = written(case_of(1, 0))
    headings = [part.text for part in report.parts if isinstance(part, Heading)]
    assert headings[:4] == ["Introduction", "Terms of reference", "Methodology", "The person"]
    assert headings[-3:] == ["Recommendations", "Glossary", "References"]
    captions = [part.caption for part in report.parts if isinstance(part, Grid)]
    assert captions == ["Family composition", "Chronology of key events", "Terms used in this report"]
    assert any(isinstance(part, Bullets) for part in report.parts)
    assert any(isinstance(part, Paragraph) and part.note for part in report.parts)


def test_no_infant_speaks_or_goes_to_school() -> None:
    infants = [case for case in CASES if case.months is not None]
    assert infants
    for case in infants:
        text = " ".join(plain_lines(written(case)[1]))
        assert case.place["school"] not in text
        assert "alone and in words" not in text
        assert f"aged {case.months} months" in text


def test_what_a_case_has_is_never_denied_in_it() -> None:
    denials = bank("learning")["negations"]
    for case in CASES:
        text = " ".join(plain_lines(written(case)[1]))
        for name in {*case.profile["contexts"], *case.profile["vulnerabilities"]} & set(denials):
            assert denials[name].format_map({"S": case.label}) not in text, (case.review, name)


def test_events_before_the_incident_are_dated_before_it() -> None:
    for case in CASES:
        writer, _ = written(case)
        for _ in range(40):
            day = writer.wording.day()
            assert case.incident - timedelta(days=731) < day < case.incident


def test_every_sentence_of_the_banks_can_be_used_by_some_case() -> None:
    reach: set[str] = set()
    for case in CASES:
        reach |= set(case.contexts)
    for kind in ("missed", "good", "described"):
        for entry in bank("police")[kind]:
            assert set(entry.get("needs", ())) <= reach, entry
            assert "," not in "".join(entry.get("needs", ()))


def test_every_theme_of_the_bank_has_a_heading() -> None:
    headings = bank("narrative")["themes"]
    themes = {entry["theme"] for kind in ("missed", "good") for entry in bank("police")[kind]}
    assert themes <= set(headings)


def test_a_joint_review_has_values_for_the_child_and_the_adult() -> None:
    writer, _ = written(case_of(1, 6))
    fields = {value.field: value.value for value in writer.notes.values}
    assert (fields["death_category_child"], fields["death_category_adult"]) == ("overt_filicide", "homicide")


def test_labels_are_unique_for_ten_thousand_reviews() -> None:
    stems = [case_of(1, index).stem for index in range(10_000) if role_of(index).of is None]
    assert len(set(stems)) == len(stems)


def test_a_place_that_is_named_is_invented() -> None:
    invented = {place["force"] for place in bank("places")["place"]}
    for case in CASES:
        assert case.place["force"] in invented
