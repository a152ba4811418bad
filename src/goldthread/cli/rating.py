"""Commands about rates and periods: populations, rates over them, and what changed from one period to the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from goldthread.analysis import render
from goldthread.analysis.table import Table
from goldthread.cli.output import (
    PROBLEMS_FOUND,
    Json,
    OnBasis,
    Rounds,
    Where,
    aligned,
    count,
    say,
    show,
    show_json,
)
from goldthread.cli.tabulating import Fewest, Nearest, Out, TableFormat, write
from goldthread.disclosure.policy import Policy
from goldthread.errors import UsageError
from goldthread.sources.populations import Population
from goldthread.study.study import open_study
from goldthread.values import Basis, Unit

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="The study's folder.")]
File = Annotated[
    Path | None, typer.Argument(metavar="[FILE]", help="A CSV file: area, period, population, unit, source.")
]
Per = Annotated[int, typer.Option("--per", help="Per how many people.", min=1)]


def populations(
    folder: Folder,
    file: File = None,
    forget: Annotated[str, typer.Option("--forget", help="Take out every population of this unit.")] = "",
    as_json: Json = False,
) -> None:
    """Load the populations that rates are over, from a file with its sources; or list those loaded.

    Each row says how many of a unit (children, children in need) lived in an area over a period, and who says so.
    Areas are police forces, local authorities or regions by their usual names; a column `level` tells apart what has
    one name. Rows that cannot be placed are listed, and the rest is taken. The same file again changes nothing.

    Examples:

      goldthread populations study populations.csv
      goldthread populations study
      goldthread populations study --forget "children in need"
    """
    if forget and file:
        raise UsageError("a file to load and a unit to forget are two things", mend="do one after the other")
    with open_study(folder) as study:
        if forget:
            say(f"Took out {count(study.forget_populations(forget), 'population')} of {forget}.")
            return
        if file is None:
            _list(study.populations(), as_json)
            return
        done = study.load_populations(file)
    if as_json:
        show_json({**asdict(done), "problems": [item._asdict() for item in done.problems]})
    else:
        known = done.rows - done.added - done.changed - len(done.problems)
        rows = [("Rows", done.rows), ("Added", done.added), ("Changed", done.changed), ("Known already", known)]
        show(aligned([*rows, ("Problems", len(done.problems))]))
        for problem in done.problems:
            say(f"{problem.place}: {problem.message} — {problem.mend}")
    if done.problems:
        raise typer.Exit(PROBLEMS_FOUND)


def _list(found: Sequence[Population], as_json: bool) -> None:
    if as_json:
        show_json([asdict(one) for one in found])
    elif found:
        heads = ("unit", "period", "level", "area", "population", "source")
        lines = [(one.unit, one.period, one.level.value, one.area, f"{one.people:,}", one.source) for one in found]
        show(aligned([heads, *lines]))
    else:
        say("No population is known yet: goldthread populations STUDY FILE.csv")


def rates(
    folder: Folder,
    areas: Annotated[str, typer.Option("--by", help="A field of areas: force, police_region, local_authority …")],
    people: Annotated[str, typer.Option("--of", help="The unit of the population, such as children.")],
    per: Per = 100_000,
    dated: Annotated[
        str, typer.Option("--dated", help="The date that puts a review into a period.")
    ] = "publication_date",
    unit: Annotated[Unit, typer.Option("--unit", help="What to count.")] = Unit.REVIEW,
    basis: OnBasis = Basis.DRAFT,
    format: Annotated[
        TableFormat, typer.Option("--format", help="How to write it; svg is a funnel plot.")
    ] = TableFormat.TEXT,
    out: Out = None,
    rounds: Rounds = [],  # noqa: B006 - Typer copies it
    where: Where = [],  # noqa: B006 - Typer copies it
    fewest: Fewest = 1,
    nearest: Nearest = 1,
    as_json: Json = False,
) -> None:
    """Count per so many people, area by area, with exact intervals; never where the population is not known.

    Examples:

      goldthread rates study --by force --of children
      goldthread rates study --by police_region --of "children in need" --per 1000 --dated incident_date
      goldthread rates study --by force --of children --format svg --out funnel.svg
    """
    with open_study(folder) as study:
        found = study.rates(
            areas,
            people,
            basis,
            per=per,
            dated=dated,
            unit=unit,
            where=study.filters(where),
            rounds=rounds,
            policy=Policy(fewest, nearest),
        )
    _give(found, format, out, as_json=as_json)


def periods(
    folder: Folder,
    field: Annotated[str, typer.Option("--field", help="What to set side by side, such as outcome.")],
    named: Annotated[
        list[str],
        typer.Option("--period", help="A period, such as 2014-2016; may be repeated. Equal ones when left out."),
    ] = [],  # noqa: B006 - Typer copies it
    dated: Annotated[
        str, typer.Option("--dated", help="The date that puts a review into a period.")
    ] = "publication_date",
    crosswalk: Annotated[
        str, typer.Option("--crosswalk", help="An earlier report of the protocol to set beside them.")
    ] = "",
    basis: OnBasis = Basis.DRAFT,
    format: Annotated[TableFormat, typer.Option("--format", help="How to write it.")] = TableFormat.TEXT,
    out: Out = None,
    rounds: Rounds = [],  # noqa: B006 - Typer copies it
    where: Where = [],  # noqa: B006 - Typer copies it
    fewest: Fewest = 1,
    nearest: Nearest = 1,
    as_json: Json = False,
) -> None:
    """Set a field side by side by periods, with what changed between the last two and how far they can be believed.

    Says how long reviews take to be published, and warns of a last period of which many are still to come. What an
    earlier report counted can stand beside them through a crosswalk of the protocol; what maps to nothing is listed.

    Examples:

      goldthread periods study --field outcome --dated incident_date
      goldthread periods study --field sex --period 2014-2016 --period 2017-2019
      goldthread periods study --field death_category --crosswalk police_sample
    """
    with open_study(folder) as study:
        found = study.by_period(
            field,
            basis,
            dated=dated,
            periods=named,
            crosswalk=crosswalk,
            where=study.filters(where),
            rounds=rounds,
            policy=Policy(fewest, nearest),
        )
    _give(found, format, out, as_json=as_json)


def _give(found: Table, format: TableFormat, out: Path | None, *, as_json: bool) -> None:
    if as_json:
        show_json(render.to_json(found))
    else:
        write([found], format, out)
