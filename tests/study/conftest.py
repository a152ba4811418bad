"""A study of small fictional reviews, made once and copied for every test that changes it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import goldthread as gt
from tests.study.reviews import write_reviews


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a study that was added to and suggested on. Not to be changed."""
    folder = tmp_path_factory.mktemp("finished")
    reviews = write_reviews(folder / "reviews")
    with gt.init(folder / "study", who="Ada") as made:
        made.add(reviews, source="nspcc", round="2019-Q3")
        made.suggest()
    return folder / "study"


@pytest.fixture
def study(finished: Path, tmp_path: Path) -> Iterator[gt.Study]:
    shutil.copytree(finished, tmp_path / "study")
    with gt.open(tmp_path / "study", who="Ada") as opened:
        yield opened
