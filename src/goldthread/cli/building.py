"""Commands that make a study and fill it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from goldthread.assist.llm.engine import NAME as LLM
from goldthread.cli.language_models import (
    AllowRemote,
    Budget,
    KeyFile,
    Pseudonymise,
    Yes,
    consented,
    tell,
    told_facts,
)
from goldthread.cli.output import PROBLEMS_FOUND, Json, count, progress, say, show, show_json
from goldthread.errors import UsageError
from goldthread.study.outputs import Written, write_outputs
from goldthread.study.study import DEFAULT_PROTOCOL, Study, open_or_init, open_study
from goldthread.study.study import init as init_study

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="The study's folder.")]
Paths = Annotated[
    list[Path], typer.Argument(metavar="PATH...", help="Files, folders, or registers (CSV, RIS).", exists=False)
]
ProtocolName = Annotated[
    str, typer.Option("--protocol", help="A shipped protocol (see `goldthread protocol list`) or a folder.")
]
Source = Annotated[str, typer.Option("--source", help="Where these reviews were found.")]
Types = Annotated[list[str], typer.Option("--type", help="Review type, e.g. SCR; twice for a joint review.")]
Round = Annotated[str, typer.Option("--round", help="The round they were found in; this quarter when left out.")]
Engine = Annotated[str, typer.Option("--engine", help="The engine that reads; the best one when left out.")]


def demo(
    folder: Annotated[Path, typer.Argument(metavar="[DIR]", help="Where to put it.")] = Path("goldthread-demo"),
    as_json: Json = False,
) -> None:
    """Make fictional reviews, do the whole job on them and say where to look.

    Examples:

      goldthread demo
      goldthread demo /tmp/look
    """
    reviews = folder / "reviews"
    if not (reviews / "truth.json").exists():
        from goldthread.sample.make import make  # noqa: PLC0415 - 0.5 s that every other command is spared

        say("Writing fictional reviews …")
        make(reviews)
    with open_or_init(folder / "study") as study:
        written, _ = _whole_job(study, [reviews / "reports"], "", [], "", "")
        _tell(study, written, as_json)


def run(
    paths: Paths,
    study_folder: Annotated[Path, typer.Option("--study", help="The study's folder; made when missing.")],
    protocol: Annotated[
        str,
        typer.Option(
            "--protocol",
            help="For a new study: a shipped protocol (see `goldthread protocol list`) or a folder; "
            f"{DEFAULT_PROTOCOL} when left out.",
        ),
    ] = "",
    source: Source = "",
    types: Types = [],  # noqa: B006 - Typer copies it
    round: Round = "",
    engine: Engine = "",
    as_json: Json = False,
) -> None:
    """Do the whole job: make the study, add, suggest, count and brief. Stopped, it goes on where it was.

    Examples:

      goldthread run reviews/ --study study
      goldthread run reviews/ --study study --protocol learning-reports --json
    """
    if engine == LLM:
        raise UsageError(
            "a run does not ask a language model",
            mend="run it with the lexicon, then: goldthread suggest DIR --engine llm",
        )
    for path in paths:
        if not path.exists():
            raise UsageError("there is no such file or folder", where=str(path), mend="check the path")
    with open_or_init(study_folder, protocol) as study:
        written, problems = _whole_job(study, paths, source, types, round, engine)
        _tell(study, written, as_json)
    if problems:
        raise typer.Exit(PROBLEMS_FOUND)


def init(folder: Folder, protocol: ProtocolName = DEFAULT_PROTOCOL) -> None:
    """Make an empty study with its own copy of a protocol.

    Examples:

      goldthread init study
      goldthread init study --protocol learning-reports
    """
    with init_study(folder, protocol) as study:
        chosen = study.protocol
        say(f"Made a study in {folder} with protocol {chosen.id} {chosen.version}.")
        say(f"Next: goldthread add {folder} PATH...")


def add(
    folder: Folder,
    paths: Paths,
    source: Source = "",
    types: Types = [],  # noqa: B006 - Typer copies it
    round: Round = "",
    together: Annotated[
        bool, typer.Option("--together", help="All files named are documents of one review.")
    ] = False,
    replaces: Annotated[
        str, typer.Option("--replaces", help="The file is the re-issue of this document, e.g. D00012.")
    ] = "",
    as_json: Json = False,
) -> None:
    """Register and read files, folders and registers; what is known already is left as it is.

    Examples:

      goldthread add study reviews/ --source nspcc --round 2019-Q3
      goldthread add study report.pdf summary.pdf --together --type SCR
      goldthread add study register.csv
      goldthread add study report-revised.pdf --replaces D00012
    """
    if replaces:
        _replace(folder, paths, replaces, as_json)
        return
    with open_study(folder) as study, progress() as shown:
        before = len(study.problems())
        added = study.add(*paths, source=source, review_types=types, round=round, together=together, progress=shown)
        fresh = len(study.problems()) - before
    if as_json:
        show_json(
            {
                "reviews": added.reviews,
                "documents": added.documents,
                "known": added.known,
                "duplicates": added.duplicates,
                "problems": fresh,
            }
        )
    else:
        show(
            f"{count(added.reviews, 'new review')}, {count(added.documents, 'document')}; {added.known} known before."
        )
        if added.duplicates:
            say(f"{count(added.duplicates, 'document')} said word for word what another does; kept and marked.")
        say(f"Next: goldthread suggest {folder}")
    if fresh > 0:
        say(f"{count(fresh, 'problem')}: see them with goldthread problems {folder}")
        raise typer.Exit(PROBLEMS_FOUND)


def _replace(folder: Path, paths: list[Path], document_id: str, as_json: bool) -> None:
    if len(paths) != 1:
        raise UsageError("one document is replaced by one file", mend="name the newly published file alone")
    with open_study(folder) as study:
        done = study.reissue(document_id, paths[0])
    if as_json:
        show_json({"document_id": document_id, "version": done.version, "moved": done.moved, "lost": len(done.lost)})
    else:
        show(f"{document_id} is now version {done.version}: {count(done.moved, 'anchor')} found again.")
        say(f"Next: goldthread suggest {folder}")
    if done.lost:
        say(f"{count(len(done.lost), 'passage')} not found again: see goldthread problems {folder}")
        raise typer.Exit(PROBLEMS_FOUND)


def suggest(
    folder: Folder,
    engine: Engine = "",
    budget: Budget = "",
    yes: Yes = False,
    allow_remote: AllowRemote = False,
    pseudonymise: Pseudonymise = False,
    key_file: KeyFile = None,
    as_json: Json = False,
) -> None:
    """Have an engine read every review and propose values, passages, recommendations and a screening.

    The engine `llm` asks the study's language model (see `goldthread llm`); the other options are for it alone. It
    says what it would take before anything is sent, and needs your word, --budget or --yes.

    Examples:

      goldthread suggest study
      goldthread suggest study --engine lexicon --json
      goldthread suggest study --engine llm --budget "200000 tokens"
      goldthread suggest study --engine llm --budget "5 GBP" --allow-remote --pseudonymise
    """
    with open_study(folder) as study, progress() as shown:
        consent = consented(budget, yes, allow_remote, pseudonymise, key_file)
        done = study.suggest(engine, consent=consent, progress=shown)
    if as_json:
        show_json(
            {
                "reviews": done.reviews,
                "unchanged": done.unchanged,
                "characteristics": done.characteristics,
                "episodes": done.episodes,
                "recommendations": done.recommendations,
                "failed": done.failed,
                **(told_facts(done.told) if done.told else {}),
            }
        )
    else:
        show(
            f"{count(done.reviews, 'review')} read ({done.unchanged} unchanged since the last time): "
            f"{count(done.characteristics, 'characteristic')}, {count(done.episodes, 'passage')}, "
            f"{count(done.recommendations, 'recommendation')}."
        )
        if done.told:
            tell(done.told)
        say(f"Next: goldthread brief {folder} --kind practice --out briefing.html")
    if done.failed:
        say(f"The engine failed on {count(done.failed, 'review')}: see goldthread problems {folder}")
    if done.failed or (done.told and done.told.stopped):
        raise typer.Exit(PROBLEMS_FOUND)


def _whole_job(
    study: Study, paths: list[Path], source: str, types: list[str], round: str, engine: str
) -> tuple[Written, int]:
    with progress() as shown:
        study.add(*paths, source=source, review_types=types, round=round, progress=shown)
        study.suggest(engine, progress=shown)
        written = write_outputs(study, shown)
    return written, len(study.problems())


def _tell(study: Study, written: Written, as_json: bool) -> None:
    ledger = study.ledger()
    problems = study.problems()
    if as_json:
        show_json(
            {
                "study": str(study.folder),
                "reviews": ledger.registered,
                "included": ledger.included,
                "problems": len(problems),
                "briefings": [str(path) for path in written.briefings],
                "tables": str(written.tables),
            }
        )
        return
    show(f"Briefing: {written.briefings[0]}")
    for path in written.briefings[1:]:
        show(f"          {path}")
    show(f"Tables:   {written.tables}")
    say("")
    registered = count(ledger.registered, "review")
    say(f"{registered} registered, {ledger.included} included (draft: nobody has confirmed this).")
    if problems:
        say(f"{count(len(problems), 'problem')}: see them with goldthread problems {study.folder}")
    say(f"Open the briefing in a browser. Then: goldthread ledger {study.folder}")
    say(f"Check every quote and number again: goldthread verify {study.folder}")
