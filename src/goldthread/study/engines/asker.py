"""One question at a time: within the ceiling, from the kept answers where there is one, every exchange kept."""

from __future__ import annotations

from collections.abc import Callable

from goldthread.assist.llm.engine import Heard
from goldthread.assist.llm.prompting import prompts
from goldthread.assist.llm.question import Question
from goldthread.assist.llm.reply import Unreadable, as_object
from goldthread.assist.llm.settings import Settings
from goldthread.assist.llm.spending import Ceiling, Spent
from goldthread.assist.llm.windows import tokens
from goldthread.store import exchanges
from goldthread.store.exchanges import ANSWERED, UNREADABLE, Exchange
from goldthread.store.originals import Originals
from goldthread.study.folder import Held
from goldthread.study.progress import Progress
from goldthread.transport.chat import ABSENT, FATAL, Answer, Chat, Fault

EXCHANGES = "exchanges"
ABSENCES = 3
"""After so many questions in a row that found no server, it is not asked again in this run."""
_LOST = (Fault.SLOW, Fault.CLOSED, Fault.TOO_LARGE)


class Stop(Exception):
    """No further question is put in this run."""


class Asker:
    """Puts questions within the ceiling, keeps every exchange, and gives a kept answer where there is one."""

    def __init__(self, held: Held, who: str, settings: Settings, chat: Chat, progress: Progress) -> None:
        self._held, self._who, self._settings, self.most = held, who, settings, Ceiling()
        self._chat, self._progress = chat, progress
        self._files = Originals(held.folder / EXCHANGES)
        with held.database.read() as connection:
            self._known = exchanges.answered(connection)
        self._review_id = ""
        self._absences = 0
        self.sent, self.reused, self.spent, self.last_fault = 0, 0, Spent(), ""

    def knows(self, question: Question) -> bool:
        """Whether this very question was answered before, and the answer is still there whole."""
        return question.key in self._known and self._files.intact(self._known[question.key])

    def about(self, review_id: str, hear: Callable[[], Heard]) -> Heard:
        """Hear one review's questions; what is asked meanwhile is kept under that review."""
        self._review_id = review_id
        return hear()

    def ask(self, question: Question) -> str | None:
        """The model's words; None where there are none. Raises Stop when no further question may be put."""
        content = self._kept(question)
        if content is None:
            content = self._sent(question)
        self._progress.step()
        return content

    def _kept(self, question: Question) -> str | None:
        if question.key not in self._known:
            return None
        content = exchanges.words(self._files, self._known[question.key])
        self.reused += content is not None
        return content

    def _sent(self, question: Question) -> str | None:
        attempts = self._attempts(question)
        if not attempts:
            raise Stop("the budget is spent")
        answer = self._chat.ask(question.body, attempts)
        self.sent += 1
        content, outcome = _readable(answer)
        before = self.spent
        tokens_in, tokens_out = _counted(answer, question, self._settings.reply)
        self.spent = before.plus(tokens_in, tokens_out, self._settings)
        told = {
            "model": self._settings.model,
            "address": self._settings.address,
            "prompts": prompts().version,
            "asked": question.asked.value,
            "document": question.sheet.document.text.document_id,
            "start": question.window.start,
            "end": question.window.end,
            "attempts": answer.attempts,
            "tokens_in": tokens_in,
            "tokens_out": tokens_out,
            "cost": round(self.spent.money - before.money, 6),
            "currency": self._settings.currency,
        }
        exchange = Exchange(self._review_id, question.key, outcome, answer.sent, answer.received, told)
        with self._held.database.write() as connection:
            exchanges.keep(connection, self._files, exchange, self._who)
        self._heed(answer, outcome)
        return content

    def _attempts(self, question: Question) -> int:
        """How often the question may be put before the ceiling, were each attempt paid for at its dearest."""
        spent = self.spent
        for attempt in range(self._settings.attempts):
            if not self.most.allows(spent, question.tokens, self._settings.reply, self._settings):
                return attempt
            spent = spent.plus(question.tokens, self._settings.reply, self._settings)
        return self._settings.attempts

    def _heed(self, answer: Answer, outcome: str) -> None:
        """Remember what failed, and stop where asking on is of no use."""
        if outcome == ANSWERED:
            self._absences = 0
            return
        fault = answer.fault
        self.last_fault = f"{fault.value if fault else 'the reply is not the JSON asked for'}"
        self.last_fault += f" ({answer.detail})" if answer.detail else ""
        if fault in FATAL:
            raise Stop(self.last_fault)
        self._absences = self._absences + 1 if fault in ABSENT else 0
        if self._absences >= ABSENCES:
            raise Stop(f"{self.last_fault}, {ABSENCES} questions in a row")


def _readable(answer: Answer) -> tuple[str | None, str]:
    """The words of an answer and its outcome; no words where they are not the JSON object asked for."""
    if answer.content is None:
        return None, answer.fault.name.lower() if answer.fault else UNREADABLE
    try:
        as_object(answer.content)
    except Unreadable:
        return None, UNREADABLE
    return answer.content, ANSWERED


def _counted(answer: Answer, question: Question, reply: int) -> tuple[int, int]:
    """Tokens in and out as the server counts them; else careful estimates, the dearest where the reply was lost."""
    if answer.fault in _LOST:
        return question.tokens * answer.attempts, reply * answer.attempts
    if answer.received and (answer.content is not None or answer.reached):
        guessed = tokens(answer.content) if answer.content is not None else reply
        return (
            question.tokens if answer.tokens_in is None else answer.tokens_in,
            guessed if answer.tokens_out is None else answer.tokens_out,
        )
    return 0, 0
