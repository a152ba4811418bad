from __future__ import annotations

from dataclasses import replace

import pytest
from lxml import etree

from goldthread.briefing.figures.flow import Station, alternative, diagram, stations
from goldthread.briefing.scope import Scope
from goldthread.protocol.model import Protocol
from goldthread.values import Basis
from tests.briefing import example

BOXES = (
    Station("Reviews registered", 36, (("NSPCC repository", 2), ("A place with <b>tags</b> & $maths$", 34)), False),
    Station("Duplicates", 1, (), True),
    Station("Left out, by main reason", 24, (("Out of date", 4), ("No police involvement", 20)), True),
    Station("Reviews included", 11, (("SCR", 11),), False),
)


def test_the_alternative_says_all_the_boxes_say() -> None:
    said = alternative(BOXES)
    assert said.startswith("Flow diagram. Reviews registered: 36 (NSPCC repository: 2; A place with <b>tags</b>")
    assert "Left out, by main reason: 24 (Out of date: 4; No police involvement: 20)" in said
    assert said.endswith("Reviews included: 11 (SCR: 11).")


def test_the_diagram_is_a_repeatable_drawing() -> None:
    first = diagram(BOXES, "flow")
    assert first == diagram(BOXES, "flow")
    root = etree.fromstring(first)
    assert not [node for node in root.iter() if isinstance(node.tag, str) and node.tag.endswith(("text", "script"))]


def test_every_line_of_a_box_fits_it() -> None:
    long = Station(
        "A heading that runs on and on for far longer than a box is wide", 1234, (("word " * 30, 7),), True
    )
    assert all(len(line) <= 44 for line in long.lines())
    assert " ".join(long.lines()).count("word") == 30


def _sources(protocol: Protocol, sources: list[str]) -> Station:
    whole = example.study(len(sources))
    reviews = tuple(replace(r, source=source) for r, source in zip(whole.reviews, sources, strict=True))
    briefed = replace(whole, reviews=reviews)
    scope = Scope(protocol, briefed, Basis.DRAFT, reviews, (), "", lambda _: pytest.fail("no table is needed"))
    return stations(scope)[0]


def test_sources_are_named_until_they_are_too_many(protocol: Protocol) -> None:
    few = _sources(protocol, ["nspcc", "nspcc", "scie", ""])
    assert [number for _, number in few.parts] == [2, 1, 1]
    assert ("Source not recorded", 1) in few.parts
    many = _sources(protocol, [f"Board {n}" for n in range(30)])
    assert len(many.parts) == 10
    assert many.parts[-1] == ("21 other sources", 21)
    assert sum(number for _, number in many.parts) == 30


def test_where_no_source_is_recorded_the_box_says_nothing_of_sources(protocol: Protocol) -> None:
    assert _sources(protocol, ["", "", ""]).parts == ()


def test_numbers_of_a_box_stand_in_its_lines() -> None:
    lines = BOXES[2].lines()
    assert lines[0] == "Left out, by main reason (n = 24)"
    assert lines[1:] == ("Out of date: 4", "No police involvement: 20")


def test_a_study_with_nothing_has_a_diagram_of_two_boxes() -> None:
    boxes = (Station("Reviews registered", 0, (), False), Station("Reviews included", 0, (), False))
    assert diagram(boxes, "flow").startswith("<svg")
