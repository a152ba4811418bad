"""How far two screeners agree, as far as that can be told."""

from __future__ import annotations

from goldthread.screening.model import ScreeningDecision, ScreeningState
from goldthread.screening.second import Vote, doubled
from goldthread.values import Basis

IN, OUT = ScreeningState.INCLUDED, ScreeningState.MAYBE


def screened(*pairs: tuple[ScreeningState, ScreeningState]) -> tuple[dict[str, ScreeningDecision], list[Vote]]:
    first = {
        f"R{n}": ScreeningDecision(f"R{n}", one, "", Basis.CONFIRMED, "Ada", "") for n, (one, _) in enumerate(pairs)
    }
    return first, [Vote(f"R{n}", "Grace", other, "", "") for n, (_, other) in enumerate(pairs)]


def test_below_three_reviews_no_agreement_beyond_chance_is_told() -> None:
    found = doubled(*screened((IN, OUT), (IN, IN)))
    assert (found.reviews, found.same, found.kappa) == (2, 1, None)


def test_from_three_reviews_on_kappa_is_told() -> None:
    found = doubled(*screened((IN, OUT), (IN, IN), (OUT, OUT), (OUT, OUT)))
    assert found.kappa == 0.5
