from __future__ import annotations

import json
from pathlib import Path

import pytest

from goldthread.cli.app import run
from goldthread.disclosure.policy import Policy
from goldthread.errors import UsageError
from goldthread.study.guarding import exposure
from goldthread.study.study import init

REPORT = """Safeguarding Adult Review

Adult {letter}

1. Adult {letter} was a {sex} aged {age} who died in March 2018.
2. Officers did not record the call from Marla Quennell of 4 March 2018 and failed to share information with partners.
3. {force} should review how officers record calls by June 2019.
"""
CASES = [("A", "woman", 41, "Kent Police"), ("B", "woman", 44, "Kent Police"), ("C", "man", 47, "Essex Police")]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("guarding")
    reports = place / "reports"
    reports.mkdir()
    for letter, sex, age, force in CASES:
        (reports / f"sar-{letter}.txt").write_text(REPORT.format(letter=letter, sex=sex, age=age, force=force))
    with init(place / "study") as study:
        study.add(reports, review_types=["SAR"])
        study.suggest("lexicon")
        for review in study.reviews():
            study.decide(review.review_id, "included")
    return place / "study"


def test_the_one_man_is_pointed_out_and_the_women_are_not(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["disclosure", str(folder), "--field", "sex", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["included"] == 3
    assert [each["values"] for each in found["combinations"]] == [{"sex": "male"}]


def test_passages_that_name_somebody_are_listed_with_their_page(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["disclosure", str(folder)]) == 0
    said = capsys.readouterr().out
    assert "Marla Quennell (person)" in said
    assert "4 March 2018 (date)" in said
    assert "page 1" in said


def test_a_field_nobody_defined_is_refused_with_the_nearest(folder: Path) -> None:
    from goldthread.study.study import open_study

    with open_study(folder) as study, pytest.raises(UsageError, match="sexx"):
        exposure(study, fields=["sexx"])


def test_tables_are_made_fit_to_publish(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from goldthread.study.study import open_study

    with open_study(folder) as study:
        whole, kept = study.tables(), study.tables(policy=Policy(fewest=5))
    assert len(whole) == len(kept)
    changed = [after for before, after in zip(whole, kept, strict=True) if before != after]
    assert len(changed) > 5
    assert run(["tables", str(folder), "--id", changed[0].id, "--fewest", "5"]) == 0
    said = capsys.readouterr().out
    assert "Numbers from 1 to 4 are not shown (c)" in said
