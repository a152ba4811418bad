"""What sets the themed, periodic and quality briefings apart."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from goldthread.analysis.lag import Lag, lag, middle_of
from goldthread.analysis.records import ReviewRecord, StudyRecord
from goldthread.briefing.blocks import Box, Briefing, Heading, Items, TableBlock
from goldthread.briefing.build import KINDS, build
from goldthread.briefing.formats import docx, html
from goldthread.briefing.formats import pdf as pdfs
from goldthread.briefing.formats.outline import Outline
from goldthread.briefing.sections.trends import spans
from goldthread.protocol.codebook import Resource
from goldthread.protocol.model import Protocol
from goldthread.screening.model import ScreeningState
from goldthread.values import Basis
from tests.briefing import example
from tests.briefing.contents import all_text, blocks_of, figures_of, text_of


def _made(kind: str, protocol: Protocol, study: StudyRecord) -> Briefing:
    return build(kind, protocol, study, Basis.DRAFT, made=example.MADE)


def _boxes(briefing: Briefing, title: str) -> list[Box]:
    return [block for block in briefing.blocks if isinstance(block, Box) and block.title == title]


def _points(briefing: Briefing) -> list[str]:
    items = [block for block in Outline(briefing).blocks if isinstance(block, Items)]
    return ["".join(part.text for part in item) for block in items for item in block.items]


@pytest.mark.parametrize("kind", ["themed", "periodic", "quality"])
def test_each_kind_is_published_in_all_three_formats(kind: str, protocol: Protocol, study: StudyRecord) -> None:
    briefing = _made(kind, protocol, study)
    assert briefing.title in html.render(briefing)
    assert docx.render(briefing)[:2] == b"PK"
    assert pdfs.render(briefing)[:5] == b"%PDF-"


def test_a_theme_is_told_with_its_actions_good_practice_and_questions(protocol: Protocol, study: StudyRecord) -> None:
    briefing = _made("themed", protocol, study)
    themes = {e.theme for r in study.reviews for e in r.episodes}
    headings = [b for b in blocks_of(briefing, Heading) if isinstance(b, Heading) and b.key.startswith("lesson-")]
    parts = [b.text for b in headings if b.level == 2]
    assert parts == [theme.label for theme in protocol.codebook.themes if theme.id in themes]
    assert len(_boxes(briefing, "Appropriate action")) == len(parts) == len(_boxes(briefing, "Reflective practice"))
    assert "Bears on 2.2.1 Appropriate action (National Vulnerability Action Plan" in all_text(briefing)
    assert len(_boxes(briefing, "Resources")) == len(parts)


def test_a_theme_without_good_practice_says_so(protocol: Protocol, study: StudyRecord) -> None:
    short = tuple(replace(r, episodes=tuple(e for e in r.episodes if e.direction != "good")) for r in study.reviews)
    boxes = _boxes(_made("themed", protocol, replace(study, reviews=short)), "Appropriate action")
    assert boxes
    assert all("describe no good practice" in text_of(box.blocks[0]) for box in boxes)


def test_resources_of_a_theme_are_printed_with_where_they_are(protocol: Protocol, study: StudyRecord) -> None:
    resource = Resource(
        title="Seeing the child", publisher="A college", about="How to.", url="https://example.invalid/child"
    )
    themes = tuple(theme.model_copy(update={"resources": (resource,)}) for theme in protocol.codebook.themes)
    other = protocol.model_copy(update={"codebook": protocol.codebook.model_copy(update={"themes": themes})})
    (box, *_) = _boxes(_made("themed", other, study), "Resources")
    assert isinstance(box.blocks[0], Items)
    told = "".join(part.text for part in box.blocks[0].items[0])
    assert told == "Seeing the child (A college, https://example.invalid/child). How to."


def test_periods_end_with_the_last_year_and_hold_every_year() -> None:
    assert spans([2011, 2013, 2018], 4) == ((2011, 2012), (2013, 2014), (2015, 2016), (2017, 2018))
    assert spans([2004, 2022], 4) == ((2004, 2007), (2008, 2012), (2013, 2017), (2018, 2022))
    assert spans([2016, 2017], 4) == ((2016, 2016), (2017, 2017))
    assert spans([], 4) == ()


def test_a_few_early_years_are_no_period_of_their_own() -> None:
    late = [year for year in range(2011, 2023) for _ in range(20)]
    assert spans([2004, 2008, *late], 4) == ((2004, 2013), (2014, 2016), (2017, 2019), (2020, 2022))
    assert spans([*range(2004, 2011), *late], 4)[0] == (2004, 2010)  # of seven, four are so few


def _changing(study: StudyRecord) -> StudyRecord:
    """The same reviews, the earlier half of 2017 with one outcome, the later half of 2018 with another."""
    reviews = []
    for n, review in enumerate(study.reviews):
        late = n >= len(study.reviews) // 2
        told = [c for c in review.characteristics if c.field not in ("incident_date", "outcome")]
        template = next((c for c in review.characteristics if c.value), None)
        if template is None:
            continue
        values = {"incident_date": "2018-03" if late else "2017-03", "outcome": "serious_harm" if late else "death"}
        told += [replace(template, subject_no=0, field=field, value=value) for field, value in values.items()]
        reviews.append(replace(review, characteristics=tuple(told), publication_date="2019-06-01"))
    return replace(study, reviews=tuple(reviews))


def test_a_change_is_told_only_where_its_interval_leaves_out_nought(protocol: Protocol) -> None:
    briefing = _made("periodic", protocol, _changing(example.study(80, 4)))
    tables = [b for b in blocks_of(briefing, TableBlock) if isinstance(b, TableBlock)]
    assert "table-trend-outcome" in {table.key for table in tables}
    points = [p for p in _points(briefing) if "95% interval of the difference" in p]
    assert any(p.startswith("Significant harm: 0 in 2017") and "more often by" in p for p in points)
    assert any(p.startswith("Death") and "less often by" in p for p in points)
    for point in points:
        low, high = (float(each) for each in re.findall(r"by ([\d.]+) to ([\d.]+) percentage points", point)[0])
        assert 0 <= low <= high
    assert "half were published within" in all_text(briefing)


def test_one_period_has_nothing_beside_it(protocol: Protocol, study: StudyRecord) -> None:
    one = tuple(
        replace(
            r,
            publication_date="2019-05-01",
            characteristics=tuple(c for c in r.characteristics if c.field != "incident_date"),
        )
        for r in study.reviews
    )
    assert "there is nothing to set side by side" in all_text(
        _made("periodic", protocol, replace(study, reviews=one))
    )


def test_learning_about_the_police_without_a_recommendation_to_them_is_listed(
    protocol: Protocol, study: StudyRecord
) -> None:
    silent = tuple(replace(r, recommendations=()) for r in study.reviews)
    briefing = _made("quality", protocol, replace(study, reviews=silent))
    said = _points(briefing)
    lost = next(p for p in said if "ask nothing of the police" in p)
    number = int(lost.split(" of ")[0])
    listed = [p for p in said if re.fullmatch(r".+: \d+ passages?", p)]
    assert number == len(listed) > 5


def test_ratings_are_counted_of_the_reviews_that_were_rated(protocol: Protocol, study: StudyRecord) -> None:
    assert "Nobody has rated" in all_text(_made("quality", protocol, study))
    item = protocol.quality[0]
    values = [item.scale[0].id, item.scale[0].id, item.scale[1].id]
    included = [r for r in study.reviews if r.decision and r.decision.decision is ScreeningState.INCLUDED]
    given = dict(zip((r.review_id for r in included), values, strict=False))
    rated = tuple(
        replace(r, ratings=((item.id, given[r.review_id]),) if r.review_id in given else ()) for r in study.reviews
    )
    briefing = _made("quality", protocol, replace(study, reviews=rated))
    assert f"{item.scale[0].label}: 2 of 3 reviews (67%)" in _points(briefing)
    assert f"{item.scale[1].label}: 1 of 3 reviews (33%)" in _points(briefing)


def test_what_reviews_leave_out_is_counted_of_those_where_it_was_looked_for(
    protocol: Protocol, study: StudyRecord
) -> None:
    briefing = _made("quality", protocol, study)
    told = next(p for p in _points(briefing) if p.startswith("Sex is stated in "))
    assert re.search(r"(\d+|none) of \d+ reviews|all", told)
    assert list(figures_of(briefing))


@pytest.mark.parametrize(
    ("incident", "published", "expected"),
    [
        ("2016-03-01", "2017-05-20", Lag("R", 14, 14)),
        ("2016", "2017-05", Lag("R", 5, 16)),
        ("2018", "2017-05", None),
        ("", "2017", None),
    ],
)
def test_the_time_a_review_took_is_as_precise_as_its_dates(
    incident: str, published: str, expected: Lag | None
) -> None:
    assert lag("R", incident, published) == expected


def test_half_the_reviews_took_no_longer_than_the_median() -> None:
    assert middle_of([]) is None
    assert middle_of([Lag("a", 3, 3), Lag("b", 9, 9), Lag("c", 20, 22)]) == 9
    assert middle_of([Lag("a", 3, 3), Lag("b", 9, 9)]) == 6


def test_a_quality_briefing_says_how_specific_recommendations_are_and_which_come_again(
    protocol: Protocol, study: StudyRecord
) -> None:
    first = next(r for r in study.reviews if r.recommendations and _is_included(r))
    other = next(r for r in study.reviews if r.recommendations and _is_included(r) and r is not first)
    text = "The force should audit twenty welfare checks within six months and report back to the partnership board."
    asked = tuple(
        replace(review, recommendations=(replace(review.recommendations[0], text=text), *review.recommendations[1:]))
        if review in (first, other)
        else review
        for review in study.reviews
    )
    told = all_text(_made("quality", protocol, replace(study, reviews=asked)))
    assert "Says by when:" in told
    assert "made in more than one review" in told


def _is_included(review: ReviewRecord) -> bool:
    return review.decision is not None and review.decision.decision is ScreeningState.INCLUDED


def test_without_recommendations_a_quality_briefing_says_that_none_was_recorded(
    protocol: Protocol, study: StudyRecord
) -> None:
    none = tuple(replace(review, recommendations=()) for review in study.reviews)
    assert "No recommendation of an included review" in all_text(
        _made("quality", protocol, replace(study, reviews=none))
    )


@pytest.mark.parametrize("kind", KINDS)
def test_appendices_are_lettered_in_order_and_limits_are_told_once(
    kind: str, protocol: Protocol, study: StudyRecord
) -> None:
    headings = [
        block.text for block in blocks_of(_made(kind, protocol, study), Heading) if isinstance(block, Heading)
    ]
    letters = [text[9] for text in headings if text.startswith("Appendix ")]
    assert letters == list("ABC"[: len(letters)])
    assert len([text for text in headings if text.startswith("Limits")]) == 1


def test_too_few_in_a_period_are_not_said_to_be_alike(protocol: Protocol) -> None:
    """Nothing is said of a change, nor that there was none, where a period has fewer than are compared."""
    small = all_text(_made("periodic", protocol, _changing(example.study(12, 3))))
    assert "where each has at least 10" in small
    assert "No share differs" not in small


def test_without_a_plan_nothing_is_said_of_one(protocol: Protocol, study: StudyRecord) -> None:
    assert "the actions of the plan" in all_text(_made("themed", protocol, study))
    bare = protocol.model_copy(update={"plan": None})
    assert "the plan" not in all_text(_made("themed", bare, study))
