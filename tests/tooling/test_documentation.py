"""What the documentation promises is what the program does."""

from __future__ import annotations

import re
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from goldthread.documents import problems
from goldthread.documents.limits import DEFAULT, MEGABYTE, Limits
from goldthread.interchange.files import FILES
from goldthread.interchange.rows import ANCHOR
from goldthread.protocol.model import Protocol
from goldthread.protocol.record import Record

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"


def section(text: str, heading: str) -> str:
    """The part of a Markdown text below the heading that begins so, down to the next of its kind."""
    found = re.search(rf"^(#+) {re.escape(heading)}.*?(?=^\1 |\Z)", text, re.MULTILINE | re.DOTALL)
    assert found, f"no section {heading}"
    return found.group()


def documented_columns(table: str) -> list[str]:
    """The columns a table of the documentation names, in order; `anchor` stands for its five."""
    names: list[str] = []
    for row in re.findall(r"^\| (.+?) \|", table, re.MULTILINE)[1:]:
        names += ANCHOR if row == "anchor" else re.findall(r"`(\w+)`", row)
    return names


@pytest.mark.parametrize("name", FILES)
def test_every_column_of_an_export_file_is_documented_in_its_order(name: str) -> None:
    text = (DOCS / "exports.md").read_text(encoding="utf-8")
    assert documented_columns(section(text, f"{name}.csv")) == list(FILES[name])


def test_every_export_file_has_a_section_and_no_other() -> None:
    text = (DOCS / "exports.md").read_text(encoding="utf-8")
    assert re.findall(r"^### (\w+)\.csv", text, re.MULTILINE) == list(FILES)


def test_every_format_a_study_can_be_exported_to_is_documented() -> None:
    table = section((DOCS / "exports.md").read_text(encoding="utf-8"), "Exports").split("## Checking")[0]
    formats = re.findall(r"^\| `(\w+)`", table, re.MULTILINE)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert set(formats) == set(project["entry-points"]["goldthread.exporters"])


def problem_codes() -> set[str]:
    """Every code a document's problem can have, from the functions that make problems."""
    source = (ROOT / "src/goldthread/documents/problems.py").read_text(encoding="utf-8")
    return set(re.findall(r"Problem\(\s*\"(\w+)\"", source))


def test_every_problem_a_document_can_have_is_documented() -> None:
    table = section((DOCS / "limits.md").read_text(encoding="utf-8"), "Problems")
    documented = re.findall(r"^\| `(\w+)`", table, re.MULTILINE)
    assert set(documented) == problem_codes()
    assert documented == sorted(documented)
    assert problems.empty().code in documented


def test_the_limits_documented_are_the_limits_kept() -> None:
    table = section((DOCS / "limits.md").read_text(encoding="utf-8"), "Limits")
    said = {int(number.replace(",", "")) for number in re.findall(r"\d[\d,]*", table)}
    kept = {name: getattr(DEFAULT, name) for name in (field.name for field in fields(Limits))}
    for name, value in kept.items():
        size = value / MEGABYTE if name in {"memory", "file_size", "archive_size", "markup_size"} else value
        size = size / 1_000_000 if name == "characters" else size
        assert int(size) in said, f"{name} = {size:g} is not in docs/limits.md"


def test_every_declared_dependency_says_what_it_is_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    text = (DOCS / "dependencies.md").read_text(encoding="utf-8")
    needs = [
        *project["dependencies"],
        *(need for extra in project["optional-dependencies"].values() for need in extra),
    ]
    for name in (re.split(r"[^\w-]", need)[0] for need in needs):
        assert re.search(rf"\b{re.escape(name)}\b", text), f"{name} is not in docs/dependencies.md"


def test_nothing_documented_as_a_dependency_was_dropped() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    text = (DOCS / "dependencies.md").read_text(encoding="utf-8")
    named = re.findall(r"^\| ([a-z0-9-]+) \|", section(text, "In every installation"), re.MULTILINE)
    needs = {re.split(r"[^\w-]", need)[0] for need in project["dependencies"]}
    assert set(named) - {"package"} == needs


def protocol_keys() -> set[str]:
    """Every key a protocol file may hold, from the records that read it."""
    waiting: list[type[Record]] = [Protocol]
    keys: set[str] = set()
    seen: set[type] = set()
    while waiting:
        record = waiting.pop()
        seen.add(record)
        for name, field in record.model_fields.items():
            keys.add(field.alias or name)
            waiting += [kind for kind in records_in(field.annotation) if kind not in seen]
    return keys


def records_in(annotation: object) -> list[type[Record]]:
    """The records an annotation speaks of."""
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return [annotation]
    return [found for below in getattr(annotation, "__args__", ()) for found in records_in(below)]


def test_every_key_of_a_protocol_is_documented() -> None:
    text = "".join((DOCS / name).read_text(encoding="utf-8") for name in ("protocols.md", "lexicon.md"))
    code = re.findall(r"^```[^`]*^```|`[^`\n]+`|^    [^\n]*$", text, re.MULTILINE)
    documented = set(re.findall(r"\w+", " ".join(code)))
    assert sorted(protocol_keys() - documented) == []


@pytest.mark.parametrize("name", ["README.md", "ARCHITECTURE.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE"])
def test_what_a_newcomer_looks_for_is_there(name: str) -> None:
    assert (ROOT / name).stat().st_size > 300


def test_the_readme_begins_with_the_two_commands() -> None:
    commands = re.findall(r"^\$ (.+)$", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert commands[:2] == ["make demo", "make test"]


def test_the_architecture_fits_on_a_page() -> None:
    assert len((ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8").splitlines()) <= 100


def test_every_place_the_architecture_names_exists() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    packages = {path.name for path in (ROOT / "src/goldthread").iterdir()}
    for name in re.findall(r"`(?:src/goldthread/)?([a-z_]+(?:/[a-z_]+)*(?:\.py|/))`", text):
        base = ROOT if name.split("/")[0] not in packages else ROOT / "src/goldthread"
        if name.split("/")[0] not in {"study", "originals", "outputs"} or (base / name).exists():
            assert (base / name).exists(), name
