from __future__ import annotations

import pytest

from goldthread.analysis.agreement import Agreement, CodedText, Coding, Comparison, Level, compare
from goldthread.protocol.model import Protocol

SENTENCES = tuple((n * 10, n * 10 + 9, 1 + n // 5) for n in range(20))
TEXTS = [CodedText("d1", "R1", SENTENCES), CodedText("d2", "R1", SENTENCES)]


def _coding(coder: str, sentence: int, theme: str = "risk_identification", document: str = "d1") -> Coding:
    return Coding(coder, document, sentence * 10, sentence * 10 + 9, theme, "missed", "unknown")


def _one(found: Comparison, code: str) -> Agreement:
    return next(one for one in found.codes if one.code == code)


def test_sentences_both_left_alone_are_agreement_unless_coded_text_alone_is_asked_for(police: Protocol) -> None:
    codings = [_coding("ada", 1), _coding("ada", 2), _coding("grace", 2), _coding("grace", 3)]
    every = _one(compare(TEXTS, codings, ("ada", "grace"), police), "any")
    coded = _one(compare(TEXTS, codings, ("ada", "grace"), police, coded_only=True), "any")
    assert (every.units, every.percent) == (20, pytest.approx(0.9))
    assert (coded.units, coded.percent) == (3, pytest.approx(1 / 3))
    assert every.prevalence == pytest.approx((0.1, 0.1))


def test_a_passage_over_three_sentences_codes_all_three(police: Protocol) -> None:
    long = Coding("ada", "d1", 10, 39, "risk_identification", "missed", "unknown")
    found = compare(TEXTS, [long, _coding("grace", 2)], ("ada", "grace"), police)
    assert _one(found, "any").prevalence == pytest.approx((0.15, 0.05))


def test_pages_and_reviews_forgive_where_sentences_do_not(police: Protocol) -> None:
    codings = [_coding("ada", 1), _coding("grace", 2)]
    at = {level: _one(compare(TEXTS, codings, ("ada", "grace"), police, level), "any") for level in Level}
    assert [(at[level].units, at[level].percent) for level in Level] == [
        (20, pytest.approx(0.9)),
        (4, pytest.approx(1.0)),
        (1, pytest.approx(1.0)),
    ]


def test_a_document_only_one_of_them_opened_says_nothing(police: Protocol) -> None:
    codings = [_coding("ada", 1), _coding("grace", 1), _coding("ada", 4, document="d2")]
    found = compare(TEXTS, codings, ("ada", "grace"), police)
    assert found.documents == 1
    assert _one(found, "any").percent == 1.0


def test_a_theme_is_agreed_on_by_itself(police: Protocol) -> None:
    other = "collaborative_working"
    codings = [_coding("ada", 1), _coding("grace", 1, other), _coding("ada", 2), _coding("grace", 2)]
    found = compare(TEXTS, codings, ("ada", "grace"), police, coded_only=True)
    assert _one(found, "any").percent == 1.0
    assert _one(found, "risk_identification").percent == pytest.approx(0.5)
    assert _one(found, other).percent == pytest.approx(0.5)


def test_three_coders_are_compared_by_fleiss(police: Protocol) -> None:
    codings = [_coding(who, n) for who, places in {"a": (1, 2), "b": (2, 3), "c": (2,)}.items() for n in places]
    found = _one(compare(TEXTS, codings, ("a", "b", "c"), police), "any")
    assert found.kappa is not None
    assert len(found.prevalence) == 3


def _judged(coder: str, sentence: int, direction: str) -> Coding:
    return Coding(coder, "d1", sentence * 10, sentence * 10 + 9, "risk_identification", direction, "unknown")


def test_a_sentence_has_one_direction_and_says_how_common_each_is(police: Protocol) -> None:
    codings = [_judged("ada", 1, "missed"), _judged("ada", 2, "missed"), _judged("ada", 3, "good")]
    codings += [_judged("grace", 1, "missed"), _judged("grace", 2, "good"), _judged("grace", 3, "good")]
    found = compare(TEXTS, codings, ("ada", "grace"), police)
    direction = next(one for one in found.codes if one.axis == "direction")
    assert (direction.code, direction.units, direction.percent) == ("all", 3, pytest.approx(2 / 3))
    assert direction.prevalence == ()
    assert [shares for _, shares in direction.shares] == [
        pytest.approx((2 / 3, 1 / 3)),
        pytest.approx((1 / 3, 2 / 3)),
    ]


@pytest.mark.parametrize(("level", "units"), [(Level.PAGE, 2), (Level.REVIEW, 1)])
def test_a_page_or_a_review_may_have_several_directions_so_each_is_asked_for_by_itself(
    police: Protocol, level: Level, units: int
) -> None:
    """Both saw something missed on each page; only one of them also saw something good, and on the first page."""
    codings = [_judged("ada", 1, "missed"), _judged("ada", 2, "good"), _judged("ada", 7, "missed")]
    codings += [_judged("grace", 3, "missed"), _judged("grace", 8, "missed")]
    found = compare(TEXTS, codings, ("ada", "grace"), police, level)
    told = {one.code: one for one in found.codes if one.axis == "direction"}
    assert set(told) == {"missed", "good"}
    assert (told["missed"].units, told["missed"].percent) == (units, 1.0)
    assert told["good"].percent == 1 - 1 / units
    assert told["good"].prevalence == (1 / units, 0)
