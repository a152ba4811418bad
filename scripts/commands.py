"""The command line as a tree to read: what each command takes, and whether a written line could be typed."""

from __future__ import annotations

import inspect
import re
import shlex
from dataclasses import dataclass
from enum import Enum
from types import UnionType
from typing import Literal, Union, get_args, get_origin

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption
from typer.main import get_command

PROGRAM = "goldthread"
EXAMPLE = re.compile(rf"^\s*(?:\$ )?({PROGRAM} .*)$", re.MULTILINE)
STOPS = {"|", "||", "&&", ";", ">", ">>", "<", "&", "2>", "2>>", "#"}


@dataclass(frozen=True)
class Found:
    """One command: the words that call it, and what it is. A group has commands below it."""

    words: tuple[str, ...]
    command: TyperCommand | TyperGroup

    @property
    def context(self) -> typer.Context:
        """A context in which the command's own help can be written."""
        return typer.Context(self.command, info_name=" ".join(self.words))

    @property
    def help(self) -> str:
        """All the command says of itself, epilog included."""
        texts = (self.command.help, self.command.epilog)
        whole = "\n\n".join(inspect.cleandoc(text) for text in texts if text)
        return re.sub(r"^\x08\n", "", whole, flags=re.MULTILINE)

    @property
    def examples(self) -> list[str]:
        """The example lines in its help."""
        return [line.strip() for line in EXAMPLE.findall(self.help)]


def tree(app: typer.Typer) -> list[Found]:
    """Every command of the program, the program itself first, in the order its help lists them."""
    found: list[Found] = []
    waiting: list[tuple[tuple[str, ...], object]] = [((PROGRAM,), get_command(app))]
    while waiting:
        words, command = waiting.pop(0)
        if not isinstance(command, TyperCommand | TyperGroup) or command.hidden:
            continue
        found.append(Found(words, command))
        if isinstance(command, TyperGroup):
            waiting[:0] = [((*words, name), below) for name, below in command.commands.items()]
    return found


def fault(app: typer.Typer, line: str) -> str:
    """Why a written line cannot be typed; empty when it can. Nothing is run, and no path need exist."""
    words = spoken(line)
    known = {found.words: found for found in tree(app)}
    at = 1
    while words[: at + 1] in known and at < len(words):
        at += 1
    found = known[words[:at]]
    if isinstance(found.command, TyperGroup) and not set(words[at:]) <= {"--help", "--version"}:
        return f"there is no command {' '.join(words[: at + 1])}"
    return _argument_fault(found, list(words[at:]))


def spoken(line: str) -> tuple[str, ...]:
    """The words of one command line, up to a pipe or redirection."""
    words = shlex.split(line, comments=True)
    end = next((at for at, word in enumerate(words) if word in STOPS), len(words))
    return tuple(words[:end])


def _argument_fault(found: Found, words: list[str]) -> str:
    context = found.context
    try:
        given, left, _ = found.command.make_parser(context).parse_args(args=words)
    except Exception as error:  # noqa: BLE001 - the parser's errors are not public; each one is the answer sought
        return f"{' '.join(found.words)}: {getattr(error, 'message', error)}"
    if given.get("help"):
        return ""
    if left:
        return f"{' '.join(found.words)}: takes no {left[0]!r}"
    for part in found.command.get_params(context):
        if part.required and given.get(part.name) in (None, (), []):
            return f"{' '.join(found.words)}: needs {part.opts[0]}"
        if message := _value_fault(part, given.get(part.name)):
            return f"{' '.join(found.words)}: {message}"
    return ""


def _value_fault(part: object, value: object) -> str:
    """A choice that does not exist or a number that is none; paths and texts are not judged."""
    annotation = getattr(getattr(part, "type_descriptor", None), "annotation", None)
    if not isinstance(value, str) or annotation is None:
        return ""
    allowed = choices(annotation)
    if allowed and value not in allowed:
        return f"{value!r} is none of {', '.join(allowed)}"
    if {int, float} & {annotation, *get_args(annotation)} and not re.fullmatch(r"-?\d+(\.\d+)?", value):
        return f"{value!r} is not a number"
    return ""


def choices(annotation: object) -> list[str]:
    """The values an annotation allows, where it names them: an Enum, a Literal, or either of them or None."""
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return [str(member.value) for member in annotation]
    if get_origin(annotation) is Literal:
        return [str(value) for value in get_args(annotation)]
    if get_origin(annotation) in (Union, UnionType):
        return [value for below in get_args(annotation) for value in choices(below)]
    return []


def is_argument(part: object) -> bool:
    """Whether a parameter is given by its place."""
    return isinstance(part, TyperArgument)


def is_option(part: object) -> bool:
    """Whether a parameter is given by its name."""
    return isinstance(part, TyperOption)
