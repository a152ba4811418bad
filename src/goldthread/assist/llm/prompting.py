"""What a model is told about a protocol, in the words of the versioned prompts."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from string import Template

from goldthread.assist.llm.schema import Schema, asked_fields, case_schema, permitted, practice_schema
from goldthread.protocol.model import FieldDefinition, Protocol
from goldthread.protocol.record import Value
from goldthread.values import Unit

DATA = Path(__file__).parent / "data"
PROMPTS = "prompts-1.toml"
_FENCE_LETTERS = 16


class Asked(StrEnum):
    """What one question is about. Each is asked of every window."""

    CASE = "case"
    PRACTICE = "practice"


@dataclass(frozen=True)
class Prompts:
    """The wording of one version, placeholders still open."""

    version: str
    system: str
    tasks: dict[Asked, str]
    report: str
    again: str
    kinds: dict[str, str]


@dataclass(frozen=True)
class Task:
    """One of the two things a model is asked to do under one protocol."""

    asked: Asked
    text: str
    schema: Schema


@cache
def prompts() -> Prompts:
    """The prompts this version of Goldthread uses."""
    read = tomllib.loads((DATA / PROMPTS).read_text(encoding="utf-8"))
    return Prompts(
        version=read["version"],
        system=read["system"].strip(),
        tasks={asked: read[asked.value].strip() for asked in Asked},
        report=read["report"].strip(),
        again=read["again"].strip(),
        kinds=read["kinds"],
    )


@cache
def machine_patterns() -> tuple[re.Pattern[str], ...]:
    """Wording that speaks to a model rather than to a reader."""
    read = tomllib.loads((DATA / "machines.toml").read_text(encoding="utf-8"))
    return tuple(re.compile(each, re.IGNORECASE) for each in read["patterns"])


@cache
def name_words() -> tuple[frozenset[str], frozenset[str]]:
    """Words a name follows, and words with a capital that are no names."""
    read = tomllib.loads((DATA / "names.toml").read_text(encoding="utf-8"))
    return frozenset(read["titles"]), frozenset(read["ordinary"])


def tasks(protocol: Protocol) -> tuple[Task, ...]:
    """What is asked of every window under a protocol."""
    book, asks = protocol.codebook, protocol.recommendations
    subject = next(
        (f"as in “{field.label}”" for field in protocol.fields if field.unit is Unit.SUBJECT), "the subject"
    )
    filled = {
        Asked.CASE: {
            "subject": subject,
            "fields": "\n".join(_field(field) for field in asked_fields(protocol)),
        },
        Asked.PRACTICE: {
            "actor": book.actor,
            "directions": _listed(book.directions),
            "themes": "\n".join(
                _line(theme.id, theme.label, theme.definition)
                + "".join(f"\n  {_line(below.id, below.label, below.definition)}" for below in theme.subthemes)
                for theme in book.offered
            ),
            "explanations": _listed(book.explanations),
            "whose": _listed(book.whose) or "(none)",
            "addressees": _listed(asks.addressees),
            "scopes": _listed(asks.scopes),
        },
    }
    schemas = {Asked.CASE: case_schema(protocol), Asked.PRACTICE: practice_schema(protocol)}
    wording = prompts().tasks
    return tuple(Task(asked, Template(wording[asked]).substitute(filled[asked]), schemas[asked]) for asked in Asked)


def messages(task: Task, text: str) -> list[dict[str, str]]:
    """The conversation that puts one task about one stretch of a report."""
    wording = prompts()
    fence = f"REPORT-{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()[:_FENCE_LETTERS]}"
    report = Template(wording.report).substitute(fence=fence, text=text)
    return [
        {"role": "system", "content": Template(wording.system).substitute(fence=fence)},
        {"role": "user", "content": f"{task.text}\n\n{report}\n\n{wording.again}"},
    ]


def _field(field: FieldDefinition) -> str:
    whose = {Unit.REVIEW: "report", Unit.SUBJECT: "person", Unit.SUSPECT: "suspect"}[field.unit]
    several = ", several values allowed, one entry each" if field.multiple else ""
    about = f": {field.definition}" if field.definition else ""
    asked = prompts().kinds[field.kind.value]
    values = "".join(
        f"\n  {_line(each.id, each.label, each.definition)}" for each in field.values if permitted(field)
    )
    return f"- {field.id} [{whose}; {asked}{several}] {field.label}{about}{values}"


def _listed(values: Iterable[Value]) -> str:
    return "\n".join(_line(each.id, each.label, each.definition) for each in values)


def _line(key: str, label: str, definition: str) -> str:
    return f"- {key}: {label}" + (f" — {definition}" if definition else "")
