"""`simulate` keeps its contract: exactly one JSON document, fixed names, and codes a script can rely on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from goldthread.cli.app import run

CONTRACT = {"wss95", "recall10", "atd", "n95", "records", "seconds"}


@pytest.fixture
def labelled(tmp_path: Path) -> Path:
    rows = ["title,abstract,label_included"]
    for n in range(60):
        about = "the patrol found the stolen boat" if n % 12 == 0 else f"lessons moved to the village hall {n % 5}"
        rows.append(f"Note {n},{about},{int(n % 12 == 0)}")
    path = tmp_path / "labelled.csv"
    path.write_text("\n".join(rows), encoding="utf-8")
    return path


def _simulated(capsys: pytest.CaptureFixture[str], *words: str | Path) -> dict[str, object]:
    assert run(["simulate", *map(str, words), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert isinstance(found, dict)
    return found


def test_json_holds_what_the_contract_names(labelled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = _simulated(capsys, labelled)
    assert set(found) >= CONTRACT
    assert found["records"] == 58
    assert found["n95"] == 4
    assert found["wss95"] == pytest.approx(0.95 - 4 / 58, abs=1e-6)


def test_a_seed_chooses_the_priors_and_repeats(labelled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def told(seed: int) -> dict[str, object]:
        found = _simulated(capsys, labelled, "--seed", str(seed))
        del found["seconds"]
        return found

    assert told(2) == told(2)
    assert len({json.dumps(told(seed)["priors"]) for seed in range(1, 6)}) > 1


def test_priors_can_be_named(labelled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = _simulated(capsys, labelled, "--prior-relevant", "24", "--prior-irrelevant", "5")
    assert found["priors"] == {"relevant": 24, "irrelevant": 5}


def test_a_prior_that_is_no_such_record_is_refused(labelled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["simulate", str(labelled), "--prior-relevant", "5"]) == 2
    assert "record 5 is not labelled relevant" in capsys.readouterr().err


def test_the_text_says_what_each_number_is(labelled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["simulate", str(labelled)]) == 0
    shown = capsys.readouterr().out
    assert "work saved over sampling at 95% (WSS@95)" in shown
    assert "average time to discovery" in shown


def test_a_set_with_one_relevant_record_says_that_nothing_can_be_measured(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "one.csv"
    path.write_text("title,label\nA boat,1\nA school,0\nA mill,0\n", encoding="utf-8")
    assert run(["simulate", str(path), "--json"]) == 0
    told = capsys.readouterr()
    assert json.loads(told.out)["wss95"] is None
    assert "Nothing could be measured" in told.err


def test_rows_that_are_left_out_are_named_and_the_code_says_so(
    labelled: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with labelled.open("a", encoding="utf-8") as out:
        out.write("\nA heron,at the mill,perhaps\n")
    assert run(["simulate", str(labelled), "--json"]) == 1
    told = capsys.readouterr()
    assert json.loads(told.out)["left_out"] == 1
    assert "labelled.csv, row 62" in told.err


def test_a_file_that_is_no_labelled_set_ends_with_two(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "other.csv"
    path.write_text("name,age\nx,3\n", encoding="utf-8")
    assert run(["simulate", str(path)]) == 2
    assert "name the columns title, abstract and label_included" in capsys.readouterr().err
    assert run(["simulate", str(tmp_path / "nowhere.csv")]) == 2
