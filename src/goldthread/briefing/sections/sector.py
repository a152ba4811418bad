"""One evidence base, several audiences: what the reviews say of the practice of one sector, and ask of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from goldthread.analysis.arithmetic import percent
from goldthread.analysis.table import Cell, Column, Row, Table
from goldthread.briefing.blocks import Block, Box, Heading, Inline, Items, LiveFigure, Paragraph, Words
from goldthread.briefing.scope import is_good, is_shortfall
from goldthread.briefing.sections.learning import UNEXPLAINED
from goldthread.briefing.sections.quotes import chosen
from goldthread.briefing.sections.tables import chart, table_block
from goldthread.briefing.sections.writer import Writer, review_ids
from goldthread.briefing.words.phrases import counted, lower_start, sentence_start
from goldthread.briefing.words.wording import inline, layout, paragraph, say
from goldthread.coding.agencies import about_of, named
from goldthread.coding.model import Episode, Recommendation
from goldthread.errors import UsageError
from goldthread.protocol.check import nearest
from goldthread.protocol.codebook import Audience
from goldthread.values import Unit


def section(writer: Writer) -> tuple[Block, ...]:
    """One part an audience; all of the protocol's when none was asked for."""
    wanted = audiences(writer)
    head = Heading(say("section.sectors"), 1, "sectors")
    if not wanted:
        return head, paragraph("sector.no_audiences")
    if not writer.scope.episodes and not writer.scope.unthemed:
        return head, paragraph("themes.none")
    actor = _actor(writer)
    blocks: list[Block] = [head, paragraph("sector.intro")]
    if actor:
        blocks.append(paragraph("sector.read_for", actor=lower_start(actor)))
    if len(wanted) > 1:
        blocks.append(_overview(writer, wanted))
    used: set[str] = set()
    for audience in wanted:
        title = say("sector.title", sector=lower_start(audience.label))
        blocks += [Heading(title, 2, f"sector-{audience.id}"), *_sector(writer, audience, used)]
    return tuple(blocks)


def audiences(writer: Writer) -> tuple[Audience, ...]:
    """Those asked for, in the protocol's order. Raises UsageError for one the protocol does not have."""
    known = {one.id: one for one in writer.scope.protocol.codebook.audiences}
    for name in writer.options.audiences:
        if name not in known:
            mend = nearest(name, known) or f"it has {', '.join(known) or 'none'}"
            raise UsageError(f"the protocol has no audience `{name}`", mend=mend)
    return tuple(one for one in known.values() if not writer.options.audiences or one.id in writer.options.audiences)


def about(writer: Writer, audience: Audience) -> tuple[Episode, ...]:
    """The passages that speak of the practice of a sector."""
    return tuple(e for e in writer.scope.episodes if set(e.agencies) & set(audience.agencies))


def asked(writer: Writer, audience: Audience) -> tuple[Recommendation, ...]:
    """What is recommended to a sector: addressed to it, or to others or several in words that name it."""
    protocol = writer.scope.protocol
    kinds = {r.review_id: about_of(r.review_types, protocol) for r in writer.scope.included}
    return tuple(
        one
        for one in writer.scope.recommendations
        if one.addressee in audience.addressees
        or (
            one.addressee in audience.shared
            and set(named(one.text, protocol, kinds[one.review_id])) & set(audience.agencies)
        )
    )


def _actor(writer: Writer) -> str:
    """The one agency the reviews were read for; "" where they were read for all."""
    book = writer.scope.protocol.codebook
    return next((one.label for one in book.agencies if one.id == book.actor), "")


def _overview(writer: Writer, wanted: Sequence[Audience]) -> Block:
    title = say("sector.overview")
    groups = [(one.id, one.label, about(writer, one)) for one in wanted]
    table = _counts(writer, title, say("sector.sector"), groups)
    block = table_block(table, "", writer.index, title)
    return chart(block.table, "apart", "sectors-overview", title, block.evidence)


