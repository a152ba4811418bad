"""A protocol: everything a study decides in advance, as validated, immutable data.

Ids are lower-case words joined by underscores (`risk_assessment`), except codes the field already has
(`SCR`, `T4`, `2.1.1`). Every list is ordered: the order is the order people see, and for exclusion
reasons it is the precedence.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Literal

from pydantic import Field

from goldthread.protocol.codebook import Codebook, Theme
from goldthread.protocol.crosswalk import Crosswalk
from goldthread.protocol.lexicon import Lexicon
from goldthread.protocol.plan import Plan
from goldthread.protocol.record import Id, Record, Value
from goldthread.protocol.register import RegisterMapping
from goldthread.protocol.strength import StrengthRule
from goldthread.values import Unit


class About(StrEnum):
    """Whom a type of review is about."""

    CHILD = "child"
    ADULT = "adult"
    BOTH = "both"


class ReviewType(Record):
    """One kind of statutory review.

    `purpose` says when one is undertaken. `cues` are phrases that name it on a title page; a cue inside a longer cue
    of another type, or inside one of its own `unless` phrases, does not count. `cite_as` stands first in citations:
    [SCR CG].
    """

    id: Id
    label: str
    about: About
    basis: str = ""
    overseer: str = ""
    purpose: str = ""
    cite_as: str
    cues: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


class SourceKind(Record):
    """A kind of place where reviews are found."""

    id: Id
    label: str
    covers: str = ""


class FieldKind(StrEnum):
    """How a characteristic is read from text; each kind has one generic extractor."""

    AGE = "age"
    CATEGORY = "category"
    PRESENCE = "presence"
    DATE = "date"
    GAZETTEER = "gazetteer"
    COUNT = "count"
    TEXT = "text"
    DERIVED = "derived"


class Band(Record):
    """A numeric band, both ends included; an open end is None."""

    id: Id
    label: str
    low: int | None = None
    high: int | None = None


class Condition(Record):
    """A test on one field of a record; exactly one of the tests is given.

    A field with several values meets `within` when any of its values is listed, and `outside` when it has a
    value and none is listed. A missing value meets none of the tests but `stated = false` and `missing`.
    `missing` lists kinds of missing. Dates compare as far as they are precise.
    """

    field: str
    within: tuple[str, ...] | None = None
    outside: tuple[str, ...] | None = None
    stated: bool | None = None
    missing: tuple[str, ...] | None = None
    on_or_after: date | None = None
    before: date | None = None
    at_least: float | None = None
    at_most: float | None = None


class FieldDefinition(Record):
    """One characteristic logged for every review, subject or suspect.

    `applies` are conditions on other fields; where they fail the value is missing as *not applicable*.
    A derived field takes its value from `derived_from` through `bands` (of an age or a count) or, for
    categories and gazetteers, `groups` (value id → source value ids, or names of the gazetteer).
    """

    id: Id
    label: str
    section: str
    unit: Literal[Unit.REVIEW, Unit.SUBJECT, Unit.SUSPECT] = Unit.REVIEW
    kind: FieldKind
    multiple: bool = False
    values: tuple[Value, ...] = ()
    gazetteer: str = ""
    applies: tuple[Condition, ...] = ()
    derived_from: str = ""
    bands: tuple[Band, ...] = ()
    groups: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    definition: str = ""
    source: str = ""


class Section(Record):
    """A heading of the case template."""

    id: Id
    label: str


class CriterionRule(Record):
    """How a criterion is answered from values; the first rule whose review types match is used.

    Met when every condition of at least one of `any_of` holds; unclear when a value it needs is missing.
    """

    review_types: tuple[str, ...] = ()
    any_of: tuple[tuple[Condition, ...], ...]


class Criterion(Record):
    """A question every registered review must answer to be included."""

    id: Id
    question: str
    guidance: str = ""
    rules: tuple[CriterionRule, ...] = ()


class ReasonTrigger(Record):
    """When a reason applies: a criterion's answer, or conditions on values (all must hold)."""

    criterion: str = ""
    answer: Literal["unmet", "unclear", ""] = ""
    conditions: tuple[Condition, ...] = ()


class ExclusionReason(Record):
    """One main reason for leaving a review out. The order of reasons is their precedence."""

    id: Id
    label: str
    definition: str = ""
    triggers: tuple[ReasonTrigger, ...] = ()


class QualityItem(Record):
    """One thing to rate about a review as a source.

    `scale` runs from best to worst; the grades in `apart` stand outside that order ("cannot be told").
    """

    id: Id
    label: str
    question: str
    scale: tuple[Value, ...]
    apart: tuple[str, ...] = ()

    @property
    def ranked(self) -> tuple[str, ...]:
        """The ids of the grades that have an order, from best to worst."""
        return tuple(one.id for one in self.scale if one.id not in self.apart)


class RecommendationScheme(Record):
    """To whom recommendations are addressed and how wide they reach."""

    addressees: tuple[Value, ...]
    scopes: tuple[Value, ...]


class TableKind(StrEnum):
    """The shapes a table may have."""

    CROSSTAB = "crosstab"  # rows × columns, counting units
    SUMMARY = "summary"  # groups × range, mean, median of a number
    MATRIX = "matrix"  # one row a review, one column a theme or value
    CRITERIA = "criteria"  # the screening criteria as text, by review type
    ALIGNMENT = "alignment"  # plan actions (or what maps to none) × findings
    LISTING = "listing"  # one row a unit, one column a field, in words
    FUNNEL = "funnel"  # steps, each counted among those of the step before
    TOGETHER = "together"  # pairs of values that occur together, beside what chance would give
    RATES = "rates"  # areas × events, people, and events per so many people, period by period
    PERIODS = "periods"  # a field by periods, an earlier report's beside them, and what changed
    TERMS = "terms"  # what each type of review is, in words


