"""What was put to a language model and what came back: whole files named by their own hash, sealed in the journal."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

import sqlalchemy as sa

from goldthread.store import journal
from goldthread.store.originals import Originals

VERB = "ask"
ANSWERED, UNREADABLE = "answered", "unreadable"


@dataclass(frozen=True, slots=True)
class Exchange:
    """One question and what came of it. `key` is the hash of the question; `outcome` says `answered` or what failed.

    `told` is what the journal notes beside the hashes: model, prompts, tokens, cost, attempts.
    """

    review_id: str
    key: str
    outcome: str
    request: bytes
    reply: bytes
    told: Mapping[str, object] = field(default_factory=dict)


def keep(connection: sa.Connection, files: Originals, exchange: Exchange, who: str) -> None:
    """Keep one exchange: its file first, then the journal entry that seals it."""
    whole = {
        "question": exchange.key,
        "outcome": exchange.outcome,
        **exchange.told,
        "request": exchange.request.decode("utf-8", "replace"),
        "reply": exchange.reply.decode("utf-8", "replace"),
    }
    stored = files.put(json.dumps(whole, ensure_ascii=False, indent=1).encode("utf-8", "replace"))
    after = {"question": exchange.key, "outcome": exchange.outcome, "exchange": stored.sha256, **exchange.told}
    journal.append(connection, who, VERB, exchange.review_id, after=after)


def answered(connection: sa.Connection) -> dict[str, str]:
    """Hash of a question → hash of the exchange in which it was last answered."""
    return {
        str(after["question"]): str(after["exchange"])
        for _, after in journal.deeds(connection, VERB)
        if after.get("outcome") == ANSWERED
    }


def words(files: Originals, sha256: str) -> str | None:
    """What the model said in a kept exchange; None where its file is gone or was altered."""
    if not files.intact(sha256):
        return None
    read = json.loads(files.path(sha256).read_bytes())
    content = json.loads(read["reply"])["choices"][0]["message"]["content"]
    return content if isinstance(content, str) else None


def spent(connection: sa.Connection) -> dict[str, float]:
    """Questions sent so far, tokens counted and money, over the whole life of the study."""
    totals = {"questions": 0.0, "tokens": 0.0, "cost": 0.0}
    for _, after in journal.deeds(connection, VERB):
        totals["questions"] += 1
        totals["tokens"] += _number(after.get("tokens_in")) + _number(after.get("tokens_out"))
        totals["cost"] += _number(after.get("cost"))
    return totals


def _number(value: object) -> float:
    return float(value) if isinstance(value, (int, float)) else 0.0
