"""A language model behind a real server, good or bad: nothing stops the run, and nothing is paid for twice."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

import goldthread as gt
from goldthread.assist.llm.settings import Settings
from goldthread.assist.llm.spending import Ceiling, Estimate
from goldthread.errors import UsageError
from goldthread.store.originals import Originals
from goldthread.study.engines.asking import Consent
from tests.study.asked import PLENTY, ask, of_model, told
from tests.study.model_reader import every, honest, is_case
from tests.transport.server import Said, Script, completion, serving


def test_an_honest_model_adds_suggestions_that_verify_and_are_its_own(small: gt.Study) -> None:
    with serving(honest) as server:
        done = ask(small, server)
    assert (done.failed, told(done).unanswered, told(done).discarded, told(done).stopped) == (0, 0, {}, "")
    found = of_model(small)
    assert {item.author for item in found} == {"scripted"}  # type: ignore[attr-defined]
    assert len(found) > 12
    assert small.verify().sound
    assert [item.version for item in small.record().engines if item.name == "llm"] == ["prompts 1, scripted"]


def test_a_second_run_asks_nothing_and_a_changed_text_only_what_is_new(small: gt.Study, tmp_path: Path) -> None:
    with serving(honest) as server:
        first = ask(small, server)
        assert ask(small, server).unchanged == first.reviews
        asked = len(server.bodies)
        (tmp_path / "more.txt").write_text("Serious Case Review: Child XX\n\nChild XX, aged 3, died at home.\n")
        small.add(tmp_path / "more.txt")
        again = ask(small, server)
        assert (again.reviews, told(again).asked, len(server.bodies)) == (1, 2, asked + 2)


def test_an_answer_once_paid_for_is_used_again_even_when_the_suggestions_are_made_anew(small: gt.Study) -> None:
    with serving(honest) as server:
        first = ask(small, server)
        asked, before = len(server.bodies), len(of_model(small))
        with (small.folder / "protocol" / "lexicon.toml").open("a", encoding="utf-8") as lexicon:
            lexicon.write("\n# touched\n")
        with gt.open(small.folder, who="Ada") as again:
            done = again.suggest("llm", consent=Consent())
            assert (told(done).asked, told(done).reused, told(done).spent.tokens) == (0, asked, 0)
            assert len(of_model(again)) == before
    assert told(first).asked == asked == len(server.bodies)


BAD = {
    "slow": Said(wait=1.2),
    "hangs up": Said(hang_up=True),
    "half a body": Said(completion("{}").body[:30], promised=400),
    "half the json": completion('{"values": [{"field": "age", "subj'),
    "cut off": completion('{"values": [', finish="length"),
    "a web page": Said(b"<html>", content_type="text/html"),
    "an error": Said(b"{}", 500),
    "far too much": Said(b" " * 5_000_000),
    "refused": Said(b"{}", 422),
}


@pytest.mark.parametrize("name", BAD)
def test_what_a_server_does_badly_costs_only_that_answer_and_is_asked_again_the_next_time(
    small: gt.Study, name: str
) -> None:
    with serving(every(3, BAD[name])) as server:
        done = ask(small, server, timeout=0.6, attempts=1)
        assert (told(done).stopped, told(done).unanswered > 0, done.failed > 0) == ("", True, True)
        assert of_model(small)
        assert small.verify().sound
        assert [item for item in small.problems() if item.code == "unanswered"]
        answered = told(done).asked - told(done).unanswered
        server.script = honest
        again = ask(small, server, timeout=0.6, attempts=1)
    assert (told(again).asked, told(again).unanswered) == (told(done).unanswered, 0)
    assert told(again).reused <= answered
    assert not [item for item in small.problems() if item.code == "unanswered"]


def test_a_server_that_is_gone_ends_the_run_early_and_the_rest_is_asked_later(small: gt.Study) -> None:
    with serving(honest) as server:
        server.script = lambda body, n: honest(body, n) if n <= 3 else Said(hang_up=True)
        done = ask(small, server, attempts=1)
        assert "3 questions in a row" in told(done).stopped
        assert len(server.bodies) == 6
        server.script = honest
        assert told(ask(small, server, attempts=1)).stopped == ""
    assert len(of_model(small)) > 12


def test_a_key_that_is_refused_ends_the_run_at_once(small: gt.Study) -> None:
    with serving(lambda body, n: Said(b"{}", 401)) as server:
        done = ask(small, server)
        assert len(server.bodies) == 1
    assert "does not accept the key" in told(done).stopped


def test_every_exchange_is_kept_whole_and_sealed_in_the_journal_without_the_key(small: gt.Study) -> None:
    key = "sk-planted-0815"
    echo = completion({"values": [], "note": f"your key is {key}"})
    script: Script = lambda body, n: echo if is_case(body) else honest(body, n)  # noqa: E731
    with serving(script) as server:
        done = ask(small, server, replace(PLENTY, key=key))
        assert {headers["Authorization"] for headers in server.headers} == {f"Bearer {key}"}
    entries = [json.loads(item.after) for item in small.entries() if item.verb == "ask"]
    assert len(entries) == told(done).asked
    kept = Originals(small.folder / "exchanges")
    for entry in entries:
        assert kept.intact(entry["exchange"])
        assert (entry["model"], entry["prompts"], entry["tokens_in"]) == ("scripted", "1", 1000)
    whole = json.loads(kept.path(entries[0]["exchange"]).read_bytes())
    assert json.loads(whole["request"]) in server.bodies
    assert "scripted" in whole["reply"]
    for path in small.folder.rglob("*"):
        assert not path.is_file() or key.encode() not in path.read_bytes(), path
    assert sum(entry["tokens_in"] + entry["tokens_out"] for entry in entries) == told(done).spent.tokens


def test_an_exchange_somebody_altered_is_not_believed(small: gt.Study) -> None:
    with serving(honest) as server:
        ask(small, server)
        asked = len(server.bodies)
        entry = next(json.loads(item.after) for item in small.entries() if item.verb == "ask")
        path = Originals(small.folder / "exchanges").path(entry["exchange"])
        path.write_bytes(path.read_bytes().replace(b"14", b"15"))
        with (small.folder / "protocol" / "lexicon.toml").open("a", encoding="utf-8") as lexicon:
            lexicon.write("\n# touched\n")
        with gt.open(small.folder, who="Ada") as again:
            assert told(again.suggest("llm", consent=PLENTY)).asked == 1
    assert len(server.bodies) == asked + 1


def test_nothing_is_sent_before_somebody_agreed_to_what_it_may_cost(small: gt.Study) -> None:
    shown: list[Estimate] = []

    def agree(estimate: Estimate, settings: Settings) -> Ceiling:
        shown.append(estimate)
        raise UsageError("no")

    with serving(honest) as server:
        for consent in (Consent(), Consent(agree=agree)):
            with pytest.raises(UsageError):
                ask(small, server, consent, price_in=0.01, price_out=0.02)
        assert server.bodies == []
        done = ask(small, server, PLENTY, price_in=0.01, price_out=0.02)
        (estimate,) = shown
        assert (estimate.questions, estimate.answered) == (len(server.bodies), 0)
        assert estimate.most.tokens > told(done).spent.tokens
        assert estimate.most.money > told(done).spent.money == pytest.approx(len(server.bodies) * 0.011)


def test_a_ceiling_ends_the_run_before_it_is_passed_and_what_was_done_is_kept(small: gt.Study) -> None:
    with serving(honest) as server:
        done = ask(small, server, Consent(budget="12000 tokens"))
        assert told(done).stopped == "the budget is spent"
        assert 0 < told(done).asked == len(server.bodies)
        assert told(done).spent.tokens <= 12_000
        first = len(server.bodies)
        total = told(ask(small, server)).asked + first
        assert len(server.bodies) == total
        assert len({json.dumps(body) for body in server.bodies}) == total
    assert len(of_model(small)) > 12


def test_a_ceiling_in_money_is_kept_even_when_every_answer_is_lost(small: gt.Study) -> None:
    with serving(lambda body, n: Said(hang_up=True)) as server:
        done = ask(small, server, Consent(budget="0.30 GBP"), price_in=0.01, price_out=0.02, attempts=2)
    assert told(done).stopped
    assert told(done).spent.money <= 0.30
    assert of_model(small) == []
