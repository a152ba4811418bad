"""Questions: what is sent to a model about one window of one document, and the texts they are made from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from goldthread.assist.engine import ReadDocument, ReviewText
from goldthread.assist.llm.guarding import addressed_to_machines, masked
from goldthread.assist.llm.locating import Folded, shown
from goldthread.assist.llm.prompting import Asked, Task, machine_patterns, messages, tasks
from goldthread.assist.llm.settings import Settings
from goldthread.assist.llm.windows import Window, tokens, windows
from goldthread.errors import UsageError
from goldthread.protocol.model import Protocol

Veil = Callable[[str], str]
"""Takes a text and gives one as long, fit to leave the machine."""
_LEAST_WINDOW = 400  # tokens
_ENVELOPE = 64  # tokens a server adds around the messages


@dataclass(frozen=True)
class Sheet:
    """A document as it is put to a model. `sent` is as long as the stored text, so places in it are places there."""

    document: ReadDocument
    sent: str
    blacked: tuple[tuple[int, int], ...]

    @cached_property
    def folded(self) -> Folded:
        """The text as sent, for finding quotes."""
        return Folded(self.sent)


@dataclass(frozen=True)
class Question:
    """One task about one window of a sheet."""

    sheet: Sheet
    window: Window
    asked: Asked
    body: Mapping[str, object]
    tokens: int

    @cached_property
    def key(self) -> str:
        """The hash of everything that bears on the answer: model, words, form and settings."""
        told = json.dumps(self.body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()


def as_is(text: str) -> str:
    """The veil that hides nothing."""
    return text


def sheet(document: ReadDocument, veil: Veil = as_is) -> Sheet:
    """A document made ready to be put to a model."""
    blacked = addressed_to_machines(document.pages, machine_patterns())
    sent = veil(masked(document.text.text, blacked))
    if len(sent) != len(document.text.text):
        raise ValueError("a veil must keep the length of a text")
    return Sheet(document, sent, blacked)


def questions(review: ReviewText, protocol: Protocol, settings: Settings, veil: Veil = as_is) -> tuple[Question, ...]:
    """Everything to ask about one review, in order. Raises UsageError when the model's context is too small."""
    put = tasks(protocol)
    room = room_for_text(put, settings)
    made: list[Question] = []
    for document in review.documents:
        ready = sheet(document, veil)
        for window in windows(document, room):
            text = shown(ready.sent[window.start : window.end])
            if text.strip():
                made += [_question(ready, window, task, text, settings) for task in put]
    return tuple(made)


def room_for_text(put: Sequence[Task], settings: Settings) -> int:
    """Tokens left for the report beside the longest task and the reply."""
    longest = max(sum(tokens(each["content"]) for each in messages(task, "")) for task in put)
    room = settings.context - settings.reply - longest - _ENVELOPE
    if room < _LEAST_WINDOW:
        least = settings.context - room + _LEAST_WINDOW
        raise UsageError(
            f"a context of {settings.context:,} tokens is too small for this protocol",
            mend=f"run the model with at least {least:,} and say so: goldthread llm set DIR --context {least}",
        )
    return room


def _question(ready: Sheet, window: Window, task: Task, text: str, settings: Settings) -> Question:
    said = messages(task, text)
    body: dict[str, object] = {
        "model": settings.model,
        "messages": said,
        "temperature": 0,
        "max_tokens": settings.reply,
        "response_format": {
            "type": "json_schema",
            "json_schema": {"name": task.asked.value, "strict": True, "schema": task.schema},
        },
    }
    return Question(ready, window, task.asked, body, sum(tokens(each["content"]) for each in said) + _ENVELOPE)
