"""Published worked examples: what each prints, and how we ask for the same.

`docs/statistics.md` lists them, and `test_worked.py` holds every statistic against them.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import partial
from itertools import chain, repeat
from typing import NamedTuple

from goldthread.statistics import agreement, association, finite, interval, proportions, rates
from goldthread.statistics.agreement import Ratings
from goldthread.statistics.interval import Interval

Numbers = tuple[float, ...]


class Worked(NamedTuple):
    """One example: `made` gives our numbers, `printed` the published ones as they stand, to `places` decimals."""

    statistic: str
    source: str
    printed: Numbers
    places: int
    made: Callable[[], Numbers]


def ends(found: Interval | None) -> Numbers:
    """The two ends of an interval."""
    assert found is not None
    return found.low, found.high


def whole(found: Interval) -> Numbers:
    """An estimate and the two ends of its interval."""
    return found.estimate, found.low, found.high


def sure(value: float | None) -> Numbers:
    """One number, which must be defined."""
    assert value is not None
    return (value,)


def square(table: Sequence[Sequence[int]]) -> Ratings:
    """Two coders, from how often the first said the row and the second the column."""
    names = [str(n) for n in range(len(table))]
    pairs = [((names[i], names[j]), n) for i, row in enumerate(table) for j, n in enumerate(row)]
    return Ratings.of(chain.from_iterable(repeat(pair, n) for pair, n in pairs), names)


def counted(table: Sequence[Sequence[int]]) -> Ratings:
    """Many coders, from how many of them chose each category, one row a unit."""
    names = [str(n) for n in range(len(table[0]))]
    units = [[name for name, n in zip(names, row, strict=True) for _ in range(n)] for row in table]
    return Ratings.of(units, names)


ABSTRACTORS = square([[13, 0, 0], [0, 20, 7], [0, 4, 56]])
"""Two abstractors, a hundred pregnancies, three types."""

PSYCHIATRISTS = counted([
    [0, 0, 0, 6, 0], [0, 3, 0, 0, 3], [0, 1, 4, 0, 1], [0, 0, 0, 0, 6], [0, 3, 0, 3, 0],
    [2, 0, 4, 0, 0], [0, 0, 4, 0, 2], [2, 0, 3, 1, 0], [2, 0, 0, 4, 0], [0, 0, 0, 0, 6],
    [1, 0, 0, 5, 0], [1, 1, 0, 4, 0], [0, 3, 3, 0, 0], [1, 0, 0, 5, 0], [0, 2, 0, 3, 1],
])  # fmt: skip
"""Six psychiatrists, fifteen of the patients of Fleiss (1971), five diagnoses."""

OBSERVERS = Ratings.of(
    zip(
        *(
            [None if mark == "." else mark for mark in coder]
            for coder in ("123321412...", "1233224125.3", ".3332342251.", "12332441251.")
        ),
        strict=True,
    ),
    "12345",
)
"""Four observers, twelve units, some of them missing, the last with one rating: example C of Krippendorff (2011)."""

COUPLES = square([[7, 7, 2, 3], [2, 8, 3, 7], [1, 5, 4, 9], [2, 8, 9, 14]])
"""Husbands and wives, four ordered answers (Agresti 1990, Categorical Data Analysis)."""

ANXIETY = Ratings.of(zip("33345523522615221243", "36462424332333221334", strict=True), "123456")
"""Two raters, twenty people, six grades of anxiety."""

TESTS = (576, 635, 558, 578, 666, 580, 555, 661, 651, 605, 653, 575, 545, 572, 594)
GRADES = (3.39, 3.30, 2.81, 3.03, 3.44, 3.07, 3.00, 3.43, 3.36, 3.13, 3.12, 2.74, 2.76, 2.88, 2.96)
SCHOOLS = Ratings.of(
    zip(map(str, TESTS), map(str, GRADES), strict=True),
    [str(one) for one in (*dict.fromkeys(TESTS), *dict.fromkeys(GRADES))],
)
"""Fifteen law schools: the mean of an admission test and of grades."""


def correlation(pairs: Ratings) -> float:
    """Pearson's correlation of the two numbers of each unit."""
    points = [(float(str(one)), float(str(other))) for one, other in pairs.counts.elements()]
    first, second = (math.fsum(axis) / len(points) for axis in zip(*points, strict=True))
    spread = [math.fsum((point[n] - middle) ** 2 for point in points) for n, middle in enumerate((first, second))]
    return math.fsum((one - first) * (other - second) for one, other in points) / math.sqrt(math.prod(spread))


