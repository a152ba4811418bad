"""How a study's language model is reached: a small TOML file beside the study, which never holds a key."""

from __future__ import annotations

import ipaddress
import json
import tomllib
from dataclasses import asdict, dataclass, fields, replace
from urllib.parse import urlsplit

from goldthread.errors import UnreadableInput, UsageError

LEAST_CONTEXT = 2_048
_LIMITS: dict[str, tuple[float, float]] = {
    "context": (LEAST_CONTEXT, 2_000_000),
    "reply": (256, 200_000),
    "price_in": (0, 1_000),
    "price_out": (0, 1_000),
    "timeout": (0.1, 3_600),
    "patience": (1, 86_400),
    "attempts": (1, 20),
}


@dataclass(frozen=True, slots=True)
class Settings:
    """One server and model.

    `address` is the server's base, with `/v1` where it has one: `http://127.0.0.1:8080/v1`. `context` and `reply`
    are tokens: what the model takes in all, and what of it a reply may fill. Prices are per 1,000 tokens in
    `currency`; both 0 means unpriced, as a local server is. `timeout` is seconds for one reply, `patience` seconds
    for one question with all its attempts and waits.
    """

    address: str
    model: str
    context: int = 16_384
    reply: int = 2_048
    price_in: float = 0.0
    price_out: float = 0.0
    currency: str = "GBP"
    timeout: float = 300.0
    patience: float = 900.0
    attempts: int = 4

    @property
    def host(self) -> str:
        """The machine the address names."""
        return urlsplit(self.address).hostname or ""

    @property
    def is_local(self) -> bool:
        """Whether the address is this machine by its own number; a name that only leads here does not count."""
        if self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False

    @property
    def is_priced(self) -> bool:
        """Whether tokens cost money."""
        return self.price_in > 0 or self.price_out > 0

    @property
    def endpoint(self) -> str:
        """Where questions are sent."""
        return self.address.rstrip("/") + "/chat/completions"

    def cost(self, tokens_in: int, tokens_out: int) -> float:
        """What so many tokens cost, in the currency."""
        return tokens_in / 1000 * self.price_in + tokens_out / 1000 * self.price_out


def checked(settings: Settings, where: str = "") -> Settings:
    """The settings, if they hold together. Raises UsageError naming what does not, and how it should be."""
    parts = urlsplit(settings.address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise UsageError(f"{settings.address!r} is no address of a server", where=where, mend=_EXAMPLE)
    if parts.username or parts.password or parts.query:
        raise UsageError(
            "the address holds a password or a key",
            where=where,
            mend="take it out; a key is read from GOLDTHREAD_LLM_KEY or a key file, and never stored",
        )
    if not settings.model.strip():
        raise UsageError("the model has no name", where=where, mend="give the name by which the server knows it")
    if not (settings.currency.isascii() and settings.currency.isalpha()):
        raise UsageError(f"{settings.currency!r} is no currency", where=where, mend="write it like GBP")
    for name, (low, high) in _LIMITS.items():
        if not low <= getattr(settings, name) <= high:
            raise UsageError(f"{name} must lie between {low:g} and {high:g}", where=where, mend="mend the value")
    if settings.reply > settings.context // 2:
        raise UsageError(
            f"a reply of {settings.reply} tokens leaves too little of a context of {settings.context}",
            where=where,
            mend="let the reply fill half of the context at most",
        )
    return settings


_EXAMPLE = "write it like http://127.0.0.1:8080/v1"


def to_toml(settings: Settings) -> str:
    """The settings as the file has them. Strings are JSON strings, which TOML reads."""
    lines = ["# The language model of this study. Never put a key here.", "[llm]"]
    lines += [f"{name} = {_written(value)}" for name, value in asdict(settings).items()]
    return "\n".join(lines) + "\n"


def _written(value: str | float) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def from_toml(text: str, where: str) -> Settings:
    """Read the file. Raises UnreadableInput where it cannot be, UsageError where a value is wrong."""
    try:
        given = tomllib.loads(text).get("llm", {})
    except tomllib.TOMLDecodeError as error:
        raise UnreadableInput(str(error), where=where, mend="mend it, or set the model anew") from error
    known = {each.name: each for each in fields(Settings)}
    unknown = sorted(set(given) - set(known))
    if unknown:
        raise UsageError(f"{unknown[0]!r} is not a setting", where=where, mend=f"use {', '.join(known)}")
    blank = Settings("", "")
    for name, value in given.items():
        kind = type(getattr(blank, name))
        if isinstance(value, bool) or not isinstance(value, (int, float) if kind is float else kind):
            raise UsageError(f"{name} is not {_KINDS[kind]}", where=where, mend="mend the value")
    return checked(replace(blank, **given), where)


_KINDS = {str: "text", int: "a whole number", float: "a number"}
