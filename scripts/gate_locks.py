"""The locks hold every dependency of pyproject.toml, each with its hashes, and no address."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

NAME = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._-]*")
PINNED = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)==")
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")
ADDRESS = re.compile(r"://|^\s*-", re.MULTILINE)
HASH_LINE = re.compile(r"^\s*--hash=\S+( \\)?$", re.MULTILINE)


def unlocked(root: Path) -> list[str]:
    """What the locks lack or hold too much of."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    core = project["project"]["dependencies"]
    dev = [*core, *project["project"]["optional-dependencies"]["dev"]]
    build = project["build-system"]["requires"]
    wanted = {"core.txt": core, "dev.txt": dev, "build.txt": build}
    return [problem for name, needs in wanted.items() for problem in lock_problems(root, name, needs)]


def lock_problems(root: Path, name: str, needs: list[str]) -> list[str]:
    """Problems of one lock; `needs` are requirements as pyproject.toml writes them."""
    text = (root / "requirements" / name).read_text(encoding="utf-8")
    entries = re.split(r"(?m)^(?=\S)", text)
    locked = {normal(found.group(1)) for entry in entries if (found := PINNED.match(entry))}
    where = f"requirements/{name}"
    problems = [
        f"{where}: {need} is not locked; run `make lock`" for need in needs if normal(named(need)) not in locked
    ]
    problems += [
        f"{where}: {entry.split()[0]} has no hash" for entry in entries if entry.strip() and not HASH.search(entry)
    ]
    if ADDRESS.search(HASH_LINE.sub("", text)):
        problems.append(f"{where}: holds an address or an installer option")
    return problems


def named(requirement: str) -> str:
    """The package a requirement names."""
    found = NAME.match(requirement)
    if not found:
        raise ValueError(f"not a requirement: {requirement!r}")
    return found.group()


def normal(name: str) -> str:
    """A package name as package indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()
