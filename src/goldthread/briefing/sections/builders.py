"""The parts a section of a briefing can show, by name.

This is the door for a new part: write a function from a `Writer` to blocks that begins with its heading (level 1) or
its box, name it here, and a section of any kind can `show` it. Each number it prints is entered in the writer's
index.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from goldthread.briefing.blocks import Block
from goldthread.briefing.sections import (
    asked,
    context,
    findings,
    front,
    learning,
    lessons,
    method,
    parts,
    sector,
    snapshot,
    spotlight,
    themes,
    trends,
    worth,
)
from goldthread.briefing.sections.writer import Writer

Builder = Callable[[Writer], tuple[Block, ...]]

BUILDERS: Mapping[str, Builder] = {
    "about": front.about,
    "snapshot": snapshot.section,
    "flow": front.chosen,
    "figures": parts.figures,
    "findings": findings.section,
    "findings-plan": findings.beside,
    "themes": themes.section,
    "lessons": lessons.section,
    "context": context.section,
    "sectors": sector.section,
    "cases": spotlight.section,
    "trends": trends.section,
    "worth": worth.section,
    "asked": asked.section,
    "recommendations": learning.recommendations,
    "alignment": learning.alignment,
    "conclusion": learning.conclusion,
    "limits": parts.limits,
    "matrix": parts.matrix,
    "reviews": parts.reviews,
    "method": method.section,
}
"""Name of a part to what writes it."""
