"""Bounds on a finite whole from a sample of it: by hand, against the reference library, and in the long run."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from goldthread.statistics.finite import Bounds, at_most, fewest, marked, most
from goldthread.statistics.proportions import exact


def test_the_chance_of_few_marked_is_counted_by_hand() -> None:
    """Two of five drawn, two of the five marked: 3 of 10 pairs hold none, 9 of 10 at most one."""
    assert at_most(0, 2, 2, 5) == pytest.approx(0.3)
    assert at_most(1, 2, 2, 5) == pytest.approx(0.9)
    assert at_most(2, 2, 2, 5) == pytest.approx(1.0)


def test_bounds_are_found_by_hand() -> None:
    """None of two drawn from five: 0, 1, 2 or 3 marked leave none with chance 1, 0.6, 0.3, 0.1."""
    assert [most(0, 2, 5, doubt) for doubt in (0.05, 0.2, 0.5, 0.7)] == [3, 2, 1, 0]
    assert fewest(2, 2, 5, 0.2) == 3


@pytest.mark.parametrize("whole", [40, 300])
def test_tails_agree_with_the_reference_library(whole: int) -> None:
    for mark in (0, 1, 7, whole // 2, whole - 3, whole):
        for drawn in (1, 12, whole // 3, whole):
            for count in (0, 1, 5, drawn):
                theirs = stats.hypergeom.cdf(count, whole, mark, drawn)
                assert at_most(min(count, drawn), drawn, mark, whole) == pytest.approx(theirs, abs=1e-9)


@pytest.mark.parametrize(("count", "drawn"), [(81, 263), (15, 148), (0, 20), (1, 29)])
def test_a_very_large_whole_has_the_interval_newcombe_prints_for_a_share(count: int, drawn: int) -> None:
    """Newcombe 1998, Stat. Med. 17:857–872, table I, method 5: the Clopper–Pearson limits."""
    whole = 2_000_000
    found, share = marked(count, drawn, whole), exact(count, drawn)
    assert found.least / whole == pytest.approx(share.low, abs=2e-4)
    assert found.most / whole == pytest.approx(share.high, abs=2e-4)


def test_the_whole_drawn_leaves_no_doubt() -> None:
    assert marked(3, 40, 40) == Bounds(3, 3)


def test_nothing_drawn_says_nothing() -> None:
    assert marked(0, 0, 40) == Bounds(0, 40)


@pytest.mark.parametrize("wrong", [(5, 4, 10), (-1, 4, 10), (2, 11, 10)])
def test_a_sample_that_cannot_be_is_refused(wrong: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="cannot be drawn"):
        marked(*wrong)


@pytest.mark.parametrize("mark", [0, 2, 11, 60])
def test_bounds_hold_as_often_as_they_say(mark: int) -> None:
    """Monte Carlo with a fixed seed: 95% bounds hold for 95% of samples or more, but for the error of 2,000."""
    chance, whole, drawn = np.random.default_rng(7), 200, 45
    hits = chance.hypergeometric(mark, whole - mark, drawn, 2000)
    held = {count: marked(count, drawn, whole) for count in set(hits.tolist())}
    covered = np.mean([held[count].least <= mark <= held[count].most for count in hits.tolist()])
    assert covered >= 0.94
