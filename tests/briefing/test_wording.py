from __future__ import annotations

import pytest
from jinja2 import Environment, UndefinedError

from goldthread.briefing.blocks import LiveFigure, Words
from goldthread.briefing.wording import inline, layout, say, wording


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


def test_every_kind_of_briefing_has_a_title_and_sections() -> None:
    for kind in ("practice", "meta-analysis"):
        assert wording()["title"][kind]
        assert {"about", "flow", "themes", "matrix", "method"} <= set(layout()[kind]["sections"])
