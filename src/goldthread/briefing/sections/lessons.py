"""A themed briefing: for each theme what to learn, what good looks like, what to ask, where to read on."""

from __future__ import annotations

from collections.abc import Sequence

from goldthread.briefing.blocks import Block, Box, Heading, Inline, Items, Paragraph, Words
from goldthread.briefing.scope import is_good, is_shortfall
from goldthread.briefing.sections.quotes import chosen
from goldthread.briefing.sections.writer import Writer
from goldthread.briefing.words.phrases import listed
from goldthread.briefing.words.wording import layout, paragraph, say
from goldthread.coding.model import Episode
from goldthread.protocol.codebook import Resource, Theme


def section(writer: Writer) -> tuple[Block, ...]:
    """One part a theme that has evidence, in the order of the codebook."""
    head = Heading(say("section.lessons"), 1, "lessons")
    if not writer.scope.episodes:
        return head, paragraph("themes.none")
    used: set[str] = set()
    told = {episode.theme for episode in writer.scope.episodes}
    curated = any(theme.resources for theme in writer.scope.protocol.codebook.themes if theme.id in told)
    blocks: list[Block] = [
        head,
        paragraph("lessons.intro", curated=curated, planned=writer.scope.protocol.plan is not None),
    ]
    for theme in writer.scope.protocol.codebook.themes:
        episodes = tuple(e for e in writer.scope.episodes if e.theme == theme.id)
        if episodes:
            blocks += _theme(writer, theme, episodes, used)
    return tuple(blocks)


def _theme(writer: Writer, theme: Theme, episodes: Sequence[Episode], used: set[str]) -> list[Block]:
    blocks: list[Block] = [Heading(theme.label, 2, f"lesson-{theme.id}")]
    if theme.definition:
        blocks.append(Paragraph((Words(theme.definition, emphasis=True),)))
    blocks += [*_tags(writer, theme), _counts(writer, theme, episodes)]
    short = [e for e in episodes if is_shortfall(e.direction)]
    if short:
        evidence = writer.passages(short, say("lessons.learning_claim", theme=theme.label)).evidence
        blocks.append(Heading(say("lessons.learning"), 3, f"lesson-{theme.id}-learning"))
        blocks += [writer.quote(e, evidence) for e in chosen(short, writer.limits["theme"], used)]
    blocks.append(_appropriate(writer, theme, [e for e in episodes if is_good(e.direction)], used))
    if theme.questions:
        blocks.append(Box(say("lessons.questions"), (Items(tuple((Words(each),) for each in theme.questions)),)))
    if theme.resources:
        blocks.append(Box(say("lessons.resources"), (Items(tuple(map(_resource, theme.resources))),)))
    return blocks


def _tags(writer: Writer, theme: Theme) -> tuple[Paragraph, ...]:
    """The actions of the plan the theme bears on; nothing where the protocol has no plan."""
    plan = writer.scope.protocol.plan
    if plan is None:
        return ()
    names = [f"{action.id} {action.label}" for action in plan.actions if action.id in theme.actions]
    if not names:
        return (paragraph("lessons.untagged"),)
    return (paragraph("lessons.tags", plan=plan.title, actions=listed(names)),)


def _counts(writer: Writer, theme: Theme, episodes: Sequence[Episode]) -> Paragraph:
    reviews = writer.reviews(episodes, theme.label, whole=True)
    return paragraph("themes.counts", reviews=reviews, passages=writer.passages(episodes, theme.label))


def _appropriate(writer: Writer, theme: Theme, good: Sequence[Episode], used: set[str]) -> Box:
    """What the reviews call good practice, so that it can be done again; that there is none is said too."""
    title = say("lessons.appropriate")
    if not good:
        return Box(title, (paragraph("lessons.none_appropriate"),))
    passages = writer.passages(good, say("lessons.good_claim", theme=theme.label))
    quotes = chosen(good, layout()["quotes"]["good_practice"], used)
    lead = paragraph("lessons.good", passages=passages)
    return Box(title, (lead, *(writer.quote(e, passages.evidence) for e in quotes)))


def _resource(resource: Resource) -> tuple[Inline, ...]:
    told = f". {resource.about}" if resource.about else ""
    opens = f" ({resource.publisher}, " if resource.publisher else " ("
    title = Words(resource.title, strong=True)
    if not resource.url:
        return title, Words(f" ({resource.publisher}){told}" if resource.publisher else told)
    return title, Words(opens), Words.address(resource.url), Words(f"){told}")
