"""Each gate is seen to fail on a planted fault, and to be clean without it.

Every test works on a small copy of the tree and runs the command the gate itself runs.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NOUNS = ("errors.py", "values.py", "anchors.py", "__init__.py", "py.typed")
CONTRACT = "from importlinter.cli import lint_imports_command; lint_imports_command()"


def run(tree: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run one gate's command in a copied tree, which comes before the installed one."""
    environment = {**os.environ, "PYTHONPATH": str(tree / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run([sys.executable, *command], cwd=tree, env=environment, capture_output=True, text=True)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A copy with the project's settings and its nouns only."""
    tree = tmp_path / "a copy"
    (tree / "src/goldthread").mkdir(parents=True)
    shutil.copy(ROOT / "pyproject.toml", tree)
    shutil.copytree(ROOT / "requirements", tree / "requirements")
    for name in NOUNS[:3]:
        shutil.copy(ROOT / "src/goldthread" / name, tree / "src/goldthread")
    for name in NOUNS[3:]:
        (tree / "src/goldthread" / name).touch()
    return tree


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    """A copy of the whole source, without tests."""
    tree = tmp_path / "a copy"
    built = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "src/goldthread", tree / "src/goldthread", ignore=built)
    shutil.copytree(ROOT / "docs", tree / "docs", ignore=built)
    for name in ("pyproject.toml", "README.md"):
        shutil.copy(ROOT / name, tree)
    return tree


def gate(tree: Path, name: str) -> subprocess.CompletedProcess[str]:
    """Run one of the project's own gates over a copied tree."""
    return run(tree, str(ROOT / "scripts/gates.py"), "--root", str(tree), name)


def add(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text((file.read_text(encoding="utf-8") if file.exists() else "") + text, encoding="utf-8")


def test_an_unused_import_fails_the_lint_gate(small: Path) -> None:
    lint = ("-m", "ruff", "check", "--no-cache", ".")
    assert run(small, *lint).returncode == 0
    add(small / "src/goldthread/rule.py", "import os\n")
    found = run(small, *lint)
    assert found.returncode == 1
    assert "F401" in found.stdout


def test_a_broad_except_fails_the_lint_gate(small: Path) -> None:
    add(
        small / "src/goldthread/rule.py",
        "def f() -> None:\n    try:\n        f()\n    except Exception:\n        f()\n",
    )
    found = run(small, "-m", "ruff", "check", "--no-cache", ".")
    assert found.returncode == 1
    assert "BLE001" in found.stdout


def test_careless_layout_fails_the_format_gate(small: Path) -> None:
    layout = ("-m", "ruff", "format", "--no-cache", "--check", ".")
    assert run(small, *layout).returncode == 0
    add(small / "src/goldthread/rule.py", "x = { 'a':1 }\n")
    assert run(small, *layout).returncode == 1


def test_a_wrong_type_and_a_missing_type_fail_the_type_gate(small: Path) -> None:
    types = ("-m", "mypy", "--cache-dir", str(small / "cache"), "src/goldthread")
    assert run(small, *types).returncode == 0
    add(
        small / "src/goldthread/rule.py",
        'def count(of: list[str]) -> int:\n    return "many"\n\n\ndef untyped(a):\n    ...\n',
    )
    found = run(small, *types)
    assert found.returncode == 1
    assert "[return-value]" in found.stdout
    assert "[no-untyped-def]" in found.stdout


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("coding/model.py", "import goldthread.store\n"),
        ("documents/model.py", "from goldthread import study\n"),
        ("assist/engine.py", "import goldthread.briefing.blocks\n"),
        ("analysis/table.py", "import goldthread.assist.engine\n"),
        ("extraction/model.py", "import sqlalchemy\n"),
        ("errors.py", "import typer\n"),
        ("a_place_nobody_planned.py", "import goldthread.errors\n"),
    ],
)
def test_an_import_against_the_flow_fails_the_contract(whole: Path, file: str, line: str) -> None:
    add(whole / "src/goldthread" / file, f"\n{line}")
    found = run(whole, "-c", CONTRACT, "--no-cache", "--no-logo")
    assert found.returncode == 1, found.stdout
    assert "BROKEN" in found.stdout or "not listed" in found.stdout


def test_the_contract_holds_without_a_planted_import(whole: Path) -> None:
    found = run(whole, "-c", CONTRACT, "--no-cache", "--no-logo")
    assert found.returncode == 0, found.stdout


