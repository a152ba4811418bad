"""Data frames, for those who installed the extra `frames`. Nothing else in Goldthread needs them."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from goldthread.errors import UsageError

EXTRA = "frames"


def library(name: str) -> ModuleType:
    """One of the extra's libraries. Raises UsageError, naming the extra, where it is not installed."""
    try:
        return import_module(name)
    except ModuleNotFoundError as lacking:
        if lacking.name != name:
            raise
        raise UsageError(
            f"this needs {name}, which comes with the extra “{EXTRA}”",
            mend=f"install it, in Goldthread's folder: pipx install --force '.[{EXTRA}]' or pip install '.[{EXTRA}]'",
        ) from lacking
