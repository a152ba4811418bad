"""Cases built one by one so that their margins are the published ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from goldthread.analysis.records import ReviewRecord
from goldthread.coding.model import Episode
from goldthread.extraction.model import Characteristic
from goldthread.values import Missing
from tests.analysis.building import characteristic, episode, review

Counts = Mapping[str | Missing, int]


class Casebook:
    """Reviews by id, with what is logged and coded about each."""

    def __init__(self) -> None:
        self.made: dict[str, dict[str, object]] = {}
        self.logged: defaultdict[str, list[Characteristic]] = defaultdict(list)
        self.coded: defaultdict[str, list[Episode]] = defaultdict(list)

    def open(self, name: str, times: int, types: Sequence[str] = ("SCR",), **facts: object) -> list[str]:
        """Register so many reviews of one kind. Returns their ids."""
        ids = [f"{name}-{n}" for n in range(times)]
        self.made |= {review_id: {"types": types, **facts} for review_id in ids}
        return ids

    def log(self, review_id: str, field: str, value: str | Missing, subject: int = 0) -> None:
        """Log one value of one review."""
        self.logged[review_id].append(characteristic(review_id, field, value, subject=subject))

    def share(self, ids: Sequence[str], field: str, counts: Counts, subject: int = 0) -> None:
        """Give each of the reviews in turn one value, so many times each."""
        values = [value for value, times in counts.items() for _ in range(times)]
        assert len(values) <= len(ids), f"{len(values)} values of {field} for {len(ids)} reviews"
        for review_id, value in zip(ids, values, strict=False):
            self.log(review_id, field, value, subject)

    def mark(self, ids: Iterable[str], field: str, value: str, subject: int = 0) -> None:
        """Log the same value of every one of the reviews."""
        for review_id in ids:
            self.log(review_id, field, value, subject)

    def code(
        self, ids: Iterable[str], theme: str, subtheme: str = "", *, direction: str = "missed", whose: str = ""
    ) -> None:
        """Code one passage in every one of the reviews."""
        for review_id in ids:
            self.coded[review_id].append(
                episode(review_id, theme, subtheme=subtheme, direction=direction, whose=whose)
            )

    def reviews(self) -> list[ReviewRecord]:
        """Every review with what is known of it."""
        return [
            review(
                review_id,
                characteristics=self.logged[review_id],
                episodes=self.coded[review_id],
                **facts,  # type: ignore[arg-type]
            )
            for review_id, facts in self.made.items()
        ]
