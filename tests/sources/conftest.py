"""A small protocol with a register, and files written into a temporary folder."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from goldthread.protocol.load import load
from goldthread.protocol.model import Protocol

Write = Callable[..., Path]


@pytest.fixture(scope="session")
def reviews() -> Protocol:
    """The protocol of statutory reviews, with its types and their cues."""
    return load("police-reviews")


@pytest.fixture(scope="session")
def learning() -> Protocol:
    """The protocol that recognises the coroners' and IOPC registers."""
    return load("learning-reports")


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a file below the temporary folder: text as UTF-8, or bytes as they are."""

    def write(name: str, content: str | bytes = "") -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return path

    return write


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of real public data, which is not part of the repository."""
    beside = Path(__file__).parents[2] / "../shared"
    found = Path(os.environ.get("GOLDTHREAD_SHARED", beside)) / "data"
    if not found.is_dir():
        pytest.skip(f"real data is not at {found}: set GOLDTHREAD_SHARED to its folder")
    return found
