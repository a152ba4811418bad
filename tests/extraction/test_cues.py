from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldthread.extraction.cues import Hit, Matcher, matchers_of
from goldthread.protocol.lexicon import CueGroup, FieldCues, Lexicon, PracticeCues


def matcher(**groups: list[str]) -> Matcher:
    return Matcher({name: CueGroup(cues=tuple(cues)) for name, cues in groups.items()})


def found(made: Matcher, text: str) -> list[tuple[str, str]]:
    return [(hit.group, text[hit.start : hit.end]) for hit in made.scan(text)]


def test_the_longest_cue_of_a_group_wins_and_groups_do_not_hide_each_other() -> None:
    made = matcher(a=["no", "no evidence", "no evidence that"], b=["no evidence"])
    text = "there was no evidence that he had no debts"
    assert sorted(found(made, text)) == [("a", "no"), ("a", "no evidence that"), ("b", "no evidence")]


def test_a_word_and_the_beginning_of_a_word_count_once_for_one_group() -> None:
    made = matcher(a=["fail*", "failed", "failed to record"])
    assert found(made, "it failed to record") == [("a", "failed to record")]
    assert found(made, "it failed to see") == [("a", "failed")]
    assert found(made, "a failing") == [("a", "failing")]


def test_the_next_word_rules_cues_out_but_gaps_and_absent_words_do_not() -> None:
    made = matcher(a=["no log", "no very? clear plan"], b=["no ... plan"])
    assert found(made, "no log") == [("a", "no log")]
    assert found(made, "no clear plan") == [("a", "no clear plan"), ("b", "no clear plan")]
    assert found(made, "no logs") == []


def test_a_stretch_is_scanned_as_if_nothing_followed_it() -> None:
    made = matcher(a=["no evidence"])
    text = "no evidence and no evidence"
    assert made.scan(text, 12) == [Hit(16, 27, "a")]
    assert made.scan(text, 0, 9) == []


@given(st.text(alphabet="abno evidc.", max_size=80))
def test_scanning_twice_gives_the_same_hits_inside_the_text(text: str) -> None:
    made = matcher(a=["no evidence", "b*", "(a|no) ... d*"], b=["e"])
    first = made.scan(text)
    assert first == made.scan(text)
    assert all(0 <= hit.start < hit.end <= len(text) for hit in first)


def test_a_lexicon_is_compiled_once_and_unused_groups_are_left_out() -> None:
    groups = {name: CueGroup(cues=(name,)) for name in ("used", "unused", "police", "theme")}
    lexicon = Lexicon(
        groups=groups,
        fields={"x": FieldCues(values={"v": ("used",)}, guards=())},
        practice=PracticeCues(actor=("police",), themes={"t": ("theme",)}),
    )
    made = matchers_of(lexicon)
    assert made is matchers_of(lexicon)
    text = "used unused police theme"
    assert [hit.group for hit in made.everywhere.scan(text)] == ["used", "police"]
    assert [hit.group for hit in made.near_actor.scan(text)] == ["theme"]


def test_what_is_remembered_between_texts_is_bounded_and_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    made = matcher(a=["no evidence", "fail*"])
    text = " ".join(f"no evidence no x{n} failing{n}" for n in range(200))
    expected = made.scan(text)
    monkeypatch.setattr("goldthread.extraction.cues._REMEMBERED", 50)
    assert made.scan(text) == expected
    assert made.scan("a quiet day") == []
    assert len(made._known) + made._going <= 50
