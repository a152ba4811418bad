"""Deciding what a report says about practice, and keeping the record of it that becomes the truth."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from goldthread.sample.bank import Deck, bank, fitting, told
from goldthread.sample.case import Case
from goldthread.sample.truth import KnownPractice, KnownRecommendation, KnownValue
from goldthread.sample.wording import Wording

_SILENT = ("no_police", "too_brief")
_AFTER = ("post_incident", "post_incident_learning")


@dataclass(frozen=True)
class Passage:
    """One paragraph of analysis: its sentences, and the theme or agency whose section it belongs to."""

    section: str
    text: str


@dataclass
class Notes:
    """What has been written so far that a reader should be able to find again."""

    values: list[KnownValue] = field(default_factory=list)
    practice: list[KnownPractice] = field(default_factory=list)
    recommendations: list[KnownRecommendation] = field(default_factory=list)

    def value(self, name: str, value: str | None, missing: str | None, quote: str = "", subject: int = 0) -> str:
        """Record a characteristic and return its words."""
        self.values.append(KnownValue(subject, name, value, missing, quote))
        return quote


def police_passages(case: Case, wording: Wording, rng: Random, notes: Notes) -> list[Passage]:
    """The paragraphs on the police, as many as the length of the report can carry."""
    part = case.role.part
    if part in _SILENT:
        return []
    if part in _AFTER:
        return _after_the_incident(part, wording, notes)
    scale = max(1.0, case.role.pages / 14)
    if part == "no_police_learning":
        return [_described(case, wording, rng, notes, count=4)]
    passages = [_missed(entry, wording, rng, notes) for entry in _deal(case, rng, "missed", round(7 * scale))]
    passages += [_good(entry, wording, notes) for entry in _deal(case, rng, "good", round(3 * scale))]
    return [*passages, _described(case, wording, rng, notes, count=round(4 * scale))]


def _deal(case: Case, rng: Random, kind: str, count: int) -> list[dict[str, str]]:
    return Deck(rng, fitting(bank("police")[kind], case.contexts)).hand(count)


def _missed(entry: dict[str, str], wording: Wording, rng: Random, notes: Notes) -> Passage:
    why = rng.choices(
        ("knowledge_attitude", "procedure_system", "resourcing", "individual_error", "tool_limitation", "unknown"),
        weights=(4, 4, 2, 1, 1, 4),
    )[0]
    quote = wording.fill(entry["text"])
    reason = wording.fill(rng.choice(bank("explanations")[why]))
    notes.practice.append(KnownPractice("police", "missed", entry["theme"], why, quote))
    return Passage(entry["theme"], f"{quote} {reason}".strip())


def _good(entry: dict[str, str], wording: Wording, notes: Notes) -> Passage:
    quote = wording.fill(entry["text"])
    notes.practice.append(KnownPractice("police", "good", entry["theme"], "unknown", quote))
    return Passage(entry["theme"], quote)


def _described(case: Case, wording: Wording, rng: Random, notes: Notes, count: int) -> Passage:
    quotes = [wording.fill(entry["text"]) for entry in _deal(case, rng, "described", count)]
    notes.practice.extend(KnownPractice("police", "described", "", "unknown", quote) for quote in quotes)
    return Passage("background", " ".join(quotes))


def _after_the_incident(part: str, wording: Wording, notes: Notes) -> list[Passage]:
    passages = []
    for entry in bank("aftermath")[part]:
        quote = wording.fill(entry["text"])
        theme, why = entry.get("theme", ""), entry.get("explanation", "unknown")
        notes.practice.append(KnownPractice("police", entry["direction"], theme, why, quote))
        passages.append(Passage("aftermath", quote))
    return passages


def agency_passages(case: Case, wording: Wording, rng: Random, notes: Notes) -> list[Passage]:
    """Paragraphs on other agencies, which a careless reader would count as police practice."""
    names = ["health", "social_care"] if case.child else ["health", "adult_care"]
    if "school" in case.contexts:
        names.insert(1, "education")
    if case.profile.get("perpetrator") and "domestic_abuse" in case.profile["contexts"]:
        names.append("probation")
    passages = []
    for name in names:
        entry = bank("agencies")[name]
        for direction in ("described", "missed", "good", "missed"):
            quote = wording.fill(rng.choice(told(entry[direction], case.contexts)))
            if quote not in {known.quote for known in notes.practice}:
                notes.practice.append(KnownPractice(name, direction, "", "unknown", quote))
                passages.append(Passage(name, quote))
    return passages


def recommendations(case: Case, wording: Wording, rng: Random, notes: Notes) -> list[str]:
    """The numbered recommendations; none is made to police where the review has nothing to say of them."""
    entries = fitting(bank("recommendations")["recommendation"], case.contexts)
    speaks = case.role.part not in (*_SILENT, "post_incident", "no_police_learning")
    own = [entry for entry in entries if entry["addressee"] == "police" and speaks]
    others = [entry for entry in entries if entry["addressee"] != "police" and (speaks or "{F}" not in entry["text"])]
    if not speaks:
        others = [entry for entry in others if "police" not in entry["text"]]
    size = max(1, round(case.role.pages / 14))
    chosen = Deck(rng, own).hand(2 * size) + Deck(rng, others).hand(3 * size)
    texts = []
    for entry in chosen:
        text = wording.fill(entry["text"])
        notes.recommendations.append(KnownRecommendation(text, entry["addressee"], entry["scope"]))
        texts.append(text)
    return texts
