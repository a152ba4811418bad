"""A report published anew: the old words stay exact, the new ones are found, and what is gone is listed."""

from __future__ import annotations

from pathlib import Path

import pytest

import goldthread as gt
from goldthread.errors import UnreadableInput, UsageError

GONE = "The police did not complete a risk assessment and this was a missed opportunity to identify the risk."


def _document(study: gt.Study, name: str) -> str:
    return next(item.document_id for one in study.reviews() for item in one.documents if item.file_name == name)


def _text(study: gt.Study, document_id: str) -> str:
    return next(item.text for item in study.texts() if item.document_id == document_id)


def _revised(study: gt.Study, tmp_path: Path, *, without: str = "") -> tuple[str, Path]:
    document_id = _document(study, "review-0002.txt")
    text = "A foreword by the fictional board.\n\n" + _text(study, document_id).replace("2.4 It", "2.4 It\n")
    path = tmp_path / "revised.txt"
    path.write_text(text.replace(without, "") if without else text, encoding="utf-8")
    return document_id, path


def test_evidence_is_found_again_in_a_new_version_and_everything_verifies(study: gt.Study, tmp_path: Path) -> None:
    document_id, path = _revised(study, tmp_path)
    before = [item for item in study.episodes() if item.anchor.document_id == document_id]
    done = study.reissue(document_id, path)
    assert done.version == 2
    assert done.lost == ()
    after = [item for item in study.episodes() if item.anchor.document_id == document_id]
    assert [" ".join(item.anchor.quote.split()) for item in after] == [
        " ".join(item.anchor.quote.split()) for item in before
    ]
    assert all(item.anchor.version == 2 for item in after)
    assert after[0].anchor.start > before[0].anchor.start
    assert study.verify().sound


def test_words_that_are_gone_are_listed_and_stay_exact_in_the_old_version(study: gt.Study, tmp_path: Path) -> None:
    document_id, path = _revised(study, tmp_path, without=GONE)
    done = study.reissue(document_id, path)
    assert GONE in {" ".join(item.quote.split()) for item in done.lost}
    listed = [item for item in study.problems() if item.code == "lost_evidence"]
    assert any("missed opportunity" in item.message or "did not complete" in item.message for item in listed)
    assert {item.anchor.version for item in study.episodes() if item.anchor.document_id == document_id} == {1, 2}
    assert study.verify().sound


def test_a_confirmed_passage_keeps_its_confirmation_when_its_words_have_moved(
    study: gt.Study, tmp_path: Path
) -> None:
    document_id, path = _revised(study, tmp_path)
    episode = next(item for item in study.episodes() if item.anchor.document_id == document_id)
    study.confirm(episode.review_id, "episodes", [episode.episode_id])
    study.reissue(document_id, path)
    study.suggest()
    kept = next(item for item in study.episodes() if item.episode_id == episode.episode_id)
    assert kept.state is gt.State.CONFIRMED
    assert kept.anchor.version == 2
    assert study.verify().sound


def test_search_finds_only_the_present_version(study: gt.Study, tmp_path: Path) -> None:
    document_id, path = _revised(study, tmp_path, without=GONE)
    assert any(hit.document_id == document_id for hit in study.search('"missed opportunity"', limit=100))
    study.reissue(document_id, path)
    assert not any(hit.document_id == document_id for hit in study.search('"missed opportunity"', limit=100))
    assert any(hit.document_id == document_id for hit in study.search("foreword"))


def test_the_old_version_is_still_held_against_its_sealed_hash(study: gt.Study, tmp_path: Path) -> None:
    import sqlite3

    document_id, path = _revised(study, tmp_path)
    study.reissue(document_id, path)
    with sqlite3.connect(study.folder / "study.db") as connection:
        connection.execute(
            "UPDATE page SET text = 'x' || substr(text, 2) WHERE document_id = ? AND version = 1", (document_id,)
        )
    connection.close()
    assert [fault.what for fault in study.verify().faults] == ["text"]


def test_the_same_file_an_unreadable_one_and_an_unknown_document_change_nothing(
    study: gt.Study, tmp_path: Path
) -> None:
    state = study.record().state
    document_id = _document(study, "review-0002.txt")
    (tmp_path / "same.txt").write_text(_text(study, document_id), encoding="utf-8")
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7 no more")
    with pytest.raises(UsageError, match="already"):
        study.reissue(document_id, tmp_path / "same.txt")
    with pytest.raises(UnreadableInput):
        study.reissue(document_id, tmp_path / "broken.pdf")
    with pytest.raises(UsageError, match="no read document"):
        study.reissue("D99999", tmp_path / "same.txt")
    assert study.record().state == state
