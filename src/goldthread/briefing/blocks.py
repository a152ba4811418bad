"""A briefing as a small tree of blocks. HTML, DOCX and PDF are three renderers of the same tree."""

from __future__ import annotations

from dataclasses import dataclass, field

from goldthread.analysis.table import Table
from goldthread.anchors import Anchor
from goldthread.briefing.options import USUAL, Options
from goldthread.protocol.model import Condition
from goldthread.values import Basis


@dataclass(frozen=True, slots=True)
class Words:
    """Plain text inside a paragraph; with `url` a link to a page elsewhere."""

    text: str
    strong: bool = False
    emphasis: bool = False
    url: str = ""

    @classmethod
    def address(cls, url: str) -> Words:
        """An address, as a link where it is one of a web page; whatever else a register holds stays text."""
        return cls(url, url=url if url.startswith(("https://", "http://")) else "")


@dataclass(frozen=True, slots=True)
class LiveFigure:
    """A number in the prose, bound to the evidence it was counted from (`evidence` is an entry's key)."""

    text: str
    evidence: str


@dataclass(frozen=True, slots=True)
class CrossReference:
    """A table or figure of this briefing as prose names it, by the number it is printed with: "Table 3".

    `key` is that of its block, `noun` is "table" or "figure"; its title stands in where it is not printed.
    """

    key: str
    noun: str
    title: str

    @property
    def text(self) -> str:
        """What it is called where there are no numbers."""
        return f"“{self.title}”"


Inline = Words | LiveFigure | CrossReference


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; `level` from 1, and levels are never skipped. `key` is unique in the briefing."""

    text: str
    level: int
    key: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of words and live figures."""

    parts: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Items:
    """A list of points."""

    items: tuple[tuple[Inline, ...], ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a review, verbatim, with the citation and the place: "[SCR CG]", document, page."""

    anchor: Anchor
    citation: str
    file_name: str
    evidence: str


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A numbered table with its caption. `evidence` maps (row id, column id) to an evidence entry's key."""

    table: Table
    caption: str
    key: str
    evidence: dict[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class FigureBlock:
    """A picture as SVG with its caption, a text that says all it shows, and the table it is drawn from.

    `table` is None when the alternative already lists every number (the flow diagram); `evidence` is as for tables.
    """

    svg: str
    caption: str
    key: str
    alternative: str
    width_cm: float = 16.0
    table: Table | None = None
    evidence: dict[tuple[str, str], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Box:
    """A set-apart group of blocks with a title."""

    title: str
    blocks: tuple[Block, ...]


Block = Heading | Paragraph | Items | Quote | TableBlock | FigureBlock | Box


@dataclass(frozen=True, slots=True)
class EvidenceEntry:
    """One entry of the evidence index: what is claimed, the reviews counted, the words relied on."""

    key: str
    claim: str
    reviews: tuple[str, ...]
    anchors: tuple[Anchor, ...]


@dataclass(frozen=True, slots=True)
class HeldBack:
    """A passage that would have been quoted and was not, with what kinds of words in it may identify somebody."""

    anchor: Anchor
    citation: str
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Briefing:
    """A whole briefing, ready to render. Not confirmed means a draft, and every page says so.

    `citations` and `titles` go by review id, `file_names` by document id; `documents` says which review a
    document belongs to. `made` is the ISO moment the study stood as it is told: the renderers read no clock.
    `study`, `rounds`, `where` and `options` are the question the briefing answers.
    `public` are entries of what the list of reviews says of itself;
    `held_back` are passages that a disclosure policy kept from being quoted.
    """

    title: str
    subtitle: str
    kind: str
    basis: Basis
    language: str
    state: str
    made: str
    blocks: tuple[Block, ...]
    evidence: tuple[EvidenceEntry, ...]
    citations: dict[str, str] = field(default_factory=dict)
    file_names: dict[str, str] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    documents: dict[str, str] = field(default_factory=dict)
    study: str = ""
    rounds: tuple[str, ...] = ()
    where: tuple[Condition, ...] = ()
    options: Options = USUAL
    public: frozenset[str] = frozenset()
    held_back: tuple[HeldBack, ...] = ()
