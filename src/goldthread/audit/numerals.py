"""Numbers as reports print them, in digits and in words."""

from __future__ import annotations

import re
from fractions import Fraction

from goldthread.audit.rounding import Percent

_ONES = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_TEENS = [
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_WORDS = {word: number for number, word in enumerate([*_ONES, *_TEENS])}
_WORDS |= {word: 10 * number for number, word in enumerate(_TENS, 2)}
_WORDS |= {f"{ten}-{one}": _WORDS[ten] + _WORDS[one] for ten in _TENS for one in _ONES[1:]}

DIGITS = r"(?<![\w.,/£$€])(?:\d{1,3}(?:,\d{3})+|\d{1,9})(?![^\W_]|[.,/]\d)"
"""A whole number in digits: not a piece of a decimal, of a date with slashes, of a word, or a sum of money."""
_SMALL = rf"(?:(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(_ONES[1:])}))?|{'|'.join([*_TEENS, *_ONES])})"
_JOINED = r"\b(?<!hundred )(?<!hundred and )(?<!thousand )(?<!thousand and )"
_HUNDREDS = rf"(?:{'|'.join(_ONES[1:])}) hundred(?: (?:and )?{_SMALL})?"
WORD = rf"{_JOINED}(?:{_HUNDREDS}|{_SMALL})\b(?! thousand| million| hundred)"
COUNT = rf"(?:{DIGITS}|{WORD})"
PERCENT = r"(?:<\s?)?(?<![\d.,])(?:\d{1,3}(?:\.\d{1,4})?|\.\d{1,4})\s?(?:%|per\s?cent\b|percent\b|pc\b)"
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?|\.\d+")


def count(text: str) -> Fraction:
    """The value of what `COUNT` matched, or of digits with a decimal point."""
    found = _NUMBER.search(text)
    if found:
        return Fraction(found.group().replace(",", ""))
    hundreds, _, rest = text.strip().lower().rpartition("hundred")
    small = re.sub(r"\s+", "-", rest.strip().removeprefix("and ").strip())
    return Fraction(100 * _WORDS.get(hundreds.strip(), 0) + _WORDS.get(small, 0))


def percent(text: str) -> Percent:
    """The value and precision of what `PERCENT` matched, or of the bare number in a table's brackets."""
    digits = _NUMBER.search(text)
    written = digits.group().replace(",", "") if digits else "0"
    return Percent(Fraction(written), len(written.partition(".")[2]), "<" in text)


def written(value: Fraction) -> str:
    """A count as people print it: "1,316"."""
    return f"{int(value):,}" if value.denominator == 1 else str(float(value))
