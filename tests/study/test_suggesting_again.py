"""An engine that reads a review again does not undo, repeat or recount what a person settled."""

from __future__ import annotations

from pathlib import Path

import goldthread as gt
from goldthread.values import State
from tests.study.exported import exported, written


def _read_again(study: gt.Study) -> gt.Study:
    """The study after its protocol was touched, so that every review is read anew."""
    with (study.folder / "protocol" / "lexicon.toml").open("a", encoding="utf-8") as lexicon:
        lexicon.write("\n# touched\n")
    with gt.open(study.folder, who="Ada") as again:
        assert again.suggest().unchanged == 0
    return gt.open(study.folder, who="Ada")


def _coded(study: gt.Study) -> str:
    """A review that the engine coded."""
    return study.episodes()[0].review_id


def _counted(study: gt.Study, table: str) -> list[object]:
    return [cell.count for row in study.table(table).rows for cell in row.cells]


def test_a_passage_a_person_confirmed_is_counted_once_however_often_it_is_suggested(study: gt.Study) -> None:
    chosen = _coded(study)
    before = [_counted(study, table) for table in ("P4", "P5", "T4", "T11")]
    for what in ("characteristics", "answers", "episodes", "recommendations"):
        assert study.confirm(chosen, what)
    with _read_again(study) as again:
        assert [_counted(again, table) for table in ("P4", "P5", "T4", "T11")] == before
        assert {item.state for item in again.episodes(review_id=chosen)} == {State.CONFIRMED}


def test_what_a_person_rejected_does_not_come_back(study: gt.Study) -> None:
    chosen = _coded(study)
    for what in ("characteristics", "answers", "episodes", "recommendations"):
        assert study.reject(chosen, what)
    before = [_counted(study, table) for table in ("P4", "P5", "T4", "T11")]
    with _read_again(study) as again:
        assert [_counted(again, table) for table in ("P4", "P5", "T4", "T11")] == before
        left = next(item for item in again.reviews() if item.review_id == chosen)
        assert (left.episodes, left.recommendations, left.characteristics, left.answers) == ((), (), (), ())


def test_a_passage_a_person_codes_on_the_same_words_takes_the_place_of_the_suggestion(
    study: gt.Study, tmp_path: Path
) -> None:
    row = next(row for row in exported(study, tmp_path, "episodes") if row["review_id"] == _coded(study))
    shorter = {"episode_id": "", "end": "", "start": "", "quote": row["quote"][:-1], "state": "confirmed"}
    passages = len(study.episodes())
    done = study.import_file(written(tmp_path / "own.csv", [row | shorter]))
    assert (done.added, done.superseded) == (1, 1)
    assert len(study.episodes()) == passages
    assert not study.import_file(tmp_path / "own.csv").changed
    with _read_again(study) as again:
        assert len(again.episodes()) == passages
