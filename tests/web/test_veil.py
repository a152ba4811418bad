"""Extracts can be hidden wherever they are shown."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import goldthread.web

FOLDER = Path(goldthread.web.__file__).parent
STYLES = (FOLDER / "static/workbench.css").read_text("utf-8")
TEMPLATES = sorted((FOLDER / "templates").glob("*.html"))
WORDS = re.compile(r"{{ ?(?:\w+\.)*(?:\w+\[0\]\.)?(?:quote|words|item\.text|asked\[0\]\.text|one\.text) \| shown")
_CHECKED = {"briefing_check.html"}
"""What these show are figures, not extracts."""


def hidden() -> list[str]:
    """How the opening tag may look of what the style sheet blurs."""
    selectors = re.search(r"\[data-veil\] :is\((.+?)\) {", STYLES)
    assert selectors
    return [
        part.strip().removeprefix(".").split(" ")[0].split(".")[0]
        for part in selectors[1].split(",")
        if not part.strip().startswith(("select", "["))
    ]


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_an_extract_stands_in_what_can_be_hidden(template: Path) -> None:
    if template.name in _CHECKED:
        return
    names = hidden()
    for line in template.read_text("utf-8").splitlines():
        for found in WORDS.finditer(line):
            opened = line[: found.start()].rpartition("<")[2]
            before = line[: found.start()]
            assert any(name in opened or name in before for name in names), f"{template.name}: {line.strip()[:160]}"


def test_the_extracts_of_the_reader_are_among_those_looked_for() -> None:
    found = [path.name for path in TEMPLATES if WORDS.search(path.read_text("utf-8"))]
    assert {"_coding.html", "_case.html", "_evidence.html", "_screen.html", "cell.html", "reader.html"} <= set(found)
