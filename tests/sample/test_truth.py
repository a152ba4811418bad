"""The truth survives its file, and is read without being held."""

from __future__ import annotations

from pathlib import Path

import pytest

from goldthread.errors import UnreadableInput
from goldthread.sample.make import make
from goldthread.sample.truth import Truth, open_truth


def test_a_sample_opened_again_is_the_same_sample(sample: Truth) -> None:
    again = open_truth(sample.folder)
    assert again == sample
    assert list(again) == list(sample)


def test_reviews_are_read_one_at_a_time(tmp_path: Path) -> None:
    truth = make(tmp_path, reviews=5, light=True)
    first = iter(truth)
    assert next(first).review == "F-0001"
    assert [known.review for known in first] == ["F-0002", "F-0003", "F-0004", "F-0005"]


def test_a_folder_without_a_sample_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match="no sample here") as found:
        open_truth(tmp_path)
    assert "truth.json" in found.value.where
    assert found.value.mend


def test_a_damaged_truth_is_not_believed(tmp_path: Path) -> None:
    (tmp_path / "truth.json").write_text('{"reviews": [', encoding="utf-8")
    with pytest.raises(UnreadableInput):
        open_truth(tmp_path)
