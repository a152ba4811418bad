"""What filters would leave is counted once for each question while the study stays as it is."""

from __future__ import annotations

from goldthread.study.narrowing import Narrowings


def test_a_question_is_counted_again_only_once_something_was_done() -> None:
    state, counted = ["a"], []

    def count() -> dict[str, dict[str, int]]:
        counted.append(state[0])
        return {"theme": {"risk": len(counted)}}

    kept = Narrowings(lambda: state[0])
    assert kept.of("q", count) == kept.of("q", count) == {"theme": {"risk": 1}}
    assert kept.of("other", count) == {"theme": {"risk": 2}}
    state[0] = "b"
    assert kept.of("q", count) == {"theme": {"risk": 3}}
    assert counted == ["a", "a", "b"]


def test_only_the_last_few_questions_are_kept() -> None:
    kept, counted = Narrowings(lambda: ""), []
    for question in [*range(70), 69, 0]:
        kept.of(question, lambda: counted.append(1) or {})
    assert len(counted) == 71
