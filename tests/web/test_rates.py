"""Rates and periods in the browser: nothing without a population, and charts that can be taken away."""

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


def test_periods_are_shown_with_what_changed_and_their_reviews(visitor: Visitor, study: gt.Study) -> None:
    table = study.by_period("outcome", dated="incident_date")
    answer = visitor.get("/periods?field=outcome&dated=incident_date")
    shown = [one.text() for one in answer.page.css(".gt-table tbody td")]
    assert shown == [cell.text for row in table.rows for cell in row.cells]
    behind = visitor.get(answer.page.css_first(".gt-table td a").attributes["href"] or "")
    assert behind.page.css("article")


def test_a_period_that_is_none_is_said_above_the_form_which_keeps_it(visitor: Visitor) -> None:
    answer = visitor.get("/periods?field=outcome&periods=lately")
    assert "'lately' is not a period" in answer.words("[role=alert]")
    assert answer.value("#periods-periods") == "lately"
