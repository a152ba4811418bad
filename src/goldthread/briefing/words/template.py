"""The outline of one kind of briefing as data: its sections in order, their headings, standing prose, tables.

The kinds that come with Goldthread are files in templates/kinds; a study may have its own, of the same name or a new
one, in `protocol/briefings`.
"""

from __future__ import annotations

from functools import cached_property
from typing import Literal

from pydantic import Field

from goldthread.protocol.record import Id, Record

PLACES: tuple[Literal["text", "after"], ...] = ("text", "after")
"""The slots of a section that hold prose: what stands before the part it shows, and after it."""


class SectionOutline(Record):
    """One section: what it shows, under which heading, with which words around it.

    `show` names a part that is written from the study (see `sections.BUILDERS`); without it the section is prose
    alone. `text` and `after` are standing prose, which may name live figures. `tables` are printed there, each with
    the charts drawn from it, and nowhere else. `box` sets the prose of `text` apart in a box with that title.
    """

    id: Id
    show: str = ""
    heading: str = ""
    text: str = ""
    after: str = ""
    box: str = ""
    tables: tuple[str, ...] = ()


class Template(Record):
    """One kind of briefing.

    `name` is what lists call it; `like` names the kind whose tables a study's own kind prints. `wording` gives
    single sentences other words; its keys are those of templates/wording.toml. `kind`, `file` and `lines` say where
    it was read.
    """

    kind: str
    file: str = ""
    lines: dict[str, int] = Field(default_factory=dict)
    name: str = ""
    title: str
    like: str = ""
    quotes_a_group: int = Field(default=2, ge=0)
    quotes_a_theme: int = Field(default=6, ge=0)
    tables_in_snapshot: bool = True
    sections: tuple[SectionOutline, ...] = ()
    wording: dict[str, str] = Field(default_factory=dict)

    @property
    def called(self) -> str:
        """What lists call it."""
        return self.name or self.title

    @property
    def prints(self) -> str:
        """The kind by which the protocol's tables and figures say that they belong here."""
        return self.like or self.kind

    @cached_property
    def section_by_id(self) -> dict[str, SectionOutline]:
        return {section.id: section for section in self.sections}

    @cached_property
    def placed(self) -> frozenset[str]:
        """The tables that sections name themselves: no other part prints them."""
        return frozenset(table for section in self.sections for table in section.tables)

    def place(self, section: str, slot: str) -> str:
        """Where the words of a slot are written: file and line."""
        return f"{self.file}:{self.lines.get(f'{section}.{slot}', self.lines.get(section, 1))}"
