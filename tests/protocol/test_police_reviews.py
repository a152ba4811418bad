"""police-reviews holds what the published analyses count, and its tables balance by definition."""

from __future__ import annotations

import csv
from datetime import date
from itertools import chain, combinations

import pytest

from goldthread.protocol.load import DATA, load
from goldthread.protocol.model import Condition, FieldKind, Group, Protocol, TableDefinition, TableKind
from goldthread.values import Unit

BRIEFINGS = {"meta-analysis", "practice", "themed", "periodic", "quality"}


@pytest.fixture(scope="module")
def protocol() -> Protocol:
    return load("police-reviews")


def test_every_review_type_of_the_field_is_there_and_joint_is_none(protocol: Protocol) -> None:
    assert [kind.id for kind in protocol.review_types] == ["SCR", "CPR", "CSPR", "LCSPR", "SAR", "APR", "DHR"]


def test_every_exclusion_reason_of_the_published_flow_is_there_in_precedence(protocol: Protocol) -> None:
    assert [reason.id for reason in protocol.reasons] == [
        *("duplicate", "document_not_available", "not_statutory_review", "out_of_jurisdiction", "out_of_date"),
        *("no_police_involvement", "post_incident_only", "too_brief", "no_police_learning", "date_unclear"),
    ]


def test_only_what_no_value_tells_is_left_to_a_person(protocol: Protocol) -> None:
    by_hand = {reason.id for reason in protocol.reasons if not reason.triggers}
    assert by_hand == {"duplicate", "not_statutory_review"}


def test_the_period_begins_where_the_published_criteria_put_it(protocol: Protocol) -> None:
    period = next(criterion for criterion in protocol.criteria if criterion.id == "in_period")
    begins = {kind: rule.any_of[0][0] for rule in period.rules for kind in rule.review_types}
    assert set(begins) == set(protocol.review_type_by_id)
    for kind, condition in begins.items():
        adult = kind in ("SAR", "APR")
        assert condition.field == ("publication_date" if adult else "incident_date")
        assert condition.on_or_after == (date(2015, 4, 1) if adult else date(2016, 1, 1))


def test_the_ten_perennial_issues_are_themes_with_risk_split_in_two(protocol: Protocol) -> None:
    assert len(protocol.codebook.themes) == 11
    assert {"risk_identification", "risk_assessment_management"} <= protocol.theme_by_id.keys()
    assert all(theme.definition for theme in protocol.codebook.themes)


def test_the_plan_names_the_nine_published_actions(protocol: Protocol) -> None:
    assert protocol.plan is not None
    assert [action.id for action in protocol.plan.actions] == [
        *("2.1.1", "2.1.2", "2.1.3", "2.2.1", "2.4.1", "2.4.2", "2.4.3", "2.6.2", "2.7.1")
    ]
    aligned = {action for theme in protocol.codebook.themes for action in theme.actions}
    assert aligned == {action.id for action in protocol.plan.actions}


def test_some_themes_map_to_no_action_so_additional_considerations_are_not_empty(protocol: Protocol) -> None:
    assert "recording_researching" in {theme.id for theme in protocol.codebook.themes if not theme.actions}


def test_nine_things_are_rated_about_the_quality_of_a_review(protocol: Protocol) -> None:
    assert len(protocol.quality) == 9
    assert all(len(item.scale) >= 3 and item.question.endswith("?") for item in protocol.quality)


def test_every_table_of_the_published_reports_is_defined(protocol: Protocol) -> None:
    wanted = {f"T{n}" for n in range(1, 18)} | {"A2", "A3", "A4", "D1", "ES1", "ES2", "B1", "M1", "S1"}
    assert wanted <= protocol.table_by_id.keys()
    assert any(figure.table == "D1" for figure in protocol.figures)


def test_briefings_name_known_kinds_and_each_kind_has_flow_tables_and_figures(protocol: Protocol) -> None:
    named = set(chain.from_iterable(part.briefings for part in (*protocol.tables, *protocol.figures)))
    assert named == BRIEFINGS
    for kind in BRIEFINGS:
        assert any(table.population == "registered" and kind in table.briefings for table in protocol.tables)
        assert any(figure.kind == "flow" and kind in figure.briefings for figure in protocol.figures)


def test_tables_that_count_reviews_by_kind_say_what_they_count(protocol: Protocol) -> None:
    worded = {TableKind.CROSSTAB, TableKind.SUMMARY, TableKind.MATRIX}
    assert all(table.unit_label for table in protocol.tables if table.kind in worded)


# values of the printed tables, ignoring “unclear”, which is a kind of missing
PRINTED = {
    "T5": ("death_category_child", 8),
    "T6": ("death_category_adult", 5),
    "T7": ("harm_category_child", 6),
    "T8": ("harm_category_adult", 3),
    "T9": ("context_child", 8),
    "T10": ("context_adult", 5),
    "T11": ("vulnerabilities", 8),
}


@pytest.mark.parametrize(("table", "printed"), PRINTED.items())
def test_a_table_has_at_least_the_printed_rows(table: str, printed: tuple[str, int], protocol: Protocol) -> None:
    field, rows = printed
    definition = protocol.table_by_id[table]
    assert definition.rows.field == field
    assert len(definition.rows.only or protocol.field_by_id[field].values) >= rows


