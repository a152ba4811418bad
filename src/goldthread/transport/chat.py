"""Putting a question to an OpenAI-compatible server over HTTP, and getting words back or a named failure.

The only part of Goldthread that opens a connection. Nothing a server does raises: every way to fail is a `Fault`.
Redirects are not followed and proxies of the environment are not used, so that words go to the address that was set
and nowhere else. The key is sent and never part of anything returned.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import TracebackType
from typing import TYPE_CHECKING, Any

from goldthread.assist.llm.settings import Settings
from goldthread.errors import UsageError
from goldthread.transport.backoff import wait

if TYPE_CHECKING:
    import httpx

MOST_BYTES = 4_000_000
_CONNECT_SECONDS = 10.0
_KEPT_OF_FAULT = 4_000
_BUSY = (408, 409, 425, 429, 500, 502, 503, 504)
_REFUSED_FORM = (400, 404, 415, 422, 501)
_REFUSED_KEY = (401, 403)


class Fault(StrEnum):
    """Why there is no reply."""

    UNREACHABLE = "the server cannot be reached"
    CLOSED = "the server closed the connection"
    SLOW = "the server took too long"
    BUSY = "the server kept refusing"
    KEY = "the server does not accept the key"
    REFUSED = "the server refused the question"
    REDIRECT = "the server sends elsewhere, which is not followed"
    TOO_LARGE = "the reply is too large"
    NOT_A_REPLY = "what came back is not a chat completion"
    CUT_OFF = "the reply was cut off before its end"


FATAL = (Fault.KEY, Fault.REDIRECT)
"""What will not be better at the next question."""
ABSENT = (Fault.UNREACHABLE, Fault.CLOSED, Fault.SLOW, Fault.BUSY)
"""What says that the server is not there to answer, for now."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of one question. `content` is the model's words, None with a `fault`.

    `sent` and `received` are the bytes of the last request and reply; tokens are the server's own count, and None
    where it gives none. `detail` says more about a fault.
    """

    sent: bytes
    received: bytes = b""
    content: str | None = None
    fault: Fault | None = None
    detail: str = ""
    tokens_in: int | None = None
    tokens_out: int | None = None
    attempts: int = 1
    reached: bool = False


class Chat:
    """One server, asked one question at a time."""

    def __init__(
        self,
        settings: Settings,
        key: str = "",
        *,
        pause: Callable[[float], None] = time.sleep,
        most_bytes: int = MOST_BYTES,
    ) -> None:
        self._settings, self._key, self._pause, self._most = settings, key, pause, most_bytes
        self._httpx = _httpx()
        self._structured = True
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        limits = self._httpx.Timeout(settings.timeout, connect=min(_CONNECT_SECONDS, settings.timeout))
        self._client = self._httpx.Client(
            headers=headers, timeout=limits, trust_env=False, follow_redirects=False, max_redirects=0
        )

    def ask(self, body: Mapping[str, object], attempts: int = 1_000) -> Answer:
        """Ask, again where that may help, within these attempts and the settings' attempts and patience."""
        most = min(attempts, self._settings.attempts)
        until = time.monotonic() + self._settings.patience
        attempt = 0
        while True:
            attempt += 1
            answer, retry_after = self._once(body, until)
            answer = replace(answer, attempts=attempt)
            if answer.fault is Fault.REFUSED and self._structured and "response_format" in body:
                self._structured = False  # older servers know no schema; the prompt describes the form as well
                attempt -= 1
                continue
            if answer.fault not in ABSENT or attempt >= most:
                return answer
            seconds = wait(attempt, retry_after)
            if time.monotonic() + seconds >= until:
                asked = f"it asks to wait {seconds:.0f} seconds" if retry_after else "patience ran out"
                return replace(answer, detail=f"{answer.detail}; {asked}".lstrip("; "))
            self._pause(seconds)

    def close(self) -> None:
        """Give the connection back."""
        self._client.close()

    def __enter__(self) -> Chat:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _once(self, body: Mapping[str, object], until: float) -> tuple[Answer, str]:
        """One attempt, with the server's wish when to be asked again."""
        form = (
            body if self._structured else {name: value for name, value in body.items() if name != "response_format"}
        )
        sent = json.dumps(form, ensure_ascii=False).encode("utf-8", "replace")
        deadline = min(until, time.monotonic() + self._settings.timeout)
        headers = {
            "Content-Type": "application/json",
            "Accept": "application/json",
            "Accept-Encoding": "identity",
        }
        try:
            with self._client.stream("POST", self._settings.endpoint, content=sent, headers=headers) as response:
                answer = self._received(response, sent, deadline)
                return answer, response.headers.get("retry-after", "")
        except self._httpx.ConnectError as error:
            return Answer(sent, fault=Fault.UNREACHABLE, detail=self._clean(str(error))), ""
        except self._httpx.TimeoutException:
            return Answer(sent, fault=Fault.SLOW, detail=f"no reply in {self._settings.timeout:g} seconds"), ""
        except (self._httpx.HTTPError, self._httpx.InvalidURL, self._httpx.StreamError) as error:
            return Answer(sent, fault=Fault.CLOSED, detail=self._clean(str(error))), ""

    def _received(self, response: httpx.Response, sent: bytes, deadline: float) -> Answer:
        parts: list[bytes] = []
        size = 0
        for part in response.iter_raw():
            parts.append(part)
            size += len(part)
            if size > self._most:
                return Answer(sent, fault=Fault.TOO_LARGE, detail=f"more than {self._most:,} bytes", reached=True)
            if time.monotonic() > deadline:
                return Answer(sent, fault=Fault.SLOW, detail="it came in drips", reached=True)
        received = self._redacted(b"".join(parts))
        status = response.status_code
        if status != self._httpx.codes.OK:
            fault = _fault(status)
            kept = b"" if fault is Fault.KEY else received[:_KEPT_OF_FAULT]  # such replies repeat parts of the key
            return Answer(sent, kept, fault=fault, detail=f"status {status}")
        return _completion(sent, received, response.headers.get("content-type", ""))

    def _redacted(self, received: bytes) -> bytes:
        """What came back without the key, should a server repeat it."""
        return received.replace(self._key.encode(), b"[key]") if self._key else received

    def _clean(self, text: str) -> str:
        return text.replace(self._key, "[key]") if self._key else text


