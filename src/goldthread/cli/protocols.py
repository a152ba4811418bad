"""Commands about protocols."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from goldthread.briefing.sections import BUILDERS
from goldthread.briefing.template_files import OWN, templates
from goldthread.cli.output import Json, aligned, count, say, show, show_json
from goldthread.protocol.load import load, shipped

protocol_app = typer.Typer(no_args_is_help=True, help="Look at protocols and check your own.", rich_markup_mode=None)

Name = Annotated[str, typer.Argument(metavar="NAME|DIR", help="A shipped protocol or a folder.")]


@protocol_app.command("list")
def list_protocols(as_json: Json = False) -> None:
    """List the protocols that come with Goldthread.

    Examples:

      goldthread protocol list
    """
    known = [load(name) for name in shipped()]
    if as_json:
        show_json([{"id": item.id, "version": item.version, "title": item.title} for item in known])
    else:
        show(aligned([(item.id, item.version, item.title) for item in known]))


@protocol_app.command("show")
def show_protocol(name: Name, as_json: Json = False) -> None:
    """Show what a protocol holds.

    Examples:

      goldthread protocol show police-reviews
      goldthread protocol show my-protocol/ --json
    """
    chosen = load(_named(name))
    if as_json:
        show_json(chosen.model_dump(mode="json", exclude={"lexicon"}, exclude_defaults=True))
        return
    parts = [
        ("Review types", [(item.id, item.label) for item in chosen.review_types]),
        ("Criteria", [(item.id, item.question) for item in chosen.criteria]),
        ("Exclusion reasons, in precedence", [(item.id, item.label) for item in chosen.reasons]),
        ("Fields", [(item.id, f"{item.label} ({item.unit.value}, {item.kind.value})") for item in chosen.fields]),
        ("Themes", [(item.id, item.label) for item in chosen.codebook.themes]),
        ("Plan actions", [(item.id, item.label) for item in chosen.plan.actions] if chosen.plan else []),
        ("Tables", [(item.id, item.title) for item in chosen.tables]),
    ]
    show(f"{chosen.title} ({chosen.id} {chosen.version})\n{chosen.description}\n")
    for title, rows in parts:
        if rows:
            show(f"{title}\n" + "\n".join("  " + line for line in aligned(rows).splitlines()) + "\n")


@protocol_app.command("check")
def check_protocol(name: Name) -> None:
    """Check a protocol; each fault is named with its file, its line and the mend.

    Examples:

      goldthread protocol check my-protocol/
    """
    chosen = load(_named(name))
    folder = Path(name) / OWN if name not in shipped() else None
    templates(chosen, folder, BUILDERS)
    say(
        f"{chosen.id} {chosen.version} holds together: {count(len(chosen.fields), 'field')}, "
        f"{count(len(chosen.codebook.themes), 'theme')}, {count(len(chosen.tables), 'table')}."
    )


def _named(name: str) -> str | Path:
    return name if name in shipped() else Path(name)
