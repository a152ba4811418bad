"""Amending the protocol of a study that people are at work on: what is coded and proposed is carried along."""

from __future__ import annotations

import json
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

import goldthread as gt
from goldthread.errors import Overtaken, UsageError
from goldthread.interchange.exporting import export_study
from goldthread.protocol.amend.changes import (
    AddCode,
    AddValue,
    DescribeCode,
    DescribeTable,
    MergeCodes,
    MoveCode,
    NewCode,
    PlaceReason,
    RetireCode,
    SetLimit,
    SplitCode,
)
from goldthread.values import State

WHY = "the two were coded for the same thing"


def by_theme(study: gt.Study) -> dict[tuple[str, str], set[str]]:
    found: dict[tuple[str, str], set[str]] = {}
    for one in study.episodes():
        found.setdefault((one.theme, one.subtheme), set()).add(one.episode_id)
    return found


def fullest(study: gt.Study, *but: str) -> str:
    """The theme with most passages."""
    themes = [one.theme for one in study.episodes() if one.theme and one.theme not in but]
    return max(sorted(set(themes)), key=themes.count)


def test_merging_carries_confirmed_and_suggested_passages_along_and_undoing_puts_them_back(study: gt.Study) -> None:
    theme = fullest(study)
    other = fullest(study, theme)
    review = next(one.review_id for one in study.episodes() if one.theme == theme)
    study.confirm(review, "episodes")
    before = by_theme(study)
    seen = study.effect(MergeCodes(code=theme, into=other))
    assert seen.passages == sum(len(ids) for place, ids in before.items() if place[0] == theme)
    assert by_theme(study) == before, "looking changes nothing"
    made = study.amend(MergeCodes(code=theme, into=other), WHY, seen=seen.stamp)
    assert made.n == 1
    now = by_theme(study)
    assert not any(place[0] == theme for place in now)
    assert {one.state for one in study.episodes(theme=other)} == {State.SUGGESTED, State.CONFIRMED}
    assert study.verify().sound
    back = study.withdraw(1)
    assert back.passages == seen.passages
    assert back.left == ()
    assert by_theme(study) == before
    assert study.verify().sound


def test_each_amendment_and_each_withdrawal_is_one_entry_with_before_and_after(study: gt.Study) -> None:
    theme = fullest(study)
    other = fullest(study, theme)
    ids = {one.episode_id for one in study.episodes() if one.theme == theme}
    entries = len(study.entries())
    study.amend(MergeCodes(code=theme, into=other), WHY)
    study.withdraw(1)
    made, gone = study.entries()[entries:]
    assert (made.verb, gone.verb) == ("amend", "unamend")
    assert made.who == gone.who == "Ada"
    was, became = json.loads(made.before), json.loads(made.after)
    assert {name for names in was["passages"].values() for name in names} == ids
    assert all(key.startswith(theme) for key in was["passages"])
    assert all(key.startswith(other) for key in became["passages"])
    assert became["why"] == WHY
    assert became["change"] == {"kind": "merge_codes", "code": theme, "into": other}


def test_a_passage_coded_anew_since_stays_and_is_named_when_a_merge_is_undone(study: gt.Study) -> None:
    theme = fullest(study)
    other = fullest(study, theme)
    review = next(one.review_id for one in study.episodes() if one.theme == theme)
    study.confirm(review, "episodes")
    study.amend(MergeCodes(code=theme, into=other), WHY)
    kept = next(one for one in study.desk.review(review).episodes if one.item.theme == other)
    study.amend(DescribeCode(code=other, label="Another name"), "clearer")
    # A further amendment carries one of the passages on, so that it no longer stands where the merge had put it.
    parts = (NewCode(id="apart", label="Apart"),)
    study.amend(SplitCode(code=other, parts=parts), "finer", chosen={kept.key: "apart"})
    back = study.withdrawal(1)
    assert back.left == (kept.key,)
    study.withdraw(1)
    assert next(one for one in study.episodes() if one.episode_id == kept.key).theme == "apart"


