"""WordprocessingML, element by element. Text goes in as text: nothing in it can become a field or a tag."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement

from goldthread.briefing.formats.folding import shown

Element = Any
"""An lxml element: python-docx leaves its own untyped."""


def element(tag: str, *children: Element, **attributes: str) -> Element:
    """`element("w:p", …)`; an attribute `val` is `w:val`, and trailing underscores are dropped."""
    node = OxmlElement(tag)
    for name, value in attributes.items():
        node.set(qn(f"w:{name.rstrip('_')}"), value)
    node.extend(children)
    return node


def text(words: str) -> Element:
    """The words as shown, blanks kept."""
    node = OxmlElement("w:t")
    node.text = shown(words)
    node.set(qn("xml:space"), "preserve")
    return node


def run(words: str, *, bold: bool = False, italic: bool = False, style: str = "") -> Element:
    """One run of words."""
    properties = []
    if style:
        properties.append(element("w:rStyle", val=style))
    if bold:
        properties.append(element("w:b"))
    if italic:
        properties.append(element("w:i"))
    children = [element("w:rPr", *properties)] if properties else []
    return element("w:r", *children, text(words))


def paragraph(style: str, children: Iterable[Element], *properties: Element) -> Element:
    """A paragraph of a style, by style id."""
    return element("w:p", element("w:pPr", element("w:pStyle", val=style), *properties), *children)


def link(target: str, *runs: Element) -> Element:
    """A link to a bookmark of this document."""
    return element("w:hyperlink", *runs, anchor=target, history="1")


def bookmark(number: int, name: str, children: Iterable[Element]) -> list[Element]:
    """The children inside a bookmark."""
    return [
        element("w:bookmarkStart", id=str(number), name=name),
        *children,
        element("w:bookmarkEnd", id=str(number)),
    ]


def field(instruction: str, shown_now: Iterable[Element]) -> list[Element]:
    """A field with what it shows until it is updated. The instruction is ours, never a report's."""
    code = OxmlElement("w:instrText")
    code.text = f" {instruction} "
    code.set(qn("xml:space"), "preserve")
    return [
        element("w:r", element("w:fldChar", fldCharType="begin")),
        element("w:r", code),
        element("w:r", element("w:fldChar", fldCharType="separate")),
        *shown_now,
        element("w:r", element("w:fldChar", fldCharType="end")),
    ]
