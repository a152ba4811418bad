"""Every key of a TOML text is found on the line it stands on."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from goldthread.protocol.load import DATA
from goldthread.protocol.places import KeyPath, line_of, places

TEXT = """\
# a comment with [[brackets]] and id = "x"
id = "one"   # another

[plan]
title = \"\"\"
two lines
[[not.a.table]]
\"\"\"

[[fields]]
id = "age"
values = [
  { id = "a", label = "has } and ] and # in it" },  # trailing
  # a comment between
  { id = "b", applies = [{ field = "x", within = ["y", 'z'] }] },
]

[[fields]]
id = "sex"
dotted.inner = 1
"quoted key" = 2
when = 2016-01-01

[fields.groups]
white = [
  "one",
  "two",
]
"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("id",), 2),
        (("plan",), 4),
        (("plan", "title"), 5),
        (("fields", 0), 10),
        (("fields", 0, "id"), 11),
        (("fields", 0, "values"), 12),
        (("fields", 0, "values", 0), 13),
        (("fields", 0, "values", 0, "label"), 13),
        (("fields", 0, "values", 1), 15),
        (("fields", 0, "values", 1, "applies", 0, "within", 1), 15),
        (("fields", 1), 18),
        (("fields", 1, "dotted", "inner"), 20),
        (("fields", 1, "quoted key"), 21),
        (("fields", 1, "when"), 22),
        (("fields", 1, "groups"), 24),
        (("fields", 1, "groups", "white", 1), 27),
    ],
)
def test_a_key_is_found_on_its_line(path: KeyPath, line: int) -> None:
    assert places(TEXT)[path] == line


def test_what_is_absent_is_placed_where_it_should_have_been() -> None:
    found = places(TEXT)
    assert line_of(("fields", 0, "values", 1, "parent"), found) == 15
    assert line_of(("fields", 1, "kind"), found) == 18
    assert line_of(("nothing", "like", "it"), found) == 1


def test_an_empty_text_has_no_places() -> None:
    assert places("") == {}


def test_arrays_of_tables_within_tables_are_numbered_anew_in_each() -> None:
    found = places("[[a]]\n[[a.b]]\nx = 1\n[[a.b]]\n[[a]]\n[[a.b]]\nx = 2\n")
    assert found["a", 0, "b", 0, "x"] == 3
    assert found["a", 0, "b", 1] == 4
    assert found["a", 1, "b", 0, "x"] == 7


def _paths(value: Any, path: KeyPath = ()) -> list[KeyPath]:
    inner: list[KeyPath] = []
    if isinstance(value, dict):
        inner = [found for key, part in value.items() for found in _paths(part, (*path, key))]
    elif isinstance(value, list):
        inner = [found for n, part in enumerate(value) for found in _paths(part, (*path, n))]
    return [path, *inner] if path else inner


@pytest.mark.parametrize("path", sorted(DATA.rglob("*.toml")), ids=lambda path: "/".join(path.parts[-2:]))
def test_every_key_the_parser_sees_in_the_shipped_files_has_a_line(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    found = places(text)
    lines = text.splitlines()
    for key in _paths(tomllib.loads(text)):
        assert key in found
        if isinstance(key[-1], str):
            assert key[-1] in lines[found[key] - 1]
