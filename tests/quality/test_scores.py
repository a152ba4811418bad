"""One number a review, and which reviews are the weakest."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldthread.protocol.model import QualityItem
from goldthread.protocol.record import Value
from goldthread.quality.scores import Scored, scored, weakest


def item(name: str, *grades: str) -> QualityItem:
    return QualityItem(
        id=name, label=name, question="?", scale=tuple(Value(id=grade, label=grade) for grade in grades)
    )


ITEMS = (item("method", "clear", "named", "absent"), item("why", "explored", "absent"))


def test_the_best_grades_make_one_and_the_worst_nought() -> None:
    assert scored("R1", {"method": "clear", "why": "explored"}, ITEMS).score == 1
    assert scored("R1", {"method": "absent", "why": "absent"}, ITEMS).score == 0


def test_a_score_is_the_mean_over_the_items_rated() -> None:
    assert scored("R1", {"method": "named", "why": "explored"}, ITEMS).score == Fraction(3, 4)
    assert scored("R1", {"method": "named"}, ITEMS).score == Fraction(1, 2)


def test_a_grade_outside_the_scale_is_no_rating() -> None:
    unknown = item("time", "soon", "late", "unknown").model_copy(update={"apart": ("unknown",)})
    assert scored("R1", {"time": "unknown", "why": "explored"}, (unknown, ITEMS[1])) == Scored("R1", Fraction(1), 1)
    assert scored("R1", {"time": "late", "why": "explored"}, (unknown, ITEMS[1])).score == Fraction(1, 2)


def test_a_review_with_fewer_than_half_of_the_items_rated_has_no_score() -> None:
    three = (*ITEMS, item("time", "soon", "late"))
    assert scored("R1", {"method": "clear"}, three) == Scored("R1", None, 1)
    assert scored("R1", {}, three).score is None


def marks(*scores: str) -> list[Scored]:
    return [Scored(f"R{n}", Fraction(score) if score else None, 9) for n, score in enumerate(scores, 1)]


def test_the_weakest_quarter_of_eight_is_two() -> None:
    found = weakest(marks("0.9", "0.1", "0.5", "0.6", "0.7", "0.2", "0.8", "1"))
    assert found == ("R2", "R6")


def test_reviews_of_one_score_go_together() -> None:
    assert weakest(marks("0.5", "0.5", "0.5", "1")) == ("R1", "R2", "R3")


def test_reviews_without_a_score_are_never_among_the_weakest() -> None:
    assert weakest(marks("", "0.5", "", "0.6")) == ("R2",)
    assert weakest(marks("", "")) == ()


def test_a_share_outside_nought_and_one_is_refused() -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        weakest(marks("0.5"), 1)


@given(st.lists(st.integers(0, 6), min_size=1, max_size=40), st.floats(0.01, 0.99))
def test_the_weakest_are_at_least_the_share_and_none_left_is_weaker(steps: list[int], share: float) -> None:
    found = [Scored(f"R{n:02}", Fraction(step, 6), 9) for n, step in enumerate(steps)]
    out = set(weakest(found, share))
    assert len(out) >= share * len(found)
    ranked = [one for one in found if one.score is not None]
    worst = max(one.score or 0 for one in ranked if one.review_id in out)
    assert all(worst < (one.score or 0) for one in ranked if one.review_id not in out)
