"""What a study's passages mean, learned from the study itself: learned once, kept beside it, and added to.

The likeness is learned from the first documents registered: all of them while they are few, then the largest
doubling. So it depends on what the study holds and not on how often it was asked, and is learned anew only when the
study has doubled. Vectors are kept for as many documents at a time; a new document makes the last such batch anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from goldthread.learn.likeness import Likeness, Vectors
from goldthread.store.passages import Span, readings, spans
from goldthread.store.vectors import VectorFiles
from goldthread.study.progress import Progress

VERSION = "1"
DOCUMENTS_A_BATCH = 64
SAMPLE = 12_000


@dataclass(frozen=True, eq=False, slots=True)
class Meanings:
    """The passages of one state of a study with their vectors. `numbers` has the paragraph of each vector."""

    likeness: Likeness
    spans: tuple[Span, ...]
    numbers: NDArray[np.int64]
    blocks: tuple[Vectors, ...]

    def nearest(self, text: str, limit: int, reviews: Collection[str] | None = None) -> list[tuple[int, float]]:
        """The paragraphs closest in meaning, closest first, each with its cosine; none that is not close at all.

        `reviews` narrows to those reviews. Of equally close ones the one registered first comes first.
        """
        (vector,) = self.likeness.vectors([text])
        if not vector.any() or not self.blocks:
            return []
        close = np.concatenate([block @ vector for block in self.blocks])
        if reviews is not None:
            wanted = np.array([span.review_id in reviews for span in self.spans])
            close[~np.repeat(wanted, [span.count for span in self.spans])] = 0.0
        at = np.flatnonzero(close >= _least(close, limit))
        at = at[np.lexsort((at, -close[at]))][:limit]
        return [(int(self.numbers[n]), float(close[n])) for n in at if close[n] > 0]


def _least(close: NDArray[np.float32], limit: int) -> float:
    """The cosine that `limit` of them reach."""
    return float(np.partition(close, len(close) - limit)[len(close) - limit]) if limit < len(close) else -1.0


def meanings(connection: sa.Connection, files: VectorFiles, progress: Progress) -> Meanings:
    """The meanings of a study as it stands; what is missing is made. Stopped and called again, it goes on."""
    held = spans(connection)
    batches = [held[at : at + DOCUMENTS_A_BATCH] for at in range(0, len(held), DOCUMENTS_A_BATCH)]
    taught = held[: _learned_from(len(held))]
    name = _name("likeness", taught)
    names = [_name(name, batch) for batch in batches]
    progress.stage("Learning what the passages mean", len(batches))
    likeness = files.likeness(name)
    if likeness is None:
        likeness = Likeness.learned(_sample(connection, taught))
        files.keep_likeness(name, likeness)
    blocks = tuple(_blocks(connection, files, likeness, dict(zip(names, batches, strict=True)), progress.step))
    files.sweep({name, *names})
    numbers = [np.arange(span.first, span.first + span.count) for span in held]
    return Meanings(likeness, held, np.concatenate(numbers) if numbers else np.zeros(0, np.int64), blocks)


def _blocks(
    connection: sa.Connection,
    files: VectorFiles,
    likeness: Likeness,
    batches: dict[str, tuple[Span, ...]],
    step: Callable[[], None],
) -> Iterator[Vectors]:
    for name, batch in batches.items():
        count = sum(span.count for span in batch)
        found = files.vectors(name, count)
        if found is None:
            made = likeness.vectors(text for span in batch for text in readings(connection, span))
            files.keep_vectors(name, made)
            found = files.vectors(name, count)
        yield made if found is None else found
        step()


def _learned_from(documents: int) -> int:
    """How many documents the likeness is learned from."""
    number = DOCUMENTS_A_BATCH
    if documents <= number:
        return documents
    while number * 2 <= documents:
        number *= 2
    return number


def _sample(connection: sa.Connection, taught: Sequence[Span]) -> list[str]:
    """Passages spread evenly over those documents, at most SAMPLE of them."""
    ends = np.cumsum([span.count for span in taught])
    total = int(ends[-1]) if taught else 0
    chosen = np.linspace(0, total - 1, min(total, SAMPLE)).astype(np.int64)
    texts: list[str] = []
    for span, end in zip(taught, ends, strict=True):
        first = end - span.count
        wanted = chosen[(chosen >= first) & (chosen < end)] - first
        if len(wanted):
            told = readings(connection, span)
            texts += [told[n] for n in wanted]
    return texts


def _name(start: str, of: Sequence[Span]) -> str:
    """A name that says what it was made from: these versions of these documents, and how."""
    digest = hashlib.sha256(f"{VERSION} {start}".encode())
    for span in of:
        digest.update(f"\n{span.document_id} {span.version} {span.text_sha256} {span.count}".encode())
    return digest.hexdigest()[:32]
