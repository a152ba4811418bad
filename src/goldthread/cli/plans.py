"""Commands about the action plans findings are set beside."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from goldthread.cli.output import Json, OnBasis, aligned, count, say, show, show_json
from goldthread.findings.board import Aligned
from goldthread.findings.plans import Plans
from goldthread.findings.table import named
from goldthread.protocol.plan import Action
from goldthread.study.study import open_study
from goldthread.values import Basis

plan_app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="""The action plans findings are set beside, and the gaps.

    Examples:

      goldthread plan load study strategy.toml --use
      goldthread plan gaps study
    """,
)

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="The study's folder.")]


@plan_app.command("show")
def show_plan(folder: Folder, as_json: Json = False) -> None:
    """Show the plans of a study, and the actions of the one in use.

    Examples:

      goldthread plan show study
      goldthread plan show study --json
    """
    with open_study(folder) as study:
        plans = study.board().plans
    if as_json:
        show_json(
            [plan.model_dump(mode="json", by_alias=True) | {"in_use": plan.id == plans.using} for plan in plans.known]
        )
        return
    if not plans.known:
        say(f"This study has no action plan: load one with goldthread plan load {folder} FILE")
        return
    for plan in plans.known:
        show(f"{plan.id}  {plan.title}, {plan.version}{'  (in use)' if plan.id == plans.using else ''}")
    if plans.plan:
        show("\n" + aligned([(action.id, action.label) for action in plans.plan.actions]))


@plan_app.command("load")
def load(
    folder: Folder,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The plan, as a TOML file.")],
    use: Annotated[bool, typer.Option("--use", help="Set findings beside it from now on.")] = False,
    as_json: Json = False,
) -> None:
    """Load another plan, with its crosswalk from the one it replaces; a corrected file may be loaded again.

    Examples:

      goldthread plan load study strategy.toml
      goldthread plan load study strategy.toml --use
    """
    with open_study(folder) as study:
        desk = study.desk.findings
        plan = desk.load_plan(file)
        if use:
            desk.use_plan(plan.id)
    if as_json:
        show_json({"plan": plan.id, "actions": len(plan.actions), "crosswalk": len(plan.crosswalk), "in_use": use})
        return
    say(f"{plan.title}: {count(len(plan.actions), 'action')}, {count(len(plan.crosswalk), 'line')} of crosswalk.")
    say(f"Next: goldthread plan {'gaps ' + str(folder) if use else f'use {folder} {plan.id}'}")


@plan_app.command("use")
def use(folder: Folder, plan: Annotated[str, typer.Argument(metavar="PLAN", help="The plan's id.")]) -> None:
    """Set findings beside this plan from now on; what was mapped to another stays mapped there.

    Examples:

      goldthread plan use study nvap-v2
    """
    with open_study(folder) as study:
        chosen = study.desk.findings.use_plan(plan)
    say(f"Findings are set beside {chosen.title}, {chosen.version}.")


@plan_app.command("gaps")
def gaps(folder: Folder, basis: OnBasis = Basis.DRAFT, as_json: Json = False) -> None:
    """Show the gaps both ways: actions without evidence, findings without an action, and what a crosswalk loses.

    Examples:

      goldthread plan gaps study
      goldthread plan gaps study --basis confirmed --json
    """
    with open_study(folder) as study:
        found = study.weighing(basis).aligned
    if as_json:
        show_json(_facts(found))
        return
    plan = found.plans.plan
    if plan is None:
        say(f"This study has no action plan: load one with goldthread plan load {folder} FILE")
        return
    show(f"{plan.title}, {plan.version}")
    _list("Actions no finding bears on with evidence that counts", [_action(one) for one in found.bare])
    _list("Findings that bear on no action", [named(each) for each in found.outside])
    if found.crosswalk:
        before = found.crosswalk.before.title
        _list("Findings mapped to another plan that have no place here", [named(each) for each in found.adrift])
        _list(f"Actions of {before} that lead nowhere", [_action(one) for one in found.crosswalk.lost])
        _list(f"Actions to which nothing of {before} leads", [_action(one) for one in found.crosswalk.new])


def _list(heading: str, lines: list[str]) -> None:
    show(f"\n{heading}: {len(lines)}")
    for line in lines:
        show(f"  {line}")


def _action(one: Action) -> str:
    return f"{one.id} {one.label}"


def _facts(found: Aligned) -> dict[str, object]:
    plans: Plans = found.plans
    walk = found.crosswalk
    return {
        "plan": plans.using or None,
        "actions_without_evidence": [one.id for one in found.bare],
        "findings_without_action": [each.finding.finding_id for each in found.outside],
        "findings_adrift": [each.finding.finding_id for each in found.adrift],
        "replaces": walk.before.id if walk else None,
        "became": {old: list(new) for old, new in walk.became.items()} if walk else {},
        "lost": [one.id for one in walk.lost] if walk else [],
        "new": [one.id for one in walk.new] if walk else [],
    }
