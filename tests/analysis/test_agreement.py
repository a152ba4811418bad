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
