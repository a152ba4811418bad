"""Random samples of what is undecided, and the stopping report that rests on them."""

from __future__ import annotations

from collections.abc import Mapping

from goldthread.errors import UsageError
from goldthread.ranking.stopping import Sample, Stopping, draw, stopping
from goldthread.screening.model import ScreeningState
from goldthread.store import journal, reviews, samples, waiting
from goldthread.study.folder import Held


def report(held: Held, target: float, level: float) -> Stopping:
    """The stopping report as the study stands. Raises UsageError for shares outside 0–1."""
    for name, share in (("target", target), ("level", level)):
        if not 0.0 < share < 1.0:
            raise UsageError(f"the {name} is a share between 0 and 1, not {share}", mend="write 0.95 for 95%")
    with held.database.read() as connection:
        registered, decided = reviews.ids(connection), waiting.screened(connection)
        drawn = samples.samples(connection)
    kept = [name for name, made in decided.items() if made is not ScreeningState.EXCLUDED]
    dropped = [name for name, made in decided.items() if made is ScreeningState.EXCLUDED]
    return stopping(registered, kept, dropped, drawn, target, level)


def sample(held: Held, size: int, seed: int, who: str) -> Sample:
    """Draw a sample of the reviews nobody has decided and record it, in one transaction.

    Raises UsageError where the last sample is not screened to its end, or fewer reviews are undecided than wanted.
    """
    with held.database.write() as connection:
        decided, earlier = waiting.screened(connection), samples.samples(connection)
        undecided = frozenset(set(reviews.ids(connection)) - set(decided))
        _check(size, undecided, earlier, decided)
        made = Sample(len(earlier) + 1, seed, journal.now(), undecided, draw(undecided, size, seed))
        samples.keep(connection, who, made)
    return made


def _check(
    size: int, undecided: frozenset[str], earlier: tuple[Sample, ...], decided: Mapping[str, ScreeningState]
) -> None:
    if not 1 <= size <= len(undecided):
        raise UsageError(
            f"{size} reviews cannot be drawn: {len(undecided)} are undecided",
            mend=f"draw between 1 and {len(undecided)}" if undecided else "everything is decided; draw nothing",
        )
    left = [name for name in earlier[-1].drawn if name not in decided] if earlier else []
    if left:
        raise UsageError(
            f"{len(left)} of the last sample are still to be screened, {left[0]} first",
            mend="decide them before another sample is drawn; a sample left half read says little",
        )
