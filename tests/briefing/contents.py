"""What a built briefing holds, for tests to ask: its live figures, the words of a block, blocks of one kind."""

from __future__ import annotations

from collections.abc import Iterator

from goldthread.briefing.blocks import Block, Briefing, Items, LiveFigure, Paragraph
from goldthread.briefing.formats.outline import Outline


def figures_of(briefing: Briefing) -> Iterator[LiveFigure]:
    for block in Outline(briefing).blocks:
        runs = (
            [block.parts] if isinstance(block, Paragraph) else list(block.items) if isinstance(block, Items) else []
        )
        yield from (part for run in runs for part in run if isinstance(part, LiveFigure))


def text_of(block: Block) -> str:
    runs = [block.parts] if isinstance(block, Paragraph) else list(block.items) if isinstance(block, Items) else []
    return " ".join("".join(part.text for part in run) for run in runs)


def all_text(briefing: Briefing) -> str:
    return "\n".join(text_of(block) for block in Outline(briefing).blocks)


def blocks_of(briefing: Briefing, kind: type[Block]) -> list[Block]:
    return [block for block in Outline(briefing).blocks if isinstance(block, kind)]
