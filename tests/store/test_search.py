"""Common words are ranked among the paragraphs where they weigh most, and every match is counted."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

import goldthread as gt
from goldthread.store import search, tiers
from goldthread.store.query import parse

PARAGRAPHS = 600


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two reviews of paragraphs that all speak of police, some of them much."""
    folder = tmp_path_factory.mktemp("searched")
    chance = random.Random(5)  # noqa: S311 - not a secret
    for number in range(2):
        told = []
        for n in range(PARAGRAPHS // 2):
            filler = [f"word{chance.randrange(400)}" for _ in range(chance.randrange(20, 90))]
            said = ["police"] * chance.choice([1, 1, 1, 1, 2, 2, 3, 5])
            told.append(f"{n + 1}. " + " ".join(chance.sample(filler + said, len(filler) + len(said))) + ".")
        (folder / f"{number}.txt").write_text(f"Serious Case Review: {number}\n\nFICTIONAL\n\n" + "\n\n".join(told))
    with gt.init(folder / "study") as made:
        made.add(*folder.glob("*.txt"))
    return folder / "study"


def _scores(study: gt.Study, query: str, reviews: list[str] | None = None, limit: int = 10) -> list[float]:
    with study._held.database.read() as connection:
        return list(search.best(connection, parse(query), review_ids=reviews, limit=limit).values())


@pytest.mark.parametrize("query", ["police", "polic*", "police OR word7", "police word7", "police -word7"])
@pytest.mark.parametrize("reviews", [None, ["R00001"]])
def test_the_best_of_a_common_word_score_as_well_as_the_best_of_all(
    study: Path, monkeypatch: pytest.MonkeyPatch, query: str, reviews: list[str] | None
) -> None:
    with gt.open(study) as opened:
        exact = _scores(opened, query, reviews)
        monkeypatch.setattr(tiers, "POOL", 40)
        monkeypatch.setattr(tiers, "ENOUGH", 2)
        quick = _scores(opened, query, reviews)
    assert len(quick) == len(exact)
    assert sum(quick) >= 0.97 * sum(exact)


def test_a_common_word_is_ranked_in_the_highest_tier_that_holds_enough(
    study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tiers, "POOL", 40)
    monkeypatch.setattr(tiers, "ENOUGH", 2)
    with gt.open(study) as opened:
        hits = opened.search("police", limit=10)
        assert all(hit.quote.count("police") >= 2 for hit in hits)
        assert len(opened.search("police", limit=100)) == 100


def test_every_match_is_counted_however_few_are_shown(study: Path) -> None:
    with gt.open(study) as opened:
        assert opened.matches("police") == PARAGRAPHS
        assert opened.matches("police", where=opened.filters(["review_type=SAR"])) == 0
        assert opened.matches("unheard") == 0


def test_words_in_the_tiers_are_not_found_as_words(study: Path) -> None:
    with gt.open(study) as opened:
        assert opened.matches("1polic") == opened.matches("2polic") == 0
