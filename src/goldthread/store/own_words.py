"""A study's own words for its briefings."""

from __future__ import annotations

import sqlalchemy as sa

from goldthread.briefing.words.own_words import OwnWords
from goldthread.store.schema import own_words


def of_kind(connection: sa.Connection, kind: str) -> tuple[OwnWords, ...]:
    """The words kept for one kind of briefing, by section and slot."""
    chosen = sa.select(own_words).where(own_words.c.kind == kind).order_by(own_words.c.section, own_words.c.slot)
    return tuple(_made(row) for row in connection.execute(chosen))


def at(connection: sa.Connection, kind: str, section: str, slot: str) -> OwnWords | None:
    """The words kept for one slot."""
    row = connection.execute(sa.select(own_words).where(*_where(kind, section, slot))).first()
    return _made(row) if row else None


def keep(connection: sa.Connection, words: OwnWords) -> None:
    """Keep words in place of those before."""
    forget(connection, words.kind, words.section, words.slot)
    connection.execute(
        own_words.insert().values(
            kind=words.kind,
            section=words.section,
            slot=words.slot,
            text=words.text,
            basis=words.basis,
            figures=dict(words.figures),
            author=words.author,
            at=words.at,
        )
    )


def forget(connection: sa.Connection, kind: str, section: str, slot: str) -> None:
    """Leave a slot to the outline again."""
    connection.execute(own_words.delete().where(*_where(kind, section, slot)))


def _where(kind: str, section: str, slot: str) -> tuple[sa.ColumnElement[bool], ...]:
    return own_words.c.kind == kind, own_words.c.section == section, own_words.c.slot == slot


def _made(row: sa.Row[tuple[object, ...]]) -> OwnWords:
    return OwnWords(
        row.kind,
        row.section,
        row.slot,
        row.text,
        row.basis,
        tuple((str(name), str(said)) for name, said in row.figures.items()),
        row.author,
        row.at,
    )
