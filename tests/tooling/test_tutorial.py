"""The tutorial's commands are really run, on the fictional reviews, and print what it says."""

from __future__ import annotations

import csv
import re
import runpy
from pathlib import Path

import pytest

import tutorial

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[tuple[tutorial.Step, str]]]:
    """A folder in which somebody followed the tutorial to its end, and where it misled them."""
    folder = tmp_path_factory.mktemp("a newcomer's folder")
    return folder, tutorial.differences(tutorial.TUTORIAL.read_text(encoding="utf-8"), folder)


def test_every_command_of_the_tutorial_prints_what_it_says(
    followed: tuple[Path, list[tuple[tutorial.Step, str]]],
) -> None:
    told = [f"$ {step.command}\n{printed}" for step, printed in followed[1]]
    assert told == [], "\n".join(told)


def test_the_tutorial_ends_with_a_briefing_in_every_format(
    followed: tuple[Path, list[tuple[tutorial.Step, str]]],
) -> None:
    folder = followed[0]
    assert {file.suffix for file in folder.rglob("briefing.*")} >= {".html", ".docx", ".pdf"}


def test_the_check_printed_in_the_documentation_finds_every_exported_quote_exact(
    followed: tuple[Path, list[tuple[tutorial.Step, str]]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    export = next(followed[0].rglob("reviews.csv")).parent
    monkeypatch.chdir(export.parent)
    script = tmp_path / "check.py"
    script.write_text(printed_check().replace('"export"', f'"{export.name}"'), encoding="utf-8")
    runpy.run_path(str(script))
    counted = int(capsys.readouterr().out.split()[0])
    assert counted == quotes(export) > 100


def test_the_check_printed_in_the_documentation_notices_one_altered_letter(
    followed: tuple[Path, list[tuple[tutorial.Step, str]]],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    export = next(followed[0].rglob("reviews.csv")).parent
    row = next(row for row in read(export / "episodes.csv") if row["quote"])
    texts = {row["file_name"]: row["document_id"] for row in read(export / "documents.csv")}
    file = export / "texts" / f"{texts[row['file_name']]}.txt"
    whole = file.read_bytes()
    text = whole.decode("utf-8")
    at = int(row["start"])
    file.write_bytes((text[:at] + ("x" if text[at] != "x" else "y") + text[at + 1 :]).encode("utf-8"))
    monkeypatch.chdir(export.parent)
    script = tmp_path / "check.py"
    script.write_text(printed_check().replace('"export"', f'"{export.name}"'), encoding="utf-8")
    try:
        with pytest.raises(AssertionError):
            runpy.run_path(str(script))
    finally:
        file.write_bytes(whole)


def test_every_review_document_and_passage_the_documentation_names_is_in_the_demonstrations_study(
    followed: tuple[Path, list[tuple[tutorial.Step, str]]],
) -> None:
    export = next(followed[0].rglob("reviews.csv")).parent
    named = (("reviews", "review_id"), ("documents", "document_id"), ("episodes", "episode_id"))
    known = {row[column] for name, column in named for row in read(export / f"{name}.csv")}
    for file in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))):
        text = file.read_text(encoding="utf-8")
        found = set(re.findall(r"\b(?:R\d{5}(?:-E\d{3})?|D\d{5})\b(?!-)", text))
        assert found <= known, f"{file.name} names {sorted(found - known)}"


def printed_check() -> str:
    text = (ROOT / "docs/exports.md").read_text(encoding="utf-8")
    found = re.search(r"^```python\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    assert found
    return found.group(1)


def read(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def quotes(export: Path) -> int:
    names = ("screening", "characteristics", "episodes", "recommendations")
    return sum(bool(row["quote"]) for name in names for row in read(export / f"{name}.csv"))


TEXT = """# A tutorial

```console
$ goldthread one \\
    --two
said
and said
$ make something
not ours
$ goldthread three
```

```python
$ goldthread not_a_command
```
"""


def test_steps_are_our_own_commands_with_what_they_print() -> None:
    found = list(tutorial.steps(TEXT))
    assert [(step.command, step.printed) for step in found] == [
        ("goldthread one      --two", "said\nand said\n"),
        ("goldthread three", ""),
    ]


def test_what_was_printed_is_written_in_its_place_and_nowhere_else() -> None:
    first, second = tutorial.steps(TEXT)
    mended = tutorial.mended(TEXT, [(first, "one line\n"), (second, "another\n")])
    assert mended == TEXT.replace("said\nand said\n", "one line\n").replace("three\n", "three\nanother\n")


@pytest.mark.parametrize(
    ("said", "printed", "agrees"),
    [
        ("a\nb\n", "a\nb\n", True),
        ("a\nb\n", "a\nc\n", False),
        ("a\n", "a\nb\n", False),
        ("", "a\n", False),
        ("", "", True),
        ("took … s\n", "took 3.2 s\n", True),
        ("took … s\n", "took 3.2 min\n", False),
        ("a\n…\nz\n", "a\nb\nc\nz\n", True),
        ("a\n…\nz\n", "a\nz\n", True),
        ("a\n…\nz\n", "a\nb\n", False),
        ("(a) [b] .*\n", "(a) [b] .*\n", True),
        ("(a) [b] .*\n", "(a) [b] anything\n", False),
    ],
)
def test_an_ellipsis_stands_for_anything_and_all_else_is_exact(said: str, printed: str, agrees: bool) -> None:
    assert tutorial.agrees(said, printed) is agrees


def test_a_command_that_does_not_do_its_work_is_never_written_into_the_tutorial(tmp_path: Path) -> None:
    with pytest.raises(tutorial.Refused, match="no study here"):
        tutorial.run("goldthread ledger nowhere", tmp_path)
