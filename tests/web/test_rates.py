"""Rates and periods in the browser: nothing without a population, and charts that can be taken away."""

from __future__ import annotations

from pathlib import Path

import pytest

import goldthread as gt
from tests.web.visiting import Answer, Visitor

EXAMPLE = Path(__file__).parents[2] / "docs/examples/populations/populations.csv"


def test_without_a_population_the_page_says_how_to_load_one(visitor: Visitor) -> None:
    answer = visitor.get("/rates?by=force&of=children")
    assert "No population has been loaded yet" in answer.words("main")
    assert not answer.page.css("table")
    assert answer.page.css_first("main a.govuk-button").attributes["href"] == "/rates/populations"


def sent(visitor: Visitor, name: str, text: str, seen: str) -> Answer:
    """A file of populations sent as a browser sends it."""
    head = "--edge\r\nContent-Disposition: form-data; name="
    fields = {"form_token": visitor.token(), "seen": seen}
    parts = [f'{head}"{key}"\r\n\r\n{value}' for key, value in fields.items()]
    parts.append(f'{head}"file"; filename="{name}"\r\nContent-Type: text/csv\r\n\r\n{text}')
    body = ("\r\n".join(parts) + "\r\n--edge--\r\n").encode()
    return visitor.ask("POST", "/rates/populations", body, {"Content-Type": "multipart/form-data; boundary=edge"})


def seen_of(visitor: Visitor) -> str:
    return visitor.get("/rates/populations").value("[name=seen]")


def pressed(visitor: Visitor, answer: Answer, selector: str) -> Answer:
    """What follows when the form that a selector finds is sent."""
    form = answer.page.css_first(selector)
    fields = [(one.attributes["name"] or "", one.attributes.get("value") or "") for one in form.css("input")]
    return visitor.post(form.attributes["action"] or "", fields)


def test_populations_are_loaded_listed_taken_out_and_put_back_in_the_browser(
    visitor: Visitor, study: gt.Study
) -> None:
    assert "No population has been loaded yet" in visitor.get("/rates/populations").words("main")
    done = sent(visitor, "figures.csv", EXAMPLE.read_text("utf-8"), seen_of(visitor))
    assert done.status == 303
    loaded = visitor.get(done.headers["location"])
    number = len(study.populations())
    assert f"figures.csv: {number} populations taken" in loaded.words(".gt-done")
    assert len(loaded.page.css("details tbody tr")) == number
    out = pressed(visitor, loaded, "form[action$=forget]")
    gone = visitor.get(out.headers["location"])
    assert len(study.populations()) < number
    back = pressed(visitor, gone, ".gt-done form")
    assert len(study.populations()) == number
    assert "taken back" in visitor.get(back.headers["location"]).words(".gt-done")
    assert [one.verb for one in study.entries()][-3:] == ["populations", "forget_populations", "populations_back"]


def test_rows_that_cannot_be_placed_are_listed_and_the_rest_is_taken(visitor: Visitor, study: gt.Study) -> None:
    wrong = (
        "area,period,population,unit,source\nKent Police,2019,400000,children,Made up\nNowhere,2019,1,children,X\n"
    )
    answer = visitor.get(sent(visitor, "some.csv", wrong, seen_of(visitor)).headers["location"])
    assert "1 row was not taken" in answer.words(".gt-moves caption")
    assert "row 3" in answer.words(".gt-moves tbody th")
    assert len(study.populations()) == 1
    again = sent(visitor, "some.csv", wrong, seen_of(visitor))
    assert again.status == 200
    assert "nothing was changed" in again.words(".gt-inset")
    assert "1 row was not taken" in again.words(".gt-moves caption")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("place,people\nKent,3\n", "there is no column area"),
        ("", "The file was not taken"),
        ("PK\x03\x04\x00\x00", "The file was not taken"),
    ],
)
def test_a_file_that_is_none_is_said_on_the_page_and_changes_nothing(
    visitor: Visitor, study: gt.Study, text: str, told: str
) -> None:
    answer = sent(visitor, "book.xlsx", text, seen_of(visitor))
    assert answer.status == 400
    assert told in answer.words("[role=alert]")
    assert study.populations() == ()


def test_populations_changed_in_another_window_are_not_overwritten(visitor: Visitor, study: gt.Study) -> None:
    seen = seen_of(visitor)
    study.load_populations(EXAMPLE)
    state = study.record().state
    answer = sent(visitor, "figures.csv", EXAMPLE.read_text("utf-8"), seen)
    assert answer.status == 409
    assert "changed meanwhile" in answer.text
    assert study.record().state == state


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
