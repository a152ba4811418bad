from __future__ import annotations

import csv
import hashlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import goldthread as gt
from goldthread.assist.lexicon.engine import LexiconEngine
from goldthread.errors import UnreadableInput, UsageError
from goldthread.interchange.exporting import export_study
from goldthread.scoring.evaluation import to_json
from tests.study.gold_reports import label_of, text_of, write_gold, write_reports


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("evaluated")
    with gt.init(folder / "study", "learning-reports", who="Ada") as study:
        study.add(write_reports(folder / "reports"), review_types=["PFD"])
        study.suggest("lexicon")
    return folder / "study"


@pytest.fixture
def study(made: Path, tmp_path: Path) -> Iterator[gt.Study]:
    shutil.copytree(made, tmp_path / "study")
    with gt.open(tmp_path / "study", who="Ada") as opened:
        yield opened


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    return write_gold(tmp_path / "coded")


def test_stored_suggestions_are_scored_field_by_field_and_passage_by_passage(study: gt.Study, gold: Path) -> None:
    found = study.evaluate(gold)
    (engine,) = found.engines
    assert (engine.engine, found.labelled, found.found) == ("lexicon", 2, 2)
    assert [group.kind for group in engine.kinds] == ["PFD"]
    scores = engine.overall
    assert {name: scores[name].main for name in ("outcome", "category", "age", "sex")} == {
        "outcome": 1.0,
        "category": 1.0,
        "age": 1.0,
        "sex": 0.5,
    }
    assert scores["judged practice"].main == 1.0
    assert scores["any police action"].main == 1.0
    assert scores["recommendations"].rates.counts.right >= 1
    assert scores["direction"].main == 1.0


def test_the_worst_miss_shows_what_was_suggested_and_the_words_it_rests_on(study: gt.Study, gold: Path) -> None:
    (miss,) = study.evaluate(gold).engines[0].overall["sex"].misses
    assert (miss.document, miss.wanted, miss.given) == ("report-2", "male", "female")
    assert "woman" in miss.text


def test_a_label_without_a_field_in_the_protocol_is_named_and_not_scored(study: gt.Study, gold: Path) -> None:
    found = study.evaluate(gold)
    assert "shoe_size" not in found.engines[0].overall
    assert any("shoe_size" in note for note in found.notes)


def test_documents_under_other_names_are_found_by_their_text(made: Path, tmp_path: Path) -> None:
    renamed = tmp_path / "renamed"
    renamed.mkdir()
    (renamed / "scan 17.txt").write_text(text_of("report-1").replace("\n\n", " \n \n"), encoding="utf-8")
    with gt.init(tmp_path / "study", "learning-reports", who="Ada") as study:
        study.add(renamed)
        study.suggest("lexicon")
        found = study.evaluate(write_gold(tmp_path / "coded"))
    assert (found.found, found.labelled) == (1, 2)
    assert any("report-2.txt" in note for note in found.notes)
    assert found.engines[0].overall["judged practice"].main == 1.0, "places moved, so words were matched"


def test_labels_of_another_edition_of_the_text_are_matched_by_words(study: gt.Study, gold: Path) -> None:
    label, words = label_of("report-1"), text_of("report-1")
    for sentence in label["sentences"]:  # type: ignore[attr-defined]
        sentence["start"] += 9
        sentence["end"] += 9
    (gold / "labels.jsonl").write_text(json.dumps(label), encoding="utf-8")
    (gold / "docs" / "report-1.txt").write_text("Preface. " + words, encoding="utf-8")
    scores = study.evaluate(gold).engines[0].overall
    assert scores["judged practice"].main == 1.0
    assert scores["recommendations"].rates.counts.right >= 1


def test_what_a_person_rejected_is_still_what_the_engine_proposed(study: gt.Study, gold: Path) -> None:
    before = study.evaluate(gold, keep=False)
    for review in study.reviews():
        study.reject(review.review_id, "characteristics")
        study.confirm(review.review_id, "episodes")
    assert to_json(study.evaluate(gold, keep=False))["engines"] == to_json(before)["engines"]


def test_the_same_study_and_gold_give_the_same_figures(study: gt.Study, gold: Path) -> None:
    assert to_json(study.evaluate(gold)) == to_json(study.evaluate(gold))


