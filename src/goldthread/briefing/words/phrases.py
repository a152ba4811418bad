"""Numbers, dates and lists as a reader expects them in British English."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from goldthread.analysis.arithmetic import percent

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def counted(number: int, singular: str, plural: str = "") -> str:
    """ "1 review", "no reviews", "1,204 reviews"."""
    if number == 1:
        return f"1 {singular}"
    return f"{number:,} {plural or singular + 's'}" if number else f"no {plural or singular + 's'}"


def part_of(part: int, whole: int, singular: str, plural: str = "") -> str:
    """ "12 of 40 reviews (30%)", "none of 40 reviews"; a whole of nothing is only counted."""
    if not whole:
        return counted(part, singular, plural)
    noun = singular if whole == 1 else plural or singular + "s"
    if not part:
        return f"none of {whole:,} {noun}" if whole > 1 else f"not in the 1 {noun}"
    return f"{part:,} of {whole:,} {noun} ({percent(part, whole)}%)"


def listed(items: Sequence[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


def shortened(text: str, most: int, ending: int = 14) -> str:
    """The text in at most so many characters: "scr-a…-2019.pdf". The last `ending` characters stay."""
    if len(text) <= most:
        return text
    return f"{text[: most - 1 - ending].rstrip()}…{text[len(text) - ending :]}"


def ranges(numbers: Iterable[int]) -> tuple[tuple[int, int], ...]:
    """Numbers in order as runs without a gap: 3, 7, 8, 9 are (3, 3) and (7, 9)."""
    runs: list[tuple[int, int]] = []
    for number in sorted(set(numbers)):
        if runs and runs[-1][1] == number - 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return tuple(runs)


def spanned(first: int, last: int) -> str:
    """ "7", or "7–9"."""
    return str(first) if first == last else f"{first}–{last}"


def day(iso: str) -> str:
    """An ISO date, as precise as it is: "3 May 2019", "May 2019", "2019". Other text is left as it is."""
    parts = iso[:10].split("-")
    try:
        numbers = [int(part) for part in parts]
        date(numbers[0], *(*numbers[1:], 1, 1)[:2])
    except (ValueError, TypeError):
        return iso
    words = [str(numbers[0])]
    if len(numbers) > 1:
        words.insert(0, MONTHS[numbers[1] - 1])
    if len(numbers) > 2:
        words.insert(0, str(numbers[2]))
    return " ".join(words)


def sentence_start(text: str) -> str:
    """The text with its first letter in capitals; the letter that stands for a number not shown stays small."""
    if text.startswith("c "):
        return text
    return text[:1].upper() + text[1:]


def lower_start(text: str) -> str:
    """The text to stand inside a sentence: first letter small, unless the first word is an abbreviation."""
    first = text.split(" ", 1)[0]
    return (
        text if len(first) > 1 and not first[1:].islower() and first != first.lower() else text[:1].lower() + text[1:]
    )
