"""A study of small fictional reviews, made once, and a workbench served from a copy of it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

import goldthread as gt
from goldthread.sample.make import make
from tests.study.reviews import write_reviews
from tests.web.browser import launched
from tests.web.visiting import Visitor, served


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


@pytest.fixture
def visitor(study: gt.Study) -> Iterator[Visitor]:
    with served(study) as come:
        yield come


@pytest.fixture(scope="session")
def reader(finished: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visitor]:
    """A visitor of a workbench nobody changes, for tests that only look."""
    folder = tmp_path_factory.mktemp("looked-at") / "study"
    shutil.copytree(finished, folder)
    with gt.open(folder, who="Ada") as opened, served(opened) as come:
        yield come


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with launched() as started:
        yield started


@pytest.fixture(scope="session")
def sampled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A study of generated reviews in several formats. Not to be changed."""
    folder = tmp_path_factory.mktemp("sampled")
    sample = make(folder / "reviews", reviews=8)
    with gt.init(folder / "study", who="Ada") as made:
        made.add(sample.reports)
        made.suggest()
    return folder / "study"


@pytest.fixture
def sample(sampled: Path, tmp_path: Path) -> Iterator[gt.Study]:
    shutil.copytree(sampled, tmp_path / "sample")
    with gt.open(tmp_path / "sample", who="Ada") as opened:
        yield opened


@pytest.fixture
def desk(sample: gt.Study) -> Iterator[Visitor]:
    """A visitor of a workbench over generated reviews."""
    with served(sample) as come:
        yield come
