from __future__ import annotations

from goldthread.anchors import DocumentText, anchor
from goldthread.briefing.evidence import EvidenceIndex

TEXT = DocumentText("D1", "0" * 64, 1, ("Officers did not ask to see the children.",))


def test_claims_are_numbered_as_they_are_made() -> None:
    index = EvidenceIndex()
    assert [index.cite("a", ("R1",)), index.cite("b", ("R1",))] == ["E1", "E2"]
    assert [entry.claim for entry in index.entries] == ["a", "b"]


def test_one_claim_about_one_evidence_has_one_key() -> None:
    index = EvidenceIndex()
    words = anchor(TEXT, 0, 8)
    assert index.cite("a", ("R1",), (words,)) == index.cite("a", ["R1"], iter((words,)))
    assert len(index.entries) == 1


def test_the_same_words_about_other_evidence_are_another_claim() -> None:
    index = EvidenceIndex()
    one, two = anchor(TEXT, 0, 8), anchor(TEXT, 9, 12)
    assert index.cite("a", ("R1",), (one,)) != index.cite("a", ("R1",), (two,))
    assert index.cite("a", ("R1",)) != index.cite("a", ("R2",))
    assert [entry.anchors for entry in index.entries[:2]] == [(one,), (two,)]


def test_a_figure_is_bound_to_its_entry() -> None:
    index = EvidenceIndex()
    figure = index.figure("2 reviews", "Included", ("R1", "R2"))
    (entry,) = index.entries
    assert (figure.text, figure.evidence, entry.reviews) == ("2 reviews", entry.key, ("R1", "R2"))
