"""The tutorial is run, not believed: every command in docs/tutorial.md, in order, in an empty folder.

A block's lines after `$ goldthread …` are what the command prints. `…` stands for anything: the rest of a line, or
any number of lines where it is alone on one. `--write` puts what was really printed where the two differ.
"""

from __future__ import annotations

import argparse
import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from commands import PROGRAM

TUTORIAL = Path(__file__).resolve().parents[1] / "docs/tutorial.md"
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ANYTHING = "…"


@dataclass(frozen=True)
class Step:
    """One command of the tutorial, what it is said to print, and where that stands in the text."""

    command: str
    printed: str
    start: int
    end: int


def steps(text: str) -> Iterator[Step]:
    """Every command of our own program in the text's console blocks."""
    for block in BLOCK.finditer(text):
        for part in re.finditer(r"^\$ (.*\n(?:(?<=\\\n).*\n)*)((?:(?!\$ ).*\n)*)", block.group(1), re.MULTILINE):
            command = part.group(1).replace("\\\n", " ").strip()
            if command.split()[0] == PROGRAM:
                yield Step(command, part.group(2), block.start(1) + part.start(2), block.start(1) + part.end(2))


class Refused(RuntimeError):
    """A command of the tutorial ended with wrong usage or a fault: the program is to be mended, not the text."""


def run(command: str, folder: Path) -> str:
    """What a person sees when they type the command in `folder`; long lines are not broken.

    Raises Refused when the command does not do its work.
    """
    words = shlex.split(command)
    environment = {**os.environ, "COLUMNS": "200", "NO_COLOR": "1", "PYTHONUTF8": "1", "PYTHONUNBUFFERED": "1"}
    done = subprocess.run(  # noqa: S603 - the tutorial's own commands
        [sys.executable, "-m", *words],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    if done.returncode not in (0, 1):
        raise Refused(f"$ {command}\nended with {done.returncode}:\n{done.stdout}")
    return (
        "\n".join(line.rstrip() for line in done.stdout.strip("\n").split("\n")) + "\n" if done.stdout.strip() else ""
    )


def agrees(said: str, printed: str) -> bool:
    """Whether what was printed is what the tutorial says, `…` standing for anything."""
    lines = [f"(?:{_line(line)})" if line.strip() != ANYTHING else r"(?:.*\n)*?" for line in said.splitlines()]
    return re.fullmatch("".join(lines), printed) is not None


def _line(line: str) -> str:
    return ".*".join(re.escape(part) for part in line.rstrip().split(ANYTHING)) + r"\n"


def differences(text: str, folder: Path) -> list[tuple[Step, str]]:
    """Each step that prints something else than the text says, with what it prints."""
    told = ((step, run(step.command, folder)) for step in steps(text))
    return [(step, printed) for step, printed in told if not agrees(step.printed, printed)]


def mended(text: str, different: list[tuple[Step, str]]) -> str:
    """The text with what was really printed."""
    for step, printed in reversed(different):
        text = text[: step.start] + printed + text[step.end :]
    return text


def main() -> int:
    """Run the tutorial; 1 when it says something else than happens."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write what was really printed")
    options = parser.parse_args()
    text = TUTORIAL.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory(prefix="goldthread-tutorial-") as folder:
        different = differences(text, Path(folder))
    if options.write:
        TUTORIAL.write_text(mended(text, different), encoding="utf-8")
        return 0
    for step, printed in different:
        print(f"$ {step.command}\nis said to print\n{step.printed}and prints\n{printed}")
    return int(bool(different))


if __name__ == "__main__":
    sys.exit(main())
