"""The child's side of the pool: take a job, do it within the memory limit, hand back the result."""

from __future__ import annotations

import ctypes
import gc
import os
import pickle
import signal
import sys
import traceback
from multiprocessing.connection import Connection
from typing import Any

_PR_SET_PDEATHSIG = 1


def serve(connection: Connection, parent: int) -> None:
    """Work until the parent closes the connection."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _die_with(parent)
    try:
        path, memory, work, preparation = pickle.loads(connection.recv_bytes())  # noqa: S301 - from our own parent
        sys.path[:] = path
        function = pickle.loads(work)  # noqa: S301 - from our own parent
        if preparation:
            pickle.loads(preparation)()  # noqa: S301 - from our own parent
        _limit(memory)
        # What one job leaves behind holds no cycles worth the collector's time.
        gc.disable()
        while True:
            job = connection.recv_bytes()
            connection.send_bytes(_answer(function, job))
            gc.collect(0)
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return


def _answer(function: Any, job: bytes) -> bytes:
    """The pickled result, or the pickled name and words of what went wrong. A process edge: nothing may escape."""
    try:
        return pickle.dumps((True, function(pickle.loads(job))), pickle.HIGHEST_PROTOCOL)  # noqa: S301
    except MemoryError:
        return pickle.dumps((False, ("memory", "")))
    except RecursionError:
        return pickle.dumps((False, ("failed", "nested too deeply")))
    except Exception as wrong:  # noqa: BLE001 - the edge of a process
        place = traceback.extract_tb(wrong.__traceback__)[-1]
        where = f"{os.path.basename(place.filename)}, line {place.lineno}"  # noqa: PTH119 - not a real path when frozen
        words = next((line.strip() for line in str(wrong).splitlines() if line.strip()), "")[:200]
        return pickle.dumps((False, ("failed", f"{type(wrong).__name__}: {words} ({where})")))


def _limit(memory: int) -> None:
    """Let the process's address space grow by `memory` bytes and no more; leave no core file behind."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - there is no such module on Windows

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if memory:
        held = _address_space()
        ceiling = resource.getrlimit(resource.RLIMIT_AS)[1]
        limit = held + memory if ceiling == resource.RLIM_INFINITY else min(held + memory, ceiling)
        resource.setrlimit(resource.RLIMIT_AS, (limit, ceiling))


def _address_space() -> int:
    """Bytes of address space now held; 1 GB where the system does not say."""
    try:
        with open("/proc/self/statm", "rb") as status:  # noqa: PTH123 - needs no Path this early
            return int(status.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        return 1 << 30


def _die_with(parent: int) -> None:
    """On Linux, be killed when the parent dies, however it dies."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)


def main() -> None:
    """Entry of the child process: `child.py HANDLE PARENT`."""
    handle, parent = int(sys.argv[1]), int(sys.argv[2])
    if sys.platform == "win32":
        from multiprocessing.connection import PipeConnection  # noqa: PLC0415 - only there on Windows

        serve(PipeConnection(handle), parent)
    else:
        serve(Connection(handle), parent)


if __name__ == "__main__":
    main()
