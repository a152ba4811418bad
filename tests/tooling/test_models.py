"""The shipped models: made of ordinary words, as the labels give them, and good enough on reports they never saw."""

from __future__ import annotations

import csv
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from goldthread.assist.learned.model import shipped
from goldthread.assist.learned.training import Settings, words_of
from goldthread.protocol.load import load

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("GOLDTHREAD_SHARED") or ROOT / "../shared").resolve()
sys.path.insert(0, str(ROOT / "scripts"))

import figures  # noqa: E402 - scripts are no package
import model_card  # noqa: E402
import model_folds  # noqa: E402
import model_labels  # noqa: E402
import model_words  # noqa: E402

_MOST_BYTES = 2_000_000


@pytest.fixture(scope="module")
def vocabulary() -> frozenset[str]:
    model = shipped()
    return frozenset(
        word for weights in (model.passages, model.codes) for sign in weights.row for word in words_of(sign)
    )


def _registers() -> Path:
    folder = SHARED / "data"
    if not (folder / "pfd").exists():
        pytest.skip(f"the registers are not at {folder}: set GOLDTHREAD_SHARED to the folder that has them")
    return folder


def _names(folder: Path) -> Iterator[str]:
    """Names of coroners, of those who died (from the addresses of the reports), and names after a title."""
    csv.field_size_limit(10**9)
    with (folder / "pfd/pfd_reports.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield from re.findall(r"[a-z]{3,}", row["coroner"].lower())
            yield from row["url"].rstrip("/").rsplit("/", 1)[-1].split("-prevention-")[0].split("-")
            text = f"{row['investigation']} {row['circumstances']} {row['concerns']}"
            for found in re.findall(r"\b(?:Mr|Mrs|Ms|Miss|Dr|PC|Sgt)\.? ([A-Z][a-z]+)(?: ([A-Z][a-z]+))?", text):
                yield from (name.lower() for name in found if name)


def test_no_name_of_a_person_is_in_the_vocabulary_unless_it_is_an_ordinary_word(vocabulary: frozenset[str]) -> None:
    folder = _registers()
    texts = [text for source in ("iopc", "pfd") for text in model_labels.register_texts(SHARED, source)]
    written = model_words.ordinary(texts)
    assert {name for name in _names(folder) if name in vocabulary and name not in written} == set()


def test_the_vocabulary_is_words_that_running_text_writes_small(vocabulary: frozenset[str]) -> None:
    assert len(vocabulary) > 500
    assert all(word.islower() for word in vocabulary)
    forces = {place.split()[0].lower() for place in ("Northumbria Police", "Merseyside Police", "Cleveland Police")}
    assert not forces & vocabulary


def test_a_name_is_not_an_ordinary_word_however_often_it_is_written() -> None:
    texts = [f"The officer spoke to Fenwick {n} times." for n in range(5)]
    assert "fenwick" not in model_words.ordinary(texts)
    assert "spoke" in model_words.ordinary(texts)


def test_the_models_are_small() -> None:
    assert sum(len(text.encode()) for text in shipped().written().values()) < _MOST_BYTES


def test_every_answer_of_the_models_has_a_scale_and_every_code_is_in_the_codebook() -> None:
    model, protocol = shipped(), load("learning-reports")
    assert set(model.scales) >= {*model.passages.answers, *model.codes.answers}
    assert {theme for _, theme in model.codes_of("theme")} <= set(protocol.theme_by_id)
    reasons = {each.id for each in protocol.codebook.explanations}
    assert {reason for _, reason in model.codes_of("explanation")} <= reasons


def test_the_model_card_tells_what_was_measured() -> None:
    page = model_card.PAGE.read_text(encoding="utf-8")
    assert model_card.written(page, figures.recorded()) == page
    assert "n = " in page


def test_further_labels_hold_no_words_of_the_reports() -> None:
    for name in ("further_documents.csv", "further_labels.csv"):
        with (ROOT / "models" / name).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                assert all(re.fullmatch(r"[0-9a-f]{12,16}|[a-z_]*", value) for value in row.values()), row


def test_reports_a_model_never_saw_are_read_well_enough() -> None:
    _registers()
    known = [each for each in model_labels.gold(SHARED) if each.group == model_labels.TEXTS]
    made = model_folds.folds(known, Settings(passages=0.5, tolerance=1e-2), None, number=2)
    scores = model_folds.scored(list(model_folds.unseen(known, made)), model_labels.TEXTS)
    floors = {"judged practice": 0.74, "any police action": 0.77, "recommendations": 0.82, "direction": 0.88}
    assert {
        name: round(scores[name].main or 0, 3) for name in floors if (scores[name].main or 0) < floors[name]
    } == {}
