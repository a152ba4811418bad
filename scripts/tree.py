"""The files that belong to the project, wherever the gates look."""

from __future__ import annotations

import subprocess
from pathlib import Path

BUILT = {".git", ".venv", "__pycache__", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis"}


def project_files(root: Path) -> list[Path]:
    """Every file of the project below `root`: what git tracks or would track, or all files where git is not used."""
    if (root / ".git").exists():
        command = ["git", "-C", str(root), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        listed = subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603 - fixed words
        files = [root / name for name in listed.split("\0") if name]
    else:
        files = [file for file in root.rglob("*") if not BUILT & set(file.relative_to(root).parts)]
    return sorted(file for file in files if file.is_file() and not file.is_symlink())


def text_of(file: Path) -> str | None:
    """The text of a file, or None where it is not text."""
    try:
        return file.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        return None


def place(root: Path, file: Path, line: int) -> str:
    """Where a person finds it: `docs/tutorial.md:12`."""
    return f"{file.relative_to(root).as_posix()}:{line}"
