"""How soon the queue is ranked anew after a decision: 1,000 reviews of 100 pages, and 10,000 reviews.

    python benchmarks/bench_queue.py [REVIEWS] [PAGES]

The reviews are made-up words on made-up themes, put straight into a study's tables with proposed decisions and
passages, so that nothing is measured but the queue. Prints one JSON document: seconds of the first queue, in which
the words of every text are counted, of the first in a study opened afresh, and the slowest of the queues after a
decision, decision included; for passages the slowest after one was confirmed or rejected.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import sqlalchemy as sa

import goldthread as gt
from goldthread.store import journal
from goldthread.store.database import Database
from goldthread.store.schema import decision, document, edition, episode, page, review, round_

BAR_SECONDS = 0.5
_LETTERS_A_PAGE = 2500
_PASSAGES = {True: 30, False: 3}  # a review, where it is long and where it is not
_LONG = 20
_DECISIONS = 12
_EARLIER = 200
_AT_A_TIME = 100


def fill(folder: Path, reviews: int, pages: int) -> None:
    """Make a study of so many reviews of so many pages."""
    gt.init(folder).close()
    database = Database(folder / "study.db")
    with database.write() as connection:
        connection.execute(round_.insert().values(round="2019-Q3", label="2019-Q3", opens="", closes=""))
    for first in range(0, reviews, _AT_A_TIME):
        with database.write(repeatable=True) as connection:
            for n in range(first, min(first + _AT_A_TIME, reviews)):
                _one(connection, n, pages)
            journal.append(connection, "benchmark", "add", f"reviews from {first}")
    database.close()


def _one(connection: sa.Connection, n: int, pages: int) -> None:
    chance = random.Random(n)  # noqa: S311 - chance, not a secret
    relevant = n % 5 == 0
    name, words = f"R{n:05d}", _words(chance, relevant)
    key = f"{n:064d}"
    connection.execute(
        review.insert().values(
            review_id=name, position=n, reference=name, title=f"Review {' '.join(words[:6])}",
            review_types=["SCR"], source="", round="2019-Q3", publication_date="", url="", found_at="",
        )
    )  # fmt: skip
    connection.execute(
        document.insert().values(
            document_id=f"D{n:05d}", position=n, review_id=name, file_name=f"{name}.txt", sha256=key, size=1,
            version=1, duplicate_of=None, is_read=True, format="txt", reader="", title="", language="en",
            pages=pages, characters=pages * _LETTERS_A_PAGE, text_sha256=key, shingles=[],
        )
    )  # fmt: skip
    connection.execute(edition.insert().values(document_id=f"D{n:05d}", version=1, sha256=key, text_sha256=key))
    connection.execute(page.insert(), list(_pages(chance, words, n, pages)))
    proposed = chance.random() < (0.8 if relevant else 0.2)
    connection.execute(
        decision.insert().values(
            review_id=name, basis="draft", decision="included" if proposed else "excluded",
            reason="" if proposed else "no_police_learning", author="lexicon", at="2026-01-01T00:00:00Z",
        )
    )  # fmt: skip
    connection.execute(episode.insert(), [_passage(chance, words, n, k) for k in range(_PASSAGES[pages >= _LONG])])


def _words(chance: random.Random, relevant: bool) -> list[str]:
    """A review's own 900 words: common ones, and some of its theme."""
    theme = range(20_000, 20_300) if relevant else range(21_000, 27_000)
    return [_word(int(chance.paretovariate(0.6)) % 20_000) for _ in range(700)] + [
        _word(n) for n in chance.choices(theme, k=200)
    ]


def _word(n: int) -> str:
    letters = "bcdfghklmnprstvw"
    return "".join(letters[(n >> shift) & 15] + "aeiou"[(n >> shift) % 5] for shift in (0, 4, 8, 12))


def _pages(chance: random.Random, words: list[str], n: int, pages: int) -> Iterator[dict[str, object]]:
    for number in range(pages):
        text = " ".join(chance.choices(words, k=_LETTERS_A_PAGE // 9))
        start = number * _LETTERS_A_PAGE
        place = {"document_id": f"D{n:05d}", "version": 1, "number": number + 1, "start": start}
        yield {**place, "text": text, "layers": b""}


def _passage(chance: random.Random, words: list[str], n: int, k: int) -> dict[str, object]:
    return {
        "episode_id": f"R{n:05d}-E{k:03d}", "review_id": f"R{n:05d}", "theme": chance.choice(("risk", "records")),
        "subtheme": "", "direction": chance.choice(("missed", "good")), "explanation": "", "whose": "",
        "state": "suggested", "author": "lexicon", "engine": "lexicon", "confidence": chance.random(),
        "document_id": f"D{n:05d}", "version": 1, "start": k * 200, "end": k * 200 + 180, "page": 1,
        "quote": " ".join(chance.choices(words, k=20)), "before": "", "after": "",
    }  # fmt: skip


def measure(reviews: int, pages: int) -> dict[str, float]:
    """Seconds of the queues of one study."""
    with tempfile.TemporaryDirectory(prefix="goldthread-queue-") as scratch:
        folder = Path(scratch) / "study"
        fill(folder, reviews, pages)
        with gt.open(folder) as study:
            first = _timed(study.queue)
            for n in range(min(_EARLIER, reviews // 2)):
                _decide(study, f"R{n * 2:05d}")
        with gt.open(folder) as study:
            afresh = _timed(study.queue)
            names = [item.review_id for item in study.queue(limit=min(_DECISIONS, reviews // 4)).items]
            again = [_timed(partial(_screen, study, name)) for name in names]
            coding = _timed(partial(study.queue, "coding"))
            chosen = study.queue("coding", limit=_DECISIONS).items
            passages = [_timed(partial(_code, study, item.episode_id, n % 2 == 0)) for n, item in enumerate(chosen)]
    return {
        "reviews": reviews,
        "pages": pages,
        "first": round(first, 3),
        "afresh": round(afresh, 3),
        "after_a_decision": round(max(again), 3),
        "passages": reviews * _PASSAGES[pages >= _LONG],
        "passages_first": round(coding, 3),
        "after_a_passage": round(max(passages), 3),
    }


def _screen(study: gt.Study, name: str) -> None:
    _decide(study, name)
    study.queue()


def _decide(study: gt.Study, name: str) -> None:
    relevant = int(name[1:]) % 5 == 0
    study.decide(name, "included" if relevant else "excluded", "" if relevant else "no_police_learning")


def _code(study: gt.Study, name: str, right: bool) -> None:
    settle = study.confirm if right else study.reject
    settle(name.partition("-")[0], "episodes", [name])
    study.queue("coding")


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def main() -> int:
    """Measure and print; 1 when a queue after a decision takes longer than the bar."""
    sizes = [tuple(map(int, sys.argv[1:3]))] if len(sys.argv) > 2 else [(1000, 100), (10_000, 2)]
    found = [measure(reviews, pages) for reviews, pages in sizes]
    print(json.dumps({"bar": BAR_SECONDS, "studies": found}, indent=2))
    return int(any(max(one["after_a_decision"], one["after_a_passage"]) > BAR_SECONDS for one in found))


if __name__ == "__main__":
    raise SystemExit(main())
