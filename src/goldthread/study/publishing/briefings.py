"""The kinds of briefing a study has: those shipped, and its own in `protocol/briefings`."""

from __future__ import annotations

from pathlib import Path

from goldthread.briefing.build import template_of
from goldthread.briefing.sections.builders import BUILDERS
from goldthread.briefing.words.template_files import OWN, Kinds, shipped, source, templates
from goldthread.briefing.words.wording import sentences
from goldthread.errors import UsageError
from goldthread.study.folder import PROTOCOL, Held, write_whole


def kinds(held: Held) -> Kinds:
    """Every kind by name; one whose file does not hold together fails when it is asked for, and no other."""
    return templates(held.protocol, own_folder(held), BUILDERS)


def offered(folder: Path) -> tuple[str, ...]:
    """The names of the kinds a study in a folder has, without opening it."""
    own = sorted(path.stem for path in (folder / PROTOCOL / OWN).glob("*.toml"))
    return tuple(dict.fromkeys((*shipped(), *own)))


def own_folder(held: Held) -> Path:
    """Where a study's own kinds are written."""
    return held.folder / PROTOCOL / OWN


def write_template(held: Held, kind: str, out: Path | None) -> Path:
    """Write a kind out for editing, into the study unless a file is named. Raises UsageError where it is there."""
    template_of(kind, kinds(held))
    target = out or own_folder(held) / f"{kind}.toml"
    if target.exists():
        raise UsageError("there is an outline already", where=str(target), mend="edit it, or move it away first")
    write_whole(target, editable(kind).encode("utf-8"))
    return target


def editable(kind: str) -> str:
    """The shipped file of a kind, followed by every sentence it could word anew, as comments."""
    told = source(kind).rstrip()
    lines = [f"# {_quoted(key)} = {_quoted(words)}" for key, words in sentences().items()]
    head = "# Every sentence may have other words: take the mark from [wording] and from the sentences you change."
    return "\n".join([told, "", head, "# [wording]", *lines]) + "\n"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
