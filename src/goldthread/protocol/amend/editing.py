"""A record changed in some of its fields."""

from __future__ import annotations

from typing import TypeVar

from goldthread.protocol.record import Record

R = TypeVar("R", bound=Record)


def edited(record: R, **changed: object) -> R:
    """The record with some fields changed, held to the same rules as one that is read from a file."""
    plain = {name: getattr(record, name) for name in type(record).model_fields}
    return type(record).model_validate({**plain, **changed})
