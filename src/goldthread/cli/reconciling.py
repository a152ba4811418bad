"""The command that settles where two coders differ."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from goldthread.cli.output import PROBLEMS_FOUND, Json, count, say, show, show_json
from goldthread.coding.differing import CODES, Difference, Said
from goldthread.coding.model import Episode
from goldthread.errors import UsageError
from goldthread.extraction.model import Characteristic
from goldthread.protocol.labels import MISSING_LABELS, field_label, value_label
from goldthread.protocol.model import Protocol
from goldthread.study.study import Study, open_study

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="The study's folder.")]
Other = Annotated[Path | None, typer.Argument(metavar="[OTHER]", help="A copy of it that somebody else coded.")]
Who = Annotated[str, typer.Option("--who", help="Whose decision it is; yours when left out.")]


def reconcile(
    folder: Folder,
    other: Other = None,
    decide: Annotated[str, typer.Option("--decide", metavar="ID", help="Settle the difference of this id.")] = "",
    outcome: Annotated[
        str, typer.Option("--as", help="With --decide: first, second, both, neither, or other with --value.")
    ] = "",
    value: Annotated[str, typer.Option("--value", help="With --as other: the value that is right.")] = "",
    undo: Annotated[str, typer.Option("--undo", metavar="REVIEW", help="Open what was settled last there.")] = "",
    who: Who = "",
    as_json: Json = False,
) -> None:
    """List where two people who coded the same documents differ, and settle each by name.

    OTHER brings in what was confirmed in a copy of the study. Tables go on counting what stands here until somebody
    decides. A decision is a third one, in the name of whoever makes it; what both coders said stays readable.

    Examples:

      goldthread reconcile study study-coded-by-grace
      goldthread reconcile study --decide R00001:value:1:sex --as second --who "C. Third"
      goldthread reconcile study --decide R00001:value:1:sex --as other --value female
      goldthread reconcile study --undo R00001
    """
    asked = [bool(each) for each in (other, decide, undo)]
    if sum(asked) > 1 or (bool(outcome) is not bool(decide)):
        mend = "give a copy, or --decide with --as, or --undo"
        raise UsageError("that asks for several things at once, or for half of one", mend=mend)
    with open_study(folder, who) as study:
        if decide:
            made = study.reconcile(decide, outcome, value=value)
            say(f"Settled in the name of {study.who}: {count(len(made), 'coding')} now stands.")
        elif undo:
            study.unreconcile(undo)
            say(f"Opened again what was settled last in {undo}.")
        else:
            _listed(study, other, as_json)


def _listed(study: Study, other: Path | None, as_json: bool) -> None:
    problems = 0
    if other is not None:
        with open_study(other) as second:
            done = study.second_coding(second)
        problems = len(done.problems)
        told = f"{count(done.values, 'value')} and {count(done.passages, 'passage')}"
        say(f"Brought in {told}; {done.known} known already.")
        for each in done.problems:
            say(f"{each.place}: {each.message} — {each.mend}")
    found = study.differences()
    if as_json:
        show_json({"open": [asdict(one) for one in found.open], "settled": found.settled, "coders": found.coders})
    else:
        for one in found.open:
            show(_text(one, study.protocol))
        say(f"{count(len(found.open), 'difference')} open, {found.settled} settled.")
    if problems:
        raise typer.Exit(PROBLEMS_FOUND)


def _text(one: Difference, protocol: Protocol) -> str:
    what = field_label(one.field, protocol) if one.field else "passage"
    number = f" {one.subject_no}" if one.subject_no else ""
    lines = [f"{one.id}", f"  {what}{number}"]
    for name, said in zip(("first", "second"), (one.first, one.second), strict=True):
        lines.append(f"    {name}: {in_words(said, protocol)}")
    return "\n".join(lines)


def in_words(said: Iterable[Said[Characteristic] | Said[Episode]], protocol: Protocol) -> str:
    """What one of them said, with their name: "Ada: Female"; "says nothing" where nobody did."""
    return "; ".join(f"{one.who}: {_one(one.item, protocol)}" for one in said) or "says nothing"


def _one(item: Characteristic | Episode, protocol: Protocol) -> str:
    if isinstance(item, Characteristic):
        if item.missing is not None:
            return MISSING_LABELS[item.missing]
        return value_label(item.field, item.value or "", protocol)
    codes = (value_label(name, getattr(item, name), protocol) for name in CODES if getattr(item, name))
    return f"{', '.join(codes)} — “{item.anchor.quote[:80]}” (page {item.anchor.page})"
