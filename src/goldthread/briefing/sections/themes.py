"""The themes: how many reviews and passages, why practice fell short, and the reviews' own words."""

from __future__ import annotations

from collections.abc import Sequence

from goldthread.analysis.arithmetic import percent
from goldthread.analysis.table import Cell, Column, Row, Table
from goldthread.briefing.blocks import (
    Block,
    CrossReference,
    FigureBlock,
    Heading,
    Items,
    LiveFigure,
    Paragraph,
    Words,
)
from goldthread.briefing.evidence import cell_evidence
from goldthread.briefing.numbered import FIGURE
from goldthread.briefing.scope import Scope, is_good, is_shortfall
from goldthread.briefing.sections.quotes import chosen, shared_out
from goldthread.briefing.sections.tables import chart
from goldthread.briefing.sections.writer import Writer, review_ids
from goldthread.briefing.words.phrases import lower_start, sentence_start
from goldthread.briefing.words.wording import inline, layout, paragraph, say, wording
from goldthread.coding.model import Episode
from goldthread.protocol.codebook import Theme
from goldthread.values import Unit


def section(writer: Writer) -> tuple[Block, ...]:
    """The heading, an overview chart, and one part a theme that has evidence."""
    scope = writer.scope
    head = Heading(say("section.themes"), 1, "themes")
    if not scope.episodes:
        return head, paragraph("themes.none")
    book = scope.protocol.codebook
    by_theme = {theme.id: tuple(e for e in scope.episodes if e.theme == theme.id) for theme in book.themes}
    pictures = _overview(writer, by_theme)
    intro = paragraph(
        "themes.intro",
        pictures=[CrossReference(one.key, FIGURE, one.caption) for one in pictures],
        passages=_opening(writer.passages(scope.episodes, say("section.themes"))),
        reviews=writer.reviews(scope.episodes, say("section.themes"), whole=True),
        framework=book.title,
    )
    blocks: list[Block] = [head, intro, *pictures]
    used: set[str] = set()
    for theme in book.themes:
        if by_theme[theme.id]:
            blocks += _theme(writer, theme, by_theme[theme.id], used)
    spoken = [theme for theme in book.themes if writer.scope.speaks_of(theme.id)]
    absent = [theme.label for theme in spoken if not by_theme[theme.id]]
    if absent:
        blocks.append(paragraph("themes.absent", themes=absent))
    return tuple(blocks)


def _opening(figure: LiveFigure) -> LiveFigure:
    return LiveFigure(sentence_start(figure.text), figure.evidence)


def _overview(writer: Writer, by_theme: dict[str, tuple[Episode, ...]]) -> tuple[FigureBlock, ...]:
    table = writer.index.masked(overview(writer.scope, by_theme, ranked=not writer.index.is_guarded))
    if not table.rows:
        return ()
    title = say("themes.overview")
    return (chart(table, "apart", "themes-overview", title, cell_evidence(table, title, writer.index)),)


def overview(scope: Scope, by_theme: dict[str, tuple[Episode, ...]], *, ranked: bool = True) -> Table:
    """Themes by the number of included reviews they occur in, and by passages; `ranked`, most reviews first."""
    whole = len(scope.included)
    rows = []
    for theme in scope.protocol.codebook.themes:
        episodes = by_theme[theme.id]
        if not episodes:
            continue
        ids = review_ids(episodes)
        anchors = tuple(e.anchor for e in episodes)
        share = percent(len(ids), whole) if whole else None
        text = f"{len(ids)} ({share}%)" if share is not None else str(len(ids))
        cells = (
            Cell(text, len(ids), whole, share, ids, anchors),
            Cell(str(len(episodes)), len(episodes), None, None, ids, anchors),
        )
        rows.append(Row(theme.id, theme.label, "value", cells))
    if ranked:
        rows.sort(key=lambda row: -(row.cells[0].count or 0))
    columns = (
        Column("reviews", say("themes.overview_reviews"), whole),
        Column("passages", say("themes.overview_passages"), len(scope.episodes)),
    )
    return Table(
        id="themes",
        title=say("themes.overview"),
        unit=Unit.REVIEW,
        unit_label="reviews and passages",
        basis=scope.basis,
        population=whole,
        row_label=say("themes.theme"),
        columns=columns,
        rows=tuple(rows),
        notes=(),
        state=scope.study.state,
        filtered=scope.filtered,
    )


