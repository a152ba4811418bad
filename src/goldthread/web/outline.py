"""The outline of a briefing as its page shows it: sections with their words, and what moved since they were read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from goldthread.briefing.blocks import Block
from goldthread.briefing.evidence import EvidenceIndex
from goldthread.briefing.words import prose
from goldthread.briefing.words.own_words import Moved, OwnWords, moved
from goldthread.briefing.words.template import PLACES, SectionOutline, Template
from goldthread.errors import UsageError
from goldthread.study.publishing.press import Press
from goldthread.study.publishing.wording import stamp
from goldthread.values import Basis

SLOTS = {"text": "Opening words", "after": "Closing words"}


@dataclass(frozen=True, slots=True)
class SlotView:
    """One place for words: what stands there, whose it is, which figures have moved, what is wrong."""

    section: str
    slot: str
    name: str
    text: str
    own: OwnWords | None
    seen: str
    blocks: tuple[Block, ...]
    moved: tuple[Moved, ...]
    fault: str

    @property
    def key(self) -> str:
        """How an address names it."""
        return f"{self.section}.{self.slot}"


@dataclass(frozen=True, slots=True)
class SectionView:
    """One section with its places for words."""

    outline: SectionOutline
    slots: tuple[SlotView, ...]

    @property
    def called(self) -> str:
        """What the outline calls it."""
        return self.outline.heading or self.outline.box or self.outline.id.replace("_", " ").capitalize()

    @property
    def to_read(self) -> int:
        """How many of its places want to be read again."""
        return sum(1 for slot in self.slots if slot.moved or slot.fault)


def sections(press: Press, template: Template, basis: Basis) -> tuple[SectionView, ...]:
    """Every section in order. No figure is counted but those that words name."""
    own = {(one.section, one.slot): one for one in press.words(template.kind)}
    return tuple(
        SectionView(
            section, tuple(_slot(press, section, slot, own.get((section.id, slot)), basis) for slot in PLACES)
        )
        for section in template.sections
    )


def lost(template: Template, words: Sequence[OwnWords]) -> tuple[OwnWords, ...]:
    """Words kept for sections that the outline no longer has."""
    return tuple(one for one in words if one.section not in template.section_by_id)


def _slot(press: Press, section: SectionOutline, slot: str, own: OwnWords | None, basis: Basis) -> SlotView:
    text = own.text if own else section.text if slot == "text" else section.after
    blocks: tuple[Block, ...] = ()
    fault = ""
    try:
        if text:
            blocks = prose.blocks(text, press.figures(basis), EvidenceIndex())
    except UsageError as error:
        fault = f"{error.what}: {error.mend}" if error.mend else error.what
    changed = moved(own, press.figures(Basis(own.basis))) if own and own.figures else ()
    return SlotView(section.id, slot, SLOTS[slot], text, own, stamp(own), blocks, changed, fault)
