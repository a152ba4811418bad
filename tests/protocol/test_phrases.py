from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldthread.protocol.phrases import BadPhrase, check, phrase


def finds(cue: str, text: str) -> str | None:
    found = re.compile(r"\b" + phrase(cue).pattern).search(text)
    return found[0] if found else None


@pytest.mark.parametrize(
    ("cue", "text", "expected"),
    [
        ("failed to record", "they failed to record it", "failed to record"),
        ("failed to record", "they failed  to   record it", "failed  to   record"),
        ("failed to record", "failed to recording", None),
        ("fail* to record", "a failure to record", "failure to record"),
        ("fail* to record", "the fails were to record", None),
        ("(did|do) not", "they do not", "do not"),
        ("(reported (as )?missing|went missing)", "she was reported missing", "reported missing"),
        ("(reported (as )?missing|went missing)", "she was reported as missing", "reported as missing"),
        ("failed ... record", "failed to make any record", "failed to make any record"),
        ("failed ... record", "failed. the record", None),
        ("failed ... record", "failed one two three four five six record", None),
        ("was very? poor", "this was poor", "was poor"),
        ("was very? poor", "this was very poor", "was very poor"),
        ("multi-agency", "a multiagency plan", "multiagency"),
        ("multi-agency", "a multi agency plan", "multi agency"),
        ("coroner's officer", "the coroner's officer", "coroner's officer"),
        ("c.s. spray", "c.s. spray was used", "c.s. spray"),
    ],
)
def test_a_phrase_finds_what_a_reader_would_expect(cue: str, text: str, expected: str | None) -> None:
    assert finds(cue, text) == expected


@pytest.mark.parametrize(
    ("cue", "why"),
    [
        ("(did not", "brackets"),
        ("did) not", "brackets"),
        ("", "empty"),
        ("... record", "gap"),
        ("record ...", "gap"),
        ("very? poor", "first word"),
        ("(not )?recorded", "first word"),
        ("*fail", "letter or digit"),
        ("a (|b) c", "empty"),
    ],
)
def test_a_phrase_that_cannot_be_read_says_why(cue: str, why: str) -> None:
    with pytest.raises(BadPhrase, match=why):
        phrase(cue)


def test_first_words_tell_where_to_look() -> None:
    assert phrase("fail* to record").firsts == ("fail*",)
    assert phrase("(he|she (himself|herself)) died").firsts == ("he", "she")
    assert phrase("multi-agency").firsts == ("multi*",)


def test_second_words_are_known_only_where_nothing_may_stand_between() -> None:
    assert phrase("no evidence").seconds == ("evidence",)
    assert phrase("no (log|record*)").seconds == ("log", "record*")
    assert phrase("was very? poor").seconds == ("very", "poor")
    assert phrase("failed ... record").seconds == ()
    assert phrase("coroner's officer").seconds == ()


def test_a_single_word_is_known_as_one() -> None:
    assert phrase("officer").word
    assert phrase("fail*").word
    assert not phrase("officer's").word
    assert not phrase("no evidence").word


@given(st.text(alphabet="ab ()|.*?", max_size=24))
def test_any_text_is_either_a_phrase_or_refused_with_a_reason(text: str) -> None:
    try:
        read = phrase(text)
    except BadPhrase as refused:
        assert str(refused)
    else:
        re.compile(read.pattern)
        assert read.firsts


@given(st.text(alphabet="ab1 *?.()|'-&", max_size=12))
def test_checking_a_phrase_refuses_exactly_what_cannot_be_read(text: str) -> None:
    def refused(read: Callable[[str], object]) -> bool:
        try:
            read(text)
        except BadPhrase:
            return True
        return False

    assert refused(check) == refused(phrase)
