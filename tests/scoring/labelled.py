"""Fictional labelled documents and proposals, in few words."""

from __future__ import annotations

from collections.abc import Mapping

from goldthread.scoring.cases import Case
from goldthread.scoring.gold import GoldDocument, GoldSentence
from goldthread.scoring.proposed import Proposed, ProposedPassage, ProposedValue


def case(
    wanted: str | None, given: str | None, confidence: float = 0.5, document: str = "d1", item: str = ""
) -> Case:
    return Case(document, wanted, given, confidence, item=item)


def sentence(start: int, end: int, police: str = "none", asks: str = "", **codes: str) -> GoldSentence:
    return GoldSentence(str(start), start, end, "", police, codes, asks)


def said(text: str, police: str = "none", asks: str = "", **codes: str) -> GoldSentence:
    return GoldSentence("1", None, None, text, police, codes, asks)


def passage(start: int, end: int, confidence: float = 0.5, quote: str = "", **codes: str) -> ProposedPassage:
    return ProposedPassage(start, end, quote, confidence, codes or {"direction": "missed"})


def labelled(*sentences: GoldSentence, name: str = "d1", **values: str | None) -> GoldDocument:
    return GoldDocument(name, f"{name}.txt", values=values, sentences=sentences)


def valued(**values: str | tuple[str, float]) -> Proposed:
    given: Mapping[str, tuple[ProposedValue, ...]] = {
        key: (ProposedValue(*value) if isinstance(value, tuple) else ProposedValue(value),)
        for key, value in values.items()
    }
    return Proposed(values=given)
