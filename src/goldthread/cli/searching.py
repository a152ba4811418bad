"""Commands that find passages."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from goldthread.cli.output import Json, count, progress, say, show, show_json
from goldthread.store.search import Hit
from goldthread.study.study import open_study

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="The study's folder.")]
Narrowed = Annotated[
    list[str],
    typer.Option("--field", "--where", "-w", help="Only reviews that meet this, e.g. 'review_type=SCR'."),
]
Limit = Annotated[int, typer.Option("--limit", min=1, max=1000, help="How many passages at most.")]


def search(
    folder: Folder,
    query: Annotated[str, typer.Argument(metavar="QUERY", help='Words, "a phrase", beginning*, -without, OR.')],
    where: Narrowed = [],  # noqa: B006 - Typer copies it
    limit: Limit = 20,
    meaning: Annotated[
        bool, typer.Option("--meaning", help="Find passages that say something alike in other words, too.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Search the full text of every document; each answer names its page and exact place.

    Examples:

      goldthread search study "strategy meeting"
      goldthread search study 'missing "risk assessment" -hospital' --field review_type=SCR --limit 5
      goldthread search study "officers were unaware of the policy" --meaning
    """
    with open_study(folder) as study, progress() as shown:
        chosen = study.filters(where)
        hits = study.search(query, where=chosen, limit=limit, meaning=meaning, progress=shown)
        found = study.matches(query, where=chosen)
    if as_json:
        show_json(_listed(hits))
        return
    for hit in hits:
        show(f"{hit.file_name}, page {hit.page} ({hit.review_id})\n  {hit.snippet}\n")
    if found > len(hits):
        say(f"{len(hits)} of {count(found, 'passage')} with these words; more with --limit.")
    if not hits:
        say("Nothing found. Try fewer words, a beginning with *, or --meaning.")


def similar(
    folder: Folder,
    passage: Annotated[
        str,
        typer.Argument(
            metavar="PASSAGE",
            help="An episode's id (R00013-E007), a place (D00012:1520-1711), or any words to start from.",
        ),
    ],
    where: Narrowed = [],  # noqa: B006 - Typer copies it
    limit: Limit = 10,
    as_json: Json = False,
) -> None:
    """Find passages that say something like another, in the same words or others, most alike first.

    What words mean is learned from the study itself, the first time and after documents were added; it is kept.

    Examples:

      goldthread similar study R00013-E007
      goldthread similar study D00012:1520-1711 --limit 5
      goldthread similar study "The officer did not speak to the child alone." --json
    """
    with open_study(folder) as study, progress() as shown:
        hits = study.similar(passage, where=study.filters(where), limit=limit, progress=shown)
    if as_json:
        show_json(_listed(hits))
        return
    for hit in hits:
        place = f"{hit.document_id}:{hit.start}-{hit.end}"
        show(f"{hit.score:.2f}  {hit.file_name}, page {hit.page} ({hit.review_id}, {place})")
        show(f"  {hit.snippet}")
        show(f"  shares: {', '.join(hit.shared)}\n" if hit.shared else "  shares its meaning, in other words\n")
    if not hits:
        say("Nothing like it. The study knows none of its words; try `goldthread search` with other words.")


def _listed(hits: Sequence[Hit]) -> list[dict[str, object]]:
    return [
        {
            "review_id": hit.review_id,
            "document_id": hit.document_id,
            "version": hit.version,
            "file_name": hit.file_name,
            "page": hit.page,
            "start": hit.start,
            "end": hit.end,
            "quote": hit.quote,
            "snippet": hit.snippet,
            "score": round(hit.score, 4),
            "shared": list(hit.shared),
        }
        for hit in hits
    ]
