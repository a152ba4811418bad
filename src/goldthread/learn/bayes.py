"""Naive Bayes for counts of words, in the form that holds where one answer is rare: the complement of each class.

Rennie, Shih, Teevan & Karger 2003, "Tackling the poor assumptions of naive Bayes text classifiers", section 3.1:
each class is known by the words of all the other rows. With two classes that is the ratio of their smoothed shares.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from goldthread.learn.rows import Floats, Rows


@dataclass(frozen=True, eq=False, slots=True)
class ComplementBayes:
    """Sums of every column over the rows answered yes and no; a label more is one row added."""

    yes: Floats
    no: Floats
    smoothing: float = 1.0

    @classmethod
    def empty(cls, width: int, smoothing: float = 1.0) -> ComplementBayes:
        """A model that knows nothing yet."""
        return cls(np.zeros(width), np.zeros(width), smoothing)

    def told(self, rows: Rows, *, relevant: bool) -> ComplementBayes:
        """The model with more rows of one answer."""
        more = rows.gathered(np.ones(len(rows)))
        if relevant:
            return ComplementBayes(self.yes + more, self.no, self.smoothing)
        return ComplementBayes(self.yes, self.no + more, self.smoothing)

    def reach(self, rows: Rows) -> Floats:
        """How far each row lies on the side of yes, in log-odds without a prior."""
        yes, no = self.yes + self.smoothing, self.no + self.smoothing
        return rows.times(np.log(yes / yes.sum()) - np.log(no / no.sum()))
