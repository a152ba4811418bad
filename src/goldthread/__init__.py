"""Goldthread: from published reviews of death and serious harm to learning that can be traced to the page.

import goldthread as gt

study = gt.open("study")
study.add("reviews/")
study.suggest()
study.brief("practice").to_docx("briefing.docx")
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from goldthread.errors import GoldthreadError
    from goldthread.study.study import Study, init, open_or_init
    from goldthread.study.study import open_study as open
    from goldthread.values import Basis, Missing, State

__all__ = ["Basis", "GoldthreadError", "Missing", "State", "Study", "init", "open", "open_or_init"]

_HOMES = {
    "Basis": ("goldthread.values", "Basis"),
    "GoldthreadError": ("goldthread.errors", "GoldthreadError"),
    "Missing": ("goldthread.values", "Missing"),
    "State": ("goldthread.values", "State"),
    "Study": ("goldthread.study.study", "Study"),
    "init": ("goldthread.study.study", "init"),
    "open": ("goldthread.study.study", "open_study"),
    "open_or_init": ("goldthread.study.study", "open_or_init"),
}


def __getattr__(name: str) -> object:
    """Fetch a public name when it is first used: processes that only read documents load nothing else."""
    if name not in _HOMES:
        raise AttributeError(f"module 'goldthread' has no attribute {name!r}")
    module, attribute = _HOMES[name]
    return getattr(import_module(module), attribute)
