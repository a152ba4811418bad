"""Commands that say what to read next, and when reading may stop."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from goldthread.cli.output import Json, aligned, count, progress, say, show, show_json
from goldthread.ranking.model import Purpose, Queued, Why
from goldthread.ranking.stopping import TARGET, Stopping
from goldthread.statistics.interval import LEVEL
from goldthread.study.study import open_study

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="The study's folder.")]
_SHOWN = 90
_WHY = {Why.LIKELY: "likely", Why.UNSURE: "in doubt", Why.RANDOM: "at random", Why.SAMPLE: "sample"}


def queue(
    folder: Folder,
    purpose: Annotated[
        Purpose, typer.Option("--for", help="Reviews to screen, or suggested passages to confirm or reject.")
    ] = Purpose.SCREENING,
    limit: Annotated[int, typer.Option("--limit", min=0, help="How many at most; 0 for all.")] = 20,
    as_json: Json = False,
) -> None:
    """List what to decide next: first what is likeliest to be relevant, some in doubt, some at random.

    The order follows from the machine's proposals and, more with every decision, from what people decided.

    Examples:

      goldthread queue study
      goldthread queue study --for coding --limit 50
      goldthread queue study --limit 0 --json
    """
    with open_study(folder) as study, progress() as shown:
        found = study.queue(purpose, limit=limit, progress=shown)
    if as_json:
        show_json(
            {
                "for": found.purpose.value,
                "waiting": found.waiting,
                "answers": found.answers,
                "items": [_item(item) for item in found.items],
            }
        )
        return
    rows = [
        (item.episode_id or item.review_id, _WHY[item.why], _short(item.text) or "(no title)") for item in found.items
    ]
    if rows:
        show(aligned(rows))
    what = "review" if purpose is Purpose.SCREENING else "passage"
    say(f"{count(found.waiting, what)} waiting; ranked by {count(found.answers, 'decision')}.")


def stopping(
    folder: Folder,
    draw: Annotated[
        int, typer.Option("--draw", min=0, help="First draw this many undecided reviews at random, and record it.")
    ] = 0,
    seed: Annotated[int, typer.Option("--seed", help="The seed of the draw.")] = 1,
    target: Annotated[float, typer.Option("--target", help="The recall wanted, 0-1.")] = TARGET,
    level: Annotated[float, typer.Option("--sure", help="How sure to be of it, 0-1.")] = LEVEL,
    as_json: Json = False,
) -> None:
    """Say how much of what is relevant has been found, how sure that is, and what to do next.

    It rests on a random sample of the reviews nobody had decided. Draw one, screen it (it comes up in the
    queue), and ask again.

    Examples:

      goldthread stopping study --draw 60
      goldthread stopping study
      goldthread stopping study --target 0.9 --json
    """
    with open_study(folder) as study:
        if draw:
            made = study.sample(draw, seed)
            say(f"Drew {count(len(made.drawn), 'review')}; they now come up in `goldthread queue {folder}`.")
        report = study.stopping(target, level)
    if as_json:
        show_json(_report(report))
        return
    show(_told(report))
    say(_next(report, folder))


def _item(item: Queued) -> dict[str, object]:
    return {
        "review_id": item.review_id,
        "episode_id": item.episode_id or None,
        "why": item.why.value,
        "score": item.score,
        "text": item.text,
    }


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"


def _report(report: Stopping) -> dict[str, object]:
    recall = report.recall
    return {
        "registered": report.registered,
        "decided": report.decided,
        "relevant": report.relevant,
        "unread": report.unread,
        "saved": round(report.saved, 4),
        "samples": report.samples,
        "sample": {
            "population": report.population,
            "drawn": report.drawn,
            "decided": report.sampled,
            "relevant": report.hits,
        }
        if report.drawn
        else None,
        "remaining": {"low": report.remaining_low, "high": report.remaining_high},
        "recall": {"estimate": round(recall.estimate, 4), "low": round(recall.low, 4), "high": round(recall.high, 4)}
        if recall
        else None,
        "level": report.level,
        "target": report.target,
        "sure_recall": round(report.sure_recall, 4),
        "reached": report.reached,
        "next_sample": report.next_sample,
    }


def _told(report: Stopping) -> str:
    lines = [
        f"Decided by people: {report.decided:,} of {count(report.registered, 'review')}; "
        f"{report.relevant:,} kept (included or maybe).",
        f"Read by nobody yet: {report.unread:,} ({report.saved:.0%}); this is the work saved if reading ends here.",
    ]
    if not report.drawn:
        return "\n".join([*lines, "Recall: not known. No sample of the undecided has been drawn."])
    sampled = f"{report.sampled} of {report.drawn} decided" if report.sampled < report.drawn else "all decided"
    lines += [
        f"Sample {report.samples}: {report.drawn:,} of {report.population:,} undecided reviews drawn at random; "
        f"{sampled}, {report.hits} kept.",
    ]
    if report.recall is None:
        return "\n".join([*lines, "Recall: not known until some of the sample is decided."])
    lines += [
        f"Still to be found: {report.remaining_low:,} to {count(report.remaining_high, 'relevant review')}.",
        f"Recall: {report.recall.estimate:.0%} ({report.level:.0%} interval "
        f"{report.recall.low:.0%} to {report.recall.high:.0%}); "
        f"one can be {report.level:.0%} sure that it is at least {report.sure_recall:.0%}.",
    ]
    return "\n".join(lines)


def _next(report: Stopping, folder: Path) -> str:
    wanted = f"{report.level:.0%} sure that recall is at least {report.target:.0%}"
    if not report.unread:
        return "Everything was read; nothing is estimated."
    if report.reached:
        return f"One can be {wanted}. What was left unread may still hold relevant reviews: say so when you report."
    if report.sampled < report.drawn:
        return f"Next: screen the {report.drawn - report.sampled} left of the sample (goldthread queue {folder})."
    if report.next_sample >= report.unread:
        return f"No sample can make one {wanted} yet: screen on (goldthread queue {folder})."
    return (
        f"Next: screen on (goldthread queue {folder}) while relevant reviews keep coming; then draw "
        f"{report.next_sample:,} at random (goldthread stopping {folder} --draw {report.next_sample}): "
        f"if none of them is relevant, one can be {wanted}."
    )
