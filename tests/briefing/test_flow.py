from __future__ import annotations

from lxml import etree

from goldthread.briefing.flow import Station, alternative, diagram

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


def test_numbers_of_a_box_stand_in_its_lines() -> None:
    lines = BOXES[2].lines()
    assert lines[0] == "Left out, by main reason (n = 24)"
    assert lines[1:] == ("Out of date: 4", "No police involvement: 20")


def test_a_study_with_nothing_has_a_diagram_of_two_boxes() -> None:
    boxes = (Station("Reviews registered", 0, (), False), Station("Reviews included", 0, (), False))
    assert diagram(boxes, "flow").startswith("<svg")