def test_unclear_and_not_stated_are_kinds_of_missing_and_never_values(protocol: Protocol) -> None:
    for field in protocol.fields:
        assert not {"unclear", "not_stated", "unknown", "withheld"} & {value.id for value in field.values}


def _meets(types: tuple[str, ...], condition: Condition) -> bool:
    """A plain reading of conditions on review types, apart from the engine that computes tables."""
    values = types if condition.field == "review_type" else (("joint",) if len(types) > 1 else types)
    if condition.stated is not None:
        return bool(values) is condition.stated
    if condition.outside is not None:
        return bool(values) and not set(values) & set(condition.outside)
    return bool(set(values) & set(condition.within or ()))


def _typed(conditions: tuple[Condition, ...]) -> bool:
    return all(condition.field in ("review_type", "review_group") for condition in conditions)


def _mixes(protocol: Protocol) -> list[tuple[str, ...]]:
    ids = list(protocol.review_type_by_id)
    return [(), *((one,) for one in ids), *combinations(ids, 2), *combinations(ids, 3)]


def _by_type(table: TableDefinition) -> list[tuple[Group, ...]]:
    axes = (table.rows.groups, table.columns.groups)
    return [groups for groups in axes if groups and all(_typed(group.where) for group in groups)]


def test_every_review_falls_in_exactly_one_column_whatever_its_types(protocol: Protocol) -> None:
    checked = 0
    for table in protocol.tables:
        narrowed = tuple(part for part in table.where if part.field in ("review_type", "review_group"))
        for groups in _by_type(table):
            for types in _mixes(protocol):
                if not all(_meets(types, part) for part in narrowed):
                    continue
                parts = [group for group in groups if group.where]  # a column for all of them has no condition
                homes = [group.id for group in parts if all(_meets(types, part) for part in group.where)]
                assert len(homes) == 1, (table.id, types, homes)
                checked += 1
    assert checked > 500


def test_child_and_adult_death_tables_share_no_review_and_leave_none_out(protocol: Protocol) -> None:
    for child, adult in (("T5", "T6"), ("T7", "T8"), ("T9", "T10")):
        for types in _mixes(protocol)[1:]:
            inside = [
                all(
                    _meets(types, part)
                    for part in protocol.table_by_id[table].where
                    if part.field in ("review_type", "review_group")
                )
                for table in (child, adult)
            ]
            assert sum(inside) == 1, (child, adult, types)


def test_joint_reviews_have_a_column_of_their_own_in_the_flow(protocol: Protocol) -> None:
    assert "joint" in [group.id for group in protocol.table_by_id["A4"].columns.groups]
    assert "joint" not in [group.id for group in protocol.table_by_id["T4"].columns.groups]


def test_every_territorial_force_is_in_the_region_the_gazetteer_gives_it(protocol: Protocol) -> None:
    region = protocol.field_by_id["police_region"]
    with (DATA / "gazetteers" / "forces.csv").open(encoding="utf-8", newline="") as file:
        forces = [row for row in csv.DictReader(file) if row["kind"] == "territorial"]
    placed = {name: group for group, names in region.groups.items() for name in names}
    labels = {value.id: value.label for value in region.values}
    assert len(forces) == 43
    for force in forces:
        assert labels[placed[force["name"]]] == force["region"]


def test_every_age_has_one_band_and_one_group(protocol: Protocol) -> None:
    for name in ("age_band", "age_group"):
        bands = protocol.field_by_id[name].bands
        for age in range(111):
            homes = [b.id for b in bands if (b.low is None or b.low <= age) and (b.high is None or age <= b.high)]
            assert len(homes) == 1, (name, age)


def test_whose_risk_can_be_anybody_the_printed_table_names(protocol: Protocol) -> None:
    assert [value.id for value in protocol.codebook.whose] == ["suspect", "adult", "child", "adolescent"]


def test_child_fields_are_not_asked_of_adult_reviews(protocol: Protocol) -> None:
    for name in ("death_category_child", "harm_category_child", "context_child", "looked_after"):
        types = next(c.within for c in protocol.field_by_id[name].applies if c.field == "review_type")
        assert types == ("SCR", "CPR", "CSPR", "LCSPR")


def test_every_kind_of_extractor_is_used(protocol: Protocol) -> None:
    assert {field.kind for field in protocol.fields} == set(FieldKind)


def test_people_are_logged_apart_from_reviews(protocol: Protocol) -> None:
    units = {field.id: field.unit for field in protocol.fields}
    assert units["age"] is Unit.SUBJECT
    assert units["suspect_age"] is Unit.SUSPECT
    assert units["outcome"] is Unit.REVIEW
    for table in protocol.tables:
        if table.unit is Unit.REVIEW and table.rows.field in units:
            assert units[table.rows.field] is Unit.REVIEW, table.id


def test_every_theme_has_questions_and_something_to_read_by_title_and_publisher() -> None:
    for theme in load("police-reviews").codebook.themes:
        assert theme.questions, theme.id
        assert theme.resources, theme.id
        assert all(one.title and one.publisher and one.about.endswith(".") for one in theme.resources), theme.id