def jackknife_error() -> Numbers:
    """The standard error that the lower end of the interval stands for."""
    found = agreement.jackknifed(correlation, SCHOOLS)
    assert found is not None
    return (round(found.estimate, 3), (found.estimate - found.low) / interval.quantile(0.95))


GWET = "Gwet, R package irrCAC (2019), “Calculating chance-corrected agreement coefficients”"
KRIPPENDORFF = "Krippendorff 2011, Computing Krippendorff's alpha-reliability, example C"
R = "R Core Team, R package stats, examples of"
NEWCOMBE = "Newcombe 1998, Stat. Med. 17:857–872, table I"
DIFFERENCES = "Newcombe 1998, Stat. Med. 17:873–890, table II, method 10"
PEPYS = "Newton to Pepys 1693 (Stigler 2006, Stat. Sci. 21:400–403): at least one, two, three sixes"
SURVEYS = "Cannon & Roe 1982, Livestock disease surveys, table of sample sizes for detecting disease"
GARWOOD = "Garwood 1936 (Pearson & Hartley, Biometrika Tables for Statisticians I, table 40)"
EXPOSURES = "Calabrese (ed.) 1992, Biological Effects of Low Level Exposures, chapter 7"
TEA = "Fisher 1935, The Design of Experiments, chapter II (eight cups of tea)"

AGREEMENT: tuple[Worked, ...] = (
    Worked("agreement.percent", GWET, (0.89,), 4, lambda: sure(agreement.percent(ABSTRACTORS))),
    Worked("agreement.percent", GWET, (0.8181818,), 7, lambda: sure(agreement.percent(OBSERVERS))),
    Worked("agreement.cohen", GWET, (0.7964094,), 7, lambda: sure(agreement.cohen(ABSTRACTORS))),
    Worked(
        "agreement.cohen",
        "Meyer, Zeileis & Hornik, R package vcd, example of Kappa: unweighted and linear weights",
        (0.1293, 0.2374),
        4,
        lambda: sure(agreement.cohen(COUPLES)) + sure(agreement.cohen(COUPLES, "linear")),
    ),
    Worked(
        "agreement.cohen",
        "Gamer, Lemon & Singh, R package irr, example of kappa2: quadratic weights",
        (0.297,),
        3,
        lambda: sure(agreement.cohen(ANXIETY, "quadratic")),
    ),
    Worked("agreement.fleiss", GWET, (0.4139265,), 7, lambda: sure(agreement.fleiss(PSYCHIATRISTS))),
    Worked("agreement.fleiss", GWET, (0.76117,), 5, lambda: sure(agreement.fleiss(OBSERVERS))),
    Worked("agreement.gwet", GWET, (0.8493305,), 7, lambda: sure(agreement.gwet(ABSTRACTORS))),
    Worked("agreement.gwet", GWET, (0.4448007,), 7, lambda: sure(agreement.gwet(PSYCHIATRISTS))),
    Worked("agreement.gwet", GWET, (0.77544,), 5, lambda: sure(agreement.gwet(OBSERVERS))),
    Worked(
        "agreement.krippendorff",
        KRIPPENDORFF + ": nominal, ordinal, interval",
        (0.743, 0.815, 0.849),
        3,
        lambda: tuple(
            sure(agreement.krippendorff(OBSERVERS, scale))[0] for scale in ("nominal", "ordinal", "interval")
        ),
    ),
    Worked("agreement.krippendorff", GWET, (0.7972585,), 7, lambda: sure(agreement.krippendorff(ABSTRACTORS))),
    Worked("agreement.krippendorff", GWET, (0.4204384,), 7, lambda: sure(agreement.krippendorff(PSYCHIATRISTS))),
    Worked("agreement.krippendorff", GWET, (0.74342,), 5, lambda: sure(agreement.krippendorff(OBSERVERS))),
    Worked(
        "agreement.jackknifed",
        "Efron 1982, The Jackknife, the Bootstrap and Other Resampling Plans (fifteen law schools): correlation and "
        "its standard error",
        (0.776, 0.1425),
        4,
        jackknife_error,
    ),
)