def test_what_was_measured_is_journaled_once_and_only_if_kept(study: gt.Study, gold: Path) -> None:
    study.evaluate(gold, keep=False)
    assert [entry for entry in study.entries() if entry.verb == "evaluate"] == []
    study.evaluate(gold)
    study.evaluate(gold)
    (entry,) = [entry for entry in study.entries() if entry.verb == "evaluate"]
    assert (entry.who, entry.object) == ("Ada", "coded")
    assert study.verify().sound


def test_a_gold_of_other_documents_says_what_was_looked_for(study: gt.Study, tmp_path: Path) -> None:
    other = tmp_path / "other.jsonl"
    other.write_text('{"id": "x1", "file": "x1.pdf"}', encoding="utf-8")
    with pytest.raises(UsageError, match=r"none of its 1 documents is in the study.*x1\.pdf"):
        study.evaluate(other)


def test_a_gold_that_is_not_there_or_not_text_is_named(study: gt.Study, tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match="no gold file here"):
        study.evaluate(tmp_path)
    (tmp_path / "bad.jsonl").write_bytes(b'{"id": "\xff"}')
    with pytest.raises(UnreadableInput, match="not UTF-8 at byte 8"):
        study.evaluate(tmp_path / "bad.jsonl")


def test_a_gold_cannot_name_a_file_outside_its_folder(study: gt.Study, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret words", encoding="utf-8")
    (tmp_path / "coded").mkdir()
    label = {"id": "report-1", "file": "../secret.txt", "sentences": [{"start": 0, "end": 6, "police": "judged"}]}
    (tmp_path / "coded/labels.jsonl").write_text(json.dumps(label), encoding="utf-8")
    assert "secret" not in str(to_json(study.evaluate(tmp_path / "coded")))


def test_an_engine_that_was_never_run_cannot_be_scored(study: gt.Study, gold: Path) -> None:
    with pytest.raises(UsageError, match="“oracle” has suggested nothing"):
        study.evaluate(gold, ["oracle"])


def test_before_anything_was_suggested_there_is_nothing_to_score(tmp_path: Path) -> None:
    with gt.init(tmp_path / "study", "learning-reports") as study:
        study.add(write_reports(tmp_path / "reports"))
        with pytest.raises(UsageError, match="no engine has suggested anything"):
            study.evaluate(write_gold(tmp_path / "coded"))


def test_what_a_study_measured_itself_is_shown_before_what_was_shipped(study: gt.Study, gold: Path) -> None:
    before = {item.gold for item in study.record().measured}
    study.evaluate(gold)
    golds = [item.gold for item in study.record().measured]
    assert golds[0] == "coded" and set(golds) == {"coded", *before}


def test_a_briefings_appendix_says_how_often_suggestions_were_right(
    study: gt.Study, gold: Path, tmp_path: Path
) -> None:
    study.evaluate(gold)
    page = study.brief("practice").to_html(tmp_path / "b.html").read_text(encoding="utf-8")
    assert "How often suggestions were right was measured on" in page
    assert "Sex (lexicon 1): PFD 50% (0–100; n = 2)" in page


def test_the_exported_files_give_the_same_score_as_the_study(study: gt.Study, gold: Path, tmp_path: Path) -> None:
    export_study(study, "csv", tmp_path / "csv")
    with (tmp_path / "csv/episodes.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["direction"] != "described"]
    hits = wrong = 0
    for line in (gold / "labels.jsonl").read_text(encoding="utf-8").splitlines():
        label = json.loads(line)
        for one in label["sentences"]:
            on_it = any(
                row["file_name"] == label["file"]
                and int(row["start"]) < one["end"]
                and one["start"] < int(row["end"])
                for row in rows
            )
            hits += on_it and one["police"] == "judged"
            wrong += on_it != (one["police"] == "judged")
    assert hits
    assert study.evaluate(gold).engines[0].overall["judged practice"].main == 2 * hits / (2 * hits + wrong)


def test_an_engine_that_learned_from_a_labelled_document_is_found_out(
    study: gt.Study, gold: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (known, *_) = [text.text for text in study.texts()]
    digest = hashlib.sha256(known.encode()).hexdigest()
    monkeypatch.setattr(LexiconEngine, "learned_from", frozenset({digest}), raising=False)
    assert any("learned from 1 of these documents" in note for note in study.evaluate(gold).notes)
