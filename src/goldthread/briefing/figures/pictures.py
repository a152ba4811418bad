"""SVG to PNG, for formats that cannot carry drawings."""

from __future__ import annotations

import json
from collections.abc import Sequence

import typst

from goldthread.briefing.blocks import FigureBlock

_SOURCE = b"""
#set page(width: auto, height: auto, margin: 0pt, fill: white)
#for figure in json(bytes(sys.inputs.figures)) {
  page(image(bytes(figure.svg), format: "svg", width: figure.width * 1cm))
}
"""


def pngs(figures: Sequence[FigureBlock], per_inch: int = 200) -> tuple[bytes, ...]:
    """The figures as PNG at their width, in order."""
    if not figures:
        return ()
    wanted = json.dumps([{"svg": figure.svg, "width": figure.width_cm} for figure in figures])
    found = typst.compile(
        _SOURCE, format="png", ppi=per_inch, sys_inputs={"figures": wanted}, ignore_system_fonts=True
    )
    return tuple(found) if isinstance(found, list) else (found,)
