"""Filling a sentence's slots from the facts of a case."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from goldthread.sample.case import Case, in_words, month_in_words, number_word

_PRONOUNS = {
    "male": {"he": "he", "him": "him", "his": "his", "boy": "boy", "girl": "boy"},
    "female": {"he": "she", "him": "her", "his": "her", "boy": "girl", "girl": "girl"},
}
_GROWN = {"male": {"boy": "man", "girl": "man"}, "female": {"boy": "woman", "girl": "woman"}}


class Wording:
    """Fills slots for one case; each filling draws new dates, numbers and times from `rng`.

    A case whose dates are withheld speaks of months by number, and never says which year.
    """

    def __init__(self, case: Case, rng: Random) -> None:
        self._case, self._rng = case, rng
        self._withheld = case.role.part == "date_unclear"
        self._fixed = _fixed(case) | self._span()

    def fill(self, text: str, **more: str) -> str:
        """`text` with its slots filled, its first letter a capital."""
        day = self.day()
        slots = self._fixed | {
            "date": self.say(day),
            "month": self.say_month(self.day()),
            "later": self.say_month(self._case.incident + timedelta(days=200)),
            "n": number_word(self._rng),
            "time": f"{self._rng.randint(0, 23):02d}:{self._rng.choice((5, 10, 20, 35, 40, 55)):02d}",
            "pct": str(self._rng.randint(58, 96)),
        }
        filled = text.format_map(slots | more)
        return filled[:1].upper() + filled[1:]

    def day(self) -> date:
        """A day in the two years before the incident."""
        return self._case.incident - timedelta(days=self._rng.randint(10, 730))

    def say(self, day: date) -> str:
        """A day as the report prints it."""
        return f"a day in {self.say_month(day)}" if self._withheld else in_words(day)

    def say_month(self, day: date) -> str:
        """A month as the report prints it."""
        if not self._withheld:
            return month_in_words(day)
        return f"Month {max(1, 25 - (self._case.incident - day).days // 30)}"

    def _span(self) -> dict[str, str]:
        start = self._case.incident - timedelta(days=760)
        if self._withheld:
            return {"incident": "a date that has been withheld", "start": "Month 1"}
        return {"incident": in_words(self._case.incident), "start": month_in_words(start)}


def _fixed(case: Case) -> dict[str, str]:
    place, words = case.place, _PRONOUNS[case.sex]
    return {
        **words,
        **({} if case.child else _GROWN[case.sex]),
        "himself": f"{words['him']}self",
        "S": case.label,
        "P": case.person,
        "page": str(case.person_age),
        "FM": "Mother" if case.child else "Sister 1",
        "F": place["force"],
        "T": place["town"],
        "LA": place["authority"],
        "area": place["area"],
        "Hosp": place["hospital"],
        "School": place["school"],
        "B": f"the {case.board}",
        "age": case.age_words,
        "event": case.profile["event"],
    }
