"""What is shown of a passage is where the sought words stand."""

from __future__ import annotations

from goldthread.learn.excerpt import excerpt
from goldthread.learn.stems import stem

LONG = " ".join([*("filler" for _ in range(40)), "The", "officers’", "risk", "assessment", "was", "late."])


def test_the_stretch_with_most_sought_words_is_shown_and_they_are_marked() -> None:
    shown = excerpt(LONG, {stem("officers"), stem("assessed")}.__contains__, 6)
    assert shown == "…filler The ‹officers›’ risk ‹assessment› was…"


def test_a_short_passage_is_shown_whole_on_one_line() -> None:
    assert excerpt("Officers\r\nattended.", {stem("risk")}.__contains__) == "Officers attended."


def test_what_follows_the_shown_part_is_said_to_be_there() -> None:
    assert excerpt("risk one two three", {stem("risk")}.__contains__, 2) == "‹risk› one…"
