"""Weights of signs, and what follows from them: chances between 0 and 1 that have been held against the labels.

A model is a table of text: one sign a line with a whole number for each answer, in hundredths. It has no hidden part.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

import numpy as np

from goldthread.assist.learned.signs import Signs
from goldthread.learn.rows import Floats

UNIT = 100  # weights are kept in hundredths
LENGTH = 4.0  # of all signs of a sentence together
PASSAGES, DIRECTION, CODES = "passages", "direction", "codes"
LEARNED_FROM = "learned_from.txt"
_HERE = "data"


@dataclass(frozen=True, eq=False, slots=True)
class Weights:
    """`table` has one row a sign and one column an answer; `start` is what each answer has before any sign."""

    answers: tuple[str, ...]
    row: Mapping[str, int]
    table: Floats
    start: Floats

    def reach(self, signs: Iterable[Signs]) -> Floats:
        """How far each sentence lies on the side of each answer, in log-odds: one row a sentence."""
        return np.array([self._of(each) for each in signs], np.float64).reshape(-1, len(self.answers))

    def _of(self, signs: Signs) -> Floats:
        find = self.row.get
        known = [(at, weight) for sign, weight in signs.items() if (at := find(sign)) is not None]
        if not known:
            return self.start
        places, weights = zip(*known, strict=True)
        told = self.table[list(places)] * np.array(weights)[:, None]
        return np.asarray(told.sum(axis=0) * (LENGTH / length(signs)) + self.start)

    def lines(self) -> str:
        """The table as text."""
        out = ["\t".join(("sign", *self.answers)), "\t".join(("", *(_whole(value) for value in self.start)))]
        for sign, at in sorted(self.row.items()):
            if self.table[at].any():
                out.append("\t".join((sign, *(_whole(value) for value in self.table[at]))))
        return "\n".join(out) + "\n"

    @classmethod
    def parsed(cls, text: str) -> Weights:
        """The table that `lines` wrote."""
        head, start, *rest = text.rstrip("\n").split("\n")
        rows = [line.split("\t") for line in rest]
        numbers = np.array([[int(value or 0) for value in row[1:]] for row in rows], np.float64) / UNIT
        begin = np.array([int(value or 0) for value in start.split("\t")[1:]], np.float64) / UNIT
        answers = tuple(head.split("\t")[1:])
        return cls(answers, {row[0]: at for at, row in enumerate(rows)}, numbers.reshape(-1, len(answers)), begin)


def length(signs: Signs) -> float:
    """The length of a sentence's signs as a vector."""
    return math.sqrt(sum(weight * weight for weight in signs.values())) or 1.0


def _whole(value: float) -> str:
    hundredths = round(value * UNIT)
    return str(hundredths) if hundredths else ""


@dataclass(frozen=True, slots=True)
class Scale:
    """Turns log-odds into a chance that holds (Platt 1999): 1 / (1 + exp(-(slope × reach + shift)))."""

    slope: float
    shift: float

    def chance(self, reach: float) -> float:
        """The chance for a log-odds, 0–1."""
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, self.slope * reach + self.shift))))


@dataclass(frozen=True, eq=False, slots=True)
class Model:
    """What is shipped: weights for passages, for direction and for other codes; where to say yes, and how sure it is.

    `least` is the chance from which an answer is given; `scales` calibrate each answer.
    """

    passages: Weights
    direction: Weights
    codes: Weights
    least: Mapping[str, float]
    scales: Mapping[str, Scale]

    def codes_of(self, axis: str) -> tuple[tuple[int, str], ...]:
        """The columns of one axis (theme, explanation), each with its code."""
        head = f"{axis}:"
        return tuple(
            (at, name.removeprefix(head)) for at, name in enumerate(self.codes.answers) if name.startswith(head)
        )

    def written(self) -> dict[str, str]:
        """The files of a model, by name."""
        return {
            f"{PASSAGES}.tsv": self.passages.lines(),
            f"{DIRECTION}.tsv": self.direction.lines(),
            f"{CODES}.tsv": self.codes.lines(),
            "model.toml": _settings(self.least, self.scales),
        }

    @classmethod
    def parsed(cls, files: Mapping[str, str]) -> Model:
        """The model whose files these are."""
        told = tomllib.loads(files["model.toml"])
        return cls(
            Weights.parsed(files[f"{PASSAGES}.tsv"]),
            Weights.parsed(files[f"{DIRECTION}.tsv"]),
            Weights.parsed(files[f"{CODES}.tsv"]),
            told["least"],
            {name: Scale(*pair) for name, pair in told["scales"].items()},
        )


def _settings(least: Mapping[str, float], scales: Mapping[str, Scale]) -> str:
    lines = ["# Written by `make models`; see docs/models.md.", "", "[least]"]
    lines += [f'"{name}" = {value:.3f}' for name, value in sorted(least.items())]
    lines += ["", "[scales]"]
    lines += [f'"{name}" = [{each.slope:.3f}, {each.shift:.3f}]' for name, each in sorted(scales.items())]
    return "\n".join(lines) + "\n"


FILES = (f"{PASSAGES}.tsv", f"{DIRECTION}.tsv", f"{CODES}.tsv", "model.toml")


@cache
def shipped() -> Model:
    """The model that comes with the program."""
    folder = resources.files(__package__).joinpath(_HERE)
    return Model.parsed({name: folder.joinpath(name).read_text("utf-8") for name in FILES})


@cache
def learned_from() -> frozenset[str]:
    """SHA-256 of the stored text of every document the shipped model learned from."""
    return frozenset(resources.files(__package__).joinpath(_HERE, LEARNED_FROM).read_text("utf-8").split())


def written_to(folder: Path, files: Mapping[str, str]) -> Sequence[Path]:
    """Write a model's files into a folder."""
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / name for name in files]
