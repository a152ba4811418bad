"""What every protocol value is made of."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.\-/]*$")]


class Record(BaseModel):
    """Base of all protocol values: frozen, and an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Value(Record):
    """One permitted value of a field or axis.

    `parent` nests it below another value of the same field: whatever has the value also counts for the parent.
    """

    id: Id
    label: str
    definition: str = ""
    parent: str = ""
