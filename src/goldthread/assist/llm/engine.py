"""The engine that asks a language model. Asking and reading replies are pure; who answers is given to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from goldthread.assist.engine import ReviewText, Suggestions
from goldthread.assist.llm.merging import Merger
from goldthread.assist.llm.prompting import prompts
from goldthread.assist.llm.question import Question, Veil, as_is, questions
from goldthread.assist.llm.reply import Findings, Unreadable, read_reply
from goldthread.assist.llm.settings import Settings
from goldthread.errors import UsageError
from goldthread.protocol.model import Protocol

NAME = "llm"

Ask = Callable[[Question], str | None]
"""Puts a question and returns the words of the reply, or None where there was none."""


@dataclass(frozen=True)
class Heard:
    """What a review's replies came to. `unanswered` counts questions without a reply that could be read."""

    suggestions: Suggestions
    discarded: Mapping[str, int]
    questions: int
    unanswered: int


class LlmEngine:
    """Asks a model about each window of a review and keeps what the stored text bears out.

    Without settings and somebody to ask, as an entry point makes it, it refuses to read.
    """

    name = NAME

    def __init__(self, settings: Settings | None = None, ask: Ask | None = None, veil: Veil = as_is) -> None:
        self._settings, self._ask, self._veil = settings, ask, veil
        self.version = f"prompts {prompts().version}, {settings.model if settings else 'no model'}"
        if veil is not as_is:
            self.version += ", names stood in for"

    def suggest(self, review: ReviewText, protocol: Protocol) -> Suggestions:
        """Propose what the model says and the text bears out. Raises UsageError when no model is set."""
        return self.hear(review, protocol).suggestions

    def hear(self, review: ReviewText, protocol: Protocol) -> Heard:
        """The same, with what was thrown away and what was not answered."""
        if self._settings is None or self._ask is None:
            raise UsageError(
                "language models are off: no server is set for this study",
                mend="set one with `goldthread llm set DIR --address … --model …`",
            )
        put = questions(review, protocol, self._settings, self._veil)
        found, unanswered = Findings(), 0
        for question in put:
            content = self._ask(question)
            try:
                if content is None:
                    raise Unreadable
                found.add(read_reply(content, question, protocol))
            except Unreadable:
                unanswered += 1
        merger = Merger(review, protocol, self.name, self._settings.model, whole=unanswered == 0)
        made = merger.suggestions(found)
        discarded = {reason.value: number for reason, number in sorted(found.discarded.items())}
        return Heard(made, discarded, len(put), unanswered)
