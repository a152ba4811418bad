"""Reviews rated as sources by two people, settled by name, and left out of tables."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

import goldthread as gt
from goldthread.errors import Overtaken, UsageError
from goldthread.interchange.exporting import export_study
from goldthread.quality.rating import Standing
from goldthread.store.review_file import stamp_of

FIRST, SECOND = "R00001", "R00002"


def by(study: gt.Study, who: str) -> gt.Study:
    return gt.open(study.folder, who=who)


def rated_by_two(study: gt.Study) -> None:
    """Ada rates three reviews on every item; Grace the same but one grade lower on the first item of the first."""
    for who in ("Ada", "Grace"):
        with by(study, who) as mine:
            for n, review in enumerate(one.review_id for one in study.reviews()[:3]):
                for item in study.protocol.quality:
                    last = len(item.scale) - 1
                    step = min(n, last)
                    lower = who == "Grace" and review == FIRST and item == study.protocol.quality[0]
                    mine.quality.rate(review, item.id, item.scale[step + lower].id)


def test_each_rates_without_changing_what_the_other_said(study: gt.Study) -> None:
    rated_by_two(study)
    item = study.protocol.quality[0]
    found = study.quality.of_review(FIRST)[item.id]
    assert {one.author: one.value for one in found.given} == {"Ada": item.scale[0].id, "Grace": item.scale[1].id}
    assert found.standing is Standing.OPEN
    assert item.id not in dict(study.reviews()[0].ratings)


def test_a_difference_is_settled_by_a_third_person_and_journalled(study: gt.Study) -> None:
    rated_by_two(study)
    item = study.protocol.quality[0]
    with by(study, "Edith") as third:
        third.quality.settle(FIRST, item.id, item.scale[1].id, "The appendix says it")
        found = third.quality.of_review(FIRST)[item.id]
    assert (found.value, found.standing) == (item.scale[1].id, Standing.SETTLED)
    assert len(found.given) == 2
    assert dict(study.reviews()[0].ratings)[item.id] == item.scale[1].id
    last = study.entries()[-1]
    assert (last.who, last.verb, last.object) == ("Edith", "settle", FIRST)
    assert not study.verify().faults


def test_nothing_is_settled_where_nobody_differs(study: gt.Study) -> None:
    item = study.protocol.quality[0]
    study.quality.rate(FIRST, item.id, item.scale[0].id)
    with pytest.raises(UsageError, match="nobody rated this differently"):
        study.quality.settle(FIRST, item.id, item.scale[1].id)


def test_settling_what_has_changed_meanwhile_is_refused(study: gt.Study) -> None:
    rated_by_two(study)
    item = study.protocol.quality[0]
    seen = stamp_of(study.quality.of_review(FIRST)[item.id])
    with by(study, "Grace") as grace:
        grace.quality.rate(FIRST, item.id, item.scale[-1].id)
    with pytest.raises(Overtaken):
        study.quality.settle(FIRST, item.id, item.scale[0].id, seen=seen)


def test_an_unknown_item_or_grade_is_refused_with_those_there_are(study: gt.Study) -> None:
    with pytest.raises(UsageError, match="good_practice"):
        study.quality.rate(FIRST, "colour", "red")
    with pytest.raises(UsageError, match="described"):
        study.quality.rate(FIRST, "good_practice", "red")


def test_the_agreement_of_two_raters_is_by_item(study: gt.Study) -> None:
    rated_by_two(study)
    two, found = study.quality.agreement()
    assert two == ("Ada", "Grace")
    assert len(found) == len(study.protocol.quality)
    assert found[0].percent == pytest.approx(2 / 3)
    assert found[0].kappa is not None
    assert 0 < found[0].kappa.estimate < 1
    assert all(one.percent == 1 for one in found[1:])
    with pytest.raises(UsageError, match="name two people"):
        study.quality.agreement(["Ada", "Nobody"])


def test_tables_are_asked_again_without_the_weakest(study: gt.Study) -> None:
    for one in study.reviews():
        study.decide(one.review_id, "included")
    rated_by_two(study)
    (found,) = study.quality.sensitivity(["T4"], basis="draft")
    assert found.left_out == (study.reviews()[2].review_id,)
    assert 0 < found.without.population < found.whole.population
    counted = [row.cells[0].count or 0 for row in found.without.rows if row.kind == "value"]
    whole = [row.cells[0].count or 0 for row in found.whole.rows if row.kind == "value"]
    assert sum(counted) < sum(whole)
    assert "weakest" in found.without.notes[-1]


def test_without_a_scored_review_there_is_nothing_to_leave_out(study: gt.Study) -> None:
    with pytest.raises(UsageError, match="no included review is rated"):
        study.quality.sensitivity(["T4"])


def test_ratings_go_out_with_the_study(study: gt.Study, tmp_path: Path) -> None:
    rated_by_two(study)
    item = study.protocol.quality[0]
    study.quality.settle(FIRST, item.id, item.scale[1].id, "The appendix says it")
    export_study(study, "csv", tmp_path / "out")
    with (tmp_path / "out" / "ratings.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if (row["review_id"], row["item"]) == (FIRST, item.id)]
    assert [(row["author"], row["settles"], row["standing"]) for row in rows] == [
        ("Ada", "no", "settled"),
        ("Grace", "no", "settled"),
        ("Ada", "yes", "settled"),
    ]


def test_the_recommendations_of_included_reviews_are_looked_at_together(study: gt.Study) -> None:
    found = study.quality.recommended("draft")
    assert found.total.recommendations == sum(one.recommendations for one in found.addressees)
    assert sum(found.by_signs) == found.total.recommendations
    assert study.quality.recommended("confirmed").total.recommendations == 0
