"""How reviews were rated item by item, and how far two raters agree."""

from __future__ import annotations

import pytest

from goldthread.protocol.model import QualityItem
from goldthread.protocol.record import Value
from goldthread.quality.rating import Rating, by_review
from goldthread.quality.summary import agreements, raters, summaries

GRADES = ("clear", "named", "absent")
ITEM = QualityItem(
    id="method", label="Method", question="?", scale=tuple(Value(id=one, label=one.title()) for one in GRADES)
)


def ratings(author: str, grades: str, item: str = "method") -> list[Rating]:
    """One letter a review: c, n, a, or a dot for none."""
    names = {one[0]: one for one in GRADES}
    return [
        Rating(f"R{n}", item, names[letter], "", author, "2026-01-01T10:00")
        for n, letter in enumerate(grades, 1)
        if letter != "."
    ]


def test_every_grade_counts_the_reviews_where_it_stands() -> None:
    (found,) = summaries(by_review(ratings("ada", "ccna") + ratings("grace", "cnn.")), [ITEM])
    assert [len(one.reviews) for one in found.grades] == [1, 1, 1]
    assert found.standings == {"one": 1, "agreed": 2, "settled": 0, "open": 1}
    assert found.open == ("R2",)
    assert found.rated == 3


def test_the_counts_of_an_item_and_its_open_reviews_are_all_reviews_rated() -> None:
    book = by_review(ratings("ada", "ccnaan") + ratings("grace", "cnnaca"))
    (found,) = summaries(book, [ITEM])
    assert found.rated + len(found.open) == sum(found.standings.values()) == len(book)


def test_weighted_kappa_of_two_raters_is_that_of_the_worked_table() -> None:
    """A 3 by 3 table, margins 4 4 2 and 3 4 3, worked by hand.

    Disagreement seen: three pairs one step apart in ten, 0.3; expected from the margins: (4·4 + 4·3 + 4·3 + 2·4 +
    2·(4·3 + 2·3)) / 100 = 0.84; so kappa is 1 - 0.3 / 0.84.
    """
    book = by_review(ratings("ada", "ccccnnnnaa") + ratings("grace", "cccnnnnaaa"))
    ((found),) = agreements(book, [ITEM], ("ada", "grace"))
    steps = {"c": 0, "n": 1, "a": 2}
    first, second = "ccccnnnnaa", "cccnnnnaaa"
    seen = sum(abs(steps[x] - steps[y]) for x, y in zip(first, second, strict=True)) / 10
    chance = sum(abs(steps[x] - steps[y]) for x in first for y in second) / 100
    assert found.kappa is not None
    assert found.kappa.estimate == pytest.approx(1 - seen / chance)
    assert found.percent == pytest.approx(0.8)
    assert found.reviews == 10


def test_a_near_miss_costs_less_than_a_far_one() -> None:
    near = by_review(ratings("ada", "ccnnaa") + ratings("grace", "cnnnaa"))
    far = by_review(ratings("ada", "ccnnaa") + ratings("grace", "cannaa"))
    kappas = [agreements(book, [ITEM], ("ada", "grace"))[0].kappa for book in (near, far)]
    assert kappas[0] is not None
    assert kappas[1] is not None
    assert kappas[0].estimate > kappas[1].estimate


def test_a_rating_that_settles_is_no_part_of_agreement() -> None:
    settled = Rating("R2", "method", "clear", "", "ada", "2026-01-05T10:00", settles=True)
    before = by_review(ratings("ada", "ccnn") + ratings("grace", "cnnn"))
    after = by_review([*ratings("ada", "ccnn"), *ratings("grace", "cnnn"), settled])
    assert agreements(before, [ITEM], ("ada", "grace")) == agreements(after, [ITEM], ("ada", "grace"))


def test_the_two_who_rated_most_together_are_compared() -> None:
    book = by_review(ratings("ada", "cccc") + ratings("grace", "cc..") + ratings("edith", ".ccc"))
    assert raters(book) == ("ada", "edith")
    assert raters(by_review(ratings("ada", "cccc"))) is None


def test_items_not_both_rated_are_left_out() -> None:
    other = ITEM.model_copy(update={"id": "why"})
    book = by_review(ratings("ada", "ccc") + ratings("grace", "ccc") + ratings("ada", "ccc", "why"))
    assert [one.item for one in agreements(book, [ITEM, other], ("ada", "grace"))] == ["method"]


def test_a_grade_outside_the_order_has_no_steps_to_differ_by() -> None:
    with_apart = ITEM.model_copy(update={"apart": ("absent",)})
    book = by_review(ratings("ada", "ccnnaa") + ratings("grace", "cnnnac"))
    (found,) = agreements(book, [with_apart], ("ada", "grace"))
    assert found.reviews == 6
    assert found.percent == pytest.approx(4 / 6)
    (ranked,) = agreements(
        by_review(ratings("ada", "ccnn") + ratings("grace", "cnnn")), [with_apart], ("ada", "grace")
    )
    assert found.kappa == ranked.kappa