def _theme(writer: Writer, theme: Theme, episodes: tuple[Episode, ...], used: set[str]) -> list[Block]:
    blocks: list[Block] = [Heading(theme.label, 2, f"theme-{theme.id}"), _counts(writer, theme, episodes)]
    blocks += _subthemes(writer, theme, episodes)
    short = [e for e in episodes if is_shortfall(e.direction)]
    groups = [(x, [e for e in short if e.explanation == x]) for x in _explanations(writer, short)]
    shares = shared_out([len(group) for _, group in groups], writer.limits["group"], writer.limits["theme"])
    for (explanation, group), most in zip(groups, shares, strict=True):
        blocks += _group(writer, theme, _explained(writer, explanation), group, most, used)
    good = [e for e in episodes if is_good(e.direction)]
    if good:
        most = layout()["quotes"]["good_practice"]
        blocks += _group(writer, theme, say("section.good"), good, most, used)
    return blocks


def _counts(writer: Writer, theme: Theme, episodes: tuple[Episode, ...]) -> Paragraph:
    first = inline(
        "themes.counts",
        reviews=writer.reviews(episodes, theme.label, whole=True),
        passages=writer.passages(episodes, theme.label),
    )
    figures: list[list[Words | LiveFigure]] = []
    for direction in writer.scope.protocol.codebook.directions:
        group = tuple(e for e in episodes if e.direction == direction.id)
        if group:
            claim = f"{theme.label}, {direction.label}"
            label = lower_start(direction.label) if figures else direction.label
            figures.append([Words(f"{label}: "), writer.passages(group, claim)])
    return Paragraph((*first, Words(" "), *_joined(figures)))


def _joined(figures: Sequence[Sequence[Words | LiveFigure]]) -> tuple[Words | LiveFigure, ...]:
    """Labelled figures as one run: "A: 3 passages; B: 1 passage." """
    parts: list[Words | LiveFigure] = []
    for number, figure in enumerate(figures):
        parts += [Words("; ")] if number else []
        parts += figure
    return (*parts, Words(".")) if parts else ()


def _subthemes(writer: Writer, theme: Theme, episodes: tuple[Episode, ...]) -> tuple[Block, ...]:
    lines: list[tuple[Words | LiveFigure, ...]] = []
    for subtheme in theme.subthemes:
        group = tuple(e for e in episodes if e.subtheme == subtheme.id)
        if group:
            claim = f"{theme.label}, {subtheme.label}"
            figures = (writer.reviews(group, claim), Words(", "), writer.passages(group, claim))
            lines.append((Words(f"{subtheme.label}: "), *figures))
    return (Items(tuple(lines)),) if lines else ()


def _explanations(writer: Writer, episodes: Sequence[Episode]) -> tuple[str, ...]:
    """The explanations that occur, in the codebook's order; ids it does not know come last."""
    known = [value.id for value in writer.scope.protocol.codebook.explanations]
    found = dict.fromkeys(e.explanation for e in episodes)
    return (*(e for e in known if e in found), *(e for e in found if e not in known))


def _explained(writer: Writer, explanation: str) -> str:
    labels = {value.id: value.label for value in writer.scope.protocol.codebook.explanations}
    special: dict[str, str] = wording()["explanations"]
    if explanation in special and explanation != "default":
        return special[explanation]
    if not explanation:
        return special["unknown"]
    return say("explanations.default", label=labels.get(explanation, explanation))


def _group(
    writer: Writer, theme: Theme, title: str, episodes: Sequence[Episode], most: int, used: set[str]
) -> list[Block]:
    claim = f"{theme.label}, {title[:1].lower()}{title[1:]}"
    passages, reviews = writer.passages(episodes, claim), writer.reviews(episodes, claim)
    unsaid = {passages.evidence, reviews.evidence} & writer.index.hidden
    picked = () if unsaid else chosen(episodes, most, used)
    key = (
        "themes.group_unquoted"
        if not picked
        else "themes.group"
        if len(picked) == len(episodes)
        else "themes.group_more"
    )
    lead = paragraph(key, passages=_opening(passages), reviews=reviews)
    heading = Heading(title, 3, f"theme-{theme.id}-{_slug(title)}")
    return [heading, lead, *(writer.quote(e, passages.evidence) for e in picked)]


def _slug(title: str) -> str:
    return "-".join("".join(c if c.isalnum() and c.isascii() else " " for c in title.lower()).split())
