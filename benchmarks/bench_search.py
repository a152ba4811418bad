"""Search over a study of many paragraphs, as the library answers it."""

from __future__ import annotations

import random
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sized
from pathlib import Path

import goldthread as gt
from lines import Line
from measure import goldthread

P95_MS_BAR = 50.0
SIMILAR_MS_BAR = 100.0
PARAGRAPHS_A_FILE = 200
SENTENCES_A_PARAGRAPH = 4
REPEATS = 3
SENTENCE = re.compile(r"[A-Z][^.?!\n]{30,220}[.?!]")
WORD = re.compile(r"[a-z]{4,}")


def sentences(study: Path) -> list[str]:
    """The sentences of a study's documents, each once, in a fixed order."""
    with gt.open(study) as opened:
        texts = [re.sub(r"[\r\n]+", " ", text.text) for text in opened.texts()]
    return sorted({found for text in texts for found in SENTENCE.findall(text)})


def write_paragraphs(folder: Path, said: list[str], paragraphs: int, seed: int = 7) -> None:
    """Text files of that many paragraphs, recombined from sentences; numbers make each paragraph its own."""
    chance = random.Random(seed)  # noqa: S311 - not a secret
    folder.mkdir(parents=True)
    for first in range(0, paragraphs, PARAGRAPHS_A_FILE):
        numbers = range(first, min(first + PARAGRAPHS_A_FILE, paragraphs))
        body = (f"{n + 1}. {' '.join(chance.choices(said, k=SENTENCES_A_PARAGRAPH))}" for n in numbers)
        text = f"Serious Case Review: file {first // PARAGRAPHS_A_FILE}, fictional\n\n" + "\n\n".join(body) + "\n"
        (folder / f"load-{first // PARAGRAPHS_A_FILE:05}.txt").write_text(text, encoding="utf-8")


def questions(said: Iterable[str], seed: int = 11) -> list[str]:
    """Thirty-five queries: single words from the rarest to the commonest, pairs, phrases, a beginning."""
    chance = random.Random(seed)  # noqa: S311 - not a secret
    counted = Counter(word for sentence in said for word in WORD.findall(sentence.lower()))
    words = [word for word, _ in counted.most_common()]
    spread = [words[min(int(len(words) * (step / 20) ** 2), len(words) - 1)] for step in range(20)]
    pairs = [f"{chance.choice(words[:200])} {chance.choice(words)}" for _ in range(8)]
    whole = [sentence.split() for sentence in said]
    starts = [chance.choice(whole) for _ in range(5)]
    phrases = ['"' + " ".join(WORD.findall(" ".join(some[:6]).lower())[:2]) + '"' for some in starts]
    return [*spread, *pairs, *(phrase for phrase in phrases if phrase != '""'), "assess*", "police OR social"]


def search(source: Path, scratch: Path, paragraphs: int, files: int) -> list[Line]:
    """Build the study from a source's sentences, ask every query three times, and say how long answers took.

    How common words are decides how long they take: with few `files`, every word is common and the figures are worse.
    """
    said = sentences(source)
    folder, study = scratch / "load", scratch / "searched"
    write_paragraphs(folder, said, paragraphs)
    goldthread("init", study)
    added = goldthread("add", study, folder)
    asked = questions(said)
    with gt.open(study) as opened:
        taken, found = answered(lambda query: opened.search(query, limit=20), asked)
    slow = "slowest: " + ", ".join(dict.fromkeys(query for _, query in taken[: -len(taken) // 10 : -1]))
    made = f"{paragraphs:,} paragraphs recombined from {len(said):,} sentences of {files} files"
    about = f"{len(asked)} queries × {REPEATS}, {found / len(taken):.0%} with an answer; 20 hits with snippets"
    return [
        Line("add, text files", added.seconds, "s", note=made),
        Line("search, median", taken[len(taken) // 2][0], "ms", note=about),
        Line("search, p95", p95(taken), "ms", P95_MS_BAR, slow),
        Line("search, slowest", taken[-1][0], "ms"),
        *likeness(study, asked, said),
    ]


def likeness(study: Path, asked: list[str], said: list[str], seed: int = 13) -> list[Line]:
    """How long it takes to learn what the passages mean, then to find passages like a sentence, and to mix both."""
    chance = random.Random(seed)  # noqa: S311 - not a secret
    starts = chance.choices(said, k=40)
    with gt.open(study) as opened:
        began, used = time.perf_counter(), time.process_time()
        opened.similar(starts[0])
        waited, used = time.perf_counter() - began, time.process_time() - used
        alike, found = answered(lambda text: opened.similar(text, limit=10), starts)
        mixed, _ = answered(lambda query: opened.search(query, limit=20, meaning=True), asked)
    about = (
        f"{len(starts)} sentences × {REPEATS}, {found / len(alike):.0%} with an answer; 10 hits with what they share"
    )
    return [
        Line("learning what passages mean", waited, "s", note=f"once; {used:.1f} s of processor time"),
        Line("similar, p95", p95(alike), "ms", SIMILAR_MS_BAR, about),
        Line("search by words and meaning, p95", p95(mixed), "ms", SIMILAR_MS_BAR),
    ]


def answered(ask: Callable[[str], Sized], questions: list[str]) -> tuple[list[tuple[float, str]], int]:
    """Ask every question REPEATS times: milliseconds with the question, quickest first; how many had an answer."""
    taken: list[tuple[float, str]] = []
    found = 0
    for question in questions * REPEATS:
        began = time.perf_counter()
        found += bool(len(ask(question)))
        taken.append(((time.perf_counter() - began) * 1000, question))
    return sorted(taken), found


def p95(taken: list[tuple[float, str]]) -> float:
    """What 95 of a hundred stay within."""
    return taken[int(len(taken) * 0.95)][0]
