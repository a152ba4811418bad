"""The queue shows everything once, the likeliest most, and some by chance."""

from __future__ import annotations

import numpy as np

from goldthread.ranking.model import Why
from goldthread.ranking.queue import PATTERN, lots, places, scores

NAMES = [f"R{n:03d}" for n in range(80)]
LOTS = lots(NAMES)
SCORED = np.linspace(2.0, -2.0, 80)
OPEN = list(range(80))


def test_everything_open_stands_in_the_queue_once() -> None:
    queue = list(places(SCORED, LOTS, OPEN[5:]))
    assert sorted(place.row for place in queue) == OPEN[5:]


def test_the_likeliest_are_most_and_stand_in_order() -> None:
    likely = [place.row for place in places(SCORED, LOTS, OPEN) if place.why is Why.LIKELY]
    assert likely == sorted(likely)
    assert [place.row for place in places(SCORED, LOTS, OPEN)][:2] == [0, 1]
    assert PATTERN.count(Why.LIKELY) / len(PATTERN) == 0.75


def test_the_first_in_doubt_is_nearest_the_border() -> None:
    first = next(place.row for place in places(SCORED, LOTS, OPEN) if place.why is Why.UNSURE)
    assert abs(SCORED[first]) == np.abs(SCORED).min()


def test_places_of_chance_do_not_depend_on_the_scores() -> None:
    firsts = set()
    for turned in (SCORED, -SCORED):
        firsts.add(next(place.row for place in places(turned, LOTS, OPEN) if place.why is Why.RANDOM))
    assert len(firsts) == 1


def test_a_sample_takes_the_places_of_chance_in_the_order_drawn() -> None:
    sample = [70, 60, 50]
    queue = list(places(SCORED, LOTS, OPEN, sample))
    assert [place.row for place in queue if place.why is Why.SAMPLE] == sample
    assert queue[6].row == 70


def test_what_of_the_sample_is_decided_does_not_come_again() -> None:
    queue = list(places(SCORED, LOTS, [row for row in OPEN if row != 70], [70, 60]))
    assert [place.row for place in queue if place.why is Why.SAMPLE] == [60]


def test_ties_go_by_the_order_of_the_rows() -> None:
    flat = list(places(np.zeros(80), LOTS, OPEN))
    assert flat == list(places(np.zeros(80), LOTS, OPEN))
    assert flat[0].row == 0


def test_an_empty_queue_is_empty() -> None:
    assert not list(places(np.zeros(0), np.zeros(0), []))


def test_a_proposal_counts_less_with_every_answer() -> None:
    reach, proposals = np.zeros(2), np.array([1.0, -1.0])
    assert scores(reach, proposals, 0).tolist() == [1.0, -1.0]
    assert scores(reach, proposals, 20).tolist() == [0.5, -0.5]
