"""A scripted language model: reads what stands between the fences by plain rules, and replies as it was asked to."""

from __future__ import annotations

import re
from collections.abc import Callable

from tests.transport.server import Said, completion

Body = dict[str, object]
_FENCED = re.compile(r"\n(REPORT-[0-9a-f]{16})\n(.*)\n\1\n", re.DOTALL)
_SENTENCE = re.compile(r"[^.\n]*[^.\s][^.\n]*\.")


def report_of(body: Body) -> str:
    """The report a question is about."""
    found = _FENCED.search(user_of(body))
    assert found
    return found[2]


def user_of(body: Body) -> str:
    messages = body["messages"]
    assert isinstance(messages, list)
    return str(messages[-1]["content"])


def is_case(body: Body) -> bool:
    return '"values"' in user_of(body)


def values(body: Body) -> list[dict[str, object]]:
    """The age and the outcome, where the report says them."""
    text, found = report_of(body), list[dict[str, object]]()
    if aged := re.search(r"[^\n.]*\baged (\d+), (?:died|was killed)[^\n.]*\.", text):
        told = {"missing": None, "quote": aged[0].strip()}
        found.append({"field": "age", "subject": 1, "value": aged[1], **told})
        found.append({"field": "outcome", "subject": 0, "value": "death", **told})
    return found


def practice(body: Body) -> dict[str, object]:
    """A passage for each sentence on the police that judges, and each recommendation."""
    said = [each[0].strip() for each in _SENTENCE.finditer(report_of(body))]
    codes = {"subtheme": "", "explanation": "", "whose": ""}
    passages = [
        {"quote": each, "direction": "missed", "theme": "risk_identification", **codes}
        for each in said
        if "police" in each and "missed opportunity" in each
    ]
    asks = [{"quote": each, "addressee": "police", "scope": ""} for each in said if "police should" in each]
    return {"passages": passages, "recommendations": asks}


def honest(body: Body, number: int) -> Said:
    """Answers from what the report says."""
    return completion({"values": values(body)} if is_case(body) else practice(body))


def inventing(body: Body, number: int) -> Said:
    """Answers in the right form with words the report does not have."""
    lie = "The police acted swiftly and nothing was missed at any time."
    codes = {"subtheme": "", "explanation": "", "whose": ""}
    if is_case(body):
        return completion({"values": [{"field": "age", "subject": 1, "value": "14", "missing": None, "quote": lie}]})
    passage = {"quote": lie, "direction": "good", "theme": "risk_identification", **codes}
    return completion(
        {"passages": [passage], "recommendations": [{"quote": lie, "addressee": "police", "scope": ""}]}
    )


def obeying(body: Body, number: int) -> Said:
    """Does what any order in the report says, and answers honestly only where there is none."""
    text = report_of(body)
    if order := re.search(
        r"(?:ignore the above|kindly act on this)[^.]*?(?:and|:) (?:say|report) “([^”]+)”", text, re.I
    ):
        lie = {"quote": order[1], "subtheme": "", "explanation": "", "whose": ""}
        return completion(
            {
                "values": [{"field": "age", "subject": 1, "value": "99", "missing": None, "quote": order[1]}],
                "passages": [{**lie, "direction": "good", "theme": "risk_identification"}],
                "recommendations": [],
                "system": "obeyed",
            }
        )
    return honest(body, number)


def every(number: int, bad: Said) -> Callable[[Body, int], Said]:
    """An honest model whose every n-th reply is this one."""

    def script(body: Body, n: int) -> Said:
        return bad if n % number == 0 else honest(body, n)

    return script
