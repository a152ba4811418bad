"""Commands about a study's codebook: shown with its uses, changed with all that is coded, written out."""

from __future__ import annotations

import csv
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from goldthread.analysis.codes import Uses
from goldthread.cli.amending import Folder, Look, Why, change, show_log, take_back
from goldthread.cli.output import Json, aligned, count, say, show, show_json
from goldthread.errors import UnreadableInput, UsageError
from goldthread.interchange import refi_codebook
from goldthread.interchange.codebook_files import WRITERS
from goldthread.protocol.amend.changes import (
    AddCode,
    DescribeCode,
    MergeCodes,
    MoveCode,
    NewCode,
    OfCodebook,
    RetireCode,
    SplitCode,
)
from goldthread.protocol.amend.naming import code_at, find, new_id
from goldthread.protocol.codebook import Codebook
from goldthread.protocol.model import Protocol
from goldthread.study.folder import write_whole
from goldthread.study.study import open_study

codebook_app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="""Show and change a study's codebook; what is coded is carried along, and each change can be undone.

    Examples:

      goldthread codebook show study
      goldthread codebook merge study roles escalation --reason "coded for the same thing" --look
    """,
)

Code = Annotated[str, typer.Argument(metavar="CODE", help="The id of a theme or sub-theme.")]
Definition = Annotated[str | None, typer.Option("--definition", help="What is coded with it, and what is not.")]
Cue = Annotated[list[str], typer.Option("--cue", help="A phrase by which the first engine finds it; repeatable.")]


class BookFormat(StrEnum):
    """How a codebook may be written."""

    CSV = "csv"
    MARKDOWN = "md"
    TOML = "toml"
    QDC = "qdc"


@codebook_app.command("show")
def show_codebook(folder: Folder, as_json: Json = False) -> None:
    """Show every code with its use: passages suggested and confirmed, and the reviews they are in.

    Examples:

      goldthread codebook show study
      goldthread codebook show study --json
    """
    with open_study(folder) as study:
        protocol, uses = study.protocol, study.desk.code_uses()
    if as_json:
        themes = [_plain(theme.id, protocol, uses) for theme in protocol.codebook.themes]
        show_json({"edition": protocol.edition, "themes": themes})
        return
    rows: list[tuple[object, ...]] = [("code", "", "passages", "reviews", "confirmed")]
    for theme in protocol.codebook.themes:
        rows.append((theme.id, _named(theme.label, theme.retired), *_numbers(uses, (theme.id, ""))))
        for sub in theme.subthemes:
            rows.append((f"  {sub.id}", f"  {_named(sub.label, sub.retired)}", *_numbers(uses, (theme.id, sub.id))))
    show(aligned(rows))


@codebook_app.command("add")
def add(
    folder: Folder,
    label: Annotated[str, typer.Argument(metavar="NAME", help="What people read.")],
    below: Annotated[str, typer.Option("--below", help="The theme it goes below; none makes a theme.")] = "",
    definition: Definition = None,
    cues: Cue = [],  # noqa: B006 - Typer copies it
    code: Annotated[str, typer.Option("--id", help="Its id; made from the name when left out.")] = "",
    reason: Why = "",
    look: Look = False,
    as_json: Json = False,
) -> None:
    """Add a theme, or a sub-theme below one.

    Examples:

      goldthread codebook add study "Harm online" --reason "seen in a third of this round"
      goldthread codebook add study "Gambling" --below risk_identification --cue "gambling debts" --reason "new"
    """
    book = _book(folder)
    new = NewCode(id=code or new_id(label, book), label=label, definition=definition or "", cues=tuple(cues))
    change(folder, AddCode(below=below, code=new), reason, look=look, as_json=as_json)


