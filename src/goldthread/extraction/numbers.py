"""Numbers and months as people write them."""

from __future__ import annotations

_WORDS = """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen twenty
"""
_MONTHS = "january february march april may june july august september october november december"

WORDS = {word: number for number, word in enumerate(_WORDS.split())}
MONTHS = {name: number for number, name in enumerate(_MONTHS.split(), start=1)}
MONTHS |= {name[:3]: number for name, number in MONTHS.items()} | {"sept": 9}


def whole_number(text: str) -> int | None:
    """The whole number that digits or a word up to twenty write, else None."""
    text = text.strip().lower()
    if text.isdecimal():
        return int(text)
    return WORDS.get(text)
