"""A person's decisions in spreadsheets: confirmed, rejected, changed and added, and what cannot be followed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import goldthread as gt
from goldthread.errors import UnreadableInput, UsageError
from goldthread.study.intake.importing import Imported
from goldthread.values import Basis, State
from tests.study.exported import Row, edited, exported, written

FILES = ("screening", "characteristics", "episodes", "recommendations")


def _counts(done: Imported) -> tuple[int, int, int, int, int, int]:
    return (done.confirmed, done.rejected, done.added, done.superseded, done.decided, len(done.problems))


def _file(study: gt.Study, review_id: str) -> str:
    return next(item.documents[0].file_name for item in study.reviews() if item.review_id == review_id)


@pytest.mark.parametrize("name", FILES)
def test_an_export_that_nobody_edited_changes_nothing(study: gt.Study, tmp_path: Path, name: str) -> None:
    study.confirm("R00003", "characteristics")
    study.confirm("R00003", "answers")
    study.reject("R00004", "episodes")
    path = written(tmp_path / "same.csv", exported(study, tmp_path / "e", name))
    state = study.record().state
    done = study.import_file(path)
    assert _counts(done) == (0, 0, 0, 0, 0, 0)
    assert not done.changed
    assert done.unchanged >= done.rows > 0
    assert study.record().state == state


@pytest.mark.parametrize("name", ["characteristics", "episodes", "recommendations"])
@pytest.mark.parametrize("state", ["confirmed", "rejected"])
def test_a_state_written_in_the_state_column_is_a_decision(
    study: gt.Study, tmp_path: Path, name: str, state: str
) -> None:
    path = edited(study, tmp_path, name, {"state": state}, lambda row: bool(row["quote"]))
    done = study.import_file(path)
    assert _counts(done) == ((1, 0, 0, 0, 0, 0) if state == "confirmed" else (0, 1, 0, 0, 0, 0))
    rows = exported(study, tmp_path / "after", name)
    assert [row["state"] for row in rows].count(state) == 1
    assert study.verify().sound


@pytest.mark.parametrize("name", ["characteristics", "episodes", "recommendations"])
def test_the_same_file_again_changes_nothing(study: gt.Study, tmp_path: Path, name: str) -> None:
    def change(row: Row) -> None:
        row["state"] = "confirmed"
        if name == "characteristics":
            row["value"], row["missing"] = "99", ""
        elif name == "episodes":
            row["whose"] = "adult" if row["whose"] != "adult" else "suspect"
        else:
            row["scope"] = "multi" if row["scope"] != "multi" else "single"

    def chosen(row: Row) -> bool:
        return bool(row["quote"]) and (name != "characteristics" or (row["field"] == "age" and bool(row["value"])))

    path = edited(study, tmp_path, name, change, chosen)
    first = study.import_file(path)
    assert _counts(first) == (0, 0, 1, 1, 0, 0)
    state = study.record().state
    again = study.import_file(path)
    assert _counts(again) == (0, 0, 0, 0, 0, 0)
    assert study.record().state == state


def test_a_changed_value_is_the_persons_and_the_machines_stays_on_record(study: gt.Study, tmp_path: Path) -> None:
    def is_age(row: Row) -> bool:
        return row["field"] == "age" and row["value"] == "14"

    path = edited(study, tmp_path, "characteristics", {"value": "15", "state": "confirmed"}, is_age)
    study.import_file(path)
    rows = exported(study, tmp_path / "after", "characteristics")
    changed = next(row for row in rows if row["value"] == "15")
    assert (changed["state"], changed["author"], changed["engine"], changed["confidence"]) == (
        *("confirmed", "Ada", ""),
        "1.0",
    )
    earlier = next(
        row for row in rows if (row["review_id"], row["field"], row["value"]) == (changed["review_id"], "age", "14")
    )
    assert (earlier["state"], earlier["engine"]) == ("superseded", "lexicon")
    assert earlier["start"] == changed["start"]


def test_a_change_the_person_did_not_confirm_is_listed_and_not_made(study: gt.Study, tmp_path: Path) -> None:
    path = edited(study, tmp_path, "characteristics", {"value": "15"}, lambda row: row["value"] == "14")
    done = study.import_file(path)
    assert _counts(done) == (0, 0, 0, 0, 0, 1)
    assert "confirmed" in done.problems[0].mend
    path = edited(study, tmp_path, "episodes", {"direction": "good"}, lambda row: row["direction"] == "missed")
    assert [item.code for item in study.import_file(path).problems] == ["undecided"]


def test_one_import_is_one_journal_entry_with_before_and_after(study: gt.Study, tmp_path: Path) -> None:
    rows = exported(study, tmp_path, "episodes")
    for row in rows[:3]:
        row["state"] = "confirmed"
    rows[3].update(state="confirmed", whose="suspect")
    entries = len(study.entries())
    study.import_file(written(tmp_path / "mine.csv", rows))
    assert len(study.entries()) == entries + 1
    last = study.entries()[-1]
    assert (last.verb, last.object, last.who) == ("import", "mine.csv", "Ada")
    before, after = json.loads(last.before), json.loads(last.after)
    assert [*before["episodes"].values()] == ["suggested"] * 4
    assert [*after["episodes"].values()] == ["confirmed"] * 3 + ["superseded"]
    assert after["added"][0]["whose"] == "suspect"
    assert len(after["sha256"]) == 64


def test_rows_that_do_not_verify_are_listed_and_the_rest_is_saved(study: gt.Study, tmp_path: Path) -> None:
    rows = exported(study, tmp_path, "episodes")
    rows[0].update(state="confirmed")
    rows[1].update(state="confirmed", quote=rows[1]["quote"].replace("e", "3"))
    rows[2].update(state="confirmed", start=str(int(rows[2]["start"]) + 1))
    rows[3].update(state="confirmed", page="7")
    rows[4].update(state="confirmed", file_name="elsewhere.pdf")
    rows[5].update(state="confirmed", episode_id="R00001-E999")
    rows[6].update(state="confirmed", review_id="R77777")
    rows[7].update(state="confirmed", theme="no_such_theme")
    rows[8].update(state="certainly")
    done = study.import_file(written(tmp_path / "mine.csv", rows))
    assert done.confirmed == 1
    assert [item.place for item in done.problems] == [f"mine.csv, row {n}" for n in range(3, 11)]
    codes = [item.code for item in done.problems]
    assert codes == ["not found", "not found", "page", *["unknown"] * 5]
    assert all(item.message and item.mend for item in done.problems)


def test_a_new_row_with_its_quote_becomes_an_episode(study: gt.Study, tmp_path: Path) -> None:
    quote = "Officers attended the family home on 3 April 2017"
    review = next(item for item in study.reviews() if item.documents[0].file_name == "review-0002.txt")
    theme = study.protocol.codebook.themes[0]
    row = {"review_id": review.review_id, "theme": theme.label, "direction": "Good practice", "quote": quote}
    done = study.import_file(written(tmp_path / "new.csv", [row]))
    assert _counts(done) == (0, 0, 1, 1, 0, 0)
    found = next(item for item in study.episodes(review_id=review.review_id) if item.engine == "")
    assert (found.theme, found.direction, found.state, found.author) == (theme.id, "good", State.CONFIRMED, "Ada")
    assert found.anchor.quote == quote
    assert study.verify().sound
    assert study.brief("practice").briefing


def test_a_quote_that_stands_twice_needs_its_place(study: gt.Study, tmp_path: Path) -> None:
    review = next(item for item in study.reviews() if item.documents[0].file_name == "review-0002.txt")
    row = {"review_id": review.review_id, "direction": "missed", "quote": "police"}
    done = study.import_file(written(tmp_path / "new.csv", [{**row, "theme": ""}]))
    assert [item.code for item in done.problems] == ["ambiguous"]


def test_a_new_value_needs_words_and_a_missing_one_does_not(study: gt.Study, tmp_path: Path) -> None:
    row = {"review_id": "R00003", "field": "police_on_panel", "value": "true", "missing": "", "quote": ""}
    done = study.import_file(written(tmp_path / "a.csv", [row]))
    assert [item.code for item in done.problems] == ["no quote"]
    row.update(value="", missing="withheld")
    assert _counts(study.import_file(written(tmp_path / "b.csv", [row])))[2] == 1


@pytest.mark.parametrize(
    ("field", "written_as", "stored"),
    [
        ("age", "41.0", "41"),
        ("police_imr", "TRUE", "true"),
        ("police_imr", "Yes", "true"),
        ("incident_date", "2017-05", "2017-05"),
        ("force", "kent police", "Kent Police"),
    ],
)
def test_values_are_read_as_a_person_or_a_spreadsheet_writes_them(
    study: gt.Study, tmp_path: Path, field: str, written_as: str, stored: str
) -> None:
    row = {"review_id": "R00003", "field": field, "value": written_as, "quote": "Police involvement"}
    done = study.import_file(written(tmp_path / "a.csv", [row]))
    assert done.problems == ()
    review = next(item for item in study.reviews() if item.review_id == "R00003")
    mine = [item for item in review.characteristics if item.author == "Ada"]
    assert [item.value for item in mine] == [stored]


@pytest.mark.parametrize(
    ("field", "value", "missing"),
    [
        ("age", "old", ""),
        ("age", "", ""),
        ("age", "4", "withheld"),
        ("incident_date", "12/05/2017", ""),
        ("outcome", "no_such_outcome", ""),
        ("force", "Toytown Police Force", ""),
        ("no_such_field", "x", ""),
        ("age", "", "because"),
    ],
)
def test_values_a_protocol_does_not_permit_are_listed(
    study: gt.Study, tmp_path: Path, field: str, value: str, missing: str
) -> None:
    row = {"review_id": "R00003", "field": field, "value": value, "missing": missing, "quote": "Police involvement"}
    done = study.import_file(written(tmp_path / "a.csv", [row]))
    assert len(done.problems) == 1
    assert not done.changed
    assert done.problems[0].mend


def test_a_field_with_one_value_keeps_one(study: gt.Study, tmp_path: Path) -> None:
    base = {"review_id": "R00003", "field": "age", "quote": "Police involvement", "state": "confirmed"}
    both = [{**base, "value": "40"}, {**base, "value": "41"}]
    done = study.import_file(written(tmp_path / "both.csv", both))
    assert [item.code for item in done.problems] == ["contradiction"] * 2
    assert not done.changed
    study.import_file(written(tmp_path / "one.csv", both[:1]))
    done = study.import_file(written(tmp_path / "other.csv", both[1:]))
    assert (done.added, done.superseded) == (1, 1)
    review = next(item for item in study.reviews() if item.review_id == "R00003")
    stated = [item.value for item in review.characteristics if item.field == "age" and item.state is State.CONFIRMED]
    assert stated == ["41"]


def test_rows_that_contradict_each_other_are_listed(study: gt.Study, tmp_path: Path) -> None:
    rows = exported(study, tmp_path, "episodes")[:1]
    twice = [{**rows[0], "state": "confirmed"}, {**rows[0], "state": "rejected"}]
    done = study.import_file(written(tmp_path / "twice.csv", twice))
    assert (done.confirmed, done.rejected, [item.code for item in done.problems]) == (1, 0, ["contradiction"])


def test_an_old_file_does_not_bring_back_what_was_since_replaced(study: gt.Study, tmp_path: Path) -> None:
    rows = exported(study, tmp_path, "episodes")[:1]
    old = written(tmp_path / "old.csv", [{**rows[0], "state": "confirmed"}])
    whose = "suspect" if rows[0]["whose"] != "suspect" else "adult"
    study.import_file(written(tmp_path / "new.csv", [{**rows[0], "state": "confirmed", "whose": whose}]))
    done = study.import_file(old)
    assert [item.code for item in done.problems] == ["out of date"]
    assert not done.changed


def test_a_list_of_decisions_decides(study: gt.Study, tmp_path: Path) -> None:
    rows = [
        {"review_id": "R00003", "decision": "included", "reason": ""},
        {"review_id": "R00004", "decision": "Excluded", "reason": "out_of_date"},
        {"review_id": "R00005", "decision": "excluded", "reason": ""},
        {"review_id": "R00006", "decision": "included", "reason": "out_of_date"},
        {"review_id": "R00007", "decision": "perhaps", "reason": ""},
        {"review_id": "R00008", "decision": "", "reason": ""},
    ]
    path = written(tmp_path / "decisions.csv", rows)
    done = study.import_file(path)
    assert (done.kind, done.decided, len(done.problems)) == ("screening", 2, 3)
    kept = study.ledger(Basis.CONFIRMED)
    assert (kept.included, kept.reviews("out_of_date")) == (1, ("R00004",))
    assert not study.import_file(path).changed


def test_an_edited_screening_export_decides_only_what_was_edited(study: gt.Study, tmp_path: Path) -> None:
    rows = exported(study, tmp_path, "screening")
    mine = next(row["review_id"] for row in rows if row["decision"] == "included")
    for row in rows:
        if row["review_id"] == mine:
            row.update(decision="excluded", reason="out_of_date")
    path = written(tmp_path / "s.csv", rows)
    done = study.import_file(path)
    assert _counts(done) == (0, 0, 0, 0, 1, 0)
    assert study.ledger(Basis.CONFIRMED).reviews("out_of_date") == (mine,)
    assert not study.import_file(path).changed
    study.decide(mine, "included")
    assert [item.code for item in study.import_file(path).problems] == ["out of date"]


def test_rows_of_one_review_must_decide_the_same(study: gt.Study, tmp_path: Path) -> None:
    rows = exported(study, tmp_path, "screening")
    first = next(row for row in rows if row["decision"] == "included" and row["criterion"])
    first.update(decision="excluded", reason="out_of_date")
    done = study.import_file(written(tmp_path / "s.csv", rows))
    assert [item.code for item in done.problems] == ["contradiction"]
    assert not done.changed


def test_an_answer_can_be_confirmed_and_changed(study: gt.Study, tmp_path: Path) -> None:
    rows = exported(study, tmp_path, "screening")
    answered = [row for row in rows if row["criterion"] and row["met"] == "met"]
    answered[0].update(state="confirmed")
    answered[1].update(state="confirmed", met="unclear")
    done = study.import_file(written(tmp_path / "s.csv", rows))
    assert _counts(done) == (1, 0, 1, 1, 0, 0)
    assert not study.import_file(tmp_path / "s.csv").changed


@pytest.mark.parametrize(("separator", "mark"), [(";", True), ("\t", False)])
def test_files_as_excel_saves_them_are_read(study: gt.Study, tmp_path: Path, separator: str, mark: bool) -> None:
    rows = exported(study, tmp_path, "recommendations")
    rows[0]["state"] = "Confirmed"
    for row in rows:
        row["quote"] = row["quote"].replace("\n", "\r\n")
        row["text"] = row["text"].replace("\n", "\r\n")
    path = written(tmp_path / "excel.csv", rows, separator=separator, mark=mark)
    assert _counts(study.import_file(path)) == (1, 0, 0, 0, 0, 0)


def test_a_row_with_too_few_cells_is_listed_with_its_number(study: gt.Study, tmp_path: Path) -> None:
    (tmp_path / "d.csv").write_text("review_id,decision,reason\nR00003,included,\nR00004\n", encoding="utf-8")
    done = study.import_file(tmp_path / "d.csv")
    assert done.decided == 1
    assert [item.place for item in done.problems] == ["d.csv, row 3"]


def test_other_files_are_refused_with_what_is_wanted(study: gt.Study, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("name,colour\nx,red\n", encoding="utf-8")
    with pytest.raises(UnreadableInput, match="columns") as caught:
        study.import_file(tmp_path / "x.csv")
    assert "review_id" in caught.value.mend
    with pytest.raises(UsageError, match="cannot be read"):
        study.import_file(tmp_path / "nowhere.csv")
    with pytest.raises(UsageError, match="folder, pipe or device"):
        study.import_file(tmp_path)


def test_suggesting_again_leaves_what_a_person_imported(study: gt.Study, tmp_path: Path) -> None:
    path = edited(study, tmp_path, "episodes", {"state": "confirmed", "whose": "suspect"}, lambda row: True)
    study.import_file(path)
    kept = [item for item in study.episodes() if item.state is State.CONFIRMED]
    (tmp_path / "later.txt").write_text("Serious Case Review: Child LL\n\nPolice attended.\n")
    study.add(tmp_path / "later.txt")
    study.suggest()
    assert [item for item in study.episodes() if item.state is State.CONFIRMED] == kept
    assert len(kept) == 1
