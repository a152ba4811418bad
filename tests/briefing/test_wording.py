from __future__ import annotations

import pytest
from jinja2 import Environment, UndefinedError
from jinja2.exceptions import SecurityError

from goldthread.briefing.blocks import LiveFigure, Words
from goldthread.briefing.words.wording import inline, reworded, say, sentence_faults, wording


def _sentences(tree: dict[str, object], path: str = "") -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for key, value in tree.items():
        here = f"{path}.{key}" if path else key
        found += _sentences(value, here) if isinstance(value, dict) else [(here, str(value))]
    return found


def test_every_sentence_is_a_template_that_parses() -> None:
    sentences = _sentences(dict(wording()))
    assert len(sentences) > 80
    for _, sentence in sentences:
        Environment().parse(sentence)  # noqa: S701 (parsed, never rendered)


def test_figures_stay_live_between_the_words() -> None:
    reviews, passages = LiveFigure("2 reviews", "E1"), LiveFigure("3 passages", "E2")
    assert inline("themes.counts", reviews=reviews, passages=passages) == (
        Words("Seen in "),
        reviews,
        Words(", in "),
        passages,
        Words("."),
    )


def test_a_list_of_figures_reads_as_a_list_and_stays_live() -> None:
    figures = [LiveFigure(f"{n} SCR", f"E{n}") for n in (1, 2, 3)]
    parts = inline("snapshot.types", types=figures)
    assert [part for part in parts if isinstance(part, LiveFigure)] == figures
    assert "".join(part.text for part in parts) == "By type of review: 1 SCR, 2 SCR and 3 SCR."


def test_what_a_report_says_is_never_a_template() -> None:
    assert "{{ 7*7 }}" in say("about.filtered", filter="{{ 7*7 }}")
    assert "{% raw %}" in say("about.filtered", filter="{% raw %}")


def test_a_report_cannot_forge_a_live_figure() -> None:
    parts = inline("about.filtered", filter="\x020\x03")
    assert all(isinstance(part, Words) for part in parts)


def test_a_sentence_without_its_value_is_a_fault_not_a_gap() -> None:
    with pytest.raises(UndefinedError):
        say("about.filtered")
    with pytest.raises(KeyError):
        say("about.unheard_of")


def test_a_study_may_word_a_sentence_anew() -> None:
    own = {"themes.counts": "{{ passages }} ({{ reviews }})"}
    with reworded(own):
        assert say("themes.counts", reviews="2 reviews", passages="3 passages") == "3 passages (2 reviews)"
    assert say("themes.counts", reviews="2 reviews", passages="3 passages").startswith("Seen in")


def test_a_sentence_worded_anew_may_use_only_what_the_sentence_knows() -> None:
    assert not list(sentence_faults("themes.counts", "{{ passages }}"))
    ((what, mend),) = sentence_faults("themes.counts", "{{ passage }}")
    assert "passage" in what and "passages" in mend
    ((what, mend),) = sentence_faults("theme.counts", "x")
    assert "theme.counts" in what and "themes.counts" in mend
    ((what, _),) = sentence_faults("themes.counts", "{{ passages ")
    assert "cannot be read" in what


def test_a_sentence_worded_anew_cannot_reach_into_the_program() -> None:
    with reworded({"themes.counts": "{{ reviews.__class__.__mro__ }}"}), pytest.raises(SecurityError):
        say("themes.counts", reviews="x", passages="y")


def test_what_the_renderers_say_is_the_same_in_every_briefing() -> None:
    ((what, _),) = sentence_faults("evidence.none", "nobody")
    assert "evidence.none" in what
