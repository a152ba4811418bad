from __future__ import annotations

import random
import time

import pytest

from goldthread.documents.duplicates import near_duplicates, rows_per_band
from goldthread.documents.shingles import PLACES, RUN, signature

KNOWN = (3007430831, 1696539346, 426713556)
"""What one text gave when this was written: stored signatures must stay comparable."""

WORDS = [f"word{n}" for n in range(3000)]


def text(seed: int, length: int = 2000) -> list[str]:
    return random.Random(seed).choices(WORDS, k=length)  # noqa: S311


def changed(words: list[str], share: float, seed: int = 1) -> list[str]:
    chance = random.Random(seed)  # noqa: S311
    return [chance.choice(WORDS) if chance.random() < share else word for word in words]


def true_similarity(one: list[str], other: list[str]) -> float:
    runs = [{tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1)} for words in (one, other)]
    return len(runs[0] & runs[1]) / len(runs[0] | runs[1])


@pytest.mark.parametrize("share", [0.0, 0.005, 0.01, 0.03, 0.1, 1.0])
def test_equal_places_estimate_the_share_of_text_in_common(share: float) -> None:
    gaps = []
    for seed in range(12):
        one = text(seed)
        other = changed(one, share, seed)
        a, b = signature([" ".join(one)]), signature([" ".join(other)])
        estimate = sum(x == y for x, y in zip(a, b, strict=True)) / PLACES
        gaps.append(estimate - true_similarity(one, other))
    assert abs(sum(gaps) / len(gaps)) < 0.04
    assert max(map(abs, gaps)) < 0.16


def test_a_signature_is_the_same_in_every_process_and_fits_in_32_bits() -> None:
    found = signature(["the police came and left the house again that night and nobody wrote it down " * 5])
    assert len(found) == PLACES
    assert all(0 <= value < 2**32 for value in found)
    assert (
        found[:4]
        == signature(["The police came, and left THE HOUSE again that night; and nobody wrote it down. " * 5])[:4]
    )
    assert found[:3] == KNOWN


def test_line_ends_and_hyphens_make_no_difference() -> None:
    words = " ".join(text(4))
    broken = words.replace("word7 ", "wo\u00ad \nrd7 ").replace(" ", "\n", 300)
    assert signature([words]) == signature([broken])


def test_too_little_text_has_no_signature() -> None:
    assert signature(["only a few words"]) == ()
    assert signature([""]) == ()


def test_other_scripts_are_compared_too() -> None:
    greek = "η αστυνομία ήρθε στο σπίτι και έφυγε πάλι χωρίς να γράψει τίποτα για τα παιδιά " * 6
    assert signature([greek]) and signature([greek]) != signature([greek.replace("παιδιά", "σχολεία")])


def test_reissued_documents_are_paired_and_others_are_not() -> None:
    one = text(1)
    signatures = {
        "first": signature([" ".join(one)]),
        "again": signature([" ".join(changed(one, 0.004))]),
        "other": signature([" ".join(text(2))]),
        "short": (),
    }
    (pair,) = near_duplicates(signatures)
    assert (pair.a, pair.b) == ("again", "first") and pair.similarity >= 0.8
    assert near_duplicates({}) == () and near_duplicates({"one": signatures["first"]}) == ()


def test_the_same_text_is_wholly_alike() -> None:
    found = signature([" ".join(text(3))])
    assert [pair.similarity for pair in near_duplicates({"a": found, "b": found, "c": found})] == [1.0, 1.0, 1.0]


@pytest.mark.parametrize("threshold", [0.5, 0.7, 0.8, 0.9])
def test_bands_miss_at_most_one_pair_in_a_hundred_at_the_threshold(threshold: float) -> None:
    rows = rows_per_band(PLACES, threshold)
    assert (1 - threshold**rows) ** (PLACES // rows) <= 0.01


def test_ten_thousand_documents_take_seconds() -> None:
    chance = random.Random(9)  # noqa: S311
    signatures = {f"d{n}": tuple(chance.getrandbits(32) for _ in range(PLACES)) for n in range(10_000)}
    signatures["copy"] = signatures["d77"]
    begun = time.process_time()
    assert [(pair.a, pair.b) for pair in near_duplicates(signatures)] == [("copy", "d77")]
    assert time.process_time() - begun < 10