COUNTS: tuple[Worked, ...] = (
    Worked(
        "interval.quantile",
        "Fisher & Yates 1938, Statistical Tables, table I: two-sided 10%, 5% and 1%",
        (1.644854, 1.959964, 2.575829),
        6,
        lambda: tuple(map(interval.quantile, (0.9, 0.95, 0.99))),
    ),
    *(
        Worked(name, NEWCOMBE + f", method {method}: {count} of {of}", printed, 4, partial(made, count, of))
        for count, of, score, exactly in (
            (81, 263, (0.2553, 0.3662), (0.2527, 0.3676)),
            (15, 148, (0.0624, 0.1605), (0.0578, 0.1617)),
            (0, 20, (0.0, 0.1611), (0.0, 0.1684)),
            (1, 29, (0.0061, 0.1718), (0.0009, 0.1776)),
        )
        for name, method, printed, made in (
            ("proportions.wilson", 3, score, lambda count, of: ends(proportions.wilson(count, of))),
            ("proportions.score_ends", 3, score, lambda count, of: proportions.score_ends(count / of, of)),
            ("proportions.exact", 5, exactly, lambda count, of: ends(proportions.exact(count, of))),
        )
    ),
    Worked(
        "proportions.exact",
        f"{R} binom.test (Mendel's peas, Conover 1971): 682 of 925",
        (0.7372973, 0.7076683, 0.7654066),
        7,
        lambda: whole(proportions.exact(682, 925)),
    ),
    *(
        Worked(
            "proportions.difference",
            DIFFERENCES + f": {one[0]}/{one[1]} − {other[0]}/{other[1]}",
            printed,
            4,
            partial(lambda one, other: ends(proportions.difference(one, other)), one, other),
        )
        for one, other, printed in (
            ((56, 70), (48, 80), (0.0524, 0.3339)),
            ((9, 10), (3, 10), (0.1705, 0.8090)),
            ((10, 10), (0, 20), (0.6791, 1.0)),
            ((5, 56), (0, 29), (-0.0381, 0.1926)),
            ((0, 10), (0, 10), (-0.2775, 0.2775)),
        )
    ),
    Worked(
        "proportions.at_least",
        PEPYS,
        (0.665, 0.619, 0.597),
        3,
        lambda: tuple(proportions.at_least(n, 6 * n, 1 / 6) for n in (1, 2, 3)),
    ),
    Worked(
        "proportions.at_most",
        PEPYS + ", less than so many being the rest",
        (0.335, 0.381, 0.403),
        3,
        lambda: tuple(proportions.at_most(n - 1, 6 * n, 1 / 6) for n in (1, 2, 3)),
    ),
    Worked(
        "proportions.fisher", TEA + ": three of four", (0.4857,), 4, lambda: (proportions.fisher((3, 4), (1, 4)),)
    ),
    Worked(
        "proportions.fisher",
        f"{R} fisher.test (Fisher's convicted twins, 1962 reprint)",
        (0.0005367,),
        7,
        lambda: (proportions.fisher((2, 17), (10, 13)),),
    ),
    Worked(
        "association.by_chance",
        f"{R} fisher.test (Fisher's convicted twins, 1962 reprint)",
        (0.0005367,),
        7,
        lambda: (association.by_chance(10, 13, 12, 30),),
    ),
    Worked(
        "association.expected",
        f"{R} chisq.test (Agresti 2007, p. 39): 1,557 women, 1,246 Democrats of 2,757",
        (703.6714,),
        4,
        lambda: (association.expected(1557, 1246, 2757),),
    ),
    Worked(
        "association.odds_ends",
        f"{R} fisher.test (Fisher's convicted twins, 1962 reprint): levels of 95% and 99%",
        (0.0033, 0.3632, 0.0014, 0.5789),
        4,
        lambda: association.odds_ends(2, 17, 12, 30) + association.odds_ends(2, 17, 12, 30, 0.99),
    ),
)