def _sector(writer: Writer, audience: Audience, used: set[str]) -> list[Block]:
    mine = about(writer, audience)
    bare = _without_theme(writer, audience)
    if not mine:
        none = paragraph("sector.none", sector=lower_start(audience.label))
        return [none, *bare, *_asks(writer, audience, used)]
    short = [e for e in mine if is_shortfall(e.direction)]
    good = [e for e in mine if is_good(e.direction)]
    blocks: list[Block] = [
        paragraph(
            "sector.counts",
            sector=lower_start(audience.label),
            one=len(mine) == 1,
            passages=_opening(writer.passages(mine, audience.label)),
            reviews=writer.reviews(mine, audience.label, whole=True),
            short=writer.passages(short, say("sector.short_claim", sector=audience.label)),
            good=writer.passages(good, say("sector.good_claim", sector=audience.label)),
        ),
        *bare,
    ]
    themes = writer.scope.protocol.codebook.themes
    groups = [(one.id, one.label, tuple(e for e in mine if e.theme == one.id)) for one in themes]
    caption = say("sector.by_theme", sector=audience.label)
    table = _counts(writer, caption, say("themes.theme"), [group for group in groups if group[2]])
    blocks.append(table_block(table, f"sector-{audience.id}-themes", writer.index, caption))
    blocks += _fallen_short(writer, audience, short, used)
    blocks += _why(writer, audience, short)
    blocks += _quoted(writer, audience, good, used)
    blocks += _together(writer, audience, mine)
    blocks += _asks(writer, audience, used)
    return [*blocks, *_questions(writer, audience, short)]


def _without_theme(writer: Writer, audience: Audience) -> tuple[Block, ...]:
    """What speaks of a sector and is counted under no theme, so that nobody takes the table for the whole."""
    found = [e for e in writer.scope.unthemed if set(e.agencies) & set(audience.agencies)]
    if not found:
        return ()
    claim = say("sector.unthemed_claim", sector=audience.label)
    passages, reviews = writer.passages(found, claim), writer.reviews(found, claim)
    return (paragraph("sector.unthemed", passages=passages, reviews=reviews, one=len(found) == 1),)


def _heading(key: str, audience: Audience) -> Heading:
    return Heading(say(key), 3, f"{key.replace('.', '-').replace('_', '-')}-{audience.id}")


def _counts(writer: Writer, title: str, rows: str, groups: Iterable[tuple[str, str, Sequence[Episode]]]) -> Table:
    """Reviews in which practice fell short, was good, or is spoken of at all; then passages; most reviews first."""
    whole = len(writer.scope.included)
    made = []
    for key, label, group in groups:
        parts = ([e for e in group if is_shortfall(e.direction)], [e for e in group if is_good(e.direction)], group)
        made.append(Row(key, label, "value", (*(_cell(part, whole) for part in parts), _cell(group, None))))
    made.sort(key=lambda row: -(row.cells[2].count or 0))
    columns = (
        Column("short", say("sector.fell_short"), whole),
        Column("good", say("sector.good"), whole),
        Column("reviews", say("sector.any"), whole),
        Column("passages", say("themes.overview_passages"), None),
    )
    return Table(
        id="sector",
        title=title,
        unit=Unit.REVIEW,
        unit_label="reviews and passages",
        basis=writer.scope.basis,
        population=whole,
        row_label=rows,
        columns=columns,
        rows=tuple(made),
        notes=(say("sector.note"),),
        state=writer.scope.study.state,
        filtered=writer.scope.filtered,
    )


def _cell(group: Sequence[Episode], whole: int | None) -> Cell:
    ids, anchors = review_ids(group), tuple(e.anchor for e in group)
    if whole is None:
        return Cell(str(len(group)), len(group), None, None, ids, anchors)
    share = percent(len(ids), whole) if whole else None
    text = f"{len(ids)} ({share}%)" if share is not None and ids else str(len(ids))
    return Cell(text, len(ids), whole, share, ids, anchors)


def _fallen_short(writer: Writer, audience: Audience, short: Sequence[Episode], used: set[str]) -> Iterator[Block]:
    if not short:
        return
    yield _heading("sector.where_short", audience)
    themes = writer.scope.protocol.theme_by_id
    met = {e.theme for e in short}
    ranked = sorted(
        (theme for theme in themes if theme in met),
        key=lambda theme: -len(review_ids([e for e in short if e.theme == theme])),
    )
    for theme in ranked[: layout()["sector"]["themes"]]:
        group = [e for e in short if e.theme == theme]
        claim = f"{audience.label}, {themes[theme].label}, {say('sector.fell_short')}"
        passages = writer.passages(group, claim)
        figures = {"passages": passages, "reviews": writer.reviews(group, claim)}
        yield Paragraph((Words(f"{themes[theme].label}. ", strong=True), *inline("sector.theme", **figures)))
        yield from (writer.quote(e, passages.evidence) for e in chosen(group, writer.limits["group"], used))