def test_moving_a_sub_theme_takes_its_passages_below_the_other_theme(study: gt.Study) -> None:
    place = next(place for place in by_theme(study) if place[1])
    target = next(theme.id for theme in study.protocol.codebook.themes if theme.id != place[0])
    ids = by_theme(study)[place]
    study.amend(MoveCode(code=place[1], below=target), WHY)
    assert by_theme(study)[target, place[1]] == ids
    study.withdraw(1)
    assert by_theme(study)[place] == ids


def test_splitting_sends_chosen_passages_to_each_part_and_the_rest_stay(study: gt.Study) -> None:
    theme = fullest(study)
    ids = sorted(one.episode_id for one in study.episodes() if one.theme == theme)
    parts = (NewCode(id="one_part", label="One part"), NewCode(id="other_part", label="Other part"))
    chosen = {ids[0]: "one_part", ids[1]: "one_part", ids[2]: "other_part"}
    seen = study.effect(SplitCode(code=theme, parts=parts), chosen)
    assert (seen.passages, seen.staying) == (3, len(ids) - 3)
    study.amend(SplitCode(code=theme, parts=parts), "too wide", chosen=chosen)
    now = by_theme(study)
    assert now["one_part", ""] == {ids[0], ids[1]}
    assert now["other_part", ""] == {ids[2]}
    assert sum(len(found) for place, found in now.items() if place[0] == theme) == len(ids) - 3


def test_what_was_coded_with_a_part_since_goes_back_to_the_whole_when_a_split_is_undone(study: gt.Study) -> None:
    theme = fullest(study)
    some = next(one for one in study.episodes() if one.theme == theme)
    study.amend(SplitCode(code=theme, parts=(NewCode(id="part", label="Part"),)), "too wide")
    kept = next(one for one in study.desk.review(some.review_id).episodes if one.item.theme == theme)
    key = study.desk.code(
        some.review_id,
        {"theme": "part", "direction": "missed"},
        instead=(kept.key, kept.stamp),
    )
    study.withdraw(1)
    assert next(one for one in study.episodes() if one.episode_id == key).theme == theme


def test_an_added_code_in_use_is_not_withdrawn_from_under_its_passages(study: gt.Study) -> None:
    study.amend(AddCode(code=NewCode(id="fresh", label="Fresh")), "seen often")
    some = study.episodes()[0]
    kept = study.desk.review(some.review_id).episodes[0]
    study.desk.code(some.review_id, {"theme": "fresh", "direction": "good"}, instead=(kept.key, kept.stamp))
    with pytest.raises(UsageError, match="which this amendment added"):
        study.withdraw(1)
    study.amend(MergeCodes(code="fresh", into=fullest(study, "fresh")), "not so often")
    with pytest.raises(UsageError, match="later amendment rests on this one"):
        study.withdraw(1)


def test_a_retired_code_is_counted_still_and_suggested_and_chosen_no_more(study: gt.Study) -> None:
    theme = fullest(study)
    review = next(one.review_id for one in study.episodes() if one.theme == theme)
    study.confirm(review, "episodes")
    study.amend(RetireCode(code=theme), "not used by the next plan")
    confirmed = [one for one in study.episodes(theme=theme) if one.state is State.CONFIRMED]
    assert confirmed
    with pytest.raises(UsageError, match="is retired"):
        study.desk.code(review, {"theme": theme, "direction": "missed"})
    study.suggest()
    assert {one.state for one in study.episodes(theme=theme)} == {State.CONFIRMED}
    assert len(study.episodes(theme=theme)) == len(confirmed)
    assert study.verify().sound


def test_a_passage_of_a_retired_code_may_still_be_altered_in_all_else(study: gt.Study) -> None:
    theme = fullest(study)
    some = next(one for one in study.episodes() if one.theme == theme)
    study.amend(RetireCode(code=theme), "not used by the next plan")
    kept = next(one for one in study.desk.review(some.review_id).episodes if one.key == some.episode_id)
    codes = {"theme": theme, "subtheme": some.subtheme, "direction": "good"}
    key = study.desk.code(some.review_id, codes, instead=(kept.key, kept.stamp))
    assert next(one for one in study.episodes() if one.episode_id == key).theme == theme


def test_engines_put_what_they_know_by_a_former_name_where_it_belongs_now(study: gt.Study) -> None:
    theme = fullest(study)
    other = fullest(study, theme)
    study.amend(MergeCodes(code=theme, into=other), WHY)
    number = len(study.episodes(theme=other))
    done = study.suggest()
    assert done.reviews
    assert not study.episodes(theme=theme)
    assert len(study.episodes(theme=other)) == number


