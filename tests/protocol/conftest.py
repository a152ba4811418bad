"""A shipped protocol copied to a folder of its own, where a test may spoil it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from goldthread.errors import ProtocolError
from goldthread.protocol.load import DATA, folder_of, load

Spoil = Callable[[str, str, str], None]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A complete copy of police-reviews."""
    shutil.copytree(DATA / "shared", tmp_path / "shared")
    return Path(shutil.copytree(folder_of("police-reviews"), tmp_path / "protocol"))


@pytest.fixture
def spoil(folder: Path) -> Spoil:
    """Replace the first occurrence of some text in one file of the copy; the text must be there."""

    def replace(name: str, old: str, new: str) -> None:
        path = folder / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return replace


@pytest.fixture
def faults(folder: Path) -> Callable[[], list[str]]:
    """The faults found in the copy, without the folder's own name."""

    def listed() -> list[str]:
        with pytest.raises(ProtocolError) as caught:
            load(folder)
        return [line.strip().replace(f"{folder}/", "") for line in caught.value.what.splitlines()[1:]]

    return listed


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real published data, for the tests that measure against it."""
    beside = Path(__file__).resolve().parents[3] / "shared"
    found = Path(os.environ.get("GOLDTHREAD_SHARED", beside)) / "data"
    if not found.is_dir():
        pytest.skip(f"real data is not at {found}: set GOLDTHREAD_SHARED to its folder")
    return found
