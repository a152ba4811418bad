"""Populations: the denominators of rates."""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa

from goldthread.sources.populations import Level, Population
from goldthread.store.schema import population


def known(connection: sa.Connection) -> tuple[Population, ...]:
    """Every population, unit by unit, period by period, in the order of areas."""
    columns = population.c
    rows = connection.execute(
        sa.select(population).order_by(columns.unit, columns.period, columns.level, columns.area)
    )
    return tuple(Population(Level(row.level), row.area, row.period, row.unit, row.people, row.source) for row in rows)


def keep(connection: sa.Connection, found: Iterable[Population]) -> None:
    """Keep populations in place of those of the same area, period and unit."""
    for one in found:
        connection.execute(population.delete().where(*_same(one)))
        connection.execute(
            population.insert().values(
                level=one.level.value,
                area=one.area,
                period=one.period,
                unit=one.unit,
                people=one.people,
                source=one.source,
            )
        )


def forget(connection: sa.Connection, found: Iterable[Population]) -> None:
    """Take populations out."""
    for one in found:
        connection.execute(population.delete().where(*_same(one)))


def _same(one: Population) -> tuple[sa.ColumnElement[bool], ...]:
    columns = population.c
    return (
        columns.level == one.level.value,
        columns.area == one.area,
        columns.period == one.period,
        columns.unit == one.unit,
    )
