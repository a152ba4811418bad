from __future__ import annotations

from goldthread.analysis.sensitivity import sensitivity
from goldthread.analysis.tabulate import tabulate
from goldthread.protocol.load import load
from goldthread.values import Basis
from tests.analysis.building import characteristic, review, study


def test_points_are_those_of_the_shares_and_not_of_their_rounded_selves() -> None:
    protocol = load("police-reviews")
    told = [(f"d{n}", "death") for n in range(2)] + [(f"h{n}", "serious_harm") for n in range(10)]
    reviews = [review(name, characteristics=[characteristic(name, "outcome", what)]) for name, what in told]
    whole, without = (
        tabulate(protocol.table_by_id["T4"], protocol, study(some), Basis.CONFIRMED)
        for some in (reviews, reviews[:-3])
    )
    found = sensitivity(whole, without, ("h7", "h8", "h9"))
    change = next(one for one in found.changes if one.row == "death")
    assert (change.before.text, change.after.text if change.after else "") == ("2 (17)", "2 (22)")
    assert str(change.points) == "6"  # from 16.67% to 22.22%
