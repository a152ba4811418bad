"""Whatever a server does, asking ends in words or a named failure, in bounded time; the key stays out of sight."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from dataclasses import replace

import pytest

from goldthread.assist.llm.settings import Settings
from goldthread.transport.chat import Answer, Chat, Fault
from tests.transport.server import Said, Script, completion, serving

BODY = {"model": "m", "messages": [{"role": "user", "content": "Grüße"}], "response_format": {"type": "json_schema"}}
KEY = "sk-planted-4711"


def asked(
    script: Script, *, waits: list[float] | None = None, **changed: float
) -> tuple[Answer, list[dict[str, object]]]:
    """One question to a server of this script: what came of it, and every body the server was sent."""
    pauses = waits if waits is not None else []
    with serving(script) as server:
        settings = replace(Settings(server.address, "m", timeout=2.0, patience=60.0), **changed)  # type: ignore[arg-type]
        with Chat(settings, KEY, pause=pauses.append, most_bytes=50_000) as chat:
            answer = chat.ask(BODY)
        assert all(path == "/v1/chat/completions" for path in server.paths)
        assert all(headers["Authorization"] == f"Bearer {KEY}" for headers in server.headers)
        return answer, server.bodies


def test_a_good_reply_gives_words_and_the_servers_own_count_of_tokens() -> None:
    answer, bodies = asked(lambda body, n: completion({"values": []}))
    assert answer.content == '{"values": []}'
    assert (answer.fault, answer.tokens_in, answer.tokens_out, answer.attempts) == (None, 1000, 50, 1)
    assert bodies == [BODY]
    assert json.loads(answer.sent) == BODY


@pytest.mark.parametrize("status", [429, 500, 502, 503, 529])
def test_a_busy_server_is_asked_again_after_longer_and_longer_waits(status: int) -> None:
    waits: list[float] = []
    answer, bodies = asked(lambda body, n: completion("ok") if n == 4 else Said(b"{}", status), waits=waits)
    assert answer.content == "ok"
    assert len(bodies) == answer.attempts == 4
    assert waits == [1.0, 2.0, 4.0]


def test_a_server_is_given_the_time_it_asks_for() -> None:
    waits: list[float] = []
    later = Said(b"{}", 429, {"Retry-After": "7"})
    answer, _ = asked(lambda body, n: later if n == 1 else completion("ok"), waits=waits)
    assert (answer.content, waits) == ("ok", [7.0])


def test_a_wait_longer_than_patience_is_not_begun() -> None:
    waits: list[float] = []
    answer, bodies = asked(lambda body, n: Said(b"{}", 429, {"Retry-After": "86400"}), waits=waits)
    assert (answer.fault, waits, len(bodies)) == (Fault.BUSY, [], 1)
    assert "86400 seconds" in answer.detail


def test_a_server_that_stays_busy_is_given_up_after_the_set_attempts() -> None:
    answer, bodies = asked(lambda body, n: Said(b"{}", 500), attempts=3)
    assert (answer.content, answer.fault, len(bodies)) == (None, Fault.BUSY, 3)


def test_a_slow_server_is_given_up_in_time() -> None:
    begun = time.monotonic()
    answer, _ = asked(lambda body, n: Said(wait=1.0), timeout=0.2, attempts=2)
    assert answer.fault is Fault.SLOW
    assert time.monotonic() - begun < 3


def test_a_reply_in_drips_is_given_up_in_time() -> None:
    begun = time.monotonic()
    drips = replace(completion("x" * 2000), drip=0.02)
    answer, _ = asked(lambda body, n: drips, timeout=0.4, attempts=1)
    assert answer.fault is Fault.SLOW
    assert time.monotonic() - begun < 3


def test_a_server_that_hangs_up_is_asked_again() -> None:
    answer, bodies = asked(lambda body, n: Said(hang_up=True) if n < 3 else completion("ok"))
    assert (answer.content, len(bodies)) == ("ok", 3)


def test_a_body_that_ends_before_its_promised_length_is_no_reply() -> None:
    whole = completion("a reply of some length").body
    answer, _ = asked(lambda body, n: Said(whole[:40], promised=len(whole)), attempts=1)
    assert (answer.content, answer.fault) == (None, Fault.CLOSED)


def test_a_huge_reply_is_not_taken_in() -> None:
    answer, bodies = asked(lambda body, n: Said(b" " * 3_000_000))
    assert (answer.fault, answer.received, len(bodies)) == (Fault.TOO_LARGE, b"", 1)


@pytest.mark.parametrize(
    "said",
    [
        Said(b"<html>Welcome to our portal</html>", content_type="text/html"),
        Said(b'{"choices": [', content_type="application/json"),
        Said(b'{"choices": []}'),
        Said(b'{"choices": [{"message": {"content": null}}]}'),
        Said(b'{"error": "model not loaded"}'),
        Said(b"[" * 40_000),
        Said(b"\xff\xfe\x00"),
        Said(b"\x1f\x8b\x08\x00abc", headers={"Content-Encoding": "gzip"}),
        Said(b""),
    ],
)
def test_what_is_no_chat_completion_is_named_and_not_asked_for_again(said: Said) -> None:
    answer, bodies = asked(lambda body, n: said)
    assert (answer.content, answer.fault, len(bodies)) == (None, Fault.NOT_A_REPLY, 1)


def test_a_reply_that_ran_out_of_tokens_is_cut_off() -> None:
    answer, _ = asked(lambda body, n: completion('{"values": [{"fie', finish="length"))
    assert (answer.content, answer.fault) == (None, Fault.CUT_OFF)


def test_a_server_without_structured_replies_is_asked_in_plain_words_from_then_on() -> None:
    def script(body: dict[str, object], n: int) -> Said:
        return (
            Said(b'{"error": "unknown field response_format"}', 400)
            if "response_format" in body
            else completion("ok")
        )

    with serving(script) as server, Chat(Settings(server.address, "m"), pause=lambda _: None) as chat:
        assert chat.ask(BODY).content == "ok"
        assert chat.ask(BODY).content == "ok"
        assert ["response_format" in body for body in server.bodies] == [True, False, False]


def test_a_redirect_is_not_followed_whatever_it_promises() -> None:
    with serving(lambda body, n: completion("caught")) as other:
        moved = Said(b"", 307, {"Location": other.address + "/chat/completions"})
        answer, _ = asked(lambda body, n: moved)
        assert answer.fault is Fault.REDIRECT
        assert other.bodies == []


def test_a_proxy_of_the_environment_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(lambda body, n: completion("caught")) as other:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, other.address)
        monkeypatch.delenv("NO_PROXY", raising=False)
        monkeypatch.delenv("no_proxy", raising=False)
        answer, _ = asked(lambda body, n: completion("direct"))
        assert answer.content == "direct"
        assert other.bodies == []


def test_a_key_a_server_repeats_is_not_kept() -> None:
    echo = Said(json.dumps({"error": f"bad request from {KEY}"}).encode(), 418)
    answer, _ = asked(lambda body, n: echo)
    assert answer.fault is Fault.REFUSED
    assert b"[key]" in answer.received
    assert KEY not in repr(answer)
    refused, _ = asked(lambda body, n: Said(f"Incorrect key: {KEY[:6]}***".encode(), 401))
    assert (refused.fault, refused.received) == (Fault.KEY, b"")


def test_nobody_at_the_address_is_said_so() -> None:
    with serving(lambda body, n: completion("ok")) as server:
        gone = server.address
    settings = Settings(gone, "m", attempts=2)
    with Chat(settings, pause=lambda _: None) as chat:
        answer = chat.ask(BODY)
    assert (answer.fault, answer.attempts) == (Fault.UNREACHABLE, 2)


def test_the_product_starts_without_the_library_that_speaks_http() -> None:
    script = "import sys, goldthread, goldthread.cli.app; sys.exit('httpx' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
