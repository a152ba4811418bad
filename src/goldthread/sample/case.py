"""The facts of one fictional case, decided from the seed and the number of the review alone.

Because nothing else is needed, reviews can be made in any order and in several processes at once.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from random import Random
from typing import Any

from goldthread.sample.bank import bank

_LETTERS = "CRKMTBDGLPSWAENHJFVOYXIZUQ"
_NUMBERS = ("two", "three", "four", "five", "six", "seven", "eight", "nine")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


@dataclass(frozen=True)
class Role:
    """A part in the cast: what the review is for, whom it is about and how it is published."""

    part: str
    profile: str
    types: tuple[str, ...]
    format: str
    house: str
    pages: int
    executive_summary: bool = False
    of: int | None = None


@dataclass(frozen=True)
class Case:
    """One review's facts. `index` counts from 0; dates are of the incident and of publication."""

    seed: int
    index: int
    role: Role
    label: str
    sex: str
    age: int
    months: int | None
    place: dict[str, str]
    incident: date
    published: date
    person: str
    person_age: int

    @cached_property
    def profile(self) -> dict[str, Any]:
        """The kind of case, from the data file."""
        found: dict[str, Any] = bank("profiles")[self.role.profile]
        return found

    @cached_property
    def contexts(self) -> tuple[str, ...]:
        """What sentences may take for granted; from four a subject talks and a child has a school."""
        own = tuple(self.profile["contexts"])
        if self.age < 4:
            return own
        return (*own, "talks", "school") if self.child else (*own, "talks")

    @property
    def child(self) -> bool:
        """Whether the review is about a child."""
        return bool(self.profile["about"] == "child")

    @property
    def review(self) -> str:
        """The review's reference in the register."""
        return f"F-{self.index + 1:04d}"

    @property
    def code(self) -> str:
        """The type as it is cited; a joint review names both."""
        return "/".join(self.role.types)

    @property
    def title(self) -> str:
        """The title as printed on the cover."""
        return f"{self.label} and siblings" if self.profile.get("siblings") else self.label

    @property
    def cite(self) -> str:
        """How a briefing cites the review: the type and the subject's letters."""
        return f"{self.code} {self.label.removeprefix('Child ').removeprefix('Adult ')}"

    @property
    def stem(self) -> str:
        """The file name without its ending."""
        return f"{self.code.replace('/', '-')}-{self.label.lower().replace(' ', '-')}"

    @property
    def board(self) -> str:
        """The body that commissioned the review."""
        area, kind = self.place["area"], self.role.types[-1]
        if kind == "DHR":
            return f"{area} Community Safety Partnership"
        if self.place["country"] == "Wales":
            return f"{area} Safeguarding Partnership"
        if kind == "SAR":
            return f"{area} Safeguarding Adults Board"
        if self.place["country"] == "Scotland":
            return f"{area} Child Protection Committee"
        return f"{area} Safeguarding Children {'Partnership' if kind == 'LCSPR' else 'Board'}"

    @property
    def round(self) -> str:
        """The quarter in which the review was found."""
        return f"{self.published.year}-Q{(self.published.month + 2) // 3}"

    @property
    def age_words(self) -> str:
        """The age as it reads after “aged”."""
        return f"{self.months} months" if self.months is not None else str(self.age)

    def rng(self, purpose: str) -> Random:
        """A stream of chance for one purpose, so that a change in one does not stir the others."""
        return Random(f"{self.seed}/{self.index}/{purpose}")  # noqa: S311 - repeatable, not secret


def in_words(day: date) -> str:
    """A date as a report prints it: 4 March 2017."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def month_in_words(day: date) -> str:
    """A month as a report prints it: March 2017."""
    return f"{_MONTHS[day.month - 1]} {day.year}"


def number_word(rng: Random) -> str:
    """A small number from two to nine, in words."""
    return rng.choice(_NUMBERS)


def role_of(index: int) -> Role:
    """The part played by review `index`; a sample larger than the cast goes round again."""
    roles = bank("cast")["role"]
    plain = roles[index % len(roles)]
    role = Role(**plain | {"types": tuple(plain["types"])})
    return role if role.of is None else replace(role, of=role.of + index - index % len(roles))


def case_of(seed: int, index: int, role: Role | None = None) -> Case:
    """The facts of review `index`, in its own part unless another is given.

    A duplicate has the facts of the review it repeats.
    """
    role = role or role_of(index)
    source = index if role.of is None else role.of
    rng = Random(f"{seed}/{source}/facts")  # noqa: S311 - repeatable, not secret
    profile = bank("profiles")[role.profile]
    sex = profile.get("sex") or rng.choice(("male", "female"))
    age = rng.randint(*profile["ages"])
    incident = _incident(rng, old=role.part == "out_of_date")
    return Case(
        seed=seed,
        index=index,
        role=role,
        label=_label(source, seed, profile["about"], sex),
        sex=sex,
        age=age,
        months=rng.randint(*profile["months"]) if "months" in profile else None,
        place=_place(rng, role),
        incident=incident,
        published=date(2019, 7, 1) + timedelta(days=Random(f"{seed}/{index}/out").randrange(184)),  # noqa: S311
        person=profile.get("perpetrator") or profile["person"],
        person_age=rng.randint(*profile.get("person_ages", (26, 58))),
    )


def _incident(rng: Random, *, old: bool) -> date:
    first, days = (date(2013, 3, 1), 900) if old else (date(2016, 2, 1), 850)
    return first + timedelta(days=rng.randrange(days))


def _place(rng: Random, role: Role) -> dict[str, str]:
    country = {"CPR": "Wales", "APR": "Wales"}.get(role.types[0], "England")
    if role.part == "out_of_jurisdiction":
        country = "Scotland"
    chosen: dict[str, str] = rng.choice([place for place in bank("places")["place"] if place["country"] == country])
    return chosen


def _label(index: int, seed: int, about: str, sex: str) -> str:
    """A subject's name, never the same twice in a sample: Child CG, Mrs R, Adult KT."""
    place = (index * 7 + seed) % 676
    turn = index // 676
    letters = _LETTERS[place % 26] + _LETTERS[(place // 26 + place * 11 + 3) % 26] + (str(turn + 1) if turn else "")
    if about == "child":
        return f"Child {letters}"
    if index >= 26 or index % 2:
        return f"Adult {letters}"
    return f"{'Mr' if sex == 'male' else 'Mrs'} {letters[0]}"
