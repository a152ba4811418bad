"""The SPSS file read back: labels, five kinds of missing, and the same values as the tables count."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pyreadstat
import pytest

import goldthread as gt
from goldthread.analysis.tabulate import cases_of
from goldthread.interchange.exporting import export_study
from goldthread.interchange.sheet import sheet_columns
from goldthread.interchange.spss import MISSING_CODES, cut, variables
from goldthread.values import Basis, Missing


@pytest.fixture
def read(study: gt.Study, tmp_path: Path) -> tuple[list[dict[str, Any]], Any]:
    export_study(study, "sav", tmp_path / "study.sav")
    frame, told = pyreadstat.read_sav(str(tmp_path / "study.sav"), user_missing=True, output_format="dict")
    rows = [dict(zip(frame, values, strict=True)) for values in zip(*frame.values(), strict=True)]
    return rows, told


def test_there_is_one_row_a_review_in_the_order_of_the_register(
    read: tuple[list[dict[str, Any]], Any], study: gt.Study
) -> None:
    rows, told = read
    assert [row["review_id"] for row in rows] == [item.review_id for item in study.reviews()]
    assert "DRAFT" in told.file_label
    assert any(study.record().state in note for note in told.notes)


def test_every_value_comes_back_as_the_case_sheet_has_it(
    read: tuple[list[dict[str, Any]], Any], study: gt.Study
) -> None:
    rows, told = read
    cases = cases_of(study.record(), study.protocol, Basis.DRAFT)
    compared = 0
    for column in sheet_columns(study.protocol, cases):
        if column.name not in rows[0] or column.field.kind not in ("category", "presence", "age"):
            continue
        labels = told.variable_value_labels[column.name]
        for row, case in zip(rows, cases, strict=True):
            found = column.reading(case)
            if found.missing:
                assert row[column.name] == MISSING_CODES[found.missing]
            elif column.field.kind == "age":
                assert row[column.name] == float(found.stated[0].value)
            elif column.field.kind == "presence":
                assert labels[row[column.name]] == ("Yes" if found.stated[0].value == "true" else "No")
            else:
                wanted = {value.id: value.label for value in column.field.values}[found.stated[0].value]
                assert labels[row[column.name]] == wanted
            compared += 1
    assert compared > 100


def test_the_five_kinds_of_missing_are_labelled_user_missing_codes(
    read: tuple[list[dict[str, Any]], Any],
) -> None:
    _, told = read
    assert list(MISSING_CODES.values()) == [-91, -92, -93, -94, -95]
    assert set(MISSING_CODES) == set(Missing)
    assert told.missing_ranges["subject1_age"] == [{"lo": -95.0, "hi": -91.0}]
    labels = told.variable_value_labels["subject1_age"]
    assert labels[-91.0] == "Not stated"
    assert labels[-92.0] == "Withheld by anonymisation"
    assert len([code for code in labels if code < 0]) == 5


def test_spss_leaves_user_missing_out_of_its_sums(study: gt.Study, tmp_path: Path) -> None:
    export_study(study, "sav", tmp_path / "s.sav")
    frame, _ = pyreadstat.read_sav(str(tmp_path / "s.sav"), output_format="dict")
    ages = [value for value in frame["subject1_age"] if value is not None and value == value]
    assert ages
    assert min(ages) >= 0


def test_a_field_with_several_values_is_a_variable_a_value(
    read: tuple[list[dict[str, Any]], Any], study: gt.Study
) -> None:
    rows, _ = read
    names = [name for name in rows[0] if name.startswith("vulnerabilities_")]
    field = study.protocol.field_by_id["vulnerabilities"]
    assert names == [f"vulnerabilities_{value.id}" for value in field.values]
    for row, review in zip(rows, study.reviews(), strict=True):
        stated = {item.value for item in review.characteristics if item.field == "vulnerabilities" and item.value}
        if stated:
            broader = {value.parent for value in field.values if value.id in stated and value.parent}
            assert {name.removeprefix("vulnerabilities_") for name in names if row[name] == 1} == stated | broader
            assert all(row[name] in (0, 1) for name in names)
        else:
            assert all(row[name] in MISSING_CODES.values() for name in names)


def test_words_have_a_companion_that_says_why_they_are_missing(read: tuple[list[dict[str, Any]], Any]) -> None:
    rows, told = read
    assert told.variable_value_labels["incident_date_m"][0.0] == "Stated"
    for row in rows:
        assert bool(row["incident_date"]) == (row["incident_date_m"] == 0)


def test_names_are_such_as_spss_accepts_and_labels_fit(read: tuple[list[dict[str, Any]], Any]) -> None:
    rows, told = read
    for name in rows[0]:
        assert re.fullmatch(r"[A-Za-z][A-Za-z0-9_]{0,63}", name)
        assert not name.endswith("_")
    assert len({name.upper() for name in rows[0]}) == len(rows[0])
    assert all(len(label.encode()) <= 255 for label in told.column_labels)
    for labels in told.variable_value_labels.values():
        assert all(len(label.encode()) <= 120 for label in labels.values())


def test_who_decided_and_how_much_is_confirmed_stands_in_every_row(
    read: tuple[list[dict[str, Any]], Any], study: gt.Study
) -> None:
    rows, _ = read
    decided = {row["review_id"] for row in rows if row["decided"] == 1}
    assert decided == {item.review_id for item in study.reviews() if item.decision and item.decision.author == "Ada"}
    assert all(row["values_confirmed"] > 0 for row in rows if row["decided"] == 1)
    assert sum(row["episodes"] for row in rows) == len(study.episodes())


@pytest.mark.parametrize("protocol", ["learning-reports", "periodic-review"])
def test_the_other_protocols_can_be_written_too(finished: Path, tmp_path: Path, protocol: str) -> None:
    with gt.init(tmp_path / "s", protocol) as made:
        made.add(finished.parent / "reviews")
        made.suggest()
        export_study(made, "sav", tmp_path / "o.sav")
        count = len(made.reviews())
    frame, _ = pyreadstat.read_sav(str(tmp_path / "o.sav"), output_format="dict")
    assert len(frame["review_id"]) == count


def test_variables_keep_the_protocols_codes_from_one_export_to_the_next(study: gt.Study) -> None:
    cases = cases_of(study.record(), study.protocol, Basis.DRAFT)
    whole = {one.name: one.labels for one in variables(study.protocol, cases)}
    part = {one.name: one.labels for one in variables(study.protocol, cases[:6])}
    assert set(part) <= set(whole)
    assert all(whole[name] == labels for name, labels in part.items())


def test_a_text_is_cut_between_letters() -> None:
    assert cut("äöü", 6) == "äöü"
    assert cut("äöüß", 7) == "äö…"
    assert len(cut("😀" * 100, 120).encode()) <= 120
