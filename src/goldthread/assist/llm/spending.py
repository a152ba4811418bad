"""What asking may cost: an estimate before, a ceiling, and an account of what was spent."""

from __future__ import annotations

import re
from dataclasses import dataclass

from goldthread.assist.llm.settings import Settings
from goldthread.errors import UsageError

_BUDGET = re.compile(r"(?P<number>\d[\d,]*(?:\.\d+)?|\.\d+)\s*(?P<kilo>[kKmM]?)\s*(?P<unit>[A-Za-z]*)")
_FACTORS = {"": 1, "k": 1_000, "m": 1_000_000}


@dataclass(frozen=True, slots=True)
class Ceiling:
    """The most that may be spent; None where there is no limit of that sort."""

    tokens: int | None = None
    money: float | None = None

    def allows(self, spent: Spent, tokens_in: int, tokens_out: int, settings: Settings) -> bool:
        """Whether one more question, at its dearest, stays within."""
        after = spent.plus(tokens_in, tokens_out, settings)
        return (self.tokens is None or after.tokens <= self.tokens) and (
            self.money is None or after.money <= self.money + 1e-9
        )


@dataclass(frozen=True, slots=True)
class Spent:
    """Tokens in and out, and what they cost in the settings' currency."""

    tokens_in: int = 0
    tokens_out: int = 0
    money: float = 0.0

    @property
    def tokens(self) -> int:
        return self.tokens_in + self.tokens_out

    def plus(self, tokens_in: int, tokens_out: int, settings: Settings) -> Spent:
        """These and one more question's."""
        cost = settings.cost(tokens_in, tokens_out)
        return Spent(self.tokens_in + tokens_in, self.tokens_out + tokens_out, self.money + cost)


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a run would ask: reviews, questions, those answered already, and the most the others can take."""

    reviews: int = 0
    questions: int = 0
    answered: int = 0
    most: Spent = Spent()


def ceiling(text: str, settings: Settings) -> Ceiling:
    """A budget as people write it: `5`, `2.50 GBP`, `200000 tokens`, `200k tokens`.

    Raises UsageError for anything else, and for money where tokens have no price.
    """
    read = _BUDGET.fullmatch(text.strip())
    unit = read["unit"].lower() if read else ""
    if not read or unit not in ("", "token", "tokens", settings.currency.lower()):
        raise UsageError(f"{text!r} is not a budget", mend=f"write “5 {settings.currency}” or “200000 tokens”")
    number = float(read["number"].replace(",", "")) * _FACTORS[read["kilo"].lower()]
    if unit.startswith("token"):
        return Ceiling(tokens=int(number))
    if not settings.is_priced:
        raise UsageError(
            "a budget in money needs the price of a token",
            mend="give it with `goldthread llm set DIR --price-in … --price-out …`, or write the budget in tokens",
        )
    return Ceiling(money=number)
