"""Originals are kept once, whole, under their own hash."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from goldthread.errors import StudyFault
from goldthread.store.originals import Originals


def test_an_original_is_kept_under_the_hash_of_its_bytes(tmp_path: Path) -> None:
    originals = Originals(tmp_path)
    stored = originals.put(b"a report")
    assert stored.sha256 == hashlib.sha256(b"a report").hexdigest()
    assert originals.path(stored.sha256).read_bytes() == b"a report"
    assert stored.size == 8


def test_the_same_bytes_are_kept_once(tmp_path: Path) -> None:
    originals = Originals(tmp_path)
    assert originals.put(b"same") == originals.put(b"same")
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1


def test_a_missing_or_altered_original_is_not_intact(tmp_path: Path) -> None:
    originals = Originals(tmp_path)
    stored = originals.put(b"a report")
    assert originals.intact(stored.sha256)
    originals.path(stored.sha256).write_bytes(b"a rep0rt")
    assert not originals.intact(stored.sha256)
    originals.path(stored.sha256).unlink()
    assert not originals.intact(stored.sha256)


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "A" * 64, "g" * 64, "a" * 63])
def test_only_a_hash_can_name_an_original(tmp_path: Path, name: str) -> None:
    with pytest.raises(StudyFault, match="not the hash"):
        Originals(tmp_path).path(name)
