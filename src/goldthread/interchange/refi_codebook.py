"""The codebook as REFI-QDA (.qdc), which NVivo, ATLAS.ti, MAXQDA and others read."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal, cast

from lxml import etree

from goldthread.coding.refi import CODEBOOK_NAMESPACE, Code, codebook
from goldthread.protocol.model import Protocol
from goldthread.study.folder import write_whole
from goldthread.study.study import Study

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class CodebookExporter:
    """One .qdc file."""

    name = "qdc"
    writes: Literal["file"] = "file"

    def write(self, study: Study, out: Path) -> None:
        """Write the protocol's codebook; the same protocol always gives the same bytes."""
        write_whole(out, document(study.protocol, study.record().versions.get("goldthread", "")))


def document(protocol: Protocol, version: str) -> bytes:
    """The codebook of a protocol as the bytes of a .qdc file."""
    root = etree.Element(
        f"{{{CODEBOOK_NAMESPACE}}}CodeBook",
        {"origin": f"Goldthread {version}".strip()},
        nsmap=space(CODEBOOK_NAMESPACE),
    )
    root.append(codes_element(codebook(protocol), CODEBOOK_NAMESPACE))
    return etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)


def space(namespace: str) -> dict[str, str]:
    """The map that makes a namespace the one without a prefix."""
    return cast("dict[str, str]", {None: namespace})


def codes_element(codes: tuple[Code, ...], namespace: str) -> etree._Element:
    """The tree of codes as a `Codes` element; headings cannot be coded with."""
    top = etree.Element(f"{{{namespace}}}Codes", nsmap=space(namespace))
    _below(top, codes, namespace)
    return top


def _below(parent: etree._Element, codes: tuple[Code, ...], namespace: str) -> None:
    for one in codes:
        element = etree.SubElement(
            parent,
            f"{{{namespace}}}Code",
            {
                "guid": one.guid,
                "name": sound(one.name),
                "isCodable": "true" if one.axis else "false",
                "color": one.colour,
            },
        )
        if one.description:
            etree.SubElement(element, f"{{{namespace}}}Description").text = sound(one.description)
        _below(element, one.codes, namespace)


def sound(text: str) -> str:
    """Text as XML can hold it: a character it cannot is shown as U+FFFD."""
    return _NOT_XML.sub("\ufffd", text)