SAMPLES: tuple[Worked, ...] = (
    Worked("finite.at_most", TEA + ": three or more right", (0.757,), 3, lambda: (finite.at_most(2, 4, 4, 8),)),
    Worked(
        "finite.most",
        SURVEYS + ": so many drawn and none diseased leave fewer diseased than in the table, one drawn less does not",
        (4, 5, 4, 5, 4, 5, 9, 10, 9, 10, 24, 25, 9, 10),
        0,
        lambda: tuple(
            float(finite.most(0, drawn - less, herd, 0.05))
            for herd, drawn in ((50, 22), (100, 45), (500, 225), (100, 25), (200, 51), (500, 56), (1000, 258))
            for less in (0, 1)
        ),
    ),
    Worked(
        "finite.fewest",
        SURVEYS + ", turned round: all 45 drawn of 100 bear the mark",
        (96, 95),
        0,
        lambda: tuple(float(finite.fewest(drawn, drawn, 100, 0.05)) for drawn in (45, 44)),
    ),
    Worked(
        "finite.marked",
        "Manitz, R package samplingbook, “Some remarks on Sprop” (3 of 10 drawn from 50): it prints the "
        "nearest numbers that the sample rules out",
        (4, 32),
        0,
        lambda: (finite.marked(3, 10, 50).least - 1.0, finite.marked(3, 10, 50).most + 1.0),
    ),
)

RATES: tuple[Worked, ...] = (
    *(
        Worked(
            "rates.poisson", GARWOOD + f": {seen}", printed, 2, partial(lambda seen: ends(rates.poisson(seen)), seen)
        )
        for seen, printed in ((0, (0.0, 3.69)), (5, (1.62, 11.67)), (10, (4.80, 18.39)))
    ),
    Worked("rates.poisson", EXPOSURES + ": 30", (20.24, 42.83), 2, lambda: ends(rates.poisson(30))),
    Worked(
        "rates.rate",
        "StatsDirect, help on the Poisson rate: 14 events in 400 person-years",
        (0.035, 0.019135, 0.058724),
        6,
        lambda: whole(rates.rate(14, 400, 1)),
    ),
    Worked(
        "rates.rate",
        f"{R} poisson.test (Welsh nickel workers): 137 seen where 24.19893 are expected",
        (5.661407, 4.753125, 6.692709),
        6,
        lambda: whole(rates.rate(137, 24.19893, 1)),
    ),
    Worked(
        "rates.ratio",
        f"{R} poisson.test (eba1977 of Dalgaard's package ISwR): 11 in 800, 21 in 3,011",
        (1.971488, 0.8584264, 4.2772659),
        6,
        lambda: whole(rates.ratio((11, 800), (21, 3011))),
    ),
    Worked(
        "rates.limits",
        EXPOSURES + ": of 15.21 expected, 8 to 23 are within chance (whole numbers; ours are drawn between them)",
        (8, 23),
        0,
        lambda: tuple(float(math.ceil(end)) for end in rates.limits(15.21)),
    ),
)

WORKED = (*AGREEMENT, *COUNTS, *SAMPLES, *RATES)

WITHOUT = {
    "association.together": "no published example was found; its odds are those of `odds_ends`, and what they bring "
    "together is compared with scipy",
    "interval.root": "bisection, a way of solving and no statistic; tested by what is solved with it",
    "proportions.log_ways": "a logarithm of a binomial coefficient; tested against whole numbers",
}
"""What has no published example, or is no statistic itself, and what tests it."""
