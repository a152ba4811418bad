"""A study of small fictional reviews, made once and copied for every test that changes it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
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


@pytest.fixture(scope="session")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A study on which the lexicon was run. Not to be changed."""
    folder = tmp_path_factory.mktemp("asked")
    reviews = write_reviews(folder / "reviews", 3)
    with gt.init(folder / "study", who="Ada") as made:
        made.add(reviews, source="nspcc", round="2019-Q3")
        made.suggest()
    return folder / "study"


@pytest.fixture
def small(few: Path, tmp_path: Path) -> Iterator[gt.Study]:
    shutil.copytree(few, tmp_path / "study")
    with gt.open(tmp_path / "study", who="Ada") as opened:
        yield opened


@pytest.fixture
def fresh(tmp_path: Path) -> Callable[[str], gt.Study]:
    """A study of one report and nothing suggested."""

    def made(text: str) -> gt.Study:
        (tmp_path / "report.txt").write_text(text, encoding="utf-8")
        study = gt.init(tmp_path / "fresh", who="Ada")
        study.add(tmp_path / "report.txt")
        return study

    return made
