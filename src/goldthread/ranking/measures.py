"""How well an order spares reading: measures over the positions at which relevant records came.

Work saved over sampling (Cohen et al. 2006, "Reducing workload in systematic review preparation using automated
citation classification", J. Am. Med. Inform. Assoc. 13:206–219), recall after a tenth, and the average time to
discovery (Ferdinands et al. 2020, "Active learning for screening prioritization in systematic reviews"). Positions
count from 1.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

RECALL = 0.95
EARLY = 0.1


@dataclass(frozen=True, slots=True)
class Measures:
    """`wss95` and `recall10` are shares, `atd` and `n95` positions; `records` leaves the priors out.

    Where no record was relevant, nothing can be measured and all but `records` are None.
    """

    wss95: float | None
    recall10: float | None
    atd: float | None
    n95: int | None
    records: int


def measures(positions: Sequence[int], records: int) -> Measures:
    """What an order of so many records earns, its relevant ones standing at those positions.

    `wss95 = 0.95 - n95 / records`, n95 the position by which 95% of the relevant ones, rounded up, were shown.
    """
    if not positions:
        return Measures(None, None, None, None, records)
    placed = sorted(positions)
    n95 = placed[_up(RECALL * len(placed)) - 1]
    early = _up(EARLY * records)
    return Measures(
        wss95=RECALL - n95 / records,
        recall10=sum(place <= early for place in placed) / len(placed),
        atd=sum(placed) / len(placed),
        n95=n95,
        records=records,
    )


def _up(number: float) -> int:
    """Rounded up, what is whole but for the machine's rounding taken as whole."""
    return math.ceil(number - 1e-9)
