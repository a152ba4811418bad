"""A study whose protocol was amended: what others see, what is read from before, and what cannot go wrong."""

from __future__ import annotations

import json
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import goldthread as gt
from goldthread.errors import UsageError
from goldthread.interchange.exporting import export_study
from goldthread.protocol.amend.changes import (
    AddCode,
    DescribeCode,
    DescribeTable,
    MergeCodes,
    NewCode,
    RetireCode,
)
from goldthread.values import State
from tests.study.coded import by_theme, fullest

WHY = "the two were coded for the same thing"


def test_another_session_goes_by_an_amendment_as_soon_as_it_is_made(study: gt.Study) -> None:
    with gt.open(study.folder, who="Bea") as other:
        theme = fullest(study)
        study.amend(RetireCode(code=theme), "gone")
        with pytest.raises(UsageError, match="is retired"):
            other.desk.code("R00001", {"theme": theme, "direction": "missed"})
        other.renew()
        assert other.protocol.edition.endswith("with 1 amendment")


def test_two_who_amend_at_once_make_two_amendments_one_after_the_other(study: gt.Study) -> None:
    first, second = fullest(study), fullest(study, fullest(study))
    changes = [DescribeCode(code=first, label="One name"), RetireCode(code=second)]
    total = len(study.episodes())

    def made(change: DescribeCode | RetireCode) -> int:
        with gt.open(study.folder, who="Bea") as other:
            return other.amend(change, "at once").n

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(made, changes)) == [1, 2]
    study.renew()
    assert study.protocol.theme_by_id[first].label == "One name"
    assert study.protocol.theme_by_id[second].retired
    assert len(study.episodes()) == total
    assert study.verify().sound


def test_of_two_who_merge_one_code_at_once_the_second_is_told_where_it_went(study: gt.Study) -> None:
    theme = fullest(study)
    others = [one.id for one in study.protocol.codebook.themes if one.id != theme][:2]

    def made(into: str) -> str:
        with gt.open(study.folder, who="Bea") as other:
            try:
                other.amend(MergeCodes(code=theme, into=into), "at once")
            except UsageError as fault:
                return fault.what
        return ""

    with ThreadPoolExecutor(2) as pool:
        told = sorted(pool.map(made, others))
    assert told[0] == ""
    assert "became part of" in told[1]
    assert not study.episodes(theme=theme)
    assert study.verify().sound


def test_an_amendment_cut_off_half_way_leaves_everything_as_it_was(
    study: gt.Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    theme = fullest(study)
    before, protocol = by_theme(study), study.protocol

    def fails(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("goldthread.study.amendments.amending.journal.append", fails)
        with pytest.raises(KeyboardInterrupt):
            study.amend(MergeCodes(code=theme, into=fullest(study, theme)), WHY)
    study.renew()
    assert by_theme(study) == before
    assert study.protocol == protocol
    assert not study.amendments()


def test_a_passage_under_no_code_of_the_book_is_found_by_verifying(study: gt.Study) -> None:
    study.amend(AddCode(code=NewCode(id="fresh", label="Fresh")), "seen often")
    some = study.episodes()[0]
    kept = next(one for one in study.desk.review(some.review_id).episodes if one.key == some.episode_id)
    study.desk.code(some.review_id, {"theme": "fresh", "direction": "good"}, instead=(kept.key, kept.stamp))
    assert study.verify().sound
    database = sqlite3.connect(study.folder / "study.db")
    database.execute("UPDATE episode SET theme = 'nowhere' WHERE theme = 'fresh'")
    database.commit()
    database.close()
    (fault,) = study.verify().faults
    assert (fault.what, fault.where) == ("code", "nowhere")


def test_a_retired_code_has_a_line_in_tables_only_while_something_is_coded_with_it(study: gt.Study) -> None:
    used, unused = (
        fullest(study),
        next(one.id for one in study.protocol.codebook.themes if not study.episodes(theme=one.id)),
    )
    study.amend(RetireCode(code=used), "not in the plan")
    study.amend(RetireCode(code=unused), "never used")
    lines = [row.id for row in study.table("P3").rows]
    assert used in lines
    assert unused not in lines


def test_what_was_done_to_many_stands_in_the_history_of_each(study: gt.Study) -> None:
    theme = fullest(study)
    reviews = {one.review_id for one in study.episodes() if one.theme == theme}
    study.amend(MergeCodes(code=theme, into=fullest(study, theme)), WHY)
    for item in study.desk.catalogue():
        verbs = [entry.verb for entry in study.desk.history(item.review_id, [], 10)]
        assert ("amend" in verbs) is (item.review_id in reviews), item.review_id


def test_labels_of_before_are_held_against_the_codes_of_now(study: gt.Study, tmp_path: Path) -> None:
    theme = fullest(study)
    other = fullest(study, theme)
    some = next(one for one in study.episodes() if one.theme == theme and one.direction == "missed")
    files = {one.document_id: one.file_name for review in study.reviews() for one in review.documents}
    name = files[some.anchor.document_id]
    label = {"n": "1", "text": " ".join(some.anchor.quote.split()), "police": "judged"}
    label |= {"direction": "missed", "theme": theme, "explanation": some.explanation}
    gold = tmp_path / "labels.jsonl"
    gold.write_text(json.dumps({"id": "one", "file": name, "sentences": [label]}), encoding="utf-8")

    def rightly_themed() -> list[bool]:
        made = study.evaluate(gold, keep=False)
        scores = [engine.overall["theme"] for engine in made.engines if "theme" in engine.overall]
        return [all(wanted == given for wanted, given, _ in score.confusion) for score in scores if score.confusion]

    before = rightly_themed()
    assert before
    study.amend(MergeCodes(code=theme, into=other), WHY)
    assert rightly_themed() == before


def test_a_row_exported_before_is_read_by_the_names_of_then(study: gt.Study, tmp_path: Path) -> None:
    theme = fullest(study)
    other = fullest(study, theme)
    some = next(one for one in study.episodes() if one.theme == theme)
    export_study(study, "csv", tmp_path / "out")
    study.amend(MergeCodes(code=theme, into=other), WHY)
    rows = (tmp_path / "out/episodes.csv").read_text("utf-8").splitlines()
    mine = [line.replace(",suggested,", ",confirmed,") for line in rows if some.episode_id in line]
    (tmp_path / "episodes.csv").write_text("\n".join([rows[0], *mine]) + "\n", encoding="utf-8")
    done = study.import_file(tmp_path / "episodes.csv")
    assert not done.problems
    assert {one.theme for one in study.episodes() if one.state is State.CONFIRMED} == {other}


def test_a_study_amended_is_still_made_with_its_protocol(study: gt.Study, tmp_path: Path) -> None:
    study.amend(DescribeTable(table="T4", title="What happened"), "plainer")
    folder = study.folder
    study.close()
    with gt.study.study.open_or_init(folder, "police-reviews") as again:
        assert again.protocol.edition == f"{again.protocol.version} with 1 amendment"
        assert [one.says for one in again.amendments()] == ["Give table T4 the title “What happened”"]