def test_a_file_of_401_lines_fails_unless_it_says_why(small: Path) -> None:
    assert gate(small, "lengths").returncode == 0
    add(small / "src/goldthread/rule.py", "x = 1\n" * 401)
    found = gate(small, "lengths")
    assert found.returncode == 1
    assert "rule.py:1: 401 lines" in found.stdout
    (small / "src/goldthread/rule.py").write_text("# long: one table of the field's words\n" + "x = 1\n" * 401)
    assert gate(small, "lengths").returncode == 0


def test_a_function_of_61_lines_fails_unless_it_says_why(small: Path) -> None:
    body = "    x = 1\n" * 60
    add(small / "src/goldthread/rule.py", f"def f() -> None:\n{body}")
    found = gate(small, "lengths")
    assert found.returncode == 1
    assert "f has 61 lines" in found.stdout
    (small / "src/goldthread/rule.py").write_text(f"def f() -> None:  # long: one query, read top to bottom\n{body}")
    assert gate(small, "lengths").returncode == 0


@pytest.mark.parametrize(
    "planted",
    [
        "see /" + "work/main/notes",
        "open('/" + "home/somebody/reviews')",
        "pip install --extra-" + "index-url here",
        "https://files.pythonhos" + "ted.org/packages",
        "file:/" + "//opt/wheels",
        "<" * 7 + " HEAD",
        ">" * 7 + " a change",
    ],
)
def test_what_belongs_to_a_machine_or_an_unfinished_merge_fails(small: Path, planted: str) -> None:
    assert gate(small, "words").returncode == 0
    add(small / "docs/notes.md", f"A line.\n\n{planted}\n")
    found = gate(small, "words")
    assert found.returncode == 1
    assert "docs/notes.md:3" in found.stdout


def test_a_relative_link_or_an_address_elsewhere_is_no_machine_path(small: Path) -> None:
    add(small / "docs/notes.md", "https://example.org/home/page and ../shared/data and work/main\n")
    assert gate(small, "words").returncode == 0


def test_a_link_to_nowhere_fails(small: Path) -> None:
    add(small / "docs/a.md", "# One heading\n\n[b](b.md) [self](#one-heading) [out](https://example.org/x)\n")
    add(small / "docs/b.md", "## Second: the *other*\n\n```\n[not a link](gone.md)\n```\n")
    assert gate(small, "links").returncode == 0
    add(small / "docs/a.md", "\n[gone](gone.md)\n[heading](b.md#third)\n![picture](p.png)\n")
    found = gate(small, "links")
    assert found.returncode == 1
    for place in ("a.md:5: gone.md", "a.md:6: b.md#third", "a.md:7: p.png"):
        assert place in found.stdout


def test_a_dependency_without_a_lock_fails(small: Path) -> None:
    assert gate(small, "locks").returncode == 0
    project = small / "pyproject.toml"
    project.write_text(
        project.read_text().replace("dependencies = [\n", 'dependencies = [\n  "some-new-thing>=1",\n', 1)
    )
    found = gate(small, "locks")
    assert found.returncode == 1
    assert "some-new-thing>=1 is not locked" in found.stdout


def test_a_lock_entry_without_a_hash_fails(small: Path) -> None:
    add(small / "requirements/core.txt", "loose==1.0\n")
    found = gate(small, "locks")
    assert found.returncode == 1
    assert "loose==1.0 has no hash" in found.stdout


@pytest.mark.parametrize(
    "line", ["--index" + "-url https://example.org/simple\n", "thing @ https://example.org/thing.whl\n"]
)
def test_a_lock_that_holds_an_address_fails(small: Path, line: str) -> None:
    lock = small / "requirements/core.txt"
    lock.write_text(line + lock.read_text())
    found = gate(small, "locks")
    assert found.returncode == 1
    assert "holds an address" in found.stdout


def test_an_import_nobody_declared_fails(small: Path) -> None:
    add(small / "src/goldthread/rule.py", "import pytest\n")
    found = gate(small, "imports")
    assert found.returncode == 1
    assert "rule.py:1: pytest is imported and not declared" in found.stdout


def test_a_dependency_nobody_imports_fails(small: Path) -> None:
    found = gate(small, "imports")
    assert found.returncode == 1
    assert "lxml is declared and nothing imports it" in found.stdout


def test_an_unknown_gate_is_refused(small: Path) -> None:
    found = gate(small, "no-such-gate")
    assert found.returncode == 2
    assert "no such gate" in found.stderr
