"""Fictional reports with the labels a careful reader would give them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

# FICTIONAL: no real person, place or event.
REPORTS: dict[str, tuple[str, ...]] = {
    "report-1": (
        "Report to prevent future deaths",
        "A man aged 41 died on 3 March 2017.",
        "The inquest concluded that it was suicide.",
        "Officers attended the address at noon.",
        "Police officers failed to record the risk of suicide.",
        "The police should review their policy on recording risk.",
    ),
    "report-2": (
        "Report to prevent future deaths",
        "A woman aged 67 died on 9 May 2018 after a fall.",
        "The inquest concluded that it was an accident.",
        "The stairs had no rail.",
        "The council should fit rails to its stairs.",
    ),
}
LABELS: dict[str, dict[str, object]] = {
    "report-1": {
        "outcome": "death",
        "category": "suicide",
        "age": 41,
        "sex": "male",
        "shoe_size": "9",
        "vulnerabilities": ["self_harm_or_suicidal"],
    },
    "report-2": {
        "outcome": "death",
        "category": "accidental",
        "age": 67,
        "sex": "male",
        "shoe_size": None,
        "vulnerabilities": [],
    },
}
"""The second report's sex is labelled wrongly, so that something is missed."""
PRACTICE: dict[str, dict[int, dict[str, str]]] = {
    "report-1": {
        3: {"police": "described"},
        4: {
            "police": "judged",
            "direction": "missed",
            "theme": "recording_researching",
            "explanation": "not_explained",
        },
        5: {"police": "none", "recommendation": "police"},
    },
    "report-2": {4: {"police": "none", "recommendation": "other_agency"}},
}


def text_of(name: str) -> str:
    return "\n\n".join(REPORTS[name]) + "\n"


def label_of(name: str) -> dict[str, object]:
    sentences, at = [], 0
    for n, sentence in enumerate(REPORTS[name]):
        labels: Mapping[str, str] = PRACTICE[name].get(n, {"police": "none"})
        sentences.append({"n": n, "start": at, "end": at + len(sentence), **labels})
        at += len(sentence) + 2
    return {"id": name, "file": f"{name}.txt", "disputed": [], **LABELS[name], "sentences": sentences}


def write_gold(folder: Path, *, with_texts: bool = True) -> Path:
    """Write labels.jsonl and, beside it, the reports it labels."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = [json.dumps(label_of(name)) for name in REPORTS]
    (folder / "labels.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    if with_texts:
        write_reports(folder / "docs")
    return folder


def write_reports(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name in REPORTS:
        (folder / f"{name}.txt").write_text(text_of(name), encoding="utf-8")
    return folder
