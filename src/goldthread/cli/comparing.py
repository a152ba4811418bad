"""The command that holds coders against one another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from goldthread.analysis.agreed import in_words, share
from goldthread.analysis.agreement import Agreement, Comparison, Level
from goldthread.cli.output import Json, aligned, count, say, show, show_json
from goldthread.study.study import open_study

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="The study's folder.")]
Other = Annotated[Path | None, typer.Argument(metavar="[OTHER]", help="A copy of it that somebody else coded.")]


def agreement(
    folder: Folder,
    other: Other = None,
    coders: Annotated[
        list[str], typer.Option("--coder", help="Only these people; all who coded when left out.")
    ] = [],  # noqa: B006 - Typer copies it
    level: Annotated[Level, typer.Option("--level", help="What one unit is.")] = Level.SENTENCE,
    coded_only: Annotated[bool, typer.Option("--coded-only", help="Leave out what nobody coded.")] = False,
    as_json: Json = False,
) -> None:
    """Say how far people who coded the same documents agree, with intervals and how common each code is.

    Text nobody coded counts as agreement that there is nothing to code, unless you say --coded-only.

    Examples:

      goldthread agreement study study-coded-by-grace
      goldthread agreement study --coder ada --coder grace --level page --coded-only
    """
    with open_study(folder) as study:
        if other is None:
            found = study.agreement(coders=coders, level=level, coded_only=coded_only)
        else:
            with open_study(other) as second:
                found = study.agreement(second, coders=coders, level=level, coded_only=coded_only)
    if as_json:
        show_json(asdict(found))
        return
    _print(found)


def _print(found: Comparison) -> None:
    show(f"{', '.join(found.coders)}: {count(found.documents, 'document')} that each of them coded.")
    left = "units nobody coded are left out" if found.coded_only else "text nobody coded counts as agreement"
    show(f"Unit: {found.level.value}; {left}. Intervals: 95%, jackknife over units.")
    show("")
    heads = ("code", "units", "given by each", "agree", "kappa", "alpha", "AC1")
    show(aligned([heads, *(row for one in found.codes for row in _rows(one))]))
    if not found.documents:
        say("They have no document in common: agreement can only be measured where both coded something.")


def _rows(one: Agreement) -> Iterator[tuple[str, ...]]:
    agree = "" if one.percent is None else share(one.percent, 1)
    measures = (in_words(one.kappa), in_words(one.alpha), in_words(one.ac1))
    yield one.label, str(one.units), _given(one.prevalence), agree, *measures
    for label, shares in one.shares:
        yield f"  {label}", "", _given(shares), "", "", "", ""


def _given(shares: Sequence[float]) -> str:
    return ", ".join(share(each, 1) for each in shares)
