"""Work done in killable child processes, so that no document can harm more than itself.

Each child has a pipe of its own and one job at a time. A child that crashes, hangs or asks for too much memory is
killed and replaced, and only its own job is reported as failed. Children are started afresh rather than forked: they
import nothing of the program that uses them, and work from notebooks, threads and scripts without a main guard.
"""

from __future__ import annotations

import os
import pickle
import queue
import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from typing import Any, Generic, NamedTuple, TypeVar

from goldthread.errors import UsageError

Key = TypeVar("Key")
Argument = TypeVar("Argument")
Result = TypeVar("Result")

_WAITING_PER_WORKER = 16
_START_SECONDS = 60.0
_ENVIRONMENT = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


class Failure(NamedTuple):
    """Why a job gave no result.

    `code` is `timeout`, `memory`, `crashed` (the process died) or `failed` (the function raised); `detail` says more.
    """

    code: str
    detail: str = ""


class Budget(NamedTuple):
    """What one job may take: seconds, and bytes of address space beyond an idle child's (0: no limit)."""

    seconds: float = 600.0
    memory: int = 0


ORDINARY = Budget()


def run_limited(
    function: Callable[[Argument], Result],
    jobs: Iterable[tuple[Key, Argument]],
    *,
    budget: Budget = ORDINARY,
    seconds_for: Callable[[Argument], float] | None = None,
    workers: int | None = None,
    prepare: Callable[[], object] | None = None,
) -> Iterator[tuple[Key, Result | Failure]]:
    """Call `function` on every job's argument in child processes; yield key and result in the order of the jobs.

    `function` is a module-level function, or a `functools.partial` of one; it, the arguments and the results must
    pickle. Jobs are drawn as they are needed, at most 16 a worker ahead of the consumer. `seconds_for` gives a job
    its own time; `prepare` is called once in each child before its memory is limited. When the iterator is closed,
    by an error or Ctrl-C too, every child is killed.
    Raises UsageError if the function cannot be found from another process.
    """
    count = workers or os.cpu_count() or 1
    work = (_pickled(function), _pickled(prepare) if prepare else b"")
    start = pickle.dumps((sys.path, budget.memory, *work))
    children = _Children(start)
    threads = ThreadPoolExecutor(count, thread_name_prefix="goldthread-job")
    waiting: deque[tuple[Key, Future[bytes | Failure]]] = deque()
    try:
        for key, argument in jobs:
            seconds = seconds_for(argument) if seconds_for else budget.seconds
            job = pickle.dumps(argument, pickle.HIGHEST_PROTOCOL)
            waiting.append((key, threads.submit(children.do, job, seconds)))
            while waiting and (len(waiting) >= count * _WAITING_PER_WORKER or waiting[0][1].done()):
                yield _outcome(*waiting.popleft())
        while waiting:
            yield _outcome(*waiting.popleft())
    finally:
        for _, future in waiting:
            future.cancel()
        children.kill()
        threads.shutdown(wait=True, cancel_futures=True)


def _pickled(function: Callable[..., Any]) -> bytes:
    inner = getattr(function, "func", function)
    name = getattr(inner, "__qualname__", repr(inner))
    if getattr(inner, "__module__", None) == "__main__" or "<" in name:
        raise UsageError(
            f"{name} cannot be run in another process",
            mend="define it at the top of a module that can be imported",
        )
    return pickle.dumps(function)


def _outcome(key: Key, future: Future[bytes | Failure]) -> tuple[Key, Any]:
    found = future.result()
    if isinstance(found, Failure):
        return key, found
    whole, value = pickle.loads(found)  # noqa: S301 - from our own child
    return key, value if whole else Failure(*value)


class _Child(Generic[Argument]):
    """One process and the pipe to it."""

    def __init__(self, start: bytes) -> None:
        ours, theirs = Pipe()
        handle = theirs.fileno()
        command = [sys.executable, "-P", "-m", "goldthread.documents.child", str(handle), str(os.getpid())]
        environment = os.environ | _ENVIRONMENT | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
        if sys.platform == "win32":
            os.set_handle_inheritable(handle, True)
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            close_fds=sys.platform != "win32",
            pass_fds=() if sys.platform == "win32" else (handle,),
        )
        theirs.close()
        self._pipe: Connection = ours
        with suppress(OSError):
            self._pipe.send_bytes(start)

    def do(self, job: bytes, seconds: float) -> bytes | Failure:
        """The pickled answer to a job. After a Failure the child is dead."""
        try:
            self._pipe.send_bytes(job)
            if self._pipe.poll(seconds):
                return self._pipe.recv_bytes()
        except (EOFError, OSError):
            return Failure("crashed", self._last_words())
        self.kill()
        return Failure("timeout", f"{seconds:.0f}")

    def lives(self) -> bool:
        """Whether the process is there to take a job; an idle one may have been killed from outside."""
        return self._process.poll() is None

    def _last_words(self) -> str:
        self.kill()
        code = self._process.returncode
        if code < 0:
            with suppress(ValueError):
                return f"signal {signal.Signals(-code).name}"
        return f"exit code {code}"

    def end(self) -> None:
        """Kill the process; a thread waiting for its answer sees the pipe close."""
        self._process.kill()
        self._process.wait()

    def kill(self) -> None:
        """End the process at once and forget it."""
        with suppress(OSError):
            self._pipe.close()
        try:
            # A crash needs a moment to become an exit code; a hang does not deserve one.
            self._process.wait(0.0 if self._process.poll() is not None else 0.2)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


class _Children:
    """The idle children, and all of them for the end."""

    def __init__(self, start: bytes) -> None:
        self._start = start
        self._idle: queue.LifoQueue[_Child[Any]] = queue.LifoQueue()
        self._all: set[_Child[Any]] = set()
        self._lock = threading.Lock()
        self._closed = False

    def do(self, job: bytes, seconds: float) -> bytes | Failure:
        child = self._take()
        if child is None:
            return Failure("crashed", "the run was ended")
        answer = child.do(job, seconds)
        if isinstance(answer, Failure):
            with self._lock:
                self._all.discard(child)
        else:
            self._idle.put(child)
        return answer

    def _take(self) -> _Child[Any] | None:
        with suppress(queue.Empty):
            while True:
                child = self._idle.get_nowait()
                if child.lives():
                    return child
                with self._lock:
                    self._all.discard(child)
        with self._lock:
            if self._closed:
                return None
            child = _Child(self._start)
            self._all.add(child)
            return child

    def kill(self) -> None:
        """End every child; jobs under way come back as crashed, and no child is started again."""
        with self._lock:
            self._closed = True
            children, self._all = self._all, set()
        for child in children:
            child.end()


class Standing(Generic[Argument, Result]):
    """Children kept from one call to the next, for work asked for piece by piece. Safe between threads."""

    def __init__(self, function: Callable[[Argument], Result], budget: Budget = ORDINARY) -> None:
        self._seconds = budget.seconds
        self._children = _Children(pickle.dumps((sys.path, budget.memory, _pickled(function), b"")))

    def do(self, argument: Argument) -> Result | Failure:
        """The result for one argument, or why there is none."""
        answer = self._children.do(pickle.dumps(argument, pickle.HIGHEST_PROTOCOL), self._seconds)
        if isinstance(answer, Failure):
            return answer
        whole, value = pickle.loads(answer)  # noqa: S301 - from our own child
        return value if whole else Failure(*value)

    def close(self) -> None:
        """End every child."""
        self._children.kill()
