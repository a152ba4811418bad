"""Every command written in the documentation can be typed, every command is documented and shows an example."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import typer
from typer.core import TyperGroup

from cli_reference import reference
from commands import PROGRAM, fault, tree
from tree import place, project_files

OPENS = re.compile(r"^\s*```\s*(console|sh|bash|shell)\s*$")
CLOSES = re.compile(r"^\s*```\s*$")
TYPED = re.compile(rf"^\s*(?:\$ )?({PROGRAM}(?:\s.*)?)$")
LOCAL_MODULE = re.compile(rf"^\s*(?:\$ )?(?:\S*/)?python3? -m ({PROGRAM}(?:\s.*)?)$")
PLACEHOLDER = re.compile(r"\[[^\]]*\]|…|\.\.\.")


def command_faults(root: Path) -> list[str]:
    """What is wrong with the documentation of the command line, the reference included."""
    from goldthread.cli.app import command_line  # noqa: PLC0415 - the other gates work while the program does not start

    app = command_line()
    return [*written_faults(root, app), *help_faults(app), *reference_fault(root, app)]


def written_faults(root: Path, app: typer.Typer) -> list[str]:
    """Command lines in the Markdown files that the program would refuse."""
    return [
        f"{place(root, file, line)}: {wrong}"
        for file in project_files(root)
        if file.suffix == ".md"
        for line, typed in typed_lines(file)
        if not PLACEHOLDER.search(typed) and (wrong := fault(app, typed))
    ]


def typed_lines(file: Path) -> Iterator[tuple[int, str]]:
    """Number and text of each command line in a file's console blocks; a line ending in `\\` goes on."""
    inside, begun, parts = False, 0, list[str]()
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        if not inside:
            inside = bool(OPENS.match(line))
            continue
        if CLOSES.match(line):
            inside = False
            continue
        typed = TYPED.match(line) or LOCAL_MODULE.match(line)
        if parts or typed:
            begun = begun if parts else number
            parts.append(typed.group(1) if typed and not parts else line.strip())
            if not line.endswith("\\"):
                yield begun, " ".join(part.removesuffix("\\").strip() for part in parts)
                parts = []


def help_faults(app: typer.Typer) -> list[str]:
    """Commands without help, without an example, or with an example that could not be typed."""
    found: list[str] = []
    for one in tree(app)[1:]:
        name = " ".join(one.words)
        if not one.help:
            found.append(f"{name}: has no help")
        elif not isinstance(one.command, TyperGroup) and not any(line.startswith(name) for line in one.examples):
            found.append(f"{name}: shows no example in its help")
        found += [f"{name}: its example: {wrong}" for line in one.examples if (wrong := fault(app, line))]
        for part in one.command.get_params(one.context):
            if not getattr(part, "help", None):
                found.append(f"{name}: {part.opts[0]} is not explained")
    return found


def reference_fault(root: Path, app: typer.Typer) -> list[str]:
    """Whether docs/cli.md says what the program says."""
    file = root / "docs/cli.md"
    if file.exists() and file.read_text(encoding="utf-8") == reference(app):
        return []
    return ["docs/cli.md: is out of date; run `make docs`"]
