"""Amending the protocol of a study that people are at work on: what is coded and proposed is carried along."""

from __future__ import annotations

import json
import time
from datetime import date

import pytest

import goldthread as gt
from goldthread.errors import Overtaken, UsageError
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
from goldthread.store import journal
from goldthread.values import State
from tests.study.coded import by_theme, fullest

WHY = "the two were coded for the same thing"


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


def test_a_limit_names_those_people_decided_otherwise_until_they_decide_again(study: gt.Study) -> None:
    change = SetLimit(criterion="in_period", rule=1, limit=date(2018, 1, 1))
    flipping = [one.review_id for one in study.effect(change).flips]
    agreed, differing, other = flipping[0], flipping[1], "R00001"
    assert other not in flipping
    assert study.effect(change).decided == ()
    study.decide(agreed, "excluded", "out_of_date")
    study.decide(differing, "included")
    study.decide(other, "included")
    assert [one.review_id for one in study.effect(change).decided] == [differing]
    assert not [item for item in study.desk.catalogue() if item.to_be_looked_at]
    _into_another_second()
    study.amend(change, "the period was moved")
    listed = {item.review_id: item for item in study.desk.catalogue()}
    assert [name for name, item in listed.items() if item.to_be_looked_at] == [differing]
    assert "again" in listed[differing].facets["work"]
    _into_another_second()
    study.decide(differing, "included")
    assert not [item for item in study.desk.catalogue() if item.to_be_looked_at]
    assert [one.review_id for one in study.withdrawal(1).decided] == [agreed]


def _into_another_second() -> None:
    """Moments are kept to the second."""
    begun = journal.now()
    while journal.now() == begun:
        time.sleep(0.02)


def test_a_table_given_another_title_needs_no_engine_to_read_again(study: gt.Study) -> None:
    study.amend(DescribeTable(table="T4", title="What happened"), "plainer")
    assert study.table("T4").title == "What happened"
    assert study.suggest().reviews == 0
    study.amend(PlaceReason(reason="duplicate"), "rarely")
    assert study.suggest().reviews == 0


@pytest.mark.parametrize("name", ["lexicon", "learned"])
def test_a_code_given_another_name_needs_no_engine_by_rule_to_read_again(study: gt.Study, name: str) -> None:
    study.suggest(name)
    book = study.protocol.codebook
    study.amend(DescribeCode(code=book.themes[0].id, label="Another name"), "as practitioners say it")
    assert study.suggest(name).reviews == 0
    study.amend(
        MergeCodes(code=book.themes[1].subthemes[0].id, into=book.themes[1].subthemes[1].id), "one and the same"
    )
    assert study.suggest(name).reviews


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
