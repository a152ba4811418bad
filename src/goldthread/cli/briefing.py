"""Commands about briefings: write one, write its outline out for editing, ask whether one still holds."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from goldthread.briefing.blocks import HeldBack
from goldthread.briefing.claims import Change, Stale
from goldthread.briefing.options import Options
from goldthread.briefing.words.live import FORMS
from goldthread.cli.output import PROBLEMS_FOUND, Json, OnBasis, Rounds, Where, aligned, count, say, show, show_json
from goldthread.cli.publishing import Folder
from goldthread.cli.tabulating import Fewest, Nearest
from goldthread.disclosure.policy import Policy
from goldthread.errors import UsageError
from goldthread.protocol.check import nearest
from goldthread.study.publishing.briefings import offered
from goldthread.study.publishing.press import claims_in
from goldthread.study.study import open_study
from goldthread.values import Basis

_CHANGES = {
    Change.NUMBER: "Another number today",
    Change.GONE: "No longer made",
    Change.EVIDENCE: "The same number, resting on other reviews or passages",
}
Kind = Annotated[
    str,
    typer.Option(
        "--kind",
        metavar="KIND",
        help="meta-analysis, practice, themed, sector, spotlight, periodic, quality, or a kind of the study's own.",
    ),
]


def brief(  # long: what a person may ask for, line by line, and how it looks
    folder: Folder,
    kind: Kind = "",
    out: Annotated[Path | None, typer.Option("--out", help="The file to write: .html, .docx or .pdf.")] = None,
    check: Annotated[
        Path | None,
        typer.Option("--check", help="A briefing written earlier (.html, .docx, .pdf): what no longer holds?"),
    ] = None,
    template: Annotated[
        str,
        typer.Option(
            "--template", metavar="KIND", help="Write the outline of this kind into the study, to be edited."
        ),
    ] = "",
    basis: OnBasis = Basis.DRAFT,
    rounds: Rounds = [],  # noqa: B006 - Typer copies it
    where: Where = [],  # noqa: B006 - Typer copies it
    themes: Annotated[
        list[str], typer.Option("--theme", help="Speak of this theme alone; may be repeated. All when left out.")
    ] = [],  # noqa: B006 - Typer copies it
    audiences: Annotated[
        list[str],
        typer.Option("--audience", help="A sector to write for; may be repeated. All of them when left out."),
    ] = [],  # noqa: B006 - Typer copies it
    reviews: Annotated[
        str, typer.Option("--reviews", metavar="IDS", help="The cases of a spotlight, as in R00003,R00007.")
    ] = "",
    context: Annotated[
        str,
        typer.Option("--context", metavar="IDS", help="Publications to quote beside the reviews, never counted."),
    ] = "",
    fewest: Fewest = 1,
    nearest: Nearest = 1,
    as_json: Json = False,
) -> None:
    """Write a briefing in which every number and quote can be followed to the words on the page.

    Examples:

      goldthread brief study --kind practice --out briefing.html
      goldthread brief study --kind meta-analysis --out report.pdf --round 2019-Q3 --round 2019-Q4
      goldthread brief study --kind practice --out kent.docx --where 'force=Kent Police'
      goldthread brief study --kind themed --theme risk_assessment --out themes.pdf
      goldthread brief study --kind sector --audience health --out health.pdf
      goldthread brief study --kind spotlight --reviews R00003,R00007 --out cases.docx
      goldthread brief study --kind practice --fewest 5 --out published.pdf
      goldthread brief study --template practice
      goldthread brief study --check briefing.html
    """
    if check is not None:
        _check(folder, check, as_json)
        return
    if template:
        with open_study(folder) as study:
            say(f"Wrote {study.press.write_template(template, out)}")
        return
    if not kind or out is None:
        raise UsageError("what to write is not said", mend="give --kind and --out, or --check and a briefing")
    _must_be_there(folder, kind)
    with open_study(folder) as study:
        policy = Policy(fewest, nearest)
        options = Options(tuple(themes), tuple(audiences), _ids(reviews), _ids(context), policy)
        made = study.brief(kind, basis, where=study.filters(where), rounds=rounds, options=options)
        made.save(out)
    _told(out, made.briefing.held_back, as_json)


def _told(out: Path, held_back: Sequence[HeldBack], as_json: bool) -> None:
    """Where it was written, and which passages were not quoted because they may name somebody."""
    places = [(one.citation, one.anchor.document_id, one.anchor.page, one.kinds) for one in held_back]
    if as_json:
        names = ("citation", "document_id", "page", "holds")
        show_json({"file": str(out), "held_back": [dict(zip(names, each, strict=True)) for each in places]})
    elif places:
        rows = [(f"[{cited}]", f"page {page}", ", ".join(kinds)) for cited, _, page, kinds in places]
        show("Not quoted, for what they hold:\n" + aligned(rows))
    say(f"Wrote {out}")


def _ids(written: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in written.split(",") if one.strip())


def _must_be_there(folder: Path, kind: str) -> None:
    known = offered(folder)
    if kind not in known:
        mend = nearest(kind, known) or f"kinds are {', '.join(known)}"
        raise UsageError(f"there is no briefing of the kind `{kind}`", where="--kind", mend=mend)


def _check(folder: Path, briefing: Path, as_json: bool) -> None:
    with open_study(folder) as study:
        found, made = study.stale(briefing), len(claims_in(briefing).claims)
    if as_json:
        told = [(one.was.key, one.was.text, one.now.text if one.now else None, one.change.value) for one in found]
        show_json([dict(zip(("key", "was", "now", "change"), each, strict=True)) for each in told])
    else:
        for change, heading in _CHANGES.items():
            mine = [one for one in found if one.change is change]
            if mine:
                show(f"{heading} ({len(mine)})\n" + "\n".join(_line(one) for one in mine) + "\n")
        holding = f"{made - len(found):,} of {count(made, 'claim')} hold."
        say(f"{count(len(found), 'claim')} no longer hold; {holding}" if found else "Every claim still holds.")
    if found:
        raise typer.Exit(PROBLEMS_FOUND)


def _line(found: Stale) -> str:
    said = f"  {found.was.key}  {found.was.text}"
    return f"{said}\n      now: {found.now.text}" if found.change is Change.NUMBER and found.now else said


def figures(
    folder: Folder,
    find: Annotated[str, typer.Option("--find", help="Only figures whose name or words hold this.")] = "",
    basis: OnBasis = Basis.DRAFT,
    rounds: Rounds = [],  # noqa: B006 - Typer copies it
    where: Where = [],  # noqa: B006 - Typer copies it
    as_json: Json = False,
) -> None:
    """List the figures that the prose of a briefing may name, each with what it says now.

    In prose a figure stands in braces, and a form may follow its name: {included.total}, {T4:death:child|share}.

    Examples:

      goldthread figures study
      goldthread figures study --find included
      goldthread figures study --find T4: --basis confirmed --json
    """
    with open_study(folder) as study:
        found = [
            one
            for one in study.press.figures(basis, study.filters(where), rounds).everything()
            if find.lower() in f"{one.name} {one.label}".lower()
        ]
    if as_json:
        show_json(
            [{"name": f.name, "says": f.text(), "count": f.count, "of": f.whole, "label": f.label} for f in found]
        )
        return
    if found:
        show(aligned([(f"{{{one.name}}}", one.text(), one.label) for one in found]))
    say(f"{count(len(found), 'figure')}. Forms: {', '.join(f'|{form}' for form in FORMS)}.")
