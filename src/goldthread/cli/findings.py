"""Commands about findings: what the reviews say together, and the passages it rests on."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from goldthread.analysis import render
from goldthread.cli.output import Json, OnBasis, Rounds, Where, count, say, show, show_json
from goldthread.findings import words
from goldthread.findings.board import Weighing
from goldthread.findings.model import Side
from goldthread.findings.table import findings_table
from goldthread.findings.weighing import Weighed
from goldthread.interchange.finding_rows import finding_facts, findings_csv
from goldthread.study.folder import write_whole
from goldthread.study.study import open_study
from goldthread.values import Basis

finding_app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="""Make a finding, alter it, or look at one closely.

    Examples:

      goldthread finding make study "Risk assessments are not completed" --for R00013-E007
      goldthread finding show study F1
    """,
)

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="The study's folder.")]
Id = Annotated[str, typer.Argument(metavar="FINDING", help="A finding, e.g. F1.")]
For = Annotated[list[str], typer.Option("--for", help="A passage that bears it out, by id; may be repeated.")]
Against = Annotated[list[str], typer.Option("--against", help="A passage that speaks against it; may be repeated.")]
Actions = Annotated[list[str], typer.Option("--action", help="An action of the plan in use; may be repeated.")]
Note = Annotated[str | None, typer.Option("--note", help="What else to remember about it.")]
Statement = Annotated[str, typer.Argument(metavar="STATEMENT", help="What the reviews say together, in a sentence.")]


class Format(StrEnum):
    """How findings may be written."""

    TEXT = "text"
    CSV = "csv"
    HTML = "html"


def findings(
    folder: Folder,
    basis: OnBasis = Basis.DRAFT,
    format: Annotated[Format, typer.Option("--format", help="How to write them.")] = Format.TEXT,
    out: Annotated[Path | None, typer.Option("--out", help="The file to write; printed when left out.")] = None,
    rounds: Rounds = [],  # noqa: B006 - Typer copies it
    where: Where = [],  # noqa: B006 - Typer copies it
    as_json: Json = False,
) -> None:
    """List the findings, each weighed: how strong it is, what is for and against it, and where it sits in the plan.

    Examples:

      goldthread findings study
      goldthread findings study --basis confirmed --format csv --out findings.csv
      goldthread findings study --where 'force=Kent Police' --json
    """
    with open_study(folder) as study:
        found = study.weighing(basis, where=study.filters(where), rounds=rounds)
    if as_json:
        show_json([finding_facts(each, found) for each in found.weighed])
        return
    match format:
        case Format.CSV:
            text = findings_csv(found)
        case Format.HTML:
            text = render.to_html(findings_table(found))
        case Format.TEXT:
            text = "\n\n".join(_told(each, found) for each in found.weighed) or "No finding has been made."
    if out is None:
        show(text)
    else:
        write_whole(out, text.encode("utf-8"))
        say(f"Wrote {out}")
    looked = [each.finding.finding_id for each in found.weighed if each.to_be_looked_at]
    if looked:
        say(f"To be looked at again, since evidence has changed: {', '.join(looked)}.")


@finding_app.command("show")
def show_finding(folder: Folder, finding: Id, basis: OnBasis = Basis.DRAFT, as_json: Json = False) -> None:
    """Show one finding with every passage for and against it, and why practice was as it was.

    Examples:

      goldthread finding show study F1
      goldthread finding show study F1 --basis confirmed --json
    """
    with open_study(folder) as study:
        study.desk.findings.one(finding, basis)
        found = study.weighing(basis)
        cited = {review.review_id: review.citation for review in study.reviews()}
        mine = next((each for each in found.weighed if each.finding.finding_id == finding), None)
        protocol = study.protocol
    if mine is None:
        say(f"{finding} was withdrawn.")
        raise typer.Exit(0)
    if as_json:
        show_json(finding_facts(mine, found, passages=True))
        return
    show(_told(mine, found))
    labels = {one.id: one.label for one in (*protocol.codebook.explanations, *protocol.codebook.directions)}
    if mine.mix:
        show("\nWhy, among what is for it")
        for line in mine.mix:
            why = labels.get(line.explanation, line.explanation or "Not coded")
            show(f"  {why}, {labels.get(line.direction, line.direction).lower()}: {words.weight(line.weight)}")
    for side in Side:
        for one in mine.weight(side).episodes:
            quote = " ".join(one.anchor.quote.split())
            show(f"\n{side.value.capitalize()}: {one.episode_id}")
            show(f"  “{quote}” [{cited[one.review_id]}, p. {one.anchor.page}]")


@finding_app.command("make")
def make(
    folder: Folder,
    statement: Statement,
    supporting: For = [],  # noqa: B006 - Typer copies it
    opposing: Against = [],  # noqa: B006 - Typer copies it
    actions: Actions = [],  # noqa: B006 - Typer copies it
    note: Note = None,
    as_json: Json = False,
) -> None:
    """Make a finding of passages for it and against it; it is on disk when the command returns.

    Examples:

      goldthread finding make study "Risk assessments are not completed" --for R00013-E007 --for R00007-E024
      goldthread finding make study "Children are seldom asked" --for R00007-E029 --against R00007-E033 --action 2.4.1
    """
    with open_study(folder) as study:
        name = study.desk.findings.make(
            statement, note=note or "", supporting=supporting, opposing=opposing, actions=actions
        )
        found = study.desk.findings.one(name, Basis.DRAFT)
    _done(found, "made", as_json)


@finding_app.command("restate")
def restate(folder: Folder, finding: Id, statement: Statement, note: Note = None, as_json: Json = False) -> None:
    """Say a finding anew; its note stays unless another is given.

    Examples:

      goldthread finding restate study F1 "Risk assessments are begun and not completed"
    """
    with open_study(folder) as study:
        desk = study.desk.findings
        desk.restate(finding, statement, desk.one(finding, Basis.DRAFT).finding.note if note is None else note)
        found = desk.one(finding, Basis.DRAFT)
    _done(found, "restated", as_json)


@finding_app.command("evidence")
def evidence(
    folder: Folder,
    finding: Id,
    supporting: For = [],  # noqa: B006 - Typer copies it
    opposing: Against = [],  # noqa: B006 - Typer copies it
    remove: Annotated[list[str], typer.Option("--remove", help="A passage to take away; may be repeated.")] = [],  # noqa: B006
    renew: Annotated[bool, typer.Option("--renew", help="Take all of it as it now stands.")] = False,
    as_json: Json = False,
) -> None:
    """Put passages for or against a finding, take some away, or take its evidence as it now stands.

    Examples:

      goldthread finding evidence study F1 --for R00011-E008
      goldthread finding evidence study F1 --against R00011-E008 --remove R00013-E007
      goldthread finding evidence study F1 --renew
    """
    with open_study(folder) as study:
        desk = study.desk.findings
        if renew:
            desk.renew(finding)
        for ids, side in ((remove, None), (supporting, Side.FOR), (opposing, Side.AGAINST)):
            if ids:
                desk.weigh(finding, ids, side)
        found = desk.one(finding, Basis.DRAFT)
    _done(found, "altered", as_json)


@finding_app.command("align")
def align(
    folder: Folder,
    finding: Id,
    actions: Actions = [],  # noqa: B006 - Typer copies it
    as_json: Json = False,
) -> None:
    """Map a finding to actions of the plan in use, and to no others of it; with none it bears on no action.

    Examples:

      goldthread finding align study F1 --action 2.1.1 --action 2.2.1
      goldthread finding align study F1
    """
    with open_study(folder) as study:
        study.desk.findings.align(finding, actions)
        found = study.desk.findings.one(finding, Basis.DRAFT)
    _done(found, "aligned", as_json)


@finding_app.command("withdraw")
def withdraw(
    folder: Folder,
    finding: Id,
    back: Annotated[bool, typer.Option("--back", help="Let a withdrawn finding stand again.")] = False,
) -> None:
    """Withdraw a finding: it is kept and counts nowhere.

    Examples:

      goldthread finding withdraw study F1
      goldthread finding withdraw study F1 --back
    """
    with open_study(folder) as study:
        (study.desk.findings.reinstate if back else study.desk.findings.withdraw)(finding)
    say(f"{finding} stands again." if back else f"{finding} is withdrawn.")


@finding_app.command("undo")
def undo(folder: Folder, finding: Id) -> None:
    """Take the last act on a finding back; once more takes the one before it back.

    Examples:

      goldthread finding undo study F1
    """
    with open_study(folder) as study:
        study.desk.findings.undo(finding)
        found = study.desk.findings.one(finding, Basis.DRAFT)
    gone = found.finding.withdrawn
    say(f"{finding} is withdrawn." if gone else f"{finding} is as it was before: {found.finding.statement}")


def _told(each: Weighed, found: Weighing) -> str:
    lines = [f"{each.finding.finding_id}  {each.finding.statement}"]
    lines.append(f"    {words.strength(each, found.rule)}: in {words.share(each)}")
    lines.append(f"    For: {words.weight(each.supporting)}. Against: {words.weight(each.opposing)}.")
    actions = found.aligned.by_finding[each.finding.finding_id]
    if found.aligned.plans.plan:
        carried = " (carried from another plan)" if actions and actions[0].through else ""
        lines.append(f"    Plan: {', '.join(one.action for one in actions) or 'no action'}{carried}.")
    if lacking := words.lacking(each):
        lines.append(f"    {lacking}")
    if each.uncounted:
        why = "their review is not included, or nobody has confirmed them, or the same words count already"
        lines.append(f"    Not counted here: {count(len(each.uncounted), 'passage')} ({why}).")
    if each.to_be_looked_at:
        gone, turned = len(each.lost), len(each.turned)
        lines.append(f"    To be looked at again: {count(gone, 'passage')} gone, {turned} coded the other way since.")
    return "\n".join(lines)


def _done(found: Weighed, verb: str, as_json: bool) -> None:
    finding = found.finding
    if as_json:
        show_json(
            {
                "finding": finding.finding_id,
                "statement": finding.statement,
                "for": list(finding.supporting),
                "against": list(finding.opposing),
                "actions": [action for _, action in finding.actions],
            }
        )
    else:
        sides = f"{words.weight(found.supporting)} for, {words.weight(found.opposing)} against"
        say(f"{finding.finding_id} {verb}: {sides}.")
