"""How long work tells the one who started it how far it is."""

from __future__ import annotations

from typing import Protocol as Interface


class Progress(Interface):
    """Told of stages and steps; called from one thread."""

    def stage(self, label: str, total: int) -> None:
        """A stage of `total` equal steps begins."""

    def step(self) -> None:
        """One step of the current stage is done."""


class Silent:
    """Tells nobody."""

    def stage(self, label: str, total: int) -> None:
        """Say nothing."""

    def step(self) -> None:
        """Say nothing."""