def _why(writer: Writer, audience: Audience, short: Sequence[Episode]) -> Iterator[Block]:
    if not short:
        return
    yield _heading("sector.why", audience)
    labels = {value.id: value.label for value in writer.scope.protocol.codebook.explanations}
    told = Counter(e.explanation for e in short if e.explanation not in UNEXPLAINED)
    silent = [e for e in short if e.explanation in UNEXPLAINED]
    lines: list[tuple[Inline, ...]] = []
    for explanation, _ in told.most_common():
        group = [e for e in short if e.explanation == explanation]
        label = labels.get(explanation, explanation)
        lines.append((Words(f"{label}: "), *_both(writer, group, f"{audience.label}, {label}")))
    if silent:
        claim = f"{audience.label}, {say('sector.unexplained')}"
        lines.append((Words(f"{say('sector.unexplained')}: ", emphasis=True), *_both(writer, silent, claim)))
    yield Items(tuple(lines))


def _both(writer: Writer, group: Sequence[Episode], claim: str) -> tuple[Inline, ...]:
    return writer.passages(group, claim), Words(" in "), writer.reviews(group, claim)


def _quoted(writer: Writer, audience: Audience, good: Sequence[Episode], used: set[str]) -> Iterator[Block]:
    yield _heading("sector.well", audience)
    if not good:
        yield paragraph("sector.none_good")
        return
    passages = writer.passages(good, say("sector.good_claim", sector=audience.label))
    yield paragraph("lessons.good", passages=passages)
    yield from (writer.quote(e, passages.evidence) for e in chosen(good, layout()["quotes"]["good_practice"], used))


def _together(writer: Writer, audience: Audience, mine: Sequence[Episode]) -> Iterator[Block]:
    """The other agencies of the same passages, most often first."""
    others = Counter(name for e in mine for name in e.agencies if name not in audience.agencies)
    if not others:
        return
    yield _heading("sector.together", audience)
    yield paragraph("sector.together_lead")
    labels = {one.id: one.label for one in writer.scope.protocol.codebook.agencies}
    lines: list[tuple[Inline, ...]] = []
    for name, _ in others.most_common(layout()["sector"]["others"]):
        group = [e for e in mine if name in e.agencies]
        label = labels.get(name, name)
        short = [e for e in group if is_shortfall(e.direction)]
        claim = say("sector.with_claim", sector=audience.label, other=label)
        line: tuple[Inline, ...] = (Words(f"{label}: "), *_both(writer, group, claim))
        if short:
            fell = writer.passages(short, f"{claim}, {say('sector.fell_short')}")
            line = (*line, *inline("sector.of_them", short=fell))
        lines.append(line)
    yield Items(tuple(lines))


def _asks(writer: Writer, audience: Audience, used: set[str]) -> Iterator[Block]:
    yield _heading("sector.asked", audience)
    found = asked(writer, audience)
    if not found:
        yield paragraph("sector.none_asked")
        return
    direct = [one for one in found if one.addressee in audience.addressees]
    for key, group in (
        ("sector.asked_direct", direct),
        ("sector.asked_shared", [x for x in found if x not in direct]),
    ):
        if group:
            claim = say(f"{key}_claim", sector=audience.label)
            text = counted(len(group), "recommendation")
            number = writer.index.figure(text, f"{claim}: {text}", review_ids(group), (r.anchor for r in group))
            yield paragraph(key, recommendations=_opening(number), reviews=writer.reviews(group, claim))
            quotes = chosen(group, layout()["quotes"]["recommendations"], used)
            yield from (writer.quote(one, number.evidence) for one in quotes)


def _opening(figure: LiveFigure) -> LiveFigure:
    return LiveFigure(sentence_start(figure.text), figure.evidence)


def _questions(writer: Writer, audience: Audience, short: Sequence[Episode]) -> Iterator[Block]:
    """The questions of the themes it fell short in; those of a codebook about one agency are for that agency."""
    book = writer.scope.protocol.codebook
    if _actor(writer) and book.actor not in audience.agencies:
        return
    most = Counter(e.theme for e in short)
    themes = sorted((t for t in book.themes if most[t.id] and t.questions), key=lambda theme: -most[theme.id])
    lines = tuple((Words(question),) for theme in themes[:3] for question in theme.questions[:2])
    if lines:
        yield Box(say("lessons.questions"), (Items(lines),))
