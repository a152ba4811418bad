"""Which rating of a review as a source stands."""

from __future__ import annotations

from goldthread.quality.rating import Rating, Standing, by_review, judged, standing


def said(
    author: str, value: str, at: str = "2026-01-01T10:00", item: str = "method", *, settles: bool = False
) -> Rating:
    return Rating("R1", item, value, "", author, at, settles)


def test_one_persons_rating_stands_as_long_as_nobody_else_rates() -> None:
    (found,) = judged([said("ada", "clear")]).values()
    assert (found.value, found.standing) == ("clear", Standing.ONE)


def test_two_who_agree_make_it_agreed() -> None:
    (found,) = judged([said("ada", "clear"), said("grace", "clear")]).values()
    assert (found.value, found.standing) == ("clear", Standing.AGREED)


def test_where_two_differ_nothing_stands_until_somebody_settles_it() -> None:
    two = [said("ada", "clear"), said("grace", "named")]
    (found,) = judged(two).values()
    assert (found.value, found.standing) == ("", Standing.OPEN)
    (found,) = judged([*two, said("edith", "named", "2026-01-02T09:00", settles=True)]).values()
    assert (found.value, found.standing) == ("named", Standing.SETTLED)
    assert found.settled is not None
    assert found.settled.author == "edith"


def test_what_was_settled_is_open_again_when_somebody_rates_anew() -> None:
    settled = said("edith", "named", "2026-01-02T09:00", settles=True)
    (found,) = judged([said("ada", "clear", "2026-01-03T09:00"), said("grace", "named"), settled]).values()
    assert found.standing is Standing.OPEN


def test_a_settled_difference_that_the_two_no_longer_have_is_agreed() -> None:
    settled = said("edith", "named", "2026-01-02T09:00", settles=True)
    (found,) = judged([said("ada", "clear"), said("grace", "clear", "2026-01-03T09:00"), settled]).values()
    assert (found.value, found.standing) == ("clear", Standing.AGREED)


def test_a_note_without_a_grade_is_no_rating() -> None:
    assert judged([said("ada", "")]) == {}
    (found,) = judged([said("ada", ""), said("grace", "named")]).values()
    assert found.standing is Standing.ONE


def test_only_what_stands_is_counted() -> None:
    found = judged([said("ada", "clear"), said("grace", "named"), said("ada", "some", item="why")])
    assert standing(found) == (("why", "some"),)


def test_reviews_are_kept_apart() -> None:
    other = Rating("R2", "method", "named", "", "grace", "2026-01-01T10:00")
    found = by_review([said("ada", "clear"), other])
    assert {review: one["method"].value for review, one in found.items()} == {"R1": "clear", "R2": "named"}
