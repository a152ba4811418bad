from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import f1_score, precision_score, recall_score

from goldthread.scoring.cases import Case
from goldthread.scoring.rates import Counts, count, rates
from goldthread.statistics.proportions import score_ends
from tests.scoring.labelled import case

ANSWERS = st.sampled_from([None, "a", "b"])
CASES = st.lists(
    st.builds(
        case,
        wanted=ANSWERS,
        given=ANSWERS,
        confidence=st.floats(0, 1),
        document=st.sampled_from(["d1", "d2", "d3", "d4"]),
    ),
    max_size=40,
)


def test_rates_of_a_case_counted_by_hand() -> None:
    cases = [
        case("a", "a", document="d1"),
        case("a", "b", document="d2"),
        case("b", None, document="d3"),
        case(None, "a", document="d4"),
        case(None, None, document="d5"),
    ]
    found = rates(cases)
    assert found.documents == 5
    assert found.counts == Counts(scored=5, agreed=2, given=3, wanted=3, right=1)
    values = (found.accuracy, found.precision, found.recall, found.f1, found.coverage)
    assert [round(each.value, 4) for each in values if each] == [0.4, 0.3333, 0.3333, 0.3333, 0.6]


def test_without_anything_to_divide_by_there_is_no_rate() -> None:
    found = rates([case(None, None)])
    assert (found.precision, found.recall, found.f1) == (None, None, None)
    assert found.accuracy is not None and found.coverage is not None
    assert rates([]).accuracy is None and rates([]).documents == 0


@given(CASES)
def test_every_rate_lies_in_its_interval_and_between_nothing_and_all(cases: list[Case]) -> None:
    found = rates(cases, draws=50)
    for each in (found.accuracy, found.precision, found.recall, found.f1, found.coverage):
        if each:
            assert 0 <= each.low <= each.value <= each.high <= 1


@given(CASES)
def test_f1_lies_between_precision_and_recall(cases: list[Case]) -> None:
    found = rates(cases, draws=2)
    if found.precision and found.recall and found.f1:
        low, high = sorted((found.precision.value, found.recall.value))
        assert low - 1e-12 <= found.f1.value <= high + 1e-12


@settings(max_examples=30)
@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=60))
def test_passage_rates_are_those_of_the_reference_library(pairs: list[tuple[bool, bool]]) -> None:
    found = rates([case("yes" if w else None, "yes" if g else None) for w, g in pairs], draws=2)
    wanted, given_ = [w for w, _ in pairs], [g for _, g in pairs]
    for mine, its in (
        (found.precision, precision_score),
        (found.recall, recall_score),
        (found.f1, f1_score),
    ):
        if mine:
            assert mine.value == pytest.approx(its(wanted, given_, zero_division=0.0))


def test_the_same_seed_gives_the_same_interval_and_another_seed_hardly_another() -> None:
    cases = [case("a", "a" if n % 4 else "b", document=f"d{n}") for n in range(80)]
    one, same, other = rates(cases), rates(cases), rates(cases, seed=7)
    assert one == same
    assert one.precision and other.precision and one.precision != other.precision
    assert one.precision.low == pytest.approx(other.precision.low, abs=0.03)


def test_the_bootstrap_interval_is_near_the_normal_one_where_documents_are_single_cases() -> None:
    cases = [case("a", "a" if n % 4 else "b", document=f"d{n}") for n in range(400)]
    found = rates(cases, draws=4000).precision
    half = 1.96 * (0.75 * 0.25 / 400) ** 0.5
    assert found and (found.low, found.high) == pytest.approx((0.75 - half, 0.75 + half), abs=0.006)


def test_sentences_of_few_documents_leave_more_open_than_as_many_of_many() -> None:
    def spread(documents: int) -> float:
        cases = [case("yes", "yes" if n % documents % 4 else None, document=f"d{n % documents}") for n in range(240)]
        found = rates(cases).recall
        assert found
        return found.high - found.low

    assert spread(8) > 2 * spread(240)


def test_all_right_is_not_certainty() -> None:
    found = rates([case("a", "a", document=f"d{n}") for n in range(10)]).precision
    assert found and found.value == 1.0
    assert found.low == pytest.approx(0.7225, abs=1e-4)


def test_wilsons_interval_is_the_published_one() -> None:
    # Newcombe, Statistics in Medicine 17, 1998, 857-872, table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
    for right, n, low, high in (
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ):
        assert score_ends(right / n, n) == pytest.approx((low, high), abs=1e-4)


def test_counting_is_the_same_in_any_order() -> None:
    cases = [case("a", "a"), case("b", None), case(None, "a")]
    assert count(cases) == count(cases[::-1]) == Counts(3, 1, 2, 2, 1)
