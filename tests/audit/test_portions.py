"""Shares in words beside the figure they stand for."""

from __future__ import annotations

import pytest

from goldthread.audit.findings import Sure
from tests.audit.conftest import slips


@pytest.mark.parametrize(
    "sentence",
    [
        "Neglect was seen in three-quarters (124 of 166) of the reports.",
        "It was seen in two-thirds (66%) of fatal cases.",
        "More than half (57%) of the children were boys.",
        "Nearly one in four (23%) had never been known.",
        "Just over one in ten (11%) were older.",
        "Almost half (48%) lived apart.",
        "The vast majority (98.5%) took part.",
        "Less than one third (31%) had heard of it.",
        "The most common languages are English (34%) and Welsh.",
        "This was half the talk shown by patients (15%).",
        "A quarter of the 26 cases (6) were closed.",
        "It was seen in 12 of the 36 reviews (a third).",
        "It was seen in 124 of 166 reports, or three quarters.",
        "It was seen in 12 of the 36 reviews (half of them in one year).",
    ],
)
def test_fair_words_are_left_alone(sentence: str) -> None:
    assert slips(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "sure"),
    [
        ("More than half (43%) of the children were boys.", Sure.ERROR),
        ("It was seen in two thirds (45%) of the cases.", Sure.ERROR),
        ("A quarter (18 of 50) of the cases were closed.", Sure.ERROR),
        ("A quarter (31%) of the cases were closed.", Sure.INCONSISTENT),
        ("Fewer than half (62%) were seen.", Sure.ERROR),
        ("The majority (45%) of the plans were for neglect.", Sure.INCONSISTENT),
        ("Two thirds of the 26 cases (6) were closed.", Sure.INCONSISTENT),
        ("It was seen in 12 of the 36 reviews (two thirds).", Sure.ERROR),
        ("It was seen in 52 of 166 reports, or over half.", Sure.ERROR),
        ("More than half of the families (18 of 50) were seen.", Sure.ERROR),
    ],
)
def test_words_that_the_figure_contradicts_are_found(sentence: str, sure: Sure) -> None:
    (slip,) = slips(sentence)

    assert slip.rule == "share in words"
    assert slip.sure is sure
