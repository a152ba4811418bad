"""The command that looks at a study with the eyes of somebody who knows the case."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from goldthread.cli.output import Json, OnBasis, count, say, show, show_json
from goldthread.protocol.labels import field_label, labels_of
from goldthread.protocol.model import Protocol
from goldthread.study.guarding import Exposure, exposure
from goldthread.study.study import open_study
from goldthread.values import Basis

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="The study's folder.")]
Fields = Annotated[list[str], typer.Option("--field", help="A field to look by; may be repeated.")]
_LISTED = 40


def disclosure(
    folder: Folder,
    basis: OnBasis = Basis.DRAFT,
    fields: Fields = [],  # noqa: B006 - Typer copies it
    fewest: Annotated[
        int, typer.Option("--fewest", help="How many reviews must share what is published.", min=2)
    ] = 2,
    most: Annotated[int, typer.Option("--together", help="How many fields to put together.", min=1, max=4)] = 3,
    as_json: Json = False,
) -> None:
    """List what could point at a person: rare combinations of values, and passages with names, dates or places.

    Tables are made fit to publish with `goldthread tables --fewest`.

    Examples:

      goldthread disclosure study
      goldthread disclosure study --fewest 5 --field force_region --field sex --field age_band
    """
    with open_study(folder) as study:
        found, protocol = exposure(study, basis, fields=fields, fewest=fewest, most=most), study.protocol
    if as_json:
        show_json(_plain(found))
        return
    looked = ", ".join(field_label(name, protocol) for name in found.fields)
    show(f"{count(found.cases, 'included review')}, looked at by: {looked}.")
    show("")
    show(f"{count(len(found.combinations), 'combination')} shared by fewer than {fewest}:")
    for each in found.combinations[:_LISTED]:
        show(f"  {_said(each.values, protocol)}: {', '.join(each.reviews)}")
    show("")
    show(f"{count(len(found.passages), 'passage')} with words that may name somebody:")
    for passage in found.passages[:_LISTED]:
        words = ", ".join(f"{one.text} ({one.kind.value})" for one in passage.named)
        show(f"  [{passage.citation}] page {passage.anchor.page}: {words}")
    if max(len(found.combinations), len(found.passages)) > _LISTED:
        say(f"The first {_LISTED} of each; all of them with --json.")


def _said(values: tuple[tuple[str, str], ...], protocol: Protocol) -> str:
    return " · ".join(f"{field_label(name, protocol)} {labels_of(name, protocol).get(v, v)}" for name, v in values)


def _plain(found: Exposure) -> dict[str, object]:
    return {
        "included": found.cases,
        "fields": list(found.fields),
        "combinations": [{"values": dict(each.values), "reviews": list(each.reviews)} for each in found.combinations],
        "passages": [
            {
                "review_id": each.review_id,
                "document_id": each.anchor.document_id,
                "page": each.anchor.page,
                "start": each.anchor.start,
                "end": each.anchor.end,
                "named": [{"kind": one.kind.value, "text": one.text} for one in each.named],
            }
            for each in found.passages
        ],
    }
