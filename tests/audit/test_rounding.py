"""A percentage is right when it was rounded, cut off when digits were dropped, and wrong otherwise."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldthread.audit.findings import Span, Sure
from goldthread.audit.percentages import in_prose
from goldthread.audit.prose import Claim
from goldthread.audit.rounding import Fit, Percent, decimal, fit, half_up, percent_of, share, shown

wholes = st.integers(1, 100_000)
places = st.integers(0, 3)


def rounded(count: int, whole: int, decimals: int, how: str) -> Fraction:
    """The percentage by Python's own decimal arithmetic, with digits enough that the quotient is decided."""
    with localcontext() as context:
        context.prec = 60
        return Fraction((Decimal(100 * count) / Decimal(whole)).quantize(Decimal(1).scaleb(-decimals), rounding=how))


def claim(count: int, whole: int, printed: Percent) -> Claim:
    return Claim(Span(0, 1), Fraction(count), Fraction(whole), printed, hedged=False, plain=True)


@settings(deadline=None)
@given(st.data(), wholes, places, st.sampled_from([ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_HALF_DOWN]))
def test_a_correctly_rounded_percentage_is_never_a_finding(
    data: st.DataObject, whole: int, decimals: int, how: str
) -> None:
    count = data.draw(st.integers(0, whole))
    printed = Percent(rounded(count, whole, decimals, how), decimals)

    assert fit(Fraction(count), Fraction(whole), printed) in (Fit.EITHER, Fit.ROUNDED)
    assert in_prose(claim(count, whole, printed)) is None


@settings(deadline=None)
@given(st.data(), wholes, places)
def test_a_percentage_with_its_digits_cut_off_is_told_apart_from_an_error(
    data: st.DataObject, whole: int, decimals: int
) -> None:
    count = data.draw(st.integers(0, whole))
    printed = Percent(rounded(count, whole, decimals, ROUND_DOWN), decimals)

    assert fit(Fraction(count), Fraction(whole), printed) in (Fit.EITHER, Fit.CUT)
    slip = in_prose(claim(count, whole, printed))
    assert slip is None or slip.sure is Sure.BY_HAND


@settings(deadline=None)
@given(st.data(), wholes, places, st.integers(1, 400), st.sampled_from([-1, 1]))
def test_a_percentage_off_by_a_unit_or_more_is_always_an_error(
    data: st.DataObject, whole: int, decimals: int, units: int, side: int
) -> None:
    count = data.draw(st.integers(0, whole))
    unit = Fraction(1, 10**decimals)
    near = rounded(count, whole, decimals, ROUND_DOWN) + (unit if side > 0 else 0)
    value = near + side * units * unit
    if value < 0:
        return

    assert fit(Fraction(count), Fraction(whole), Percent(value, decimals)) is Fit.OFF
    slip = in_prose(claim(count, whole, Percent(value, decimals)))
    assert slip is not None
    assert slip.sure is Sure.ERROR
    assert slip.expected == percent_of(Fraction(count), Fraction(whole), decimals)


def test_a_tie_may_be_rounded_either_way() -> None:
    one_in_eight = Fraction(1), Fraction(8)

    assert fit(*one_in_eight, Percent(Fraction(13))) is Fit.ROUNDED
    assert fit(*one_in_eight, Percent(Fraction(12))) is Fit.EITHER


def test_a_percentage_raised_by_less_than_a_unit_is_not_called_an_error() -> None:
    assert fit(Fraction(22), Fraction(98), Percent(Fraction(23))) is Fit.RAISED
    slip = in_prose(claim(22, 98, Percent(Fraction(23))))
    assert slip is not None
    assert slip.sure is Sure.INCONSISTENT


@pytest.mark.parametrize(("count", "whole", "how"), [(1, 206, Fit.EITHER), (3, 206, Fit.OFF)])
def test_less_than_one_per_cent_is_a_claim_of_its_own(count: int, whole: int, how: Fit) -> None:
    assert fit(Fraction(count), Fraction(whole), Percent(Fraction(1), 0, below=True)) is how


@settings(deadline=None)
@given(st.fractions(0, 1000), places)
def test_half_up_is_what_decimal_arithmetic_gives(value: Fraction, decimals: int) -> None:
    nearest = half_up(value, decimals)

    assert abs(nearest - value) <= Fraction(1, 2 * 10**decimals)
    assert decimal(value, decimals) == f"{Decimal(nearest.numerator) / Decimal(nearest.denominator):.{decimals}f}"


def test_a_share_is_shown_with_digits_enough_to_see_the_rounding() -> None:
    assert share(Fraction(3), Fraction(40)) == Fraction(15, 2)
    assert shown(Fraction(3), Fraction(40), 1) == "7.5%"
    assert shown(Fraction(36), Fraction(126), 0) == "28.57%"
    assert str(Percent(Fraction(5), 1)) == "5.0%"
    assert str(Percent(Fraction(1), below=True)) == "<1%"