def _fault(status: int) -> Fault:
    if status in _REFUSED_KEY:
        return Fault.KEY
    if status in _BUSY or (status >= 500 and status not in _REFUSED_FORM):
        return Fault.BUSY
    return Fault.REDIRECT if 300 <= status < 400 else Fault.REFUSED


def _completion(sent: bytes, received: bytes, content_type: str) -> Answer:
    """A chat completion out of the bytes of a reply, or the fault it has."""
    bad = Answer(sent, received, fault=Fault.NOT_A_REPLY, reached=True)
    if "json" not in content_type.lower():
        return replace(
            bad, received=received[:_KEPT_OF_FAULT], detail=f"content type {content_type[:60] or 'missing'}"
        )
    try:
        read = json.loads(received)
        choice = read["choices"][0]
        content = choice["message"]["content"]
    except (ValueError, KeyError, IndexError, TypeError, RecursionError):
        return replace(bad, detail="no choices with a message")
    usage = read.get("usage")
    counted = replace(bad, tokens_in=_number(usage, "prompt_tokens"), tokens_out=_number(usage, "completion_tokens"))
    if not isinstance(content, str):
        return replace(counted, detail="the message has no words")
    if choice.get("finish_reason") == "length":
        return replace(counted, fault=Fault.CUT_OFF, detail="the reply filled all its tokens")
    return replace(counted, content=content, fault=None)


def _number(usage: object, name: str) -> int | None:
    value = usage.get(name) if isinstance(usage, dict) else None
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**9 else None


def _httpx() -> Any:
    try:
        import httpx  # noqa: PLC0415 - the extra “llm”: nobody else needs it
    except ImportError as error:
        raise UsageError(
            "language models need the extra “llm”, which is not installed",
            mend="in Goldthread's folder: pipx install --force '.[llm]' or pip install '.[llm]'",
        ) from error
    return httpx
