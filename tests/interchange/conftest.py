"""A small study with everything that makes writing files hard, made once; and where the real files of others are."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import goldthread as gt
from tests.study.reviews import write_reviews

SHARED = Path(os.environ.get("GOLDTHREAD_SHARED", Path(__file__).parents[3] / "shared"))

HARD = """Serious Case Review: Child "Ü 😀"

Published: March 2019

1.1 Child Ü, aged 14, died on 12 May 2017 — known to the fictional Northmoor board.

=HYPERLINK("#A1";"2.1") Officers attended the family home on 3 April 2017 following a report of domestic abuse.

2.2 😀😀 The police did not complete a risk assessment, a missed opportunity to <identify> the risk & act.

@SUM(1) It was good practice that the police officer spoke to the child alone.
"""


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a study that was added to and suggested on. Not to be changed."""
    folder = tmp_path_factory.mktemp("interchange")
    reviews = write_reviews(folder / "reviews", 5)
    (reviews / "hard.txt").write_text(HARD, encoding="utf-8")
    (reviews / "long.txt").write_text(HARD + "\n" + "The police did what was asked. " * 1_500, encoding="utf-8")
    with gt.init(folder / "study", who="Ada") as made:
        made.add(reviews, source="nspcc", round="2019-Q3")
        made.suggest()
        ids = {item.documents[0].file_name: item.review_id for item in made.reviews()}
        made.confirm(ids["review-0002.txt"], "characteristics")
        made.confirm(ids["review-0002.txt"], "episodes")
        made.decide(ids["review-0002.txt"], "included")
        made.reject(ids["review-0001.txt"], "episodes")
    return folder / "study"


@pytest.fixture
def study(finished: Path, tmp_path: Path) -> Iterator[gt.Study]:
    """A copy of the study that may be changed."""
    shutil.copytree(finished, tmp_path / "study")
    with gt.open(tmp_path / "study", who="Ada") as opened:
        yield opened


def shared(path: str) -> Path:
    """A file of the shared material; the test is skipped, saying so, where it is not there."""
    found = SHARED / path
    if not found.exists():
        pytest.skip(f"needs the shared material: {found} is not there")
    return found
