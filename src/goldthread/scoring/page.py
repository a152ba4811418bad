"""An evaluation as one self-contained, accessible page: no script, nothing fetched."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from goldthread.scoring import plots
from goldthread.scoring.evaluation import Evaluation, KindScores
from goldthread.scoring.score import Kind, Score
from goldthread.scoring.text import baseline, percent

_MOST_VALUES = 14
_NO_VALUE = "no value"


def render(evaluation: Evaluation) -> str:
    """The whole page as text. The same evaluation gives the same page."""
    labels = evaluation.labels
    return _template().render(
        evaluation=evaluation,
        css=Markup(_data("evaluation.css")),  # noqa: S704 (our own style sheet)
        label=lambda name: _label(name, labels),
        targets=_targets,
        headings={
            Kind.FIELD: "Fields with one value",
            Kind.SET: "Fields with several values",
            Kind.PASSAGE: "Passages",
            Kind.CODE: "Codes, given that the passage was found",
        },
        percent=percent,
        baseline=lambda item: baseline(item, labels),
        confusion=_confusion,
        forest=lambda group, key: plots.forest([(_label(one.target, labels), one) for one in _targets(group)], key),
        reliability=lambda item, key: plots.reliability(item.calibration, key, _label(item.target, labels)),
        curve=lambda item, key: plots.precision_coverage(
            item.sweep, key, _label(item.target, labels), item.kind in (Kind.PASSAGE, Kind.SET)
        ),
    )


def _targets(group: KindScores, kind: Kind | None = None) -> list[Score]:
    """What was scored at all, of one kind of target or of every kind."""
    return [one for one in group.scores.values() if one.rates.counts.scored and kind in (None, one.kind)]


def _label(name: str | None, labels: Mapping[str, str]) -> str:
    return _NO_VALUE if name is None else labels.get(name, name)


def _confusion(item: Score) -> tuple[list[str | None], list[list[int]]] | None:
    """The values, and for each the counts of what was given where the gold has it; None where it would not help."""
    counts: dict[tuple[str | None, str | None], int] = {(wanted, given): n for wanted, given, n in item.confusion}
    values = sorted(_values(counts), key=lambda value: (value is None, value))
    if item.kind not in (Kind.FIELD, Kind.CODE) or len(values) > _MOST_VALUES:
        return None
    return values, [[counts.get((wanted, given), 0) for given in values] for wanted in values]


def _values(pairs: Iterable[tuple[str | None, str | None]]) -> set[str | None]:
    return {value for pair in pairs for value in pair}


def _data(name: str) -> str:
    return (files(__package__) / "templates" / name).read_text("utf-8")


@cache
def _template() -> Template:
    environment = Environment(undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, autoescape=True)
    return environment.from_string(_data("evaluation.html.j2"))
