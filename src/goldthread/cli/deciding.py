"""Commands with which a person settles what the machine proposed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from goldthread.cli.output import count, say
from goldthread.errors import UsageError
from goldthread.screening.model import ScreeningState
from goldthread.study.study import open_study

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="The study's folder.")]
ReviewId = Annotated[str, typer.Argument(metavar="REVIEW", help="A review id, e.g. R00003.")]
KINDS = ("characteristics", "answers", "episodes", "recommendations")


def decide(
    folder: Folder,
    review: ReviewId,
    decision: Annotated[str, typer.Argument(metavar="DECISION", help="included, excluded or maybe.")],
    reason: Annotated[str, typer.Option("--reason", help="The one main reason of an exclusion.")] = "",
) -> None:
    """Record your screening decision on one review. It is on disk when the command returns.

    Examples:

      goldthread decide study R00003 included
      goldthread decide study R00005 excluded --reason out_of_date
    """
    choices = [item.value for item in ScreeningState if item is not ScreeningState.UNSCREENED]
    if decision not in choices:
        raise UsageError(f"{decision!r} is not a decision", mend=f"use one of {', '.join(choices)}")
    with open_study(folder) as study:
        study.decide(review, decision, reason)
    say(f"{review}: {decision}{f' ({reason})' if reason else ''}.")


def confirm(
    folder: Folder,
    review: ReviewId,
    kinds: Annotated[
        list[str], typer.Option("--only", help=f"Only these: {', '.join(KINDS)}. All when left out.")
    ] = [],  # noqa: B006 - Typer copies it
    reject: Annotated[bool, typer.Option("--reject", help="Reject them instead.")] = False,
) -> None:
    """Confirm (or reject) all suggestions of one review that are still open.

    Examples:

      goldthread confirm study R00003
      goldthread confirm study R00003 --only episodes --reject
    """
    with open_study(folder) as study:
        settle = study.reject if reject else study.confirm
        done = sum(settle(review, kind) for kind in (kinds or KINDS))
    say(f"{review}: {count(done, 'suggestion')} {'rejected' if reject else 'confirmed'}.")
