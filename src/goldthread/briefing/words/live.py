"""Figures that prose may name: `{included.total}`, `{theme.voice.reviews}`, `{T4:death:all}`.

A name is stable: it says what is counted, never where it stood. A form may follow it: `|share` for "12 of 40 (30%)",
`|percent` for "30%", `|noun` for "12 reviews".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz, process

from goldthread.analysis.arithmetic import percent
from goldthread.analysis.table import Cell, Column, Row, Table
from goldthread.anchors import Anchor
from goldthread.briefing import numbered
from goldthread.briefing.blocks import CrossReference
from goldthread.briefing.evidence import cell_claim
from goldthread.briefing.scope import Scope, included_by_type, is_shortfall, screening_evidence
from goldthread.briefing.words.phrases import counted
from goldthread.briefing.words.wording import say
from goldthread.coding.model import Episode, Recommendation
from goldthread.errors import UsageError
from goldthread.findings.model import Side
from goldthread.protocol import gazetteers
from goldthread.protocol.model import Axis, FieldKind, TableKind

PUBLIC = ("registered", "included", "excluded", "undecided")
"""How the names of figures begin that the list of reviews says of itself."""
FORMS = ("share", "percent", "noun", "cell")
_NEAR = 3
_COUNTED = (TableKind.CROSSTAB, TableKind.SUMMARY, TableKind.ALIGNMENT)


@dataclass(frozen=True, slots=True)
class Named:
    """One figure: its name, what it counts in words, the number, of how many, and the evidence.

    `printed` is how a table's cell shows it; `count` is None where a cell holds no plain number or may not be shown.
    """

    name: str
    label: str
    count: int | None
    whole: int | None = None
    noun: str = "review"
    reviews: tuple[str, ...] = ()
    anchors: tuple[Anchor, ...] = ()
    printed: str = ""
    claim: str = ""

    def text(self, form: str = "") -> str:
        """The figure as a sentence says it. Raises UsageError for a form it cannot take."""
        if form not in ("", *FORMS):
            raise UsageError(f"`{form}` is no form of a figure", mend=f"forms are {', '.join(FORMS)}")
        if self.count is None or form == "cell":
            return self.printed or f"{self.count or 0:,}"
        if form == "noun":
            return counted(self.count, self.noun)
        if form in ("share", "percent"):
            if not self.whole:
                raise UsageError(f"`{self.name}` is a part of nothing counted", mend=f"leave out `|{form}`")
            share = f"{percent(self.count, self.whole)}%"
            return share if form == "percent" else f"{self.count:,} of {self.whole:,} ({share})"
        return f"{self.count:,}"


@dataclass(frozen=True, slots=True)
class Offered:
    """A figure to choose, with what it says; a table (its name ends in a colon) says nothing itself."""

    name: str
    says: str
    label: str


class LiveFigures:
    """Every figure of one scope by its name; a table is counted when one of its cells is first named."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._cells: dict[str, dict[str, Named]] = {}

    def named(self, name: str) -> Named:
        """The figure of that name. Raises UsageError with the nearest names where there is none."""
        plain = self._plain.get(name) or self._absent(name)
        if plain is not None:
            return plain
        table, colon, _ = name.partition(":")
        if colon and table in self._scope.protocol.table_by_id:
            found = self._of_table(table).get(name) or self._nobody(name)
            if found is not None:
                return found
            raise UsageError(f"there is no figure `{name}`", mend=_near(name, self._of_table(table)))
        known = [*self._plain, *(f"{one}:" for one in self._tables)]
        raise UsageError(f"there is no figure `{name}`", mend=_near(name, known))

    def whole(self, name: str) -> CrossReference:
        """A table or figure as prose refers to it. Raises UsageError with the nearest names where there is none."""
        return numbered.named(name, self._scope.protocol)

    def everything(self) -> Iterator[Named]:
        """Every figure: counts first, then the cells of each table in the protocol's order."""
        yield from self._plain.values()
        for table in self._tables:
            yield from self._of_table(table).values()

    def search(self, words: str, most: int) -> tuple[Offered, ...]:
        """What a person may mean who types these words: figures, and tables to look into.

        The cells of a table are offered once its id and a colon are typed; before that no table is counted.
        """
        asked = words.strip().lower().split()
        if numbered.is_one(words.strip().lower()):
            return self._wholes(asked)[:most]
        table, colon, rest = words.strip().partition(":")
        if colon and table in self._tables:
            asked = rest.lower().split()
            cells = self._of_table(table).values()
            found = [
                Offered(one.name, one.text(), one.label) for one in cells if _matches(asked, one.name, one.label)
            ]
            return tuple(found[:most])
        titles = {one.id: one.title for one in self._scope.protocol.tables}
        plain = (one for one in self._plain.values() if _matches(asked, one.name, one.label))
        tables = [Offered(f"{one}:", "", titles[one]) for one in self._tables if _matches(asked, one, titles[one])]
        counts = [Offered(one.name, one.text(), one.label) for one in plain]
        room = max(most - len(tables), most // 2)
        return (*counts[:room], *tables[: most - len(counts[:room])])

    def _wholes(self, asked: Sequence[str]) -> tuple[Offered, ...]:
        known = numbered.everything(self._scope.protocol)
        found = ((name, one) for name, one in known if _matches(asked, name, one.title))
        return tuple(Offered(name, say(f"reference.{one.noun}", number="…"), one.title) for name, one in found)

    @cached_property
    def _tables(self) -> tuple[str, ...]:
        return tuple(table.id for table in self._scope.protocol.tables if table.kind in _COUNTED)

    @cached_property
    def _plain(self) -> dict[str, Named]:
        parts = (_flow, _practice, _asked, _findings)
        return {one.name: one for part in parts for one in part(self._scope)}

    def _absent(self, name: str) -> Named | None:
        """A count of something that does not occur is nought, not a fault."""
        head, _, rest = name.partition(".")
        if head == "included" and rest in {kind.cite_as for kind in self._scope.protocol.review_types}:
            return Named(name, f"{say('flow.included')}, {rest}", 0, len(self._scope.included))
        return None

    def _of_table(self, table_id: str) -> dict[str, Named]:
        if table_id not in self._cells:
            definition = self._scope.protocol.table_by_id[table_id]
            table = self._scope.tabulate(definition)
            self._cells[table_id] = {one.name: one for one in _cells(table)}
        return self._cells[table_id]

    def _nobody(self, name: str) -> Named | None:
        """A cell whose row or column nobody falls in today, and which is therefore not printed."""
        table, *rest = name.split(":")
        definition = self._scope.protocol.table_by_id[table]
        axes = (definition.rows, definition.columns)
        permitted = [self._permitted(axis) for axis in axes]
        shown = {part for one in self._of_table(table).values() for part in one.name.split(":")[1:]}
        if not rest or len(rest) > 2 or definition.kind is not TableKind.CROSSTAB:
            return None
        if any(part not in shown and not any(part in ids for ids in permitted) for part in rest):
            return None
        label = say("evidence.cell", table=definition.title, row=rest[0], column="", text="0")
        return Named(name, label, 0, claim=label)

    def _permitted(self, axis: Axis) -> frozenset[str]:
        field = self._scope.protocol.field_by_id.get(axis.field)
        if field is None:
            return frozenset(group.id for group in axis.groups)
        if field.kind is FieldKind.GAZETTEER and field.gazetteer:
            return frozenset(gazetteers.load(field.gazetteer).by_name)
        return frozenset((*(v.id for v in field.values), *(b.id for b in field.bands), *field.groups))


def _matches(asked: Sequence[str], name: str, label: str) -> bool:
    told = f"{name} {label}".lower()
    return all(word in told for word in asked)


def _near(name: str, known: Iterable[str]) -> str:
    best = process.extract(name, list(known), scorer=fuzz.WRatio, limit=_NEAR, score_cutoff=50)
    near = ", ".join(f"`{word}`" for word, _, _ in best)
    return f"the nearest are {near}" if near else "`goldthread figures DIR` lists them all"


def _cells(table: Table) -> Iterator[Named]:
    for row in table.rows:
        for column, cell in zip(table.columns, row.cells, strict=True):
            if cell.text:
                yield _cell(table, row, column, cell)


def _cell(table: Table, row: Row, column: Column, cell: Cell) -> Named:
    parts = [table.id, row.id.replace(":", ".")]
    if len(table.columns) > 1:
        parts.append(column.id.replace(":", "."))
    claim = cell_claim(table.title, row, column, cell)
    label = claim.rpartition(": ")[0]
    noun = table.unit.value
    return Named(
        ":".join(parts), label, cell.count, cell.denominator, noun, cell.reviews, cell.anchors, cell.text, claim
    )


def _flow(scope: Scope) -> Iterator[Named]:
    registered = tuple(review.review_id for review in scope.registered)
    whole = len(registered)
    yield Named("registered.total", say("flow.registered"), whole, reviews=registered)
    included = tuple(review.review_id for review in scope.included)
    anchors = screening_evidence(scope.included, scope)
    yield Named("included.total", say("flow.included"), len(included), whole, reviews=included, anchors=anchors)
    out = tuple(review for ids in scope.left_out.values() for review in ids)
    yield Named("excluded.total", say("flow.excluded"), len(out), whole, reviews=out)
    still_open = (*scope.ledger.reviews("maybe"), *scope.ledger.reviews("unscreened"))
    yield Named("undecided.total", say("flow.open"), len(still_open), whole, reviews=still_open)
    for kind, ids in included_by_type(scope).items():
        if kind:
            yield Named(f"included.{kind}", f"{say('flow.included')}, {kind}", len(ids), len(included), reviews=ids)
    for reason, label in scope.reason_labels.items():
        ids = scope.left_out.get(reason, ())
        yield Named(f"excluded.{reason}", f"{say('flow.excluded')}: {label}", len(ids), whole, reviews=ids)


def _practice(scope: Scope) -> Iterator[Named]:
    book, episodes = scope.protocol.codebook, scope.episodes
    yield from _pair(scope, "passages", say("section.themes"), episodes, total=True)
    for direction in book.directions:
        group = [e for e in episodes if e.direction == direction.id]
        yield from _pair(scope, f"direction.{direction.id}", direction.label, group)
    for explanation in book.explanations:
        group = [e for e in episodes if e.explanation == explanation.id and is_shortfall(e.direction)]
        yield from _pair(scope, f"explanation.{explanation.id}", explanation.label, group)
    for theme in book.themes:
        of_theme = [e for e in episodes if e.theme == theme.id]
        yield from _pair(scope, f"theme.{theme.id}", theme.label, of_theme)
        for direction in book.directions:
            group = [e for e in of_theme if e.direction == direction.id]
            yield from _pair(scope, f"theme.{theme.id}.{direction.id}", f"{theme.label}, {direction.label}", group)
        for sub in theme.subthemes:
            group = [e for e in of_theme if e.subtheme == sub.id]
            yield from _pair(scope, f"subtheme.{theme.id}.{sub.id}", f"{theme.label}, {sub.label}", group)


def _asked(scope: Scope) -> Iterator[Named]:
    found = scope.recommendations
    yield from _pair(scope, "recommendations", say("section.recommendations"), found, total=True)
    for value in scope.protocol.recommendations.addressees:
        group = [r for r in found if r.addressee == value.id]
        label = f"{say('section.recommendations')}, {value.label}"
        yield from _pair(scope, f"recommendations.{value.id}", label, group)


def _findings(scope: Scope) -> Iterator[Named]:
    """For each finding the reviews, of those that could show it, and the passages, for it and against it."""
    for each in scope.weighing.weighed if scope.weighing else ():
        for side in Side:
            name = f"finding.{each.finding.finding_id}{'' if side is Side.FOR else '.against'}"
            label = f"{each.finding.finding_id}, {say(f'findings.{side.value}')}"
            found = each.weight(side)
            anchors = tuple(one.anchor for one in found.episodes)
            yield Named(
                f"{name}.passages", label, len(anchors), noun="passage", reviews=found.reviews, anchors=anchors
            )
            yield Named(
                f"{name}.reviews", label, len(found.reviews), each.able, reviews=found.reviews, anchors=anchors
            )


def _pair(
    scope: Scope, name: str, label: str, items: Sequence[Episode | Recommendation], *, total: bool = False
) -> Iterator[Named]:
    """How many of something there are, and in how many reviews."""
    ids = tuple(dict.fromkeys(item.review_id for item in items))
    anchors = tuple(item.anchor for item in items)
    asked = name.startswith("recommendations")
    counts = f"{name}.total" if total else name if asked else f"{name}.passages"
    noun = "recommendation" if asked else "passage"
    yield Named(counts, label, len(items), noun=noun, reviews=ids, anchors=anchors)
    yield Named(f"{name}.reviews", label, len(ids), len(scope.included), reviews=ids, anchors=anchors)