@codebook_app.command("rename")
def rename(
    folder: Folder,
    code: Code,
    label: Annotated[str, typer.Argument(metavar="NAME", help="The new name; the id stays.")],
    definition: Definition = None,
    reason: Why = "",
    look: Look = False,
    as_json: Json = False,
) -> None:
    """Give a code another name, and another definition if you like; what is coded with it stays.

    Examples:

      goldthread codebook rename study roles "Who does what" --reason "plainer"
    """
    book = _book(folder)
    now = code_at(find(code, book), book)
    told = now.definition if definition is None else definition
    change(folder, DescribeCode(code=code, label=label, definition=told), reason, look=look, as_json=as_json)


@codebook_app.command("move")
def move(
    folder: Folder,
    code: Code,
    below: Annotated[str, typer.Argument(metavar="THEME", help="The theme it goes below.")],
    reason: Why = "",
    look: Look = False,
    as_json: Json = False,
) -> None:
    """Put a sub-theme below another theme, with everything coded with it.

    Examples:

      goldthread codebook move study strategy_meetings collaborative_working --reason "meetings are joint work"
    """
    change(folder, MoveCode(code=code, below=below), reason, look=look, as_json=as_json)


@codebook_app.command("merge")
def merge(
    folder: Folder,
    code: Code,
    into: Annotated[str, typer.Argument(metavar="INTO", help="The code that takes it up.")],
    reason: Why = "",
    look: Look = False,
    as_json: Json = False,
) -> None:
    """Take one code up into another, with everything coded with it; engines follow.

    Examples:

      goldthread codebook merge study roles escalation --reason "coded for the same thing" --look
      goldthread codebook merge study roles escalation --reason "coded for the same thing"
    """
    change(folder, MergeCodes(code=code, into=into), reason, look=look, as_json=as_json)


@codebook_app.command("split")
def split(
    folder: Folder,
    code: Code,
    parts: Annotated[list[str], typer.Option("--part", help="The name of a new code; repeatable.")] = [],  # noqa: B006 - Typer copies it
    into: Annotated[str, typer.Option("--into", help="A code there is, that chosen passages may go to.")] = "",
    chosen: Annotated[
        Path | None,
        typer.Option("--chosen", help="A CSV, episode_id and part: what goes to which. The rest stays."),
    ] = None,
    reason: Why = "",
    look: Look = False,
    as_json: Json = False,
) -> None:
    """Make new codes out of one; the passages you choose go to each, or to a code there is, and the rest stay.

    Examples:

      goldthread codebook split study workforce --part "Training" --part "Supervision" --reason "too wide"
      goldthread codebook split study workforce --part "Training" --chosen training.csv --reason "too wide"
    """
    book = _book(folder)
    new: list[NewCode] = []
    for label in parts:
        new.append(NewCode(id=new_id(label, book, {one.id for one in new}), label=label))
    names = {name: one.id for one in new for name in (one.label, one.id)} | ({into: into} if into else {})
    picked = _chosen(chosen, names) if chosen else {}
    if not names:
        raise UsageError("no new code is named, and no code there is", mend="give --part or --into")
    made = SplitCode(code=code, parts=tuple(new), into=into)
    change(folder, made, reason, look=look, as_json=as_json, chosen=picked)


@codebook_app.command("retire")
def retire(
    folder: Folder,
    code: Code,
    instead: Annotated[str, typer.Option("--instead", help="The code its passages go to; else they stay.")] = "",
    reason: Why = "",
    look: Look = False,
    as_json: Json = False,
) -> None:
    """Offer a code no more. Its passages are counted still, or go to another code.

    Examples:

      goldthread codebook retire study staff_wellbeing --reason "not in the new plan"
      goldthread codebook retire study staff_wellbeing --instead workforce --reason "not in the new plan"
    """
    change(folder, RetireCode(code=code, instead=instead), reason, look=look, as_json=as_json)


