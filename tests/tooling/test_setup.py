"""Setting up on a machine as it comes: too old a Python, a Python without venv, a folder with a space."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOOLS = ("sh", "dirname", "id", "rm", "cat", "make", "awk", "mkdir", "pwd")


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """What a clone holds of the set-up, in a folder with a space in its name."""
    tree = tmp_path / "my clone"
    tree.mkdir()
    for name in ("Makefile", "pyproject.toml"):
        shutil.copy(ROOT / name, tree)
    for name in ("scripts", "requirements"):
        shutil.copytree(ROOT / name, tree / name, ignore=shutil.ignore_patterns("__pycache__"))
    return tree


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A folder of programs that is the whole PATH of a machine: no package manager, and no Python yet."""
    programs = tmp_path / "bin"
    programs.mkdir()
    for tool in TOOLS:
        found = shutil.which(tool)
        assert found, f"{tool} is needed for this test"
        (programs / tool).symlink_to(found)
    return programs


def program(path: Path, text: str) -> None:
    path.write_text(text)
    path.chmod(0o755)


def python_that_refuses(machine: Path, what: str) -> None:
    """A python3 that fails whenever its code speaks of `what`, and is real otherwise."""
    script = f'#!/bin/sh\ncase "$*" in *"{what}"*) exit 1;; esac\nexec "{sys.executable}" "$@"\n'
    program(machine / "python3", script)


def setup(clone: Path, machine: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = ["sh", "scripts/setup.sh", *words]
    environment = {"PATH": str(machine), "HOME": str(clone)}
    return subprocess.run(command, cwd=clone, env=environment, capture_output=True, text=True, timeout=120)


def test_a_machine_without_python_is_told_which_to_get(clone: Path, machine: Path) -> None:
    found = setup(clone, machine, "core")
    assert found.returncode != 0
    assert "needs Python 3.11 or newer" in found.stderr
    assert not (clone / ".venv").exists()


def test_too_old_a_python_is_passed_over(clone: Path, machine: Path) -> None:
    python_that_refuses(machine, "version_info")
    found = setup(clone, machine, "core")
    assert found.returncode != 0
    assert "none was found" in found.stderr


def test_a_python_without_venv_is_explained_with_the_package_to_install(clone: Path, machine: Path) -> None:
    python_that_refuses(machine, "ensurepip")
    found = setup(clone, machine, "core")
    assert found.returncode != 0
    assert "cannot make virtual environments" in found.stderr
    assert f"apt-get install python{sys.version_info[0]}.{sys.version_info[1]}-venv" in found.stderr
    assert not (clone / ".venv").exists()


def test_a_newer_python_under_its_own_name_is_found(clone: Path, machine: Path) -> None:
    program(machine / "python3", "#!/bin/sh\nexit 1\n")
    program(machine / "python3.13", f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    for lock in (clone / "requirements").glob("*.txt"):
        lock.write_text("not a requirement at all !\n")
    found = setup(clone, machine, "core")
    assert found.returncode != 0, "the broken lock must stop it"
    assert (clone / ".venv/bin/python").exists()
    assert not (clone / ".venv/.core").exists(), "nothing is marked done that was not"


def test_an_unknown_request_is_refused(clone: Path, machine: Path) -> None:
    python_that_refuses(machine, "nothing at all")
    found = setup(clone, machine, "everything")
    assert found.returncode == 2
    assert "say core or dev" in found.stderr


def test_a_set_up_clone_is_not_set_up_again_and_a_moved_one_is(clone: Path, machine: Path) -> None:
    (clone / ".venv/bin").mkdir(parents=True)
    program(clone / ".venv/bin/python", '#!/bin/sh\necho "ran: $*"\n')
    (clone / ".venv/.place").write_text(f"{clone.resolve()}\n")
    for stamp in (".core", ".dev"):
        (clone / ".venv" / stamp).touch()
    assert make(clone, machine, "demo").stdout.splitlines() == ["ran: -m goldthread demo demo"]
    moved = clone.rename(clone.with_name("moved away"))
    assert "setup.sh core" in make(moved, machine, "--dry-run", "demo").stdout


def test_a_changed_lock_is_installed_before_the_next_run(clone: Path, machine: Path) -> None:
    (clone / ".venv").mkdir()
    (clone / ".venv/.place").write_text(f"{clone.resolve()}\n")
    (clone / ".venv/.core").touch()
    (clone / ".venv/.dev").touch()
    assert "setup.sh" not in make(clone, machine, "--dry-run", "test").stdout
    shutil.copy(ROOT / "requirements/dev.txt", clone / "requirements/dev.txt")
    planned = make(clone, machine, "--dry-run", "test").stdout
    assert "setup.sh dev" in planned
    assert "setup.sh core" not in planned


def make(clone: Path, machine: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": str(machine), "HOME": str(clone)}
    return subprocess.run(["make", *words], cwd=clone, env=environment, capture_output=True, text=True, check=True)


def test_help_lists_the_two_commands_first(clone: Path, machine: Path) -> None:
    lines = make(clone, machine, "help").stdout.splitlines()
    assert lines[0].split()[:2] == ["make", "demo"]
    assert lines[1].split()[:2] == ["make", "test"]
    assert len(lines) >= 10
