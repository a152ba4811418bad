"""Episodes, plans and grounds, made by hand for the rules on findings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from goldthread.anchors import Anchor
from goldthread.coding.model import Episode
from goldthread.findings.following import Traced, trace
from goldthread.findings.model import Finding
from goldthread.findings.weighing import Ground
from goldthread.protocol.plan import Action, Crossing, Plan
from goldthread.protocol.strength import Strength, StrengthRule
from goldthread.values import Basis, State

RULE = StrengthRule(
    title="Rule",
    strengths=(
        Strength(id="strong", label="Strong", definition="", reviews=4, review_types=2, share=40, against=20),
        Strength(id="moderate", label="Moderate", definition="", reviews=2, against=40),
        Strength(id="single", label="Seen once", definition="", reviews=1, against=0),
        Strength(id="contested", label="Contested", definition="", reviews=1),
    ),
)


def episode(
    review: int,
    number: int = 1,
    *,
    direction: str = "missed",
    explanation: str = "procedure",
    state: State = State.CONFIRMED,
    place: int | None = None,
    theme: str = "risk",
    engine: str = "",
    confidence: float = 1.0,
) -> Episode:
    """An episode of one review, at a place of its own unless another is given."""
    start = (number if place is None else place) * 100
    return Episode(
        review_id=f"R{review:05d}",
        episode_id=f"R{review:05d}-E{number:03d}",
        theme=theme,
        subtheme="",
        direction=direction,
        explanation=explanation,
        whose="",
        state=state,
        author="Ada" if state is not State.SUGGESTED else "",
        engine=engine,
        confidence=confidence,
        anchor=Anchor(f"D{review:05d}", "0" * 64, 1, start, start + 50, 1, "w" * 50),
    )


def finding(
    supporting: Sequence[Episode] = (),
    opposing: Sequence[Episode] = (),
    *,
    name: str = "F1",
    actions: tuple[tuple[str, str], ...] = (),
) -> Finding:
    """A finding with these passages on its sides."""
    return Finding(
        finding_id=name,
        statement="Risk was not assessed.",
        note="",
        supporting=tuple(one.episode_id for one in supporting),
        opposing=tuple(one.episode_id for one in opposing),
        actions=actions,
        author="Ada",
        at="2026-01-01T00:00:00Z",
    )


def standing(*episodes: Episode) -> Mapping[str, Traced]:
    """Passages followed among themselves."""
    return trace(episodes, episodes)


def over(reviews: int, *, basis: Basis = Basis.CONFIRMED, types: Sequence[str] = ("SCR", "SAR")) -> Ground:
    """So many included reviews, their types in turn, practice coded in all."""
    ids = [f"R{n:05d}" for n in range(1, reviews + 1)]
    return Ground(basis, {one: (types[n % len(types)],) for n, one in enumerate(ids)}, frozenset(ids))


def plan(name: str, actions: str, replaces: str = "", **lines: str) -> Plan:
    """A plan with actions named by single words, and lines of a crosswalk as `a="x y"`."""
    return Plan(
        id=name,
        title=name,
        version="1",
        replaces=replaces,
        actions=tuple(Action(id=one, label=one.upper()) for one in actions.split()),
        crosswalk=tuple(Crossing(action=one, to=tuple(to.split())) for one, to in lines.items()),
    )
