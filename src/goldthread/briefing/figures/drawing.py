"""Deterministic SVG from matplotlib: letters as shapes, no dates, ids that cannot clash within one page."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

from lxml import etree

if TYPE_CHECKING:
    from matplotlib.figure import Figure

INCH = 2.54
INK = "#1a1a1a"
# Told apart in black and white by hatching as well as by lightness.
FILLS = ("#1f4e79", "#9dc3e6", "#f4b183", "#d9d9d9", "#7f7f7f", "#c5e0b4", "#ffe699", "#b4a7d6")
HATCHES = ("", "///", "...", "xx", "", "\\\\\\", "++", "oo")
_STYLE: Any = {
    "font.family": "DejaVu Sans",
    "font.size": 9.0,
    "svg.fonttype": "path",
    "svg.hashsalt": "goldthread",
    "text.parse_math": False,
    "text.color": INK,
    "axes.edgecolor": INK,
    "axes.labelcolor": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "hatch.linewidth": 0.6,
}
_REFERENCE = re.compile(r"url\(#([^)]+)\)")
_XLINK = "{http://www.w3.org/1999/xlink}href"


@contextmanager
def drawn(width_cm: float, height_cm: float) -> Iterator[Figure]:
    """A figure to draw on, in our style and of exactly this size."""
    from matplotlib import rc_context  # noqa: PLC0415 (0.5 s that `goldthread --help` should not pay)
    from matplotlib.figure import Figure  # noqa: PLC0415 (as above)

    with rc_context(_STYLE):
        yield Figure(figsize=(width_cm / INCH, height_cm / INCH))


def svg(figure: Figure, prefix: str) -> str:
    """The figure as SVG without comments, metadata or fixed background; every id begins with `prefix`."""
    out = io.BytesIO()
    figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None}, transparent=True)
    root = etree.fromstring(out.getvalue(), etree.XMLParser(remove_comments=True, resolve_entities=False))
    for waste in root.findall("{*}metadata"):
        root.remove(waste)
    for node in root.iter():
        for name, value in _attributes(node):
            if name == "id":
                node.set(name, f"{prefix}-{value}")
            elif name == _XLINK and value.startswith("#"):
                node.set(name, f"#{prefix}-{value[1:]}")
            elif "url(#" in value:
                node.set(name, _REFERENCE.sub(rf"url(#{prefix}-\1)", value))
    etree.cleanup_namespaces(root)
    return etree.tostring(root, encoding="unicode")


def _attributes(node: etree._Element) -> list[tuple[str, str]]:
    return [(str(name), str(value)) for name, value in node.attrib.items()]


@cache
def _shapes() -> frozenset[int]:
    from matplotlib.font_manager import findfont  # noqa: PLC0415 (start-up, as above)
    from matplotlib.ft2font import FT2Font  # noqa: PLC0415 (as above)

    return frozenset(FT2Font(findfont(_STYLE["font.family"])).get_charmap())


def drawable(text: str) -> str:
    """The text with every character the charts' font has no shape for written as its number, as in [U+1F642]."""
    known = _shapes()
    return "".join(c if c in "\n" or ord(c) in known else f"[U+{ord(c):04X}]" for c in text)
