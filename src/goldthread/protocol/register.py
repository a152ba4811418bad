"""Registers as a protocol knows them: how the rows of a CSV become reviews, documents and logged values."""

from __future__ import annotations

from pydantic import Field

from goldthread.protocol.record import Id, Record
from goldthread.values import Missing


class RegisterField(Record):
    """A column that states a field of the case template.

    `values` says which cell stands for which value, capitals apart; without it the cell is the value (a date in any
    usual form). `missing` says which cells stand for which kind of missing. Several columns may state one field
    that has several values; a cell mapped to "" then says nothing.
    """

    field: Id
    column: str
    values: dict[str, str] = Field(default_factory=dict)
    missing: dict[str, Missing] = Field(default_factory=dict)


def known_cells(stated: RegisterField) -> dict[str, str | Missing]:
    """What each cell stands for, by the cell in lower case."""
    kinds = {cell.casefold(): kind for cell, kind in stated.missing.items()}
    return {**{cell.casefold(): value for cell, value in stated.values.items()}, **kinds}


class RegisterMapping(Record):
    """How a CSV register becomes reviews: which columns identify it and which become the document.

    `recognise` are header names that must all be present. `reference`, `url` and `publication_date` name columns;
    where a row's reference is empty its url stands for it. `title` is a column, or a pattern with columns in
    braces (`Report {id}, {area}`).

    The document is made of blocks with one blank line between them: `heading`, a fixed line; the `metadata`, a
    (label, column) pair a line written `Label: value`, or the value alone where the label is blank; then each
    (heading, column) of `text`, the heading on a line of its own unless it is blank. A pair whose column is empty
    is left out, unless `keep_empty` says that an empty box of a form stands for itself. Values are written as they
    are in the register, but runs of blanks become one; the document ends in one line end.

    `fields` are logged from the document's own lines; each column among them must have its line in `metadata`. Rows
    alike in every column of `same_case` are listed as perhaps one case; nothing is merged.
    """

    id: Id
    label: str
    recognise: tuple[str, ...]
    review_type: str
    source: str
    reference: str
    title: str
    heading: str = ""
    url: str = ""
    publication_date: str = ""
    metadata: tuple[tuple[str, str], ...] = ()
    text: tuple[tuple[str, str], ...]
    keep_empty: bool = False
    fields: tuple[RegisterField, ...] = ()
    same_case: tuple[str, ...] = ()
