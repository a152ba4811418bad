"""How long tables take over many reviews: every table of the police protocol, on the draft basis.

Run `python benchmarks/bench_tables.py [REVIEWS]` (10,000 unless told). Prints one JSON document: seconds to read
the cases once, seconds for each table alone (cases read anew), the slowest, and the bar of 3 seconds. Seconds
are those of the processor: tables use one thread and wait for nothing.
"""

from __future__ import annotations

import json
import random
import resource
import sys
import time

from goldthread.analysis.records import DocumentRecord, ReviewRecord, StudyRecord
from goldthread.analysis.tabulate import cases_of, tabulate, tabulate_cases
from goldthread.anchors import Anchor
from goldthread.coding.model import Episode, Recommendation
from goldthread.extraction.model import Characteristic
from goldthread.protocol.load import load
from goldthread.protocol.model import Protocol
from goldthread.protocol.vocabulary import permitted
from goldthread.screening.model import ScreeningDecision, ScreeningState
from goldthread.values import Basis, Missing, State, Unit

BAR = 3.0
EPISODES = 10
RECOMMENDATIONS = 4


def made_up_study(protocol: Protocol, reviews: int, seed: int = 7) -> StudyRecord:
    """A study of that many reviews in which every field of every review is logged."""
    chance = random.Random(seed)  # noqa: S311 - load, not secrets
    records = tuple(_review(protocol, f"v{n}", chance) for n in range(reviews))
    return StudyRecord("load", "2020-01-01", "0", records, (), (), {})


def _review(protocol: Protocol, name: str, chance: random.Random) -> ReviewRecord:
    document = DocumentRecord(f"{name}-d", f"{name}.pdf", "0" * 64, "pdf", 40, 90_000)
    reason = chance.choice(["", "", "", "out_of_date", "no_police_learning"])
    state = ScreeningState.EXCLUDED if reason else ScreeningState.INCLUDED
    return ReviewRecord(
        review_id=name,
        title=f"Review {name}",
        citation=f"SCR {name}",
        review_types=(chance.choice(["SCR", "SAR", "DHR", "CPR"]),),
        source=chance.choice(protocol.sources).id,
        round="r1",
        publication_date="2019-03",
        url="",
        found_at="",
        documents=(document,),
        decision=ScreeningDecision(name, state, reason, Basis.DRAFT, "load", ""),
        characteristics=tuple(_characteristics(protocol, name, chance)),
        episodes=tuple(_episode(protocol, name, n, chance) for n in range(EPISODES)),
        recommendations=tuple(_recommendation(protocol, name, n, chance) for n in range(RECOMMENDATIONS)),
    )


def _characteristics(protocol: Protocol, name: str, chance: random.Random) -> list[Characteristic]:
    found = []
    for n, field in enumerate(protocol.fields):
        value = chance.choice(permitted(field.id, protocol) or ("0", "17", "44"))
        missing = chance.choice(list(Missing)) if chance.random() < 0.3 else None
        subject = 0 if field.unit is Unit.REVIEW else 1
        anchors = () if missing else (_anchor(name, n),)
        stated = None if missing else value
        item = Characteristic(name, subject, field.id, stated, missing, State.SUGGESTED, "load", "load", 0.7, anchors)
        found.append(item)
    return found


def _anchor(name: str, n: int) -> Anchor:
    return Anchor(f"{name}-d", "0" * 64, 1, n * 100, n * 100 + 40, 1 + n, f"words of {name} number {n}", "a", "b")


def _episode(protocol: Protocol, name: str, n: int, chance: random.Random) -> Episode:
    book = protocol.codebook
    theme = chance.choice(book.themes)
    return Episode(
        review_id=name,
        episode_id=f"{name}-e{n}",
        theme=theme.id,
        subtheme=chance.choice(theme.subthemes).id if theme.subthemes else "",
        direction=chance.choice(book.directions).id,
        explanation=chance.choice(book.explanations).id,
        whose=chance.choice(book.whose).id if book.whose else "",
        state=State.SUGGESTED,
        author="load",
        engine="load",
        confidence=0.6,
        anchor=_anchor(name, 100 + n),
    )


def _recommendation(protocol: Protocol, name: str, n: int, chance: random.Random) -> Recommendation:
    asked = protocol.recommendations
    found = _anchor(name, 200 + n)
    to, scope = chance.choice(asked.addressees).id, chance.choice(asked.scopes).id
    return Recommendation(name, f"{name}-r{n}", found.quote, to, scope, State.SUGGESTED, "load", "load", 0.6, found)


def measure(reviews: int) -> dict[str, object]:
    """Seconds by table, over that many reviews."""
    protocol = load("police-reviews")
    study = made_up_study(protocol, reviews)
    start = time.process_time()
    cases = cases_of(study, protocol, Basis.DRAFT)
    reading = time.process_time() - start
    for definition in protocol.tables:
        tabulate_cases(definition, protocol, cases, study, Basis.DRAFT)
    whole = time.process_time() - start
    seconds = {}
    for definition in protocol.tables:
        start = time.process_time()
        tabulate(definition, protocol, study, Basis.DRAFT)
        seconds[definition.id] = round(time.process_time() - start, 3)
    slowest = max(seconds, key=lambda name: seconds[name])
    return {
        "reviews": reviews,
        "tables": len(seconds),
        "read_cases_seconds": round(reading, 3),
        "all_tables_from_one_reading_seconds": round(whole, 3),
        "slowest": slowest,
        "slowest_seconds": seconds[slowest],
        "bar_seconds": BAR,
        "met": seconds[slowest] <= BAR,
        "seconds": seconds,
        "peak_mb_with_the_study": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000), indent=2) + "\n")
