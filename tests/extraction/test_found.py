from __future__ import annotations

import pytest

from goldthread.extraction.found import calibrated


def test_a_confidence_left_as_it_comes_is_unchanged() -> None:
    assert calibrated(0.73, (0.0, 1.0)) == 0.73


def test_a_bend_is_a_line_in_log_odds() -> None:
    assert calibrated(0.5, (0.0, 2.0)) == 0.5
    assert calibrated(0.8, (0.0, 2.0)) == pytest.approx(16 / 17, abs=0.001)
    assert calibrated(0.5, (1.0986, 1.0)) == pytest.approx(0.75, abs=0.001)


@pytest.mark.parametrize("shape", [(2.5, 0.7), (-0.2, 1.2), (0.0, 3.0)])
def test_a_bent_confidence_keeps_its_order_and_stays_a_share(shape: tuple[float, float]) -> None:
    bent = [calibrated(each / 20, shape) for each in range(21)]
    assert bent == sorted(bent)
    assert bent[0] >= 0.0
    assert bent[-1] <= 1.0
