"""Commands about the reviews as sources of learning, and about what they recommend."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from fractions import Fraction
from pathlib import Path
from typing import Annotated

import typer

from goldthread.analysis.agreed import in_words, share
from goldthread.analysis.arithmetic import rounded
from goldthread.analysis.sensitivity import Change, Sensitivity
from goldthread.cli.output import Json, OnBasis, aligned, count, say, show, show_json
from goldthread.errors import UsageError
from goldthread.quality.asking import Counted, Recommended
from goldthread.quality.orphaned import Orphaned, Orphans
from goldthread.quality.scores import Scored
from goldthread.quality.summary import ItemAgreement, ItemSummary
from goldthread.study.study import open_study
from goldthread.values import Basis

quality_app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="""Rate reviews as sources of learning, see how raters agree, and what tables say without the weakest.

    Examples:

      goldthread quality rate study R00003 methodology named
      goldthread quality show study
      goldthread quality without study --table T4
    """,
)

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="The study's folder.")]
ReviewId = Annotated[str, typer.Argument(metavar="REVIEW", help="A review id, e.g. R00003.")]
ItemId = Annotated[str, typer.Argument(metavar="ITEM", help="An item of the instrument, e.g. methodology.")]
ValueId = Annotated[str, typer.Argument(metavar="VALUE", help="A grade of its scale, e.g. named.")]
Note = Annotated[str, typer.Option("--note", help="Why.")]
Who = Annotated[str, typer.Option("--who", help="Who says so; your user name when left out.")]
_SHOWN_REPEATS = 20


@quality_app.command("show")
def show_quality(
    folder: Folder,
    raters: Annotated[
        list[str],
        typer.Option("--rater", help="These two people; the two with most in common when left out."),
    ] = [],  # noqa: B006 - Typer copies it
    as_json: Json = False,
) -> None:
    """Show how the reviews were rated, item by item, how far two raters agree, and the weakest first.

    A rating counts when one person gave it, when all who gave one agree, or when somebody settled where they differ.

    Examples:

      goldthread quality show study
      goldthread quality show study --rater ada --rater grace --json
    """
    with open_study(folder) as study:
        items, scores = study.quality.summaries(), study.quality.scores()
        two, agreed = study.quality.agreement(raters)
    if as_json:
        scored = [{**asdict(one), "score": _plain(one.score)} for one in scores]
        show_json(
            {
                "items": [asdict(one) for one in items],
                "raters": two,
                "agreement": [asdict(one) for one in agreed],
                "scores": scored,
            }
        )
        return
    if not scores:
        say("Nobody has rated a review yet: goldthread quality rate --help, or the workbench.")
        return
    _print(items, two, agreed, scores)


@quality_app.command("rate")
def rate(folder: Folder, review: ReviewId, item: ItemId, value: ValueId, note: Note = "", who: Who = "") -> None:
    """Rate one review on one item, without regard to what others said.

    Examples:

      goldthread quality rate study R00003 methodology named --note "Model named on page 4, not explained"
    """
    with open_study(folder, who) as study:
        study.quality.rate(review, item, value, note)
        say(f"{review}: {item} is {value}, says {study.who}.")


@quality_app.command("settle")
def settle(folder: Folder, review: ReviewId, item: ItemId, value: ValueId, note: Note = "", who: Who = "") -> None:
    """Decide, by name, where people rated an item of a review differently.

    Examples:

      goldthread quality settle study R00003 methodology clear --note "Appendix B explains it"
    """
    with open_study(folder, who) as study:
        study.quality.settle(review, item, value, note)
        say(f"{review}: {item} is settled as {value} by {study.who}.")


@quality_app.command("without")
def without(
    folder: Folder,
    tables: Annotated[list[str], typer.Option("--table", "-t", help="A table; may be repeated.")],
    percent: Annotated[int, typer.Option("--weakest", help="Per cent of the scored reviews to leave out.")] = 25,
    basis: OnBasis = Basis.DRAFT,
    as_json: Json = False,
) -> None:
    """Show tables with all reviews beside the same without the weakest, and by how many points shares move.

    Reviews of one score go together, so more may be left out; reviews that nobody rated stay in.

    Examples:

      goldthread quality without study --table T4 --table T12
      goldthread quality without study --table T4 --weakest 10 --basis confirmed --json
    """
    if not 0 < percent < 100:
        raise UsageError(f"{percent} per cent cannot be left out", mend="give a number from 1 to 99")
    with open_study(folder) as study:
        found = study.quality.sensitivity(tables, percent / 100, basis)
    if as_json:
        show_json([_sensitivity(one) for one in found])
        return
    for one in found:
        _print_without(one)


@quality_app.command("recommendations")
def recommendations(folder: Folder, basis: OnBasis = Basis.DRAFT, as_json: Json = False) -> None:
    """Look at what the included reviews recommend: of whom, how specifically, and what is asked for again and again.

    How specific a recommendation is, is told by its words; those that ask for the same, by the words they share. Then
    come the reviews with learning that reaches no recommendation: passages that a person linked to none.

    Examples:

      goldthread quality recommendations study
      goldthread quality recommendations study --basis confirmed --json
    """
    with open_study(folder) as study:
        found, lost = study.quality.recommended(basis), study.quality.orphaned(basis)
        actor = study.protocol.codebook.actor
    if as_json:
        show_json({**asdict(found), "orphaned": [_orphans(one) for one in lost.reviews]})
        return
    _print_recommended(found, basis)
    _print_orphaned(lost, actor)


def _print(
    items: Sequence[ItemSummary], two: Sequence[str], agreed: Sequence[ItemAgreement], scores: Sequence[Scored]
) -> None:
    for item in items:
        counts = ", ".join(f"{grade.label} {len(grade.reviews)}" for grade in item.grades)
        differ = f"; {count(len(item.open), 'review')} rated differently, not settled" if item.open else ""
        show(f"{item.label}: {counts}{differ}")
    if agreed:
        show(f"\nAgreement of {' and '.join(two)} (kappa weighted by steps of the scale; 95% interval, jackknife):")
        heads = ("item", "reviews", "agree", "weighted kappa", "ordinal alpha")
        show(aligned([heads, *(_agreed(one) for one in agreed)]))
    show("\nScore of each review, 0 to 1 over the items rated (none where fewer than half are), weakest first:")
    ranked = sorted(scores, key=lambda one: (one.score is None, one.score, one.review_id))
    show(aligned([_scored(one) for one in ranked]))


def _agreed(one: ItemAgreement) -> tuple[str, ...]:
    on = f" on {one.ordered}" if one.kappa and one.ordered < one.reviews else ""
    return one.label, str(one.reviews), share(one.percent or 0), f"{in_words(one.kappa)}{on}", in_words(one.alpha)


def _scored(one: Scored) -> tuple[str, str, str]:
    score = "not scored" if one.score is None else rounded(one.score, 2)
    return one.review_id, score, count(one.rated, "item")


def _print_without(found: Sensitivity) -> None:
    show(f"{found.whole.id} {found.whole.title}")
    show(f"Without {count(len(found.left_out), 'review')}: {', '.join(found.left_out)}")
    rows = [
        (one.row_label, one.column_label, one.before.text, one.after.text if one.after else "gone", _points(one))
        for one in found.changes
    ]
    show(aligned([("row", "column", "all", "without", "points"), *rows]))
    show("")


def _print_recommended(found: Recommended, basis: Basis) -> None:
    total = found.total
    draft = " Draft: machine suggestions, not confirmed." if basis is Basis.DRAFT else ""
    show(f"{count(total.recommendations, 'recommendation')} in {count(total.reviews, 'review')}.{draft}\n")
    for title, parts in (
        ("Addressed to", found.addressees),
        ("Scope", found.scopes),
        ("Worded so that it", found.signs),
    ):
        show(f"{title}\n{aligned([_line(one) for one in parts])}\n")
    shown = ", ".join(f"{n} of {len(found.signs)}: {many}" for n, many in enumerate(found.by_signs))
    show(f"Signs shown by a recommendation: {shown}")
    many = count(len(found.repeated), "request is", "requests are")
    show(f"\n{many} made in more than one review ({count(found.made_again, 'recommendation')}):")
    for group in found.repeated[:_SHOWN_REPEATS]:
        first = group.asked[0]
        years = f", {group.years[0]}–{group.years[-1]}" if len(group.years) > 1 else ""
        show(f"  {count(len(group.reviews), 'review')}{years}: {first.review_id} {first.text[:160]}")
    if len(found.repeated) > _SHOWN_REPEATS:
        show(f"  and {len(found.repeated) - _SHOWN_REPEATS} more: --json lists them all")


def _print_orphaned(found: Orphaned, actor: str) -> None:
    if not found.reviews:
        return
    told, reviews = count(found.passages, "passage"), count(len(found.reviews), "review")
    unasked = sum(len(one.linked) + len(one.unlinked) for one in found.unasked)
    show(f"\nLearning that reaches no recommendation: practice fell short in {told} of {reviews}.")
    show(f"Nothing is asked of the {actor} in {len(found.unasked)} of these reviews ({count(unasked, 'passage')}).")
    show(f"{found.unlinked:,} of the passages were linked to no recommendation by a person.")
    rows = [
        (f"  {one.review_id}", count(len(one.linked) + len(one.unlinked), "passage"), f"{len(one.linked)} linked")
        + (("",) if one.asks else (f"asks nothing of the {actor}",))
        for one in found.reviews
        if one.unlinked
    ]
    show(aligned(rows))


def _orphans(one: Orphans) -> dict[str, object]:
    return {
        "review_id": one.review_id,
        "asks": one.asks,
        "linked": [each.episode_id for each in one.linked],
        "unlinked": [each.episode_id for each in one.unlinked],
    }


def _line(one: Counted) -> tuple[str, str, str]:
    return f"  {one.label}", str(one.recommendations), f"in {count(one.reviews, 'review')}"


def _points(one: Change) -> str:
    return "" if one.points is None else f"{one.points:+}"


def _plain(score: Fraction | None) -> float | None:
    return None if score is None else float(score)


def _sensitivity(found: Sensitivity) -> dict[str, object]:
    cells = [
        {
            "row": one.row,
            "column": one.column,
            "all": one.before.text,
            "without": one.after.text if one.after else None,
            "points": None if one.points is None else str(one.points),
        }
        for one in found.changes
    ]
    return {"table": found.whole.id, "basis": found.whole.basis.value, "left_out": found.left_out, "cells": cells}
