"""Commands about protocols."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from goldthread.briefing.sections.builders import BUILDERS
from goldthread.briefing.words.template_files import OWN, templates
from goldthread.cli.amending import Folder, Look, Why, change, show_log, take_back
from goldthread.cli.output import Json, aligned, count, say, show, show_json
from goldthread.errors import UsageError
from goldthread.protocol.amend import reading
from goldthread.protocol.load import load, shipped
from goldthread.protocol.model import Protocol
from goldthread.study.folder import is_study
from goldthread.study.study import open_study

protocol_app = typer.Typer(
    no_args_is_help=True,
    help="Look at protocols, check your own, and amend a study's.",
    rich_markup_mode=None,
)

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
    """Show what a protocol holds; of a study, the protocol it goes by, amendments included.

    Examples:

      goldthread protocol show police-reviews
      goldthread protocol show my-protocol/ --json
      goldthread protocol show study
    """
    chosen = _shown(name)
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
    show(f"{chosen.title} ({chosen.id} {chosen.edition})\n{chosen.description}\n")
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
    templates(chosen, folder, BUILDERS).ensure_whole()
    say(
        f"{chosen.id} {chosen.version} holds together: {count(len(chosen.fields), 'field')}, "
        f"{count(len(chosen.codebook.themes), 'theme')}, {count(len(chosen.tables), 'table')}."
    )


@protocol_app.command("amendable")
def amendable(folder: Folder, as_json: Json = False) -> None:
    """List what may be amended in a study's protocol, with how it stands.

    Examples:

      goldthread protocol amendable study
    """
    with open_study(folder) as study:
        rows = list(reading.amendable(study.protocol))
    if as_json:
        show_json([{"kind": kind, "words": words, "stands": stands} for kind, words, stands in rows])
    else:
        show(aligned(rows))


@protocol_app.command("amend")
def amend(
    folder: Folder,
    kind: Annotated[str, typer.Argument(metavar="KIND", help="A kind of change that `amendable` lists.")],
    words: Annotated[list[str], typer.Argument(metavar="KEY=VALUE...", help="What changes, and to what.")],
    reason: Why = "",
    look: Look = False,
    as_json: Json = False,
) -> None:
    """Amend a study's protocol for a reason, its effect shown first; with --look nothing is changed.

    Examples:

      goldthread protocol amend study set_limit criterion=in_period rule=1 limit=2018-01-01 --look
      goldthread protocol amend study describe_table table=T4 "title=What happened" --reason "plainer"
      goldthread protocol amend study filter_table table=T2 where=outcome=death --reason "deaths alone"
      goldthread protocol amend study place_reason reason=out_of_date before=duplicate --reason "firmer"
    """
    given: dict[str, list[str]] = {}
    for word in words:
        name, equals, value = word.partition("=")
        if not equals:
            raise UsageError(f"{word!r} is not key=value", mend="see `goldthread protocol amendable` for the keys")
        given.setdefault(name, []).append(value)
    with open_study(folder) as study:
        made = reading.change_of(kind, given, study.protocol)
    change(folder, made, reason, look=look, as_json=as_json)


@protocol_app.command("log")
def log(folder: Folder, as_json: Json = False) -> None:
    """List every amendment of a study's protocol, by whom and why, those taken back among them.

    Examples:

      goldthread protocol log study
      goldthread protocol log study --json
    """
    with open_study(folder) as study:
        every = study.amendments()
    show_log(every, as_json)


@protocol_app.command("withdraw")
def withdraw(
    folder: Folder,
    n: Annotated[int, typer.Argument(metavar="N", help="The number of the amendment.")],
    look: Look = False,
    as_json: Json = False,
) -> None:
    """Take an amendment back. It stays on record; what was coded anew since stays as it is, and is named.

    Examples:

      goldthread protocol withdraw study 2 --look
      goldthread protocol withdraw study 2
    """
    take_back(folder, n, look=look, as_json=as_json)


def _named(name: str) -> str | Path:
    return name if name in shipped() else Path(name)


def _shown(name: str) -> Protocol:
    """A shipped protocol, one in a folder, or the one a study goes by."""
    if name not in shipped() and is_study(Path(name)):
        with open_study(Path(name)) as study:
            return study.protocol
    return load(_named(name))
