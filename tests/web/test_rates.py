"""Rates in the browser: nothing without a population, and a plot that can be taken away."""

from __future__ import annotations

from pathlib import Path

import goldthread as gt
from tests.web.visiting import Visitor

EXAMPLE = Path(__file__).parents[2] / "docs/examples/populations/populations.csv"


def test_without_a_population_the_page_says_how_to_load_one(visitor: Visitor) -> None:
    answer = visitor.get("/rates?by=force&of=children")
    assert "No population has been loaded yet" in answer.words("main")
    assert not answer.page.css("table")


def test_rates_are_shown_with_their_plot_and_their_reviews(visitor: Visitor, study: gt.Study) -> None:
    study.load_populations(EXAMPLE)
    table = study.rates("force", "children")
    answer = visitor.get("/rates?by=force&of=children")
    shown = [one.text() for one in answer.page.css(".gt-table tbody td")]
    assert shown == [cell.text for row in table.rows for cell in row.cells]
    plot = answer.page.css_first(".gt-chart img").attributes["src"] or ""
    assert visitor.get(plot).headers["content-type"].startswith("image/svg+xml")
    if link := answer.page.css_first(".gt-table td a"):
        behind = visitor.get(link.attributes["href"] or "")
        assert len(behind.page.css("article")) == int(link.text())


def test_an_unknown_population_is_said_above_the_form(visitor: Visitor, study: gt.Study) -> None:
    study.load_populations(EXAMPLE)
    assert "No population of adults by force is known" in visitor.get("/rates?by=force&of=adults").words(
        "[role=alert]"
    )