def test_an_added_code_is_found_by_the_cues_it_was_given(study: gt.Study) -> None:
    code = NewCode(id="heard_alone", label="Heard alone", cues=("recorded their views",))
    study.amend(AddCode(code=code), "a practice worth counting")
    study.suggest("lexicon")
    assert any("recorded their views" in one.anchor.quote for one in study.episodes(theme="heard_alone"))


def test_a_limit_proposes_other_screenings_just_as_foretold_and_undoing_proposes_the_first_again(
    study: gt.Study,
) -> None:
    def proposed() -> dict[str, tuple[str, str]]:
        kept = {one.review_id: one.proposed for one in study.desk.catalogue()}
        return {name: (one.decision.value, one.reason) for name, one in kept.items() if one}

    before = proposed()
    change = SetLimit(criterion="in_period", rule=1, limit=date(2018, 1, 1))
    seen = study.effect(change)
    assert seen.weighed == len(before)
    assert seen.flips
    assert all(one.becomes.reason == "out_of_date" for one in seen.flips)
    study.amend(change, "the period was moved", seen=seen.stamp)
    now = proposed()
    assert {name for name in now if now[name] != before[name]} == {one.review_id for one in seen.flips}
    assert all(now[one.review_id] == (one.becomes.decision.value, one.becomes.reason) for one in seen.flips)
    flipped = study.desk.review(seen.flips[0].review_id)
    assert [one.item.met.value for one in flipped.answers if one.item.criterion == "in_period"] == ["unmet"]
    assert flipped.answers[0].item.anchors
    study.withdraw(1)
    assert proposed() == before
    assert study.verify().sound


def test_what_people_decided_is_never_decided_anew(study: gt.Study) -> None:
    study.decide("R00001", "included")
    study.amend(SetLimit(criterion="in_period", rule=1, limit=date(2018, 1, 1)), "the period was moved")
    decided = study.desk.review("R00001").decided
    assert decided is not None
    assert decided.decision == "included"


def test_a_table_given_another_title_needs_no_engine_to_read_again(study: gt.Study) -> None:
    study.amend(DescribeTable(table="T4", title="What happened"), "plainer")
    assert study.table("T4").title == "What happened"
    assert study.suggest().reviews == 0
    study.amend(PlaceReason(reason="duplicate"), "rarely")
    assert study.suggest().reviews == 0


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
        patch.setattr("goldthread.study.amending.journal.append", fails)
        with pytest.raises(KeyboardInterrupt):
            study.amend(MergeCodes(code=theme, into=fullest(study, theme)), WHY)
    study.renew()
    assert by_theme(study) == before
    assert study.protocol == protocol
    assert not study.amendments()


def test_an_effect_that_changed_since_it_was_looked_at_is_shown_again(study: gt.Study) -> None:
    theme = fullest(study)
    change = MergeCodes(code=theme, into=fullest(study, theme))
    seen = study.effect(change)
    some = next(one for one in study.episodes() if one.theme == theme)
    study.reject(some.review_id, "episodes", [some.episode_id])
    with pytest.raises(Overtaken, match="another one by now") as told:
        study.amend(change, WHY, seen=seen.stamp)
    assert not study.amendments()
    study.amend(change, WHY, seen=told.value.now)
    assert len(study.amendments()) == 1


def test_an_amendment_has_a_reason(study: gt.Study) -> None:
    with pytest.raises(UsageError, match="needs a reason"):
        study.amend(RetireCode(code="workforce"), "  ")
    assert not study.amendments()


def test_a_value_in_use_is_not_withdrawn(study: gt.Study) -> None:
    study.amend(AddValue(field="explanation", id="leadership", label="Leadership"), "comes up")
    review = study.episodes()[0].review_id
    some = study.desk.review(review).episodes[0]
    codes = {"theme": some.item.theme, "direction": "missed", "explanation": "leadership"}
    study.desk.code(review, codes, instead=(some.key, some.stamp))
    with pytest.raises(UsageError, match="in use 1 time"):
        study.withdraw(1)


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
