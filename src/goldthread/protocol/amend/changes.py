"""What may be amended: one frozen value a kind of change, written and read as plain data.

A code is named by its id: a theme's, or a sub-theme's, which is its own in the whole codebook; "theme/sub-theme"
where a theme has the same id.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter, ValidationError, model_validator

from goldthread.errors import UsageError
from goldthread.protocol.model import Condition
from goldthread.protocol.record import Id, Record

Text = Annotated[str, Field(min_length=1, max_length=300)]


class NewCode(Record):
    """A code to be made. `cues` are phrases by which the first engine finds it."""

    id: Id
    label: Text
    definition: str = ""
    cues: tuple[str, ...] = ()


class AddCode(Record):
    """A new theme, or a new sub-theme `below` one."""

    kind: Literal["add_code"] = "add_code"
    below: str = ""
    code: NewCode


class DescribeCode(Record):
    """Another name or definition of a code; what is coded with it stays."""

    kind: Literal["describe_code"] = "describe_code"
    code: str
    label: Text
    definition: str = ""


class MoveCode(Record):
    """A sub-theme put below another theme, with everything coded with it."""

    kind: Literal["move_code"] = "move_code"
    code: str
    below: str


class MergeCodes(Record):
    """One code taken up into another, with everything coded with it."""

    kind: Literal["merge_codes"] = "merge_codes"
    code: str
    into: str


class SplitCode(Record):
    """New codes made out of one: themes of a theme, sub-themes of a sub-theme. What goes to which is chosen.

    What was chosen may also go `into` a code there is.
    """

    kind: Literal["split_code"] = "split_code"
    code: str
    parts: tuple[NewCode, ...] = ()
    into: str = ""

    @model_validator(mode="after")
    def _somewhere(self) -> SplitCode:
        if not self.parts and not self.into:
            raise ValueError("no new code is named, and no code there is")
        return self


class RetireCode(Record):
    """A code offered no more. What is coded with it is counted still, or goes to the code `instead`."""

    kind: Literal["retire_code"] = "retire_code"
    code: str
    instead: str = ""


class DescribeField(Record):
    """Another label or definition of a field of the case template."""

    kind: Literal["describe_field"] = "describe_field"
    field: str
    label: Text
    definition: str = ""


class AddValue(Record):
    """One more value of a field, or of `explanation`, `whose` or `agency` of the codebook."""

    kind: Literal["add_value"] = "add_value"
    field: str
    id: Id
    label: Text
    definition: str = ""
    parent: str = ""


class DescribeValue(Record):
    """Another label or definition of a value of a field, or of direction, explanation, whose or agency."""

    kind: Literal["describe_value"] = "describe_value"
    field: str
    value: str
    label: Text
    definition: str = ""


class DescribeCriterion(Record):
    """Another wording of a criterion; how it is answered from values stays."""

    kind: Literal["describe_criterion"] = "describe_criterion"
    criterion: str
    question: Text
    guidance: str = ""


class SetLimit(Record):
    """Another limit in a criterion's rule: an age or a count, or a day.

    The condition is found by its place: the rule, the alternative in it and the condition in that, from 1.
    """

    kind: Literal["set_limit"] = "set_limit"
    criterion: str
    rule: int = Field(ge=1)
    alternative: int = Field(default=1, ge=1)
    condition: int = Field(default=1, ge=1)
    limit: float | date


class DescribeReason(Record):
    """Another label or definition of a reason to leave a review out."""

    kind: Literal["describe_reason"] = "describe_reason"
    reason: str
    label: Text
    definition: str = ""


class PlaceReason(Record):
    """A reason put before another one, or `before` none, last: the first that applies is the main reason."""

    kind: Literal["place_reason"] = "place_reason"
    reason: str
    before: str = ""


class DescribeTable(Record):
    """Another title or note of a table."""

    kind: Literal["describe_table"] = "describe_table"
    table: str
    title: Text
    note: str = ""


class FilterTable(Record):
    """Other conditions that narrow what a table counts; none counts everything."""

    kind: Literal["filter_table"] = "filter_table"
    table: str
    where: tuple[Condition, ...] = ()


class DescribeQuality(Record):
    """Another label or question of an item that reviews are rated on."""

    kind: Literal["describe_quality"] = "describe_quality"
    item: str
    label: Text
    question: Text


OfCodebook = AddCode | DescribeCode | MoveCode | MergeCodes | SplitCode | RetireCode
OfProtocol = (
    DescribeField
    | AddValue
    | DescribeValue
    | DescribeCriterion
    | SetLimit
    | DescribeReason
    | PlaceReason
    | DescribeTable
    | FilterTable
    | DescribeQuality
)
Change = OfCodebook | OfProtocol
_ANY: TypeAdapter[Change] = TypeAdapter(Annotated[Change, Field(discriminator="kind")])

KINDS: tuple[str, ...] = tuple(
    str(each.model_fields["kind"].default) for each in (*OfCodebook.__args__, *OfProtocol.__args__)
)
"""The kinds of change there are."""

SCREENS = ("set_limit", "place_reason")
"""Kinds that bear on what the rules of screening propose."""
SILENT = ("describe_criterion", "describe_reason", "describe_table", "filter_table", "describe_quality", *SCREENS)
"""Kinds that change nothing an engine reads for."""
WORDS = ("describe_code", "describe_field", "describe_value")
"""Kinds that change only words: an engine that goes by ids and cues reads for nothing else, one told words does."""


def read(data: object) -> Change:
    """A change from plain data. Raises UsageError naming the first thing wrong with it."""
    try:
        return _ANY.validate_python(data)
    except ValidationError as fault:
        raise UsageError(_told(fault), mend="mend that and try again") from fault


def written(change: Change) -> dict[str, object]:
    """A change as plain data, without what is left at its default; `read` reads it back."""
    plain: dict[str, object] = change.model_dump(mode="json", exclude_defaults=True)
    return {"kind": change.kind, **plain}


def _told(fault: ValidationError) -> str:
    first = fault.errors(include_url=False)[0]
    names = [str(step) for step in first["loc"] if isinstance(step, str) and step not in KINDS]
    if first["type"] == "union_tag_invalid":
        return f"there is no such kind of amendment; there are {', '.join(KINDS)}"
    if first["type"] in ("missing", "string_too_short"):
        return f"{' '.join(names) or 'something'} is not given"
    if first["type"] == "string_pattern_mismatch":
        return f"{first['input']!r} is not an id: letters, digits, _ and - only"
    return f"{' '.join(names) or 'the amendment'}: {first['msg'][:1].lower()}{first['msg'][1:]}"
