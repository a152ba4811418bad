"""The settings of a language model: plain to write, checked when read, and never with a key in them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldthread.assist.llm.settings import Settings, checked, from_toml, to_toml
from goldthread.assist.llm.spending import Ceiling, Spent, ceiling
from goldthread.errors import GoldthreadError, UsageError

LOCAL = Settings("http://127.0.0.1:8080/v1", "m")
PRICED = Settings("https://llm.example.org/v1", "m", price_in=0.5, price_out=2.0)


@given(st.text(min_size=1).filter(str.strip), st.floats(0, 10), st.sampled_from(["GBP", "EUR"]))
def test_settings_come_back_from_their_file_as_they_were(model: str, price: float, currency: str) -> None:
    model = model.encode("utf-8", "ignore").decode()
    if model.strip():
        made = Settings(LOCAL.address, model, price_in=price, currency=currency)
        assert from_toml(to_toml(made), "llm.toml") == made


@pytest.mark.parametrize(
    ("address", "local"),
    [
        ("http://127.0.0.1:8080/v1", True),
        ("http://127.8.9.1/v1", True),
        ("http://localhost:11434/v1", True),
        ("http://[::1]:8000/v1", True),
        ("http://127.0.0.1.example.org/v1", False),
        ("http://localhost.example.org/v1", False),
        ("http://192.168.0.7/v1", False),
        ("http://0.0.0.0:8080/v1", False),
        ("https://example.org/v1", False),
        ("http://2130706433/v1", False),
    ],
)
def test_only_this_machine_by_its_own_number_or_name_is_local(address: str, local: bool) -> None:
    assert Settings(address, "m").is_local is local


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("[llm\n", ""),
        ('[llm]\naddress = "ftp://x"\nmodel = "m"', "address"),
        ('[llm]\naddress = "http://me:secret@x/v1"\nmodel = "m"', "key"),
        ('[llm]\naddress = "http://x/v1?key=abc"\nmodel = "m"', "key"),
        ('[llm]\naddress = "http://x/v1"\nmodel = " "', "name"),
        ('[llm]\naddress = "http://x/v1"\nmodel = "m"\nkey = "sk-1"', "key"),
        ('[llm]\naddress = "http://x/v1"\nmodel = "m"\ncontext = 100', "context"),
        ('[llm]\naddress = "http://x/v1"\nmodel = "m"\ncontext = "big"', "context"),
        ('[llm]\naddress = "http://x/v1"\nmodel = "m"\ncontext = 4096\nreply = 4000', "reply"),
        ('[llm]\naddress = "http://x/v1"\nmodel = "m"\nattempts = true', "attempts"),
        ('[llm]\naddress = "http://x/v1"\nmodel = 7', "model"),
        ('[llm]\naddress = "http://x/v1"\nmodel = "m"\ncurrency = "£"', "currency"),
        ("", "address"),
    ],
)
def test_what_does_not_hold_together_is_named(text: str, names: str) -> None:
    with pytest.raises(GoldthreadError) as told:
        from_toml(text, "llm.toml")
    assert names in str(told.value)
    assert "llm.toml" in str(told.value)


def test_a_timeout_may_be_a_whole_number() -> None:
    assert from_toml('[llm]\naddress = "http://x/v1"\nmodel = "m"\ntimeout = 20', "llm.toml").timeout == 20


@pytest.mark.parametrize(
    ("text", "settings", "wanted"),
    [
        ("200000 tokens", LOCAL, Ceiling(tokens=200_000)),
        ("200k tokens", LOCAL, Ceiling(tokens=200_000)),
        ("1.5M tokens", PRICED, Ceiling(tokens=1_500_000)),
        ("200,000 tokens", LOCAL, Ceiling(tokens=200_000)),
        ("5", PRICED, Ceiling(money=5.0)),
        ("2.50 GBP", PRICED, Ceiling(money=2.5)),
        ("0.05gbp", PRICED, Ceiling(money=0.05)),
    ],
)
def test_a_budget_is_read_as_people_write_it(text: str, settings: Settings, wanted: Ceiling) -> None:
    assert ceiling(text, settings) == wanted


@pytest.mark.parametrize("text", ["5", "5 GBP", "5 EUR", "", "much", "-5", "5 5 tokens", "1e9 tokens", "tokens"])
def test_a_budget_that_means_nothing_here_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        ceiling(text, LOCAL)


def test_a_ceiling_allows_what_fits_at_its_dearest_and_no_more() -> None:
    spent = Spent().plus(900, 50, PRICED)
    assert spent == Spent(900, 50, pytest.approx(0.55))
    assert Ceiling(tokens=1_000).allows(spent, 25, 25, PRICED)
    assert not Ceiling(tokens=1_000).allows(spent, 25, 26, PRICED)
    assert Ceiling(money=0.65).allows(spent, 100, 25, PRICED)
    assert not Ceiling(money=0.65).allows(spent, 100, 26, PRICED)
    assert checked(PRICED) is PRICED
