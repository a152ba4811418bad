"""What a team has agreed may be published, said in a sentence wherever it was applied."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from goldthread.analysis.arithmetic import rounded
from goldthread.errors import UsageError

HIDDEN = "c"
"""What stands in a cell that is not shown."""


@dataclass(frozen=True, slots=True)
class Policy:
    """`fewest` is the smallest number above nought that is shown; `nearest` what every number is rounded to.

    1 switches either off. Both may be set: small cells are hidden first. Raises UsageError below 1.
    """

    fewest: int = 1
    nearest: int = 1

    def __post_init__(self) -> None:
        for name, value in (("smallest number shown", self.fewest), ("number to round to", self.nearest)):
            if value < 1:
                raise UsageError(f"the {name} cannot be {value}", mend="give a whole number from 1")

    @property
    def is_open(self) -> bool:
        """Whether everything is shown as counted."""
        return self.fewest == self.nearest == 1

    @property
    def fewest_behind(self) -> int:
        """How many must stand behind an average, or share a lowest or highest value, for it to be shown."""
        return max(self.fewest, self.nearest)

    def describe(self) -> str:
        """The policy in a sentence or two, as every output made under it says."""
        said = []
        if self.fewest > 1:
            said.append(
                f"Numbers from 1 to {self.fewest - 1} are not shown ({HIDDEN}), nor others from which they could "
                "be worked out."
            )
        if self.nearest > 1:
            said.append(f"Numbers are rounded to the nearest {self.nearest}, so they may not add up.")
        return " ".join(said)


def near(count: int, nearest: int) -> int:
    """A count rounded to the nearest of these, half up."""
    return int(rounded(Fraction(count, nearest), 0)) * nearest


OPEN = Policy()
"""Everything as counted."""
