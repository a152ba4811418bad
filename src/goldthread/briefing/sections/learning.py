"""What the reviews ask for, how it sits with the plan, and what stands out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from goldthread.briefing.blocks import Block, Heading, Inline, Items, LiveFigure, Paragraph, Words
from goldthread.briefing.scope import is_good, is_shortfall
from goldthread.briefing.sections import findings
from goldthread.briefing.sections.quotes import chosen
from goldthread.briefing.sections.tables import Place, printed
from goldthread.briefing.sections.writer import Writer, review_ids
from goldthread.briefing.words.phrases import counted, listed, lower_start, part_of, sentence_start
from goldthread.briefing.words.wording import inline, layout, paragraph, say
from goldthread.coding.model import Episode, Recommendation
from goldthread.protocol.codebook import Theme
from goldthread.protocol.plan import Action, Plan
from goldthread.values import Basis

UNEXPLAINED = ("", "not_explained", "unknown")


def recommendations(writer: Writer) -> tuple[Block, ...]:
    """Recommendations by addressee, with how wide they reach and a few in the reviews' words."""
    head = Heading(say("section.recommendations"), 1, "recommendations")
    found = writer.scope.recommendations
    if not found:
        return head, paragraph("recommendations.none")
    claim = say("section.recommendations")
    intro = paragraph(
        "recommendations.intro",
        recommendations=_opening(_number(writer, found, claim)),
        reviews=writer.reviews(found, claim),
    )
    groups = [(label, tuple(r for r in found if r.addressee == key)) for key, label in _addressees(writer)]
    groups = [(label, group) for label, group in groups if group]
    lines = tuple(_addressee(writer, label, group) for label, group in groups)
    blocks: list[Block] = [
        head,
        intro,
        Items(lines),
        Heading(say("recommendations.quoted"), 2, "recommendations-quoted"),
    ]
    used: set[str] = set()
    for label, group in groups:
        evidence = writer.index.cite(f"{claim}, {label}", review_ids(group), (r.anchor for r in group))
        picked = chosen(group, layout()["quotes"]["recommendations"], used)
        blocks += [Paragraph((Words(say("recommendations.to", label=label), strong=True),))] if picked else []
        blocks += [writer.quote(recommendation, evidence) for recommendation in picked]
    return tuple(blocks) if used else tuple(blocks[:-1])


def _opening(figure: LiveFigure) -> LiveFigure:
    return LiveFigure(sentence_start(figure.text), figure.evidence)


def _number(writer: Writer, found: Sequence[Recommendation], claim: str) -> LiveFigure:
    text = counted(len(found), "recommendation")
    return writer.index.figure(text, f"{claim}: {text}", review_ids(found), (r.anchor for r in found))


def _addressees(writer: Writer) -> list[tuple[str, str]]:
    known = [(value.id, value.label) for value in writer.scope.protocol.recommendations.addressees]
    ids = {key for key, _ in known}
    found = dict.fromkeys(r.addressee for r in writer.scope.recommendations)
    return known + [(key, key or say("recommendations.unaddressed")) for key in found if key not in ids]


def _addressee(writer: Writer, label: str, group: tuple[Recommendation, ...]) -> tuple[Inline, ...]:
    claim = f"{say('section.recommendations')}, {label}"
    return inline(
        "recommendations.addressee",
        label=label,
        recommendations=_number(writer, group, claim),
        reviews=writer.reviews(group, claim),
        scopes=_scopes(writer, claim, group),
    )


def _scopes(writer: Writer, claim: str, group: tuple[Recommendation, ...]) -> list[LiveFigure]:
    """How many reach how far: "3 single-agency recommendations", each to be followed, its unit said."""
    figures = []
    for value in writer.scope.protocol.recommendations.scopes:
        found = [r for r in group if r.scope == value.id]
        if found:
            text = counted(len(found), f"{lower_start(value.label)} recommendation")
            told = f"{claim}: {text}"
            figures.append(writer.index.figure(text, told, review_ids(found), (r.anchor for r in found)))
    return figures


def alignment(writer: Writer) -> tuple[Block, ...]:
    """Every action of the plan with its evidence or the lack of it, then what falls outside the plan."""
    if writer.scope.weighing:
        return findings.beside(writer)
    head = Heading(say("section.alignment"), 1, "alignment")
    plan = writer.scope.protocol.plan
    if plan is None:
        return ()
    tables = printed(writer, Place.ALIGNMENT)
    if tables:
        intro = paragraph("alignment.intro", plan=plan.title, version=plan.version)
        return head, intro, *tables, *_outside(writer, plan)
    themes = [theme for theme in writer.scope.protocol.codebook.themes if writer.scope.speaks_of(theme.id)]
    bearing = [(action, [theme for theme in themes if action.id in theme.actions]) for action in plan.actions]
    lines = tuple(_action(writer, action, on) for action, on in bearing if on or not writer.scope.themes)
    intro = paragraph("alignment.intro", plan=plan.title, version=plan.version)
    return (
        head,
        intro,
        Items(lines),
        Heading(say("section.additional"), 2, "outside-the-plan"),
        *_outside(writer, plan),
    )


