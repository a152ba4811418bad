"""A briefing as one self-contained, accessible page: no script, nothing fetched, figures link to evidence."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup, escape

from goldthread.analysis.table import Cell, Column, Row, Table
from goldthread.anchors import Anchor
from goldthread.briefing.blocks import Block, Briefing, EvidenceEntry, FigureBlock
from goldthread.briefing.claims import META, ledger_of, packed
from goldthread.briefing.formats.folding import shown
from goldthread.briefing.formats.outline import Outline
from goldthread.briefing.formats.paper import bound
from goldthread.briefing.sections.tables import note
from goldthread.briefing.words.phrases import day, ranges, shortened, spanned
from goldthread.briefing.words.wording import layout, say


def render(briefing: Briefing) -> str:
    """The whole page as text. The same briefing gives the same page."""
    outline = Outline(briefing)
    numbered = _Numbers({review: n for n, review in enumerate(briefing.citations, start=1)})
    return _template().render(
        briefing=briefing,
        css=Markup(_data("briefing.css")),  # noqa: S704 (our own style sheet)
        draft=outline.draft,
        claims=packed(ledger_of(briefing)),
        claims_name=META,
        headings=outline.headings,
        numbers=outline.numbers,
        reference=outline.reference,
        used=outline.used,
        titles=briefing.titles,
        citation=outline.citation,
        file_name=outline.file_name,
        review_number=numbered,
        use=_FirstUse(),
        repeats=outline.repeats,
        many=bound("reviews"),
        shown_words=bound("shown"),
        reviews=lambda entry: _reviews(outline, entry, numbered),
        numbers_of=lambda entry: say("evidence.counts", reviews=len(entry.reviews), passages=len(set(entry.anchors))),
        first_words=lambda entry: tuple(_first_words(outline, entry)),
        cited=list(_cited(outline)),
    )


class _Numbers(dict[str, int]):
    """Review id → number; reviews nobody registered still get one, so that a link never dangles."""

    def __missing__(self, review: str) -> int:
        self[review] = len(self) + 1
        return self[review]


class _FirstUse:
    """Gives the first link to an entry the id that the entry links back to."""

    def __init__(self) -> None:
        self._seen: set[str] = set()

    def __call__(self, key: str) -> Markup:
        if key in self._seen:
            return Markup("")
        self._seen.add(key)
        return Markup(' id="use-{}"').format(key)


def _reviews(outline: Outline, entry: EvidenceEntry, numbered: _Numbers) -> Markup:
    """The reviews of an entry as links, each with links to its passages; neighbours are one link, "12–15"."""
    found = []
    for review, anchors in outline.reviews(entry):
        runs = ranges(outline.passages[anchor] for anchor in anchors)
        passages = ", ".join(f'<a href="#p{first}">{spanned(first, last)}</a>' for first, last in runs)
        head = f'<a href="#review-{numbered[review]}">{escape(shown(outline.citation(review)))}</a>'
        found.append(f"{head} ({passages})" if passages else head)
    return Markup("; ".join(found))  # noqa: S704 (numbers, and citations escaped above)


def _first_words(outline: Outline, entry: EvidenceEntry) -> Iterator[tuple[str, Anchor]]:
    """A few of an entry's passages to read where a reader lands: sentences rather than dates, one a review."""
    shortest, longest = layout()["quotes"]["shortest"], bound("longest_shown")
    found = []
    for review, anchors in outline.reviews(entry):
        fit = [anchor for anchor in anchors if len(anchor.quote) <= longest]
        found += [(review, next((a for a in fit if len(a.quote) >= shortest), fit[0]))] if fit else []
    full = [pair for pair in found if len(pair[1].quote) >= shortest]
    yield from (full or found)[: bound("shown")]


def _cited(outline: Outline) -> Iterator[tuple[str, list[tuple[int, Anchor]]]]:
    """Reviews any entry counts, in order, each with its numbered passages."""
    named = {review for entry in outline.briefing.evidence for review in entry.reviews}
    for review in [*outline.briefing.citations, *sorted(named - set(outline.briefing.citations))]:
        anchors = outline.by_review.get(review, ())
        if review in named or anchors:
            yield review, [(outline.passages[anchor], anchor) for anchor in anchors]


def _cells(table: Table, row: Row) -> Iterator[tuple[Column, Cell]]:
    return zip(table.columns, row.cells, strict=True)


def _wordy(cell: Cell) -> bool:
    return cell.count is None and len(cell.text) > 2


def _kind(block: Block) -> str:
    return type(block).__name__


def _picture(figure: FigureBlock) -> Markup:
    """The drawing with its name and description for those who do not see it."""
    opening, rest = figure.svg.split(">", 1)
    title, description = f"{figure.key}-title", f"{figure.key}-description"
    head = Markup(' role="img" aria-labelledby="{} {}"><title id="{}">{}</title><desc id="{}">{}</desc>').format(
        title, description, title, shown(figure.caption), description, shown(figure.alternative)
    )
    return Markup(opening) + head + Markup(rest)  # noqa: S704 (drawn by us: letters are shapes)


def _quoted(words: str) -> Markup:
    """Our own words as a CSS string: letters, digits and blanks, all else by its number."""
    safe = "".join(c if c.isalnum() or c in " .,:;" else f"\\{ord(c):06x}" for c in words)
    return Markup(f'"{safe}"')  # noqa: S704 (escaped above)


def _data(name: str) -> str:
    return (files("goldthread.briefing") / "templates" / name).read_text("utf-8")


@cache
def _template() -> Template:
    environment = Environment(autoescape=True, undefined=StrictUndefined)
    environment.filters.update(shown=lambda text: escape(shown(text)), day=day, quoted=_quoted)
    environment.globals.update(say=say, note=note, cells=_cells, wordy=_wordy, kind_of=_kind, picture=_picture)
    environment.globals.update(brief_name=lambda name: shortened(name, bound("file_name")))
    return environment.from_string(_data("briefing.html.j2"))
