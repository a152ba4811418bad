"""The protocol guide is complete, and its worked example works."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from goldthread.protocol import model
from goldthread.protocol.lexicon import Lexicon
from goldthread.protocol.load import DATA, OPTIONAL, PART_FILES, ROOT_FILES, load, shipped
from goldthread.protocol.record import Record
from goldthread.protocol.vocabulary import LEVELS, missing_kinds

GUIDE = (Path(__file__).parents[2] / "docs" / "protocols.md").read_text(encoding="utf-8")
EXAMPLE = GUIDE.split("### A worked example")[1]
WORDS = set(re.findall(r"`\[*(\w[\w.-]*)\]*(?: = [^`]*)?`", GUIDE)) | set(re.findall(r"\[\[(\w+)\]\]", GUIDE))


def _records() -> Iterator[type[BaseModel]]:
    for thing in vars(model).values():
        if isinstance(thing, type) and issubclass(thing, Record) and thing not in (Record, Lexicon):
            yield thing


@pytest.mark.parametrize("record", list(_records()), ids=lambda record: record.__name__)
def test_every_key_a_protocol_may_have_is_in_the_guide(record: type[BaseModel]) -> None:
    parts = set(PART_FILES.values())
    keys = {field.alias or name for name, field in record.model_fields.items()}
    missing = {name for name in keys if name not in WORDS and name not in parts}
    assert not missing


def _keys(value: Any, depth: int = 0) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key not in ("groupings",) and depth >= 0:
                yield key
            yield from _keys(
                inner, -9 if key in ("groups", "groupings", "counts") and isinstance(inner, dict) else depth
            )
    elif isinstance(value, list):
        for inner in value:
            yield from _keys(inner, max(depth, 0))


@pytest.mark.parametrize("name", shipped())
def test_every_key_the_shipped_protocols_use_is_in_the_guide(name: str) -> None:
    used: set[str] = set()
    for path in (DATA / name).glob("*.toml"):
        if path.name != "lexicon.toml":
            used |= set(_keys(tomllib.loads(path.read_text(encoding="utf-8"))))
    assert len(used) > 30
    assert not used - WORDS


def test_every_file_and_shipped_protocol_is_in_the_guide() -> None:
    for name in (*ROOT_FILES, *PART_FILES, *shipped()):
        assert f"`{name}`" in GUIDE
    for name in (*ROOT_FILES, *PART_FILES):
        row = next(line for line in GUIDE.splitlines() if line.startswith(f"| `{name}`"))
        assert row.endswith("| no |" if name in OPTIONAL else "| yes |")


@pytest.mark.parametrize("kind", [*model.FieldKind, *model.TableKind, *model.About])
def test_every_kind_is_in_the_guide(kind: str) -> None:
    assert f"`{kind}`" in GUIDE


@pytest.mark.parametrize("name", [*LEVELS, *missing_kinds()])
def test_every_name_conditions_may_use_is_in_the_guide(name: str) -> None:
    assert f"`{name}`" in GUIDE


def _write_example(folder: Path) -> None:
    blocks = re.split(r"^    # (\w+\.toml)$", EXAMPLE, flags=re.MULTILINE)[1:]
    for name, text in zip(blocks[::2], blocks[1::2], strict=True):
        (folder / name).write_text(re.sub(r"^    ", "", text, flags=re.MULTILINE), encoding="utf-8")


def test_the_worked_example_is_a_protocol(tmp_path: Path) -> None:
    _write_example(tmp_path)
    protocol = load(tmp_path)
    assert protocol.id == "falls"
    assert protocol.lexicon.fields["fall"].values == {"true": ("fall_words",)}
    assert len(list(tmp_path.iterdir())) == 7


def test_the_snippets_above_the_example_are_toml() -> None:
    snippets = re.findall(r"\n\n((?:    .*\n|\n)+)", GUIDE.split("## Versions")[0])
    tables = [tomllib.loads(re.sub(r"^    ", "", text, flags=re.MULTILINE)) for text in snippets if "[[" in text]
    assert len(tables) == 3
