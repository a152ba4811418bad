"""How findings are spoken of: counts with their nouns, strength and what it lacks, always reviews before episodes."""

from __future__ import annotations

from goldthread.analysis.arithmetic import percent
from goldthread.findings.standing import Lack
from goldthread.findings.weighing import Weighed, Weight
from goldthread.protocol.strength import Strength, StrengthRule


def counted(number: int, noun: str) -> str:
    """A number with its noun: "1 review", "1,200 reviews"."""
    return f"{number:,} {noun if number == 1 else noun + 's'}"


def weight(found: Weight) -> str:
    """What counts on one side: "9 reviews (14 episodes)"."""
    if not found.reviews:
        return "no review"
    return f"{counted(len(found.reviews), 'review')} ({counted(len(found.episodes), 'episode')})"


def share(found: Weighed) -> str:
    """How widely it is seen: "9 of the 40 reviews that could show it (23%)"."""
    if not found.able:
        return "no review in which practice is coded"
    part = len(found.supporting.reviews)
    whole = (
        f"the {found.able:,} reviews that could show it" if found.able > 1 else "the one review that could show it"
    )
    return f"{part:,} of {whole} ({percent(part, found.able)}%)"


def strength(found: Weighed, rule: StrengthRule) -> str:
    """The strength in a word or two."""
    return found.verdict.strength.label if found.verdict.strength else rule.none


def lack(one: Lack) -> str:
    """One threshold that is not met: "10 reviews for it (there are 7)"."""
    match one.threshold:
        case "reviews":
            return f"{counted(int(one.needs), 'review')} for it ({_are(one.has)})"
        case "review_types":
            return f"reviews of {counted(int(one.needs), 'type')} ({_are(one.has)})"
        case "share":
            return f"{one.needs}% of the reviews that could show it (it has {one.has}%)"
        case "against":
            return f"no more than {one.needs}% of its reviews against it (it has {one.has}%)"


def lacking(found: Weighed) -> str:
    """What a finding lacks for the next strength: "For strong it lacks …"; "" where there is none above."""
    verdict = found.verdict
    if verdict.next is None:
        return ""
    wants = [lack(one) for one in verdict.lacking]
    listed = wants[0] if len(wants) == 1 else f"{', '.join(wants[:-1])} and {wants[-1]}"
    return f"For “{verdict.next.label}” it takes {listed}."


def asks(one: Strength) -> str:
    """What a strength means and takes: its definition, then its thresholds."""
    takes = [f"at least {counted(one.reviews, 'review')} for it"]
    if one.review_types > 1:
        takes.append(f"of at least {one.review_types} types")
    if one.share:
        takes.append(f"at least {one.share:g}% of those that could show it")
    if one.against < 100:
        most = f"at most {one.against:g}% of its reviews" if one.against else "no review"
        takes.append(f"{most} against it")
    return f"{one.definition} It takes {', '.join(takes)}.".lstrip()


def _are(number: str) -> str:
    return {"0": "there is none", "1": "there is 1"}.get(number, f"there are {number}")
