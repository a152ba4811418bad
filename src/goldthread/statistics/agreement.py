"""How far coders agree, beyond what chance would bring.

`Ratings` hold what each coder said of each unit: a tuple a unit, a place a coder, None where a coder said nothing.
They are kept as how often each such tuple occurs, so that a hundred thousand sentences cost no more than a hundred.
Every measure is 1 where all agree; kappa, alpha and AC1 are 0 where agreement is what chance would bring. A measure
is None where it is not defined: nothing was coded by two people, or everybody only ever used one category (where
percent agreement and AC1 still speak).
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations
from typing import Literal

from goldthread.statistics.interval import LEVEL, Interval, quantile

Said = tuple[str | None, ...]
Distance = Callable[[str, str], float]
Weights = Literal["none", "linear", "quadratic"]
Scale = Literal["nominal", "ordinal", "interval"]


@dataclass(frozen=True, slots=True)
class Ratings:
    """`counts` says how many units were rated so; `categories` are all there are, in order, used or not."""

    counts: Counter[Said]
    categories: tuple[str, ...]

    @classmethod
    def of(cls, units: Iterable[Sequence[str | None]], categories: Sequence[str]) -> Ratings:
        """From one sequence a unit. Raises ValueError for a rating that is no category."""
        counts = Counter(tuple(unit) for unit in units)
        if strange := {said for unit in counts for said in unit if said is not None} - set(categories):
            raise ValueError(f"not among the categories: {', '.join(sorted(strange))}")
        return cls(counts, tuple(categories))

    def __len__(self) -> int:
        return sum(self.counts.values())

    @property
    def pairable(self) -> Ratings:
        """Only the units of which two coders or more said something."""
        kept = {unit: n for unit, n in self.counts.items() if sum(said is not None for said in unit) > 1}
        return Ratings(Counter(kept), self.categories)

    def less_one(self, unit: Said) -> Ratings:
        """The ratings without one unit of the kind given."""
        return Ratings(self.counts - Counter([unit]), self.categories)

    def prevalence(self, coder: int) -> dict[str, float]:
        """The share of each category in what one coder said."""
        used = Counter[str]()
        for unit, n in self.counts.items():
            if (said := unit[coder]) is not None:
                used[said] += n
        whole = max(1, used.total())
        return {name: used[name] / whole for name in self.categories}


Measure = Callable[[Ratings], float | None]


def percent(ratings: Ratings) -> float | None:
    """The share of pairs of coders that agree, each unit counting the same.

    A unit of which fewer than two coders said something has no pair (Gwet 2014, chapter 2; Fleiss 1971's P̄).
    """
    units = ratings.pairable
    if not len(units):
        return None
    return math.fsum(n * _agreeing(unit) for unit, n in units.counts.items()) / len(units)


def cohen(ratings: Ratings, weights: Weights = "none") -> float | None:
    """Cohen's kappa of two coders; weighted by how far apart the categories stand in their order.

    `1 - Σ wᵢⱼ oᵢⱼ / Σ wᵢⱼ eᵢⱼ`, the expected shares from each coder's own margins (Cohen 1960, Educ. Psychol. Meas.
    20:37–46; weighted: Cohen 1968, Psychol. Bull. 70:213–220). `linear` takes |i - j|, `quadratic` its square.
    """
    pairs = {unit: n for unit, n in ratings.counts.items() if len(unit) == 2 and None not in unit}
    whole = sum(pairs.values())
    if not whole:
        return None
    place = {name: n for n, name in enumerate(ratings.categories)}
    power = {"none": 0, "linear": 1, "quadratic": 2}[weights]

    def apart(one: str, other: str) -> float:
        return 0.0 if one == other else float(abs(place[one] - place[other]) ** power)

    complete = Ratings(Counter(pairs), ratings.categories)
    first, second = complete.prevalence(0), complete.prevalence(1)
    seen = math.fsum(n * apart(str(one), str(other)) for (one, other), n in pairs.items()) / whole
    chance = math.fsum(first[a] * second[b] * apart(a, b) for a in first for b in second)
    return 1 - seen / chance if chance else None


def fleiss(ratings: Ratings) -> float | None:
    """Fleiss' kappa of any number of coders (Fleiss 1971, Psychol. Bull. 76:378–382).

    Where some coders did not rate a unit, its pairs are those of the coders who did; how common a category is comes
    from every unit that anybody rated (Gwet 2014, Handbook of Inter-Rater Reliability, 4th edition, chapter 2).
    """
    seen = percent(ratings)
    if seen is None:
        return None
    chance = math.fsum(share**2 for share in _shares(ratings).values())
    return (seen - chance) / (1 - chance) if chance < 1 else None


def gwet(ratings: Ratings) -> float | None:
    """Gwet's AC1, which stays steady where one category is much commoner than the others.

    `pₑ = Σ πₖ(1 - πₖ) / (q - 1)` over all q categories (Gwet 2008, Br. J. Math. Stat. Psychol. 61:29–48). With
    ratings missing, pairs and shares are those of Fleiss' kappa.
    """
    seen, kinds = percent(ratings), len(ratings.categories)
    if seen is None or kinds < 2:
        return None
    chance = math.fsum(share * (1 - share) for share in _shares(ratings).values()) / (kinds - 1)
    return (seen - chance) / (1 - chance)


def krippendorff(ratings: Ratings, scale: Scale = "nominal") -> float | None:
    """Krippendorff's alpha: any number of coders, units missing here and there, categories with or without order.

    `1 - (n - 1) Σ oᶜᵏ δ² / Σ nᶜ nᵏ δ²` over pairable values (Krippendorff 2011, Computing Krippendorff's
    alpha-reliability). On an `interval` scale the categories are numbers.
    """
    together: dict[tuple[str, str], float] = defaultdict(float)
    for unit, n in ratings.pairable.counts.items():
        said = [one for one in unit if one is not None]
        for pair in permutations(said, 2):
            together[pair] += n / (len(said) - 1)
    values: dict[str, float] = defaultdict(float)
    for (one, _), share in together.items():
        values[one] += share
    apart = _distance(scale, values, ratings.categories)
    seen = math.fsum(share * apart(*pair) for pair, share in together.items())
    chance = math.fsum(values[a] * values[b] * apart(a, b) for a in values for b in values)
    return 1 - (math.fsum(values.values()) - 1) * seen / chance if chance else None


def jackknifed(measure: Measure, ratings: Ratings, level: float = LEVEL) -> Interval | None:
    """A measure with its interval, from what each unit contributes (Fleiss & Davies 1982, Am. J. Epidemiol.
    115:841–845).

    Each unit is left out once; the spread of the results gives the standard error. None where the measure, or
    its value without some unit, is not defined, or there are fewer than three units.
    """
    whole, here = len(ratings), measure(ratings)
    if here is None or whole < 3:
        return None
    without = [(measure(ratings.less_one(unit)), n) for unit, n in ratings.counts.items()]
    known = [(value, n) for value, n in without if value is not None]
    if len(known) < len(without):
        return None
    middle = math.fsum(value * n for value, n in known) / whole
    spread = math.fsum(n * (value - middle) ** 2 for value, n in known) * (whole - 1) / whole
    reach = quantile(level) * math.sqrt(spread)
    return Interval(here, max(-1.0, here - reach), min(1.0, here + reach), level)


def _agreeing(unit: Said) -> float:
    said = [one for one in unit if one is not None]
    same = sum(n * (n - 1) for n in Counter(said).values())
    return same / (len(said) * (len(said) - 1))


def _shares(ratings: Ratings) -> dict[str, float]:
    """The share of each category, each unit that anybody rated counting the same however many coders rated it."""
    sums, rated = dict.fromkeys(ratings.categories, 0.0), 0
    for unit, n in ratings.counts.items():
        said = [one for one in unit if one is not None]
        rated += n if said else 0
        for one in said:
            sums[one] += n / len(said)
    return {name: total / rated for name, total in sums.items()}


def _distance(scale: Scale, values: Mapping[str, float], categories: Sequence[str]) -> Distance:
    if scale == "interval":
        return lambda one, other: (float(one) - float(other)) ** 2
    if scale == "nominal":
        return lambda one, other: float(one != other)
    place = {name: n for n, name in enumerate(categories)}

    def ranks_between(one: str, other: str) -> float:
        first, last = sorted((place[one], place[other]))
        within = math.fsum(values.get(name, 0.0) for name in categories[first : last + 1])
        return (within - (values[one] + values[other]) / 2) ** 2

    return ranks_between
