"""Every relative link in the documentation leads to a file, and to a heading where it names one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from tree import place, project_files

LINK = re.compile(r"!?\[[^\]]*\]\(\s*<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\s*\)")
FENCE = re.compile(r"^\s*(```|~~~)")
HEADING = re.compile(r"^#{1,6}\s+(.*?)\s*#*\s*$")
ELSEWHERE = re.compile(r"^[a-z][a-z0-9+.-]*:", re.IGNORECASE)


def broken_links(root: Path) -> list[str]:
    """Links that lead nowhere."""
    found: list[str] = []
    for file in project_files(root):
        if file.suffix == ".md":
            for number, line in prose(file):
                for target in LINK.findall(line):
                    if not leads_somewhere(file, target):
                        found.append(f"{place(root, file, number)}: {target} leads nowhere")
    return found


def prose(file: Path) -> Iterator[tuple[int, str]]:
    """Numbered lines outside fenced code."""
    fenced = False
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        if FENCE.match(line):
            fenced = not fenced
        elif not fenced:
            yield number, line


def leads_somewhere(file: Path, target: str) -> bool:
    """Whether a link written in `file` can be followed; addresses elsewhere are not tried."""
    if ELSEWHERE.match(target):
        return True
    path, _, heading = target.partition("#")
    to = file.parent / path if path else file
    if not to.exists():
        return False
    return not heading or to.suffix != ".md" or heading in headings(to)


def headings(file: Path) -> set[str]:
    """The names under which a Markdown file's headings can be linked."""
    found = (HEADING.match(line) for _, line in prose(file))
    return {slug(heading.group(1)) for heading in found if heading}


def slug(heading: str) -> str:
    """A heading's link name: lower case, words joined by hyphens, punctuation dropped."""
    return re.sub(r"\s", "-", re.sub(r"[^\w\s-]", "", heading.lower()).strip())
