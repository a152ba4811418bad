"""Reading many documents, each in a child process with limits of time and memory."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

from goldthread.documents import problems
from goldthread.documents.limits import DEFAULT, MEGABYTE, Limits
from goldthread.documents.model import ParsedDocument, Problem
from goldthread.documents.pool import Budget, Failure, run_limited
from goldthread.documents.read import read
from goldthread.documents.readers import readers

Key = TypeVar("Key")
Finished = TypeVar("Finished")


class Job(NamedTuple, Generic[Key]):
    """One file to read: the caller's key for it, where it is, and the name it goes by."""

    key: Key
    path: Path
    file_name: str


def read_all(
    jobs: Iterable[Job[Key]], limits: Limits = DEFAULT, workers: int | None = None
) -> Iterator[tuple[Key, ParsedDocument]]:
    """Read every file, in the order given: `read_each` without a finish."""
    return read_each(jobs, _as_read, limits, workers)


def read_each(
    jobs: Iterable[Job[Key]],
    finish: Callable[[ParsedDocument], Finished],
    limits: Limits = DEFAULT,
    workers: int | None = None,
) -> Iterator[tuple[Key, Finished]]:
    """Read every file, in the order given; a file that crashes, hangs or swells its reader becomes a problem.

    `finish`, a module-level function, is applied to each reading where it was made.
    `workers` is the number of child processes, by default one a processor. Jobs are drawn as needed, so memory
    stays flat however many there are.
    """
    keyed = ((job, (os.fspath(job.path), job.file_name)) for job in jobs)
    found = run_limited(
        partial(_read_and_finish, finish=finish, limits=limits),
        keyed,
        budget=Budget(limits.seconds, limits.memory),
        seconds_for=lambda place: limits.time_for(_size(place[0])),
        workers=workers,
        prepare=readers,
    )
    for job, result in found:
        if isinstance(result, Failure):
            yield job.key, finish(problems.nothing(_problem(result, limits), title=Path(job.file_name).stem))
        else:
            yield job.key, result


def _read_and_finish(
    place: tuple[str, str], finish: Callable[[ParsedDocument], Finished], limits: Limits
) -> Finished:
    return finish(read_file(place, limits))


def _as_read(parsed: ParsedDocument) -> ParsedDocument:
    return parsed


def read_file(place: tuple[str, str], limits: Limits = DEFAULT) -> ParsedDocument:
    """Read the file at (path, name it goes by)."""
    path, name = place
    if _size(path) > limits.file_size:
        what = f"it is {_size(path) // MEGABYTE} MB and the limit is {limits.file_size // MEGABYTE} MB"
        return problems.nothing(problems.too_large(what), title=Path(name).stem)
    try:
        data = Path(path).read_bytes()
    except OSError as wrong:
        return problems.nothing(problems.unreadable(wrong.strerror or str(wrong)), title=Path(name).stem)
    return read(data, name, limits)


def _size(path: str) -> int:
    try:
        return Path(path).stat().st_size
    except OSError:
        return 0


def _problem(failure: Failure, limits: Limits) -> Problem:
    if failure.code == "timeout":
        return problems.timeout(float(failure.detail))
    if failure.code == "memory":
        return problems.memory(limits.memory // MEGABYTE)
    return problems.crashed(failure.detail)
