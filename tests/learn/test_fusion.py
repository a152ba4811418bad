"""Rankings are fused by the published formula."""

from __future__ import annotations

import pytest

from goldthread.learn.fusion import fused


def test_each_ranking_gives_the_reciprocal_of_sixty_and_the_rank() -> None:
    sums = dict(fused([[7, 3], [3, 9]]))
    assert sums[3] == pytest.approx(1 / 62 + 1 / 61)
    assert sums[7] == pytest.approx(1 / 61)
    assert sums[9] == pytest.approx(1 / 62)


def test_what_both_rank_well_comes_before_what_one_ranks_first() -> None:
    assert next(thing for thing, _ in fused([[1, 2, 3], [4, 2, 5]])) == 2


def test_of_equal_sums_the_smaller_number_comes_first() -> None:
    assert [thing for thing, _ in fused([[9], [4]])] == [4, 9]
