"""A written command line is held against the program's own parser."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

import pytest
import typer

import gate_commands
from cli_reference import reference
from commands import fault, tree

app = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode=None, help="A small program.")
below = typer.Typer(help="Commands below.")


class Ending(StrEnum):
    CSV = "csv"
    XLSX = "xlsx"


@app.command()
def add(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder.")],
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="What to add.")],
    limit: Annotated[int, typer.Option("--limit", "-n", help="At most so many.")] = 20,
    ending: Annotated[Ending, typer.Option("--format", help="How.")] = Ending.CSV,
    kind: Annotated[Literal["a", "b"] | None, typer.Option("--kind", help="Which | what.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """Add something.

    More about it.

    Examples:

      goldthread add study reviews/
      goldthread add study reviews/ --limit 3
    """


@below.command()
def check(name: Annotated[str, typer.Argument(help="A name.")]) -> None:
    """Check one."""


app.add_typer(below, name="protocol")


@pytest.mark.parametrize(
    "line",
    [
        "goldthread add study a.pdf b.pdf",
        "goldthread add study 'a folder/' -n 3 --json",
        "goldthread add study a --format xlsx --kind b",
        "goldthread add study a --json | head -3",
        "goldthread add study a > out.txt",
        "goldthread add --help",
        "goldthread protocol check x  # why",
        "goldthread --help",
        "goldthread",
    ],
)
def test_a_line_that_can_be_typed_has_no_fault(line: str) -> None:
    assert fault(app, line) == ""


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("goldthread ad study a", "there is no command goldthread ad"),
        ("goldthread protocol chek x", "there is no command goldthread protocol chek"),
        ("goldthread add study", "needs paths"),
        ("goldthread add study a --nope", "No such option: --nope"),
        ("goldthread add study a --limit many", "'many' is not a number"),
        ("goldthread add study a --format docx", "'docx' is none of csv, xlsx"),
        ("goldthread add study a --kind c", "'c' is none of a, b"),
        ("goldthread protocol check x y", "takes no 'y'"),
    ],
)
def test_a_line_the_program_would_refuse_says_why(line: str, wrong: str) -> None:
    assert wrong in fault(app, line)


def test_the_tree_lists_groups_and_what_is_below_them() -> None:
    assert [" ".join(found.words) for found in tree(app)] == [
        "goldthread",
        "goldthread add",
        "goldthread protocol",
        "goldthread protocol check",
    ]


def test_the_reference_shows_examples_options_and_defaults() -> None:
    text = reference(app)
    assert "## goldthread add\n\nAdd something.\n\nMore about it." in text
    assert "```console\n$ goldthread add study reviews/\n$ goldthread add study reviews/ --limit 3\n```" in text
    assert "| `-n, --limit <int>` | At most so many. [default: 20] |" in text
    assert "Which \\| what." in text
    assert "[`goldthread protocol check`](#goldthread-protocol-check)" in text


def test_a_command_without_an_example_is_a_fault() -> None:
    found = gate_commands.help_faults(app)
    assert "goldthread protocol check: shows no example in its help" in found
    assert not any(line.startswith("goldthread add:") for line in found)


def test_an_option_without_help_is_a_fault() -> None:
    bare = typer.Typer(add_completion=False)

    @bare.callback()
    def program() -> None:
        """A program."""

    @bare.command()
    def one(deep: bool = False) -> None:
        """Do one.

        goldthread one --deep
        """

    assert gate_commands.help_faults(bare) == ["goldthread one: --deep is not explained"]


def test_a_wrong_line_in_a_console_block_is_found_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "guide.md").write_text(
        "Text with goldthread nonsense in prose.\n\n```console\n$ goldthread add study a\nprinted\n"
        "$ goldthread add study \\\n    a --nope\n```\n\n```text\ngoldthread nonsense\n```\n"
    )
    assert gate_commands.written_faults(tmp_path, app) == ["guide.md:6: goldthread add: No such option: --nope"]


def test_a_stale_reference_is_a_fault_and_a_fresh_one_is_not(tmp_path: Path) -> None:
    assert gate_commands.reference_fault(tmp_path, app)
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/cli.md").write_text(reference(app), encoding="utf-8")
    assert gate_commands.reference_fault(tmp_path, app) == []
    (tmp_path / "docs/cli.md").write_text(reference(app) + "\nAn undocumented change.\n", encoding="utf-8")
    assert gate_commands.reference_fault(tmp_path, app)
