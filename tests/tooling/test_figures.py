"""The figures people are shown are the figures that were measured."""

from __future__ import annotations

import json
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))

import evaluate  # noqa: E402
import figures  # noqa: E402
from goldthread.scoring.evaluation import measured_of  # noqa: E402
from goldthread.scoring.gold import GoldDocument  # noqa: E402
from goldthread.scoring.measured import Measured, from_data, shipped  # noqa: E402
from goldthread.scoring.proposed import Proposed, ProposedValue  # noqa: E402

CLOSE = 0.02
"""A shown percentage may lag behind the engine by so much before the record must be written anew."""


def test_the_page_holds_the_recorded_figures() -> None:
    page = figures.PAGE.read_text(encoding="utf-8")
    assert figures.written(page, figures.recorded()) == page, "run `make evaluate`"
    assert "| Outcome | 125 |" in page


def test_writing_the_figures_leaves_the_words_around_them_alone() -> None:
    page = figures.PAGE.read_text(encoding="utf-8")
    emptied = figures.written(page, ())
    assert emptied != page
    assert figures.written(emptied, figures.recorded()) == page


def test_every_bar_names_something_that_was_measured() -> None:
    measured = {(item.gold, item.target) for item in shipped()}
    for gold in tomllib.loads(evaluate.BARS.read_text(encoding="utf-8"))["gold"]:
        assert {(gold["name"], target) for target in gold["bars"]} <= measured


def test_recording_replaces_the_same_engine_and_gold_and_keeps_the_rest(tmp_path: Path) -> None:
    file = tmp_path / "measured.json"
    file.write_text("[]\n", encoding="utf-8")
    one, other = shipped()[0], next(item for item in shipped() if item.gold != shipped()[0].gold)
    assert evaluate.record([one, other], file)
    assert not evaluate.record([other], file), "the same figures are not recorded twice"
    assert {item.gold for item in _read(file)} == {one.gold, other.gold}


def _read(file: Path) -> tuple[Measured, ...]:
    return from_data(json.loads(file.read_text(encoding="utf-8")))


def test_a_learning_engine_is_recorded_by_what_each_fold_proposed(tmp_path: Path) -> None:
    gold = evaluate.Gold("folded", tmp_path, {}, {"sex": 0.9, "age": 0.9})
    pairs = [
        ("PFD", (GoldDocument(f"d{n}", f"d{n}.txt", values={"sex": "male"}), _male() if n else Proposed()))
        for n in range(4)
    ]
    found = evaluate.cross_validated("learned", "3", gold, pairs)
    (row, unknown) = evaluate.against_bars(found, gold.bars)
    assert row == ("learned", "Sex: accuracy", "75.0 (25–100)", "90", "missed by 15.0")
    assert unknown[-1] == "not measured"
    (kept,) = measured_of(found, "cross-validated, 2 folds")
    assert (kept.engine, kept.version, kept.how) == ("learned", "3", "cross-validated, 2 folds")


def _male() -> Proposed:
    return Proposed({"sex": (ProposedValue("male", 0.9),)})


def test_without_the_labelled_reports_nothing_is_measured_and_it_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GOLDTHREAD_SHARED", str(tmp_path))
    monkeypatch.setattr(sys, "argv", ["evaluate.py"])
    assert evaluate.main() == 2
    assert "Nothing was measured" in capsys.readouterr().err


def test_the_record_is_what_is_measured_today() -> None:
    if not (evaluate.shared() / "data/gold/labels.jsonl").exists():
        pytest.skip(
            f"the labelled reports are not at {evaluate.shared()}: set GOLDTHREAD_SHARED to the folder that has them"
        )
    found = evaluate.measure(["lexicon"], evaluate.golds(evaluate.shared()))
    today = {_key(item): item for one in found for item in measured_of(one)}
    recorded = {_key(item): item for item in shipped() if item.engine == "lexicon"}
    assert set(today) == set(recorded), "run `make evaluate`"
    for key, item in today.items():
        if item.precision and item.given >= 20:
            shown = recorded[key].precision
            assert shown and abs(shown.value - item.precision.value) <= CLOSE, f"{key}: run `make evaluate`"


def _key(item: Measured) -> tuple[str, str, str, str]:
    return (item.gold, item.kind, item.target, item.version)
