"""Write docs/cli.md from the command line itself; `--check` only says whether it is up to date."""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

import typer
from typer.core import TyperGroup

from commands import EXAMPLE, Found, is_argument, is_option, tree

OPENING = """# Command reference

Written from the program's own help by `make docs`; do not edit by hand. `goldthread COMMAND --help` says the same.

Data goes to standard output and messages to standard error. With `--json`, standard output is exactly one JSON
document. Exit codes: 0 done · 1 done, and problems were found · 2 wrong usage or unreadable input · 3 a fault of the
study or its store.
"""


def reference(app: typer.Typer) -> str:
    """The whole reference as Markdown."""
    found = tree(app)
    listing = "\n".join(f"- [`{name(one)}`](#{link(one)}) — {summary(one)}" for one in found[1:])
    return "\n".join([OPENING, listing, "", *(chapter(one) for one in found[1:])])


def name(found: Found) -> str:
    """What a person types: `goldthread protocol check`."""
    return " ".join(found.words)


def link(found: Found) -> str:
    """The heading's link name."""
    return "-".join(found.words)


def summary(found: Found) -> str:
    """The first sentence of its help."""
    return found.help.split("\n\n")[0].replace("\n", " ").strip()


def chapter(found: Found) -> str:
    """One command: what it does, how it is called, what it takes."""
    usage = found.command.get_usage(found.context).removeprefix("Usage:")
    parts = [f"## {name(found)}", "", prose(found.help), "", "```text", " ".join(usage.split()), "```", ""]
    if not isinstance(found.command, TyperGroup):
        parts += taken(found)
    return "\n".join(parts)


def prose(text: str) -> str:
    """Help as Markdown: its example lines become blocks that can be copied."""
    lines: list[str] = []
    inside = False
    for line in text.splitlines():
        example = EXAMPLE.match(line)
        if example and not inside:
            lines += ["", "```console"]
        if inside and not example and line.strip():
            lines += ["```", ""]
        inside = bool(example) or (inside and not line.strip())
        if not (inside and not line.strip()):
            lines.append(f"$ {example.group(1).strip()}" if example else line.strip())
    if inside:
        lines.append("```")
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def taken(found: Found) -> list[str]:
    """Arguments and options as a table."""
    context = found.context
    rows: list[str] = []
    for part in found.command.get_params(context):
        record = part.get_help_record(context)
        if record and (is_argument(part) or is_option(part)) and part.name != "help":
            left, right = (re.sub(r"\s+", " ", words).replace("|", "\\|").strip() for words in record)
            rows.append(f"| `{left}` | {right} |")
    return ["| argument or option | meaning |", "|---|---|", *rows, ""] if rows else []


def main() -> int:
    """Write the reference, or with `--check` compare it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--out", type=Path, default=Path(__file__).resolve().parents[1] / "docs/cli.md")
    options = parser.parse_args()
    from goldthread.cli.app import command_line  # noqa: PLC0415 - `--help` works while the program is being changed

    text = reference(command_line())
    if not options.check:
        options.out.write_text(text, encoding="utf-8")
        return 0
    if options.out.exists() and options.out.read_text(encoding="utf-8") == text:
        return 0
    print(f"{options.out} is out of date: run `make docs`", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
