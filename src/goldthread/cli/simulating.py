"""The command that replays a screening that is over."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from goldthread.cli.output import PROBLEMS_FOUND, Json, aligned, count, progress, say, show, show_json

if TYPE_CHECKING:
    from goldthread.ranking.simulate import Simulation

_PROBLEMS_SHOWN = 5


def simulate(
    path: Annotated[
        Path, typer.Argument(metavar="CSV", help="Records with title, abstract, label_included; or RIS.")
    ],
    seed: Annotated[int, typer.Option("--seed", min=0, help="Draws the two records known beforehand.")] = 1,
    prior_relevant: Annotated[
        int | None, typer.Option("--prior-relevant", min=0, help="The relevant one, by row counted from 0.")
    ] = None,
    prior_irrelevant: Annotated[
        int | None, typer.Option("--prior-irrelevant", min=0, help="The irrelevant one, by row counted from 0.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Replay a labelled screening: how much reading would the queue have saved?

    One relevant and one irrelevant record are known at the start; every other is shown in the order of the queue and
    answered from its label. The same seed draws the same two as ASReview's --prior-seed.

    Examples:

      goldthread simulate labelled.csv
      goldthread simulate labelled.csv --seed 3 --json
      goldthread simulate labelled.ris --prior-relevant 12 --prior-irrelevant 40
    """
    from goldthread.ranking.simulate import simulate as replayed  # noqa: PLC0415 - numpy, which others are spared

    with progress() as told:
        made = replayed(
            path,
            seed,
            prior_relevant,
            prior_irrelevant,
            begins=lambda records: told.stage("Replaying", records),
            shown=lambda _: told.step(),
        )
    if as_json:
        show_json(_facts(made, seed))
    else:
        show(_text(made))
    _warn(made)
    if made.problems:
        raise typer.Exit(PROBLEMS_FOUND)


def _facts(made: Simulation, seed: int) -> dict[str, object]:
    earned = made.replay.measures
    return {
        "wss95": _rounded(earned.wss95),
        "recall10": _rounded(earned.recall10),
        "atd": _rounded(earned.atd),
        "n95": earned.n95,
        "records": earned.records,
        "seconds": round(made.seconds, 3),
        "relevant": made.relevant,
        "shown": len(made.order),
        "left_out": sum(problem.code == "label" for problem in made.problems),
        "seed": seed,
        "priors": {
            "relevant": made.priors.relevant if made.priors.relevant >= 0 else None,
            "irrelevant": made.priors.irrelevant if made.priors.irrelevant >= 0 else None,
        },
    }


def _rounded(number: float | None) -> float | None:
    return None if number is None else round(number, 6)


def _text(made: Simulation) -> str:
    earned = made.replay.measures
    rows = [("records, the two priors left out", f"{earned.records:,}"), ("relevant among all", f"{made.relevant:,}")]
    if earned.n95 is not None:
        rows += [
            ("shown until 95% of the relevant were found", f"{earned.n95:,}"),
            ("work saved over sampling at 95% (WSS@95)", f"{earned.wss95:.3f}"),
            ("found in the first tenth (recall@10%)", f"{earned.recall10:.3f}"),
            ("average time to discovery, in records", f"{earned.atd:.1f}"),
        ]
    return aligned([*rows, ("seconds", f"{made.seconds:.2f}")])


def _warn(made: Simulation) -> None:
    if made.replay.measures.n95 is None:
        say("Nothing could be measured: no relevant record is left to find beside the one known at the start.")
    for problem in made.problems[:_PROBLEMS_SHOWN]:
        say(f"{problem.place}: {problem.message} — {problem.mend}")
    if len(made.problems) > _PROBLEMS_SHOWN:
        say(f"… and {count(len(made.problems) - _PROBLEMS_SHOWN, 'more problem')}.")