class Group(Record):
    """A named row or column: the units that meet every condition. No condition means all."""

    id: Id
    label: str
    where: tuple[Condition, ...] = ()


class Axis(Record):
    """Rows or columns: the values of one `field`, or named `groups`; never both.

    `only` limits a field to some of its values; `order` puts rows as defined or by falling count;
    `zeros` keeps rows, or columns, nobody falls in.
    """

    field: str = ""
    groups: tuple[Group, ...] = ()
    only: tuple[str, ...] = ()
    order: Literal["defined", "count"] = "defined"
    zeros: bool = True


class TableDefinition(Record):
    """How one table is computed.

    `unit` is what a cell counts. `population` is every registered review (for flow tables) or the
    included ones. `where` narrows the population. For a review-unit table over episode fields
    (`theme`, `subtheme`, `direction`, `explanation`, `whose`) a review counts once in a cell however many
    episodes it has there, and `episodes` are conditions that one and the same episode must meet.
    `percent_of` names the denominator: the column's stated units, the column's whole population, the row,
    the table, or none. `exclusive` tables must have cells that add up to their total.
    The groups of a funnel’s rows are its steps, in order. A table of rates counts by the areas of its rows, `per` so
    many of the population that `measure` names ("children"), by the date `dated`. A table of periods has the
    `periods` named ("2014-2016"), or at most four of equal length; `crosswalk` sets an earlier report beside them.
    `fields` are the columns of a listing. `aligned` matters to alignment tables alone: true sets findings beside the
    plan's actions, false lists the themes that bear on none of them.
    """

    id: Id
    title: str
    kind: TableKind = TableKind.CROSSTAB
    unit: Unit = Unit.REVIEW
    population: Literal["included", "registered"] = "included"
    where: tuple[Condition, ...] = ()
    episodes: tuple[Condition, ...] = ()
    rows: Axis = Axis()
    columns: Axis = Axis()
    measure: str = ""
    fields: tuple[str, ...] = ()
    percent_of: Literal["stated", "column", "row", "table", "none"] = "stated"
    places: int = Field(default=0, ge=0, le=3)
    per: int = Field(default=100_000, ge=1)
    dated: str = "publication_date"
    periods: tuple[str, ...] = ()
    crosswalk: str = ""
    exclusive: bool = True
    show_missing: bool = True
    show_total: bool = True
    aligned: bool = True
    unit_label: str = ""
    note: str = ""
    source: str = ""
    briefings: tuple[str, ...] = ()


class FigureDefinition(Record):
    """A picture of one table: bars of its rows, or the flow of its ledger."""

    id: Id
    title: str
    table: str
    kind: Literal["bars", "stacked", "flow", "heatmap"]
    briefings: tuple[str, ...] = ()


class Protocol(Record):
    """A whole protocol. Lookups by id are exact; an unknown id raises KeyError.

    `amendments` counts what a study changed in it since (see `goldthread.protocol.amend`); a file never says so.
    """

    id: Id
    title: str
    version: str
    language: str = "en-GB"
    jurisdiction: str = ""
    description: str = ""
    citation: str = ""
    review_types: tuple[ReviewType, ...]
    sources: tuple[SourceKind, ...]
    sections: tuple[Section, ...]
    fields: tuple[FieldDefinition, ...]
    criteria: tuple[Criterion, ...]
    reasons: tuple[ExclusionReason, ...]
    codebook: Codebook
    recommendations: RecommendationScheme
    plan: Plan | None = None
    findings: StrengthRule | None = None
    quality: tuple[QualityItem, ...] = ()
    tables: tuple[TableDefinition, ...] = ()
    figures: tuple[FigureDefinition, ...] = ()
    crosswalks: tuple[Crosswalk, ...] = ()
    registers: tuple[RegisterMapping, ...] = ()
    lexicon: Lexicon = Lexicon()
    amendments: int = 0

    @property
    def edition(self) -> str:
        """The version with what was amended since: "1.0 with 2 amendments"."""
        if not self.amendments:
            return self.version
        return f"{self.version} with {self.amendments} {'amendment' if self.amendments == 1 else 'amendments'}"

    @cached_property
    def field_by_id(self) -> dict[str, FieldDefinition]:
        return {field.id: field for field in self.fields}

    @cached_property
    def vulnerabilities(self) -> tuple[Value, ...]:
        """What a passage may be coded with besides its themes: the values of the field of vulnerabilities."""
        field = self.field_by_id.get(self.codebook.vulnerabilities)
        return field.values if field else ()

    @cached_property
    def theme_by_id(self) -> dict[str, Theme]:
        return {theme.id: theme for theme in self.codebook.themes}

    @cached_property
    def review_type_by_id(self) -> dict[str, ReviewType]:
        return {kind.id: kind for kind in self.review_types}

    @cached_property
    def reason_by_id(self) -> dict[str, ExclusionReason]:
        return {reason.id: reason for reason in self.reasons}

    @cached_property
    def table_by_id(self) -> dict[str, TableDefinition]:
        return {table.id: table for table in self.tables}