@codebook_app.command("undo")
def undo(
    folder: Folder,
    n: Annotated[int, typer.Argument(metavar="[N]", help="Which amendment; the last one when left out.")] = 0,
    look: Look = False,
    as_json: Json = False,
) -> None:
    """Take a change of the codebook back. What was coded anew since stays, and is named.

    Examples:

      goldthread codebook undo study
      goldthread codebook undo study 3 --look
    """
    if not n:
        with open_study(folder) as study:
            standing = [one.n for one in study.amendments() if one.stands and isinstance(one.change, OfCodebook)]
        if not standing:
            raise UsageError("no change of the codebook stands", mend="see `goldthread codebook log`")
        n = standing[-1]
    take_back(folder, n, look=look, as_json=as_json)


@codebook_app.command("log")
def log(folder: Folder, as_json: Json = False) -> None:
    """List what was changed in the codebook, by whom and why.

    Examples:

      goldthread codebook log study
    """
    with open_study(folder) as study:
        every = study.amendments()
    show_log((one for one in every if isinstance(one.change, OfCodebook)), as_json)


@codebook_app.command("export")
def export(
    folder: Folder,
    out: Annotated[Path, typer.Option("--out", help="The file to write.")],
    format: Annotated[
        BookFormat | None, typer.Option("--format", help="How to write it; by the file's ending when left out.")
    ] = None,
) -> None:
    """Write the codebook as it stands: CSV, Markdown to read, a protocol's TOML, or .qdc for other programs.

    Examples:

      goldthread codebook export study --out codebook.md
      goldthread codebook export study --format qdc --out codebook.qdc
    """
    named = format.value if format else out.suffix.removeprefix(".").lower()
    if named not in (*WRITERS, BookFormat.QDC):
        raise UsageError(f"{out.name} does not say how to write it", mend="give --format csv, md, toml or qdc")
    with open_study(folder) as study:
        if named == BookFormat.QDC:
            data = refi_codebook.document(study.protocol, study.record().versions.get("goldthread", ""))
        else:
            data = WRITERS[named](study.protocol, study.desk.code_uses()).encode("utf-8")
    if out.is_dir():
        raise UsageError("this is a folder", where=str(out), mend="name a file in it")
    write_whole(out, data)
    say(f"Written to {out}.")


def _book(folder: Path) -> Codebook:
    with open_study(folder) as study:
        return study.protocol.codebook


def _named(label: str, retired: bool) -> str:
    return f"{label} (retired)" if retired else label


def _numbers(uses: Uses, place: tuple[str, str]) -> tuple[object, ...]:
    used = uses.of(place)
    return (used.passages, used.reviews, used.confirmed)


def _plain(name: str, protocol: Protocol, uses: Uses) -> dict[str, object]:
    theme = protocol.theme_by_id[name]
    subs = [_code(sub.model_dump(exclude_defaults=True), (name, sub.id), uses) for sub in theme.subthemes]
    own = theme.model_dump(exclude={"subthemes", "questions", "resources"}, exclude_defaults=True)
    return {**_code(own, (name, ""), uses), "subthemes": subs}


def _code(told: dict[str, object], place: tuple[str, str], uses: Uses) -> dict[str, object]:
    used = uses.of(place)
    return told | {"passages": used.passages, "reviews": used.reviews, "confirmed": used.confirmed}


def _chosen(path: Path, parts: dict[str, str]) -> dict[str, str]:
    """Episode id → part, from a file of one row a passage."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        raise UnreadableInput("cannot be read as UTF-8 text", where=str(path), mend="check the file") from fault
    found: dict[str, str] = {}
    for line, row in enumerate(csv.DictReader(text.splitlines()), 2):
        part = parts.get((row.get("part") or "").strip())
        if not row.get("episode_id") or not part:
            raise UsageError(
                f"row {line} names no passage, or no part of {', '.join(dict.fromkeys(parts))}",
                where=str(path),
                mend="give every row an episode_id and a part",
            )
        found[row["episode_id"].strip()] = part
    say(f"{count(len(found), 'passage')} chosen.")
    return found
