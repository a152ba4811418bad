from __future__ import annotations

import pytest

from goldthread.assist.learned.calibrating import best_least, scale


def test_a_scale_gives_back_how_often_an_answer_was_right() -> None:
    held = [(1.0, True)] * 700 + [(1.0, False)] * 300 + [(-1.0, True)] * 200 + [(-1.0, False)] * 800
    found = scale(held)
    assert found.chance(1.0) == pytest.approx(0.7, abs=0.01)
    assert found.chance(-1.0) == pytest.approx(0.2, abs=0.01)


def test_yes_is_said_from_where_hits_outweigh_false_alarms() -> None:
    held = [(0.9, True)] * 20 + [(0.5, True)] * 20 + [(0.3, False)] * 60 + [(0.3, True)] * 2
    assert 0.3 < best_least(held) <= 0.5
