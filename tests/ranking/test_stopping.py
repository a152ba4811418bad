"""The stopping report says what a random sample allows to be said, and no more."""

from __future__ import annotations

import pytest

from goldthread.ranking.stopping import Sample, Stopping, draw, needed, stopping

EVERY = [f"R{n:04d}" for n in range(1, 201)]


def _drawn(population: list[str], size: int, seed: int = 1) -> Sample:
    return Sample(1, seed, "2026-01-01T00:00:00Z", frozenset(population), draw(population, size, seed))


def test_without_a_sample_nothing_is_said_of_recall() -> None:
    report = stopping(EVERY, EVERY[:10], EVERY[10:50])
    assert (report.decided, report.relevant, report.unread) == (50, 10, 150)
    assert report.saved == 0.75
    assert report.recall is None
    assert not report.reached
    assert (report.remaining_low, report.remaining_high) == (0, 150)


def test_a_clean_sample_bounds_what_is_left() -> None:
    """50 of 150 drawn, none kept: a sample would miss all of 7 among 150 once in 18 draws, all of 9 once in 44."""
    sample = _drawn(EVERY[50:], 50)
    report = stopping(EVERY, EVERY[:40], [*EVERY[40:50], *sample.drawn], (sample,))
    assert (report.remaining_low, report.remaining_high) == (0, 8)
    assert report.recall is not None
    assert (report.recall.estimate, report.recall.high) == (1.0, 1.0)
    assert report.recall.low == pytest.approx(40 / 48)
    assert report.sure_recall == pytest.approx(40 / 47)
    assert not report.reached


def test_relevant_reviews_in_the_sample_lower_the_estimate() -> None:
    sample = _drawn(EVERY[50:], 50)
    kept = [*EVERY[:40], *sample.drawn[:2]]
    report = stopping(EVERY, kept, [*EVERY[40:50], *sample.drawn[2:]], (sample,))
    assert report.recall is not None
    assert report.hits == 2
    assert report.recall.estimate == pytest.approx(42 / (42 + 4))
    assert report.recall.low < 42 / 46 < report.recall.high


def test_a_sample_half_read_allows_for_both_answers() -> None:
    sample = _drawn(EVERY[50:], 50)
    half = stopping(EVERY, EVERY[:40], [*EVERY[40:50], *sample.drawn[:25]], (sample,))
    whole = stopping(EVERY, EVERY[:40], [*EVERY[40:50], *sample.drawn], (sample,))
    assert half.remaining_high > whole.remaining_high
    assert half.remaining_low == 0


def test_what_is_found_after_the_draw_is_no_longer_missing() -> None:
    sample = _drawn(EVERY[50:], 50)
    others = [one for one in EVERY[50:] if one not in sample.drawn]
    before = stopping(EVERY, EVERY[:40], [*EVERY[40:50], *sample.drawn], (sample,))
    after = stopping(EVERY, [*EVERY[:40], *others[:3]], [*EVERY[40:50], *sample.drawn], (sample,))
    assert after.remaining_high == before.remaining_high - 3
    assert after.sure_recall > before.sure_recall


def test_everything_read_leaves_nothing_to_find() -> None:
    sample = _drawn(EVERY[50:], 50)
    report = stopping(EVERY, EVERY[:40], EVERY[40:], (sample,))
    assert (report.remaining_low, report.remaining_high) == (0, 0)
    assert report.reached
    assert report.next_sample == 0


def test_reviews_that_were_taken_out_of_the_study_do_not_count() -> None:
    report = stopping(EVERY[:20], [*EVERY[:5], "R9999"], ["R9998"])
    assert (report.registered, report.decided, report.relevant) == (20, 5, 5)


def test_the_next_sample_would_be_enough_if_it_were_clean() -> None:
    size = needed(found=100, undecided=400)
    population = EVERY[:0] + [f"U{n:03d}" for n in range(400)]
    found = [f"F{n:03d}" for n in range(100)]

    def clean(many: int) -> Stopping:
        sample = _drawn(population, many)
        return stopping([*found, *population], found, sample.drawn, (sample,))

    assert clean(size).reached
    assert not clean(size - 1).reached


def test_a_study_of_nothing_is_reported_all_the_same() -> None:
    report = stopping([], [], [])
    assert (report.registered, report.saved, report.next_sample) == (0, 0.0, 0)


def test_a_draw_is_repeatable_and_without_order() -> None:
    assert draw(EVERY, 30, seed=3) == draw(reversed(EVERY), 30, seed=3)
    assert draw(EVERY, 30, seed=3) != draw(EVERY, 30, seed=4)
    assert len(set(draw(EVERY, 30, seed=3))) == 30


def test_every_review_is_drawn_as_often_as_every_other() -> None:
    times = dict.fromkeys(EVERY[:20], 0)
    for seed in range(2000):
        for one in draw(EVERY[:20], 5, seed):
            times[one] += 1
    assert all(400 < count < 600 for count in times.values())


@pytest.mark.parametrize("unfound", [0, 4, 15])
def test_the_interval_of_recall_holds_as_often_as_it_says(unfound: int) -> None:
    """600 samples with fixed seeds, of 150 undecided reviews of which some are relevant after all."""
    held = sure = 0
    for seed in range(600):
        hidden = set(draw(EVERY[50:], unfound, seed))
        sample = _drawn(EVERY[50:], 40, seed + 10_000)
        kept = [*EVERY[:40], *(one for one in sample.drawn if one in hidden)]
        report = stopping(
            EVERY, kept, [one for one in (*EVERY[40:50], *sample.drawn) if one not in hidden], (sample,)
        )
        truth = len(kept) / (40 + unfound)
        assert report.recall is not None
        held += report.recall.low - 1e-9 <= truth <= report.recall.high + 1e-9
        sure += report.sure_recall <= truth + 1e-9
    assert held / 600 >= 0.93
    assert sure / 600 >= 0.93
