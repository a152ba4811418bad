from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goldthread.learn.meaning import Meaning
from goldthread.learn.rows import Rows
from goldthread.learn.words import Words

unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # the machine may be busy
WIDTH = 5
_row = st.dictionaries(st.integers(0, WIDTH - 1), st.floats(0.1, 9), max_size=WIDTH)
_rows = st.lists(_row, min_size=1, max_size=6)


def _dense(rows: Rows) -> np.ndarray:
    whole = np.zeros((len(rows), rows.width))
    whole[rows.places, rows.columns] = rows.values
    return whole


@unhurried
@given(_rows)
def test_sums_are_those_of_the_full_table(made: list[dict[int, float]]) -> None:
    rows = Rows.of(made, WIDTH)
    across, down = np.arange(1.0, WIDTH + 1), np.arange(1.0, len(made) + 1)
    assert np.allclose(rows.times(across), _dense(rows) @ across)
    assert np.allclose(rows.gathered(down), _dense(rows).T @ down)
    assert np.allclose(rows.times_matrix(np.eye(WIDTH)), _dense(rows))


@unhurried
@given(_rows, st.data())
def test_picked_rows_are_those_named_in_that_order(made: list[dict[int, float]], data: st.DataObject) -> None:
    chosen = data.draw(st.lists(st.integers(0, len(made) - 1), max_size=8))
    rows = Rows.of(made, WIDTH)
    assert np.array_equal(_dense(rows.pick(chosen)), _dense(rows)[chosen])


@unhurried
@given(_rows)
def test_rows_set_side_by_side_keep_both_their_columns(made: list[dict[int, float]]) -> None:
    rows = Rows.of(made, WIDTH)
    both = rows.beside(rows.unit())
    assert np.allclose(_dense(both), np.hstack([_dense(rows), _dense(rows.unit())]))


def test_rows_of_different_number_do_not_stand_side_by_side() -> None:
    with pytest.raises(ValueError, match="2 rows"):
        Rows.of([{0: 1.0}, {}], 2).beside(Rows.of([{0: 1.0}], 2))


def test_a_text_without_known_words_is_an_empty_row_and_has_no_direction() -> None:
    texts = [["risk", "plan"], ["risk", "home"], ["plan", "home"]]
    words = Words.learned(texts)
    vectors = Meaning.learned(words.rows(texts), 2).vectors(words.rows([["unheard"], ["risk"]]))
    assert not vectors[0].any()
    assert np.linalg.norm(vectors[1]) == pytest.approx(1.0)
