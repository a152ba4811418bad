"""Functions that misbehave, for the pool to survive. Importable from a child process."""

from __future__ import annotations

import ctypes
import os
import signal
import time
from pathlib import Path


def act(what: str) -> str:
    """Do as told: crash in one of several ways, or answer."""
    match what.partition(":"):
        case ("segfault", *_):
            ctypes.string_at(0)
        case ("exit", *_):
            os._exit(3)
        case ("kill", *_):
            os.kill(os.getpid(), signal.SIGKILL)
        case ("hang", *_):
            time.sleep(600)
        case ("swell", *_):
            return str(len(bytearray(8 << 30)))
        case ("raise", *_):
            raise ValueError("no such thing")
        case ("recurse", *_):
            return act(what)
        case ("shout", *_):
            os.write(1, b"noise on stdout\n" * 1000)
        case ("sleep", _, seconds):
            time.sleep(float(seconds))
        case ("big", *_):
            return "x" * 5_000_000
        case ("pid", _, path):
            with Path(path).open("a") as file:
                file.write(f"{os.getpid()}\n")
            time.sleep(0.2)
    return what


def unpicklable(what: str) -> object:
    return lambda: what
