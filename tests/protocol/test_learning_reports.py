"""learning-reports speaks exactly the ids of the published labels and writes registers out in their layout."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest

from goldthread.protocol.load import load
from goldthread.protocol.model import Protocol, RegisterMapping
from goldthread.protocol.vocabulary import permitted

THEMES = [
    *("risk_identification", "risk_assessment_management", "victim_engagement", "evidence_investigation"),
    *("information_sharing", "multi_agency", "recording_researching", "custody_care", "use_of_force_pursuit"),
    *("workforce", "professional_conduct", "other"),
]
VULNERABILITIES = [
    *("mental_health", "self_harm_or_suicidal", "drug_misuse", "alcohol_misuse", "domestic_abuse"),
    *("stalking_harassment", "missing", "child_sexual_abuse", "child_sexual_exploitation"),
    *("child_criminal_exploitation", "financial_exploitation", "trafficking", "fgm", "self_neglect"),
    *("learning_disability_or_autism", "physical_disability", "dementia", "homelessness"),
]


@pytest.fixture(scope="module")
def protocol() -> Protocol:
    return load("learning-reports")


def test_themes_directions_and_explanations_have_the_published_ids(protocol: Protocol) -> None:
    assert [theme.id for theme in protocol.codebook.themes] == THEMES
    assert list(permitted("direction", protocol) or ()) == ["missed", "good", "described"]
    assert list(permitted("explanation", protocol) or ()) == [
        *("knowledge_attitude", "procedure_system", "resourcing", "individual_error", "not_explained")
    ]
    assert list(permitted("addressee", protocol) or ()) == ["police", "other_agency", "multi_agency"]


def test_vulnerabilities_have_the_published_ids(protocol: Protocol) -> None:
    assert list(permitted("vulnerabilities", protocol) or ()) == VULNERABILITIES
    assert protocol.field_by_id["vulnerabilities"].multiple


def test_fields_have_the_published_ids_and_values(protocol: Protocol) -> None:
    assert permitted("outcome", protocol) == ("death", "serious_harm", "neither")
    assert permitted("sex", protocol) == ("male", "female")
    assert permitted("group", protocol) == ("child", "adult")
    assert permitted("police_involved", protocol) == ("before", "only_after", "none")
    assert permitted("police_practice", protocol) == ("true", "false")
    assert {"age", "event_date", "force", "category"} <= protocol.field_by_id.keys()


def test_category_is_asked_only_of_death_and_harm(protocol: Protocol) -> None:
    assert protocol.field_by_id["category"].applies[0].within == ("death", "serious_harm")


def test_a_category_that_does_not_fit_its_outcome_still_has_a_row(protocol: Protocol) -> None:
    for name in ("L5", "L6"):
        rows = protocol.table_by_id[name].rows
        assert rows.field == "category"
        assert rows.only == ()
        assert not rows.zeros


def test_every_review_type_has_a_column(protocol: Protocol) -> None:
    groups = protocol.table_by_id["L1"].columns.groups
    placed = [name for group in groups for condition in group.where for name in condition.within or ()]
    assert sorted(placed) == sorted(permitted("review_group", protocol) or ())


def test_every_label_of_the_gold_set_is_a_value_or_a_kind_of_missing(protocol: Protocol, shared_data: Path) -> None:
    missing = {"unclear", "not_stated"}
    labels = [json.loads(line) for line in (shared_data / "gold" / "labels.jsonl").read_text("utf-8").splitlines()]
    assert len(labels) > 100
    for label in labels:
        for field in ("outcome", "category", "sex", "group", "police_involved"):
            value = label[field]
            assert value is None or value in {*(permitted(field, protocol) or ()), *missing}, (field, value)
        assert set(label["vulnerabilities"]) <= set(VULNERABILITIES)
        for sentence in label["sentences"]:
            for name in ("direction", "theme", "explanation"):
                value = sentence.get(name)
                assert value in {None, "disputed", *(permitted(name, protocol) or ())}, (name, value)
            asked = sentence.get("recommendation")
            assert asked in {None, "disputed", "addressee_disputed", *(permitted("addressee", protocol) or ())}


def _written(register: RegisterMapping, row: dict[str, str]) -> str:
    """A row as the mapping's own words say it is written, apart from the code that does it."""
    told = [(label, row[column]) for label, column in register.metadata]
    lines = [f"{label}: {value}" if label else value for label, value in told if value or register.keep_empty]
    blocks = [register.heading] if register.heading else []
    blocks.append("\n".join(lines))
    for head, column in register.text:
        if row[column] or register.keep_empty:
            blocks.append(f"{head}\n{row[column]}" if head else row[column])
    return "\n\n".join(blocks).rstrip() + "\n"


def _one_blank(text: str) -> str:
    """The labelled texts had runs of blanks drawn together; only layout is compared here."""
    return re.sub(r"[ \t]+", " ", text)


@pytest.mark.parametrize(("name", "path"), [("pfd", "pfd/pfd_reports.csv"), ("iopc", "iopc/iopc_cases.csv")])
def test_a_register_row_reads_like_the_labelled_text_made_from_it(
    name: str, path: str, protocol: Protocol, shared_data: Path
) -> None:
    register = next(register for register in protocol.registers if register.id == name)
    with (shared_data / path).open(encoding="utf-8-sig", newline="") as file:
        rows = {row["url"]: row for row in csv.DictReader(file)}
    assert set(register.recognise) <= next(iter(rows.values())).keys()
    labels = [json.loads(line) for line in (shared_data / "gold" / "labels.jsonl").read_text("utf-8").splitlines()]
    ours = [label for label in labels if label["source"] == name]
    assert len(ours) > 50
    for label in ours:
        text = (shared_data / "gold" / "docs" / label["file"]).read_bytes().decode("utf-8")
        assert _one_blank(_written(register, rows[label["url"]])) == _one_blank(text), label["id"]


def test_the_two_registers_cannot_be_taken_for_one_another(protocol: Protocol) -> None:
    first, second = (set(register.recognise) for register in protocol.registers)
    assert not first <= second
    assert not second <= first