def _action(writer: Writer, action: Action, themes: Sequence[Theme]) -> tuple[Inline, ...]:
    names = {theme.id for theme in themes}
    found = tuple(e for e in writer.scope.episodes if e.theme in names)
    if not found:
        through = f" ({say('alignment.unmapped')})" if not themes else ""
        return inline("alignment.bare", id=action.id, label=action.label, through=through)
    claim = f"{action.id} {action.label}"
    seen = [lower_start(theme.label) for theme in themes if any(e.theme == theme.id for e in found)]
    return inline(
        "alignment.action",
        id=action.id,
        label=action.label,
        reviews=writer.reviews(found, claim),
        passages=writer.passages(found, claim),
        themes=seen,
    )


def _outside(writer: Writer, plan: Plan) -> tuple[Block, ...]:
    actions = {action.id for action in plan.actions}
    lines: list[tuple[Inline, ...]] = []
    for theme in writer.scope.protocol.codebook.themes:
        found = tuple(e for e in writer.scope.episodes if e.theme == theme.id)
        if found and not actions.intersection(theme.actions):
            claim = f"{say('section.additional')}, {theme.label}"
            figures = {"reviews": writer.reviews(found, claim), "passages": writer.passages(found, claim)}
            lines.append(inline("alignment.additional_item", theme=theme.label, **figures))
    head = Heading(say("section.additional"), 2, "outside-the-plan")
    if not lines:
        return head, paragraph("alignment.additional_none" if writer.scope.episodes else "themes.none")
    return head, paragraph("alignment.additional"), Items(tuple(lines))


def conclusion(writer: Writer) -> tuple[Block, ...]:
    """The few things the counts themselves say."""
    head = Heading(say("section.conclusion"), 1, "what-stands-out")
    episodes = writer.scope.episodes
    if not episodes:
        return head, paragraph("conclusion.none")
    points = [*_most(writer, episodes), *_why(writer, episodes), _good(writer, episodes)]
    if writer.scope.basis is Basis.DRAFT:
        points.append(inline("conclusion.draft"))
    return head, Items(tuple(points))


def _most(writer: Writer, episodes: Sequence[Episode]) -> list[tuple[Inline, ...]]:
    short = [e for e in episodes if is_shortfall(e.direction)]
    if not short:
        return []
    themes = writer.scope.protocol.codebook.themes
    groups = [(theme, tuple(e for e in short if e.theme == theme.id)) for theme in themes]
    widest = max(len(review_ids(group)) for _, group in groups)
    ahead = [(theme, group) for theme, group in groups if len(review_ids(group)) == widest]
    names = listed([lower_start(theme.label) for theme, _ in ahead])
    claim = say("conclusion.claim")
    figures = [writer.reviews(group, f"{claim}, {theme.label}", whole=True) for theme, group in ahead]
    if len(ahead) == 1:
        return [inline("conclusion.most", theme=names, reviews=figures[0])]
    return [inline("conclusion.most_shared", theme=names, reviews=figures)]


def _why(writer: Writer, episodes: Sequence[Episode]) -> list[tuple[Inline, ...]]:
    short = tuple(e for e in episodes if is_shortfall(e.direction))
    if not short:
        return []
    explained = tuple(e for e in short if e.explanation not in UNEXPLAINED)
    if not explained:
        return [inline("conclusion.unexplained")]
    (best, _), *_ = Counter(e.explanation for e in explained).most_common(1)
    label = next((v.label for v in writer.scope.protocol.codebook.explanations if v.id == best), best)
    group = tuple(e for e in explained if e.explanation == best)
    passages = writer.passages(group, label)
    silent = tuple(e for e in short if e.explanation in UNEXPLAINED)
    if not silent:
        return [inline("conclusion.reason_all", label=label, passages=passages)]
    text = part_of(len(silent), len(short), "passage")
    share = writer.index.figure(
        text, f"Shortfalls without explanation: {text}", review_ids(silent), (e.anchor for e in silent)
    )
    return [inline("conclusion.reason", share=share, label=label, passages=passages)]


def _good(writer: Writer, episodes: Sequence[Episode]) -> tuple[Inline, ...]:
    good = tuple(e for e in episodes if is_good(e.direction))
    if not good:
        return (Words(say("conclusion.good_none")),)
    claim = say("section.good")
    return inline(
        "conclusion.good", reviews=writer.reviews(good, claim, whole=True), passages=writer.passages(good, claim)
    )
