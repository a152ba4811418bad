"""Asking a language model about every review: with consent, under a ceiling, and nothing paid for twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from goldthread.assist.engine import ReviewText, Suggestions
from goldthread.assist.llm.engine import NAME, Heard, LlmEngine
from goldthread.assist.llm.guarding import addressed_to_machines
from goldthread.assist.llm.prompting import machine_patterns
from goldthread.assist.llm.question import Veil, as_is, questions
from goldthread.assist.llm.settings import Settings
from goldthread.assist.llm.spending import Ceiling, Estimate, Spent, ceiling
from goldthread.errors import UsageError
from goldthread.store import reviews
from goldthread.store.reviews import NewProblem
from goldthread.study.engines.asker import Asker, Stop
from goldthread.study.engines.language_model import settings_of
from goldthread.study.engines.stand_ins import Veiler
from goldthread.study.engines.suggesting import Suggested, Told, Waiting, save, stored_review, waiting
from goldthread.study.folder import Held
from goldthread.study.progress import Progress
from goldthread.transport.chat import Chat

ENGINE = NAME
UNANSWERED, ADDRESSED = "unanswered", "addressed"
"""Codes of problems."""

Agree = Callable[[Estimate, Settings], Ceiling]
"""Shown what a run may cost before anything is sent; returns the ceiling, or raises to refuse."""


def _refused(estimate: Estimate, settings: Settings) -> Ceiling:
    raise UsageError(
        f"asking {settings.model} would take up to {estimate.most.tokens:,} tokens, and nobody agreed to that",
        mend="give a budget",
    )


@dataclass(frozen=True)
class Consent:
    """What the person who starts a run allows.

    `budget` is as people write it: `5 GBP`, `200000 tokens`. Without one, `agree` is shown the estimate and says how
    much may be spent; by itself it refuses.
    """

    key: str = field(default="", repr=False)
    allow_remote: bool = False
    pseudonymise: bool = False
    budget: str = ""
    agree: Agree = _refused


def suggest(held: Held, who: str, consent: Consent, progress: Progress) -> Suggested:
    """Have the study's language model read every review it has not read in its present state.

    Raises UsageError when models are off, the address is another machine's and that is not allowed, or the person
    does not agree. What a server does or says raises nothing: it is counted, listed among the problems, or ends
    the run.
    """
    settings = settings_of(held.folder)
    if settings is None:
        raise UsageError(
            "language models are off for this study",
            mend=f"set one with `goldthread llm set {held.folder} --address http://127.0.0.1:8080/v1 --model NAME`",
        )
    _allowed(settings, consent)
    given = ceiling(consent.budget, settings) if consent.budget else None
    veiler = Veiler(held) if consent.pseudonymise else None
    with Chat(settings, consent.key) as chat:
        asker = Asker(held, who, settings, chat, progress)
        engine = LlmEngine(settings, asker.ask, veiler or as_is)
        open_, unchanged = waiting(held, engine)
        estimate = _estimate(held, settings, open_, veiler or as_is, asker)
        if estimate.most.tokens:
            asker.most = given or consent.agree(estimate, settings)
        if veiler:
            veiler.save()
        progress.stage(f"Asking {settings.model}", estimate.questions)
        return _Run(held, who, settings, engine, asker).over(open_, unchanged)


def remote_message(settings: Settings) -> str:
    """What leaves the machine, in words for the person who must allow it."""
    plain = "" if settings.address.startswith("https:") else " The connection is not encrypted."
    return (
        f"{settings.host} is not this machine: the whole text of every review to be read would be sent there, with "
        f"the protocol’s questions and your key.{plain}"
    )


def _allowed(settings: Settings, consent: Consent) -> None:
    if not settings.is_local and not consent.allow_remote:
        raise UsageError(
            remote_message(settings),
            mend="allow it with --allow-remote, best with --pseudonymise, or use a model on this machine",
        )


def _text_of(held: Held, item: Waiting) -> ReviewText:
    with held.database.read() as connection:
        stored = stored_review(connection, item.review_id)
    return stored.unfolded()


def _estimate(held: Held, settings: Settings, open_: list[Waiting], veil: Veil, asker: Asker) -> Estimate:
    read, put, answered, most = 0, 0, 0, Spent()
    for item in open_:
        if not item.readable:
            continue
        read += 1
        for question in questions(_text_of(held, item), held.protocol, settings, veil):
            put += 1
            if asker.knows(question):
                answered += 1
            else:
                most = most.plus(question.tokens, settings.reply, settings)
    return Estimate(read, put, answered, most)


class _Run:
    """One pass over the waiting reviews."""

    def __init__(self, held: Held, who: str, settings: Settings, engine: LlmEngine, asker: Asker) -> None:
        self._held, self._who, self._settings, self._engine, self._asker = held, who, settings, engine, asker
        self._discarded: Counter[str] = Counter()
        self._unanswered = 0

    def over(self, open_: list[Waiting], unchanged: int) -> Suggested:
        """Read one review after the other until all are read or the asker stops."""
        done, stopped = Suggested(0, unchanged), ""
        for item in open_:
            try:
                done = self._read(item, done)
            except Stop as stop:
                stopped = str(stop)
                break
        asker = self._asker
        told = Told(asker.sent, asker.reused, self._unanswered, dict(self._discarded), asker.spent, stopped)
        return replace(done, told=told)

    def _read(self, item: Waiting, done: Suggested) -> Suggested:
        done = replace(done, reviews=done.reviews + 1)
        if not item.readable:
            save(self._held, item, self._engine, Suggestions((), (), (), ()), self._who)
            return done
        review, spent = _text_of(self._held, item), self._asker.spent
        heard = self._asker.about(item.review_id, lambda: self._engine.hear(review, self._held.protocol))
        self._discarded.update(heard.discarded)
        self._unanswered += heard.unanswered
        self._list_problems(item, review, heard)
        if heard.unanswered == heard.questions:
            return replace(done, failed=done.failed + 1)
        kept = save(
            self._held,
            item,
            self._engine,
            heard.suggestions,
            self._who,
            noted=_noted(heard, self._settings, spent, self._asker.spent),
            finished=heard.unanswered == 0,
        )
        return done.plus(kept, heard.unanswered > 0)

    def _list_problems(self, item: Waiting, review: ReviewText, heard: Heard) -> None:
        with self._held.database.write() as connection:
            for place in {item.place, *(document.file_name for document in review.documents)}:
                reviews.mend_problems(connection, place, UNANSWERED)
                reviews.mend_problems(connection, place, ADDRESSED)
            reviews.add_problems(connection, _addressed(review))
            if heard.unanswered:
                reviews.add_problems(connection, [_unanswered(item, heard, self._asker.last_fault)])


def _noted(heard: Heard, settings: Settings, before: Spent, after: Spent) -> dict[str, object]:
    return {
        "model": settings.model,
        "questions": heard.questions,
        "unanswered": heard.unanswered,
        "discarded": dict(heard.discarded),
        "tokens": after.tokens - before.tokens,
        "cost": round(after.money - before.money, 6),
    }


def _unanswered(item: Waiting, heard: Heard, why: str) -> NewProblem:
    message = f"{heard.unanswered} of {heard.questions} questions to the language model had no readable answer: {why}"
    return NewProblem(
        item.place, UNANSWERED, message, "run `goldthread suggest --engine llm` again: only those are asked"
    )


def _addressed(review: ReviewText) -> list[NewProblem]:
    """Passages that speak to a machine: a person should know of them."""
    return [
        NewProblem(
            document.file_name,
            ADDRESSED,
            "a passage speaks to a language model instead of a reader; it was blacked out before one was asked",
            "read that page and find out who put it there",
            document.text.page_of(start),
            document.text.document_id,
        )
        for document in review.documents
        for start, _ in addressed_to_machines(document.pages, machine_patterns())
    ]
