"""How a printed percentage stands to its count and whole, in exact arithmetic."""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

HUNDRED = Fraction(100)


class Percent(NamedTuple):
    """A percentage as printed: its value and how many decimals it shows. `below` for "<1%"."""

    value: Fraction
    decimals: int = 0
    below: bool = False

    @property
    def unit(self) -> Fraction:
        """The smallest step its precision can show."""
        return Fraction(1, 10**self.decimals)

    def __str__(self) -> str:
        return f"{'<' if self.below else ''}{decimal(self.value, self.decimals)}%"


class Fit(StrEnum):
    """What must have been done to the true share to print what is printed."""

    EITHER = "either"
    """Rounding and cutting off give the same."""
    ROUNDED = "rounded"
    """Only rounding gives it; a tie may go either way (half up, half to even)."""
    CUT = "cut"
    """Only cutting the digits off gives it."""
    RAISED = "raised"
    """Less than one unit too high: rounded up where it should go down."""
    OFF = "off"
    """A whole unit or more away: nothing usual gives it."""

    @property
    def right(self) -> bool:
        return self in (Fit.EITHER, Fit.ROUNDED, Fit.CUT)


def share(count: Fraction, whole: Fraction) -> Fraction:
    """`count` of `whole` in per cent, exactly."""
    return HUNDRED * count / whole


def fit(count: Fraction, whole: Fraction, printed: Percent) -> Fit:
    """How `printed` stands to `count` of `whole`; `whole` is above zero."""
    true = share(count, whole)
    if printed.below:
        return Fit.EITHER if true < printed.value else Fit.OFF
    gap = true - printed.value
    rounded = abs(gap) <= printed.unit / 2
    cut = 0 <= gap < printed.unit
    if rounded:
        return Fit.EITHER if cut else Fit.ROUNDED
    if cut:
        return Fit.CUT
    return Fit.RAISED if -printed.unit < gap < 0 else Fit.OFF


def half_up(true: Fraction, decimals: int) -> Fraction:
    """`true`, not negative, rounded half up to `decimals` places."""
    scale = 10**decimals
    return Fraction((true * scale * 2 + 1) // 2, scale)


def decimal(value: Fraction, decimals: int) -> str:
    """`value` rounded half up and written with `decimals` places."""
    sign = "-" if value < 0 else ""
    digits = str(int(half_up(abs(value), decimals) * 10**decimals)).rjust(decimals + 1, "0")
    return sign + (f"{digits[:-decimals]}.{digits[-decimals:]}" if decimals else digits)


def percent_of(count: Fraction, whole: Fraction, decimals: int) -> str:
    """The share as it should be printed: "7.5%"."""
    return f"{decimal(share(count, whole), decimals)}%"


def shown(count: Fraction, whole: Fraction, decimals: int) -> str:
    """The share with two more digits than printed unless it ends sooner, to show the rounding: "28.57%"."""
    true, places = share(count, whole), decimals
    while places < decimals + 2 and half_up(true, places) != true:
        places += 1
    return f"{decimal(true, places)}%"
