"""Commands that look and change nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from goldthread.analysis import believed
from goldthread.cli.language_models import described
from goldthread.cli.output import (
    PROBLEMS_FOUND,
    Json,
    OnBasis,
    Rounds,
    Where,
    aligned,
    count,
    progress,
    say,
    show,
    show_json,
)
from goldthread.errors import StudyFault
from goldthread.screening import ledger as ledgers
from goldthread.study.study import open_study
from goldthread.values import Basis

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="The study's folder.")]


def status(folder: Folder, as_json: Json = False) -> None:
    """Say where the work stands: counts, rounds, engines, problems and what to do next.

    Examples:

      goldthread status study
      goldthread status study --json
    """
    with open_study(folder) as study:
        kept, proposed, confirmed = study.record(), study.ledger(Basis.DRAFT), study.ledger(Basis.CONFIRMED)
        problems, protocol, model = study.problems(), study.protocol, study.language_model.settings
    documents = [item for review in kept.reviews for item in review.documents]
    known = believed.beliefs(kept, protocol, believed.targets_of_protocol(protocol), kept.reviews)
    facts = {
        "study": kept.name,
        "protocol": f"{protocol.id} {protocol.edition}",
        "created": kept.created,
        "reviews": len(kept.reviews),
        "documents": len(documents),
        "pages": sum(item.pages for item in documents if not item.duplicate_of),
        "rounds": [item.round for item in kept.rounds],
        "included_draft": proposed.included,
        "included_confirmed": confirmed.included,
        "episodes": sum(len(review.episodes) for review in kept.reviews),
        "recommendations": sum(len(review.recommendations) for review in kept.reviews),
        "engines": [f"{item.name} {item.version}: {item.reviews} reviews" for item in kept.engines],
        "measured": believed.to_json(known),
        "language_model": described(model),
        "problems": len(problems),
        "state": kept.state,
    }
    if as_json:
        show_json(facts)
        return
    del facts["measured"]
    show(aligned([(key.replace("_", " "), ", ".join(v) if isinstance(v, list) else v) for key, v in facts.items()]))
    if known:
        show(f"\n{believed.heading(known)}\n{aligned(believed.rows(known))}")
    if not kept.reviews:
        say(f"Nothing here yet. Next: goldthread add {folder} PATH...")
    elif not kept.engines:
        say(f"Nothing has been suggested yet. Next: goldthread suggest {folder}")


def ledger(
    folder: Folder,
    basis: OnBasis = Basis.DRAFT,
    rounds: Rounds = [],  # noqa: B006 - Typer copies it
    where: Where = [],  # noqa: B006 - Typer copies it
    as_json: Json = False,
) -> None:
    """Show the screening ledger: every registered review in exactly one state, and the totals that must agree.

    Examples:

      goldthread ledger study
      goldthread ledger study --basis confirmed --round 2019-Q3
      goldthread ledger study --where review_type=SAR --json
    """
    with open_study(folder) as study:
        kept = study.ledger(basis, where=study.filters(where), rounds=rounds)
    if as_json:
        show_json(ledgers.to_json(kept))
    else:
        show(ledgers.to_text(kept, study.protocol))


def problems(folder: Folder, as_json: Json = False) -> None:
    """List everything that went wrong with sources and documents, and what to do about it.

    Examples:

      goldthread problems study
      goldthread problems study --json
    """
    with open_study(folder) as study:
        listed = study.problems()
    if as_json:
        show_json(
            [
                {
                    "place": item.place,
                    "page": item.page or None,
                    "document_id": item.document_id,
                    "code": item.code,
                    "message": item.message,
                    "mend": item.mend,
                }
                for item in listed
            ]
        )
    else:
        for item in listed:
            place = f"{item.place}, page {item.page}" if item.page else item.place
            show(f"{place}\n  {item.message}\n  {item.mend}\n")
        say(f"{count(len(listed), 'problem')}." if listed else "No problems.")
    if listed:
        raise typer.Exit(PROBLEMS_FOUND)


def verify(folder: Folder, as_json: Json = False) -> None:
    """Check every original, every letter of stored text, every anchor, the journal and the ledger once more.

    Ends with 3 and names each fault when anything does not hold.

    Examples:

      goldthread verify study
      goldthread verify study --json
    """
    with open_study(folder) as study, progress() as shown:
        found = study.verify(progress=shown)
    if as_json:
        show_json(
            {
                "sound": found.sound,
                "documents": found.documents,
                "characters": found.characters,
                "anchors": found.anchors,
                "journal_entries": found.journal_entries,
                "faults": [{"what": f.what, "where": f.where, "message": f.message} for f in found.faults],
            }
        )
    else:
        show(
            f"{count(found.documents, 'document')}, {count(found.characters, 'character')}, "
            f"{count(found.anchors, 'anchor')}, {count(found.journal_entries, 'journal entry', 'journal entries')}: "
            + ("all exact." if found.sound else f"{count(len(found.faults), 'FAULT')} FOUND.")
        )
        for fault in found.faults:
            show(f"  {fault.what}: {fault.where}: {fault.message}")
    if not found.sound:
        raise StudyFault(
            f"{count(len(found.faults), 'fault')} found; nothing resting on this may be published",
            where=str(folder),
            mend="restore the study from a backup made before the change",
        )
