"""What an earlier report counted, and how its categories correspond to a field of this protocol."""

from __future__ import annotations

from pydantic import Field

from goldthread.protocol.record import Id, Record


class Category(Record):
    """One category of the earlier report. `to` is our value it corresponds to; "" where it corresponds to none."""

    id: Id
    label: str
    to: str = ""


class EarlierPeriod(Record):
    """What the report printed for one period: its n, and how many by category."""

    id: Id
    label: str
    base: int = Field(ge=0)
    counts: dict[str, int]


class Crosswalk(Record):
    """An earlier report set beside a field. Several categories may correspond to one value.

    `source` says where the figures are printed; they stand as printed, with no evidence behind them here.
    """

    id: Id
    title: str
    field: str
    source: str
    categories: tuple[Category, ...]
    periods: tuple[EarlierPeriod, ...]
