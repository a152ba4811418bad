"""Everything the product imports is a dependency it declares, and every dependency is imported."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

from gate_locks import named, normal
from tree import place, project_files

OWN = "goldthread"
# Used through another package and never imported by name: why each stays declared.
UNIMPORTED = {
    "alembic": "migrations run through its own environment file",
    "python-multipart": "Starlette reads forms and uploaded files with it",
}


def undeclared_imports(root: Path) -> list[str]:
    """Imports of packages that pyproject.toml does not name, and core dependencies nobody imports."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    core = {normal(named(need)) for need in project["dependencies"]}
    extras = {
        normal(named(need))
        for name, needs in project["optional-dependencies"].items()
        if name != "dev"
        for need in needs
    }
    found: list[str] = []
    used: set[str] = set()
    installed = packages_distributions()
    for file, line, module in foreign_imports(root / "src"):
        providers = {normal(name) for name in installed.get(module, [module])}
        used |= providers
        if not providers & (core | extras):
            found.append(f"{place(root, file, line)}: {module} is imported and not declared in pyproject.toml")
    idle = core - used - set(UNIMPORTED)
    return found + [f"pyproject.toml: {name} is declared and nothing imports it" for name in sorted(idle)]


def foreign_imports(source: Path) -> Iterator[tuple[Path, int, str]]:
    """File, line and top-level name of each import from outside the product and the standard library."""
    for file in project_files(source):
        if file.suffix == ".py":
            for line, module in imports(file.read_text(encoding="utf-8")):
                if module != OWN and module not in sys.stdlib_module_names:
                    yield file, line, module


def imports(text: str) -> Iterator[tuple[int, str]]:
    """Line and top-level name of each absolute import in a module's text."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, re.split(r"\.", name.name)[0]) for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.lineno, node.module.split(".")[0]
