"""The codebook as it stands, in files a person reads: a spreadsheet, a page of text, and the file of a protocol."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from goldthread.analysis.codes import Uses
from goldthread.analysis.render import inert
from goldthread.protocol.codebook import Subtheme, Theme
from goldthread.protocol.model import Protocol
from goldthread.protocol.record import Record

COLUMNS = (
    *("theme", "subtheme", "label", "definition", "offered", "formerly", "actions"),
    *("passages", "reviews", "confirmed_passages", "confirmed_reviews"),
)


def as_csv(protocol: Protocol, uses: Uses) -> str:
    """One row a code, its theme before its sub-themes, with how much it is used."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for theme in protocol.codebook.themes:
        writer.writerow(_row(theme, "", theme, theme.actions, uses))
        for sub in theme.subthemes:
            writer.writerow(_row(theme, sub.id, sub, (), uses))
    return out.getvalue()


def _row(theme: Theme, sub: str, code: Theme | Subtheme, actions: tuple[str, ...], uses: Uses) -> list[object]:
    used = uses.of((theme.id, sub))
    offered = "no" if code.retired or theme.retired else "yes"
    own = [theme.id, sub, inert(code.label), inert(code.definition), offered]
    counts = [used.passages, used.reviews, used.confirmed, used.confirmed_reviews]
    return [*own, " ".join(code.formerly), " ".join(actions), *counts]


def as_markdown(protocol: Protocol, uses: Uses) -> str:
    """The codebook to read and to print: definitions, counts, and what became of former codes."""
    book = protocol.codebook
    lines = [f"# {book.title}", "", f"{protocol.title} ({protocol.id}), version {protocol.edition}.", ""]
    lines += ["Passages are suggested and confirmed ones; a review counts once for a code.", ""]
    for theme in book.themes:
        lines += [f"## {theme.label}", ""]
        lines += [f"`{theme.id}`. {_counts(uses, (theme.id, ''))}{_standing(theme)}", ""]
        lines += [theme.definition, ""] if theme.definition else []
        for sub in theme.subthemes:
            definition = f" {sub.definition}" if sub.definition else ""
            lines.append(
                f"- **{sub.label}** (`{sub.id}`).{definition} {_counts(uses, (theme.id, sub.id))}{_standing(sub)}"
            )
        lines += [""] if theme.subthemes else []
    axes = (
        ("Direction", book.directions),
        ("Why", book.explanations),
        ("Whose risk or voice", book.whose),
        ("Agencies", book.agencies),
    )
    for heading, values in axes:
        if values:
            lines += [f"## {heading}", ""]
            lines += [f"- **{value.label}** (`{value.id}`). {value.definition}".rstrip() for value in values]
            lines.append("")
    return "\n".join(lines)


def _counts(uses: Uses, place: tuple[str, str]) -> str:
    used = uses.of(place)
    if not used.passages:
        return "Not used."
    passages = f"{used.passages:,} {'passage' if used.passages == 1 else 'passages'}"
    return f"{passages} in {used.reviews:,} {'review' if used.reviews == 1 else 'reviews'}."


def _standing(code: Theme | Subtheme) -> str:
    told = " Retired: counted still, offered no more." if code.retired else ""
    return told + (f" Formerly also {', '.join(f'`{one}`' for one in code.formerly)}." if code.formerly else "")


def as_toml(protocol: Protocol, _: Uses) -> str:
    """The codebook as the `codebook.toml` of a protocol, from which another study can begin."""
    book = protocol.codebook
    lines = [f"# {protocol.title} ({protocol.id}), version {protocol.edition}", ""]
    lines += [f"{key} = {_text(getattr(book, key))}" for key in ("title", "actor", "vulnerabilities")]
    lines.append("")
    for key in ("directions", "explanations", "whose", "agencies", "audiences"):
        values: tuple[Record, ...] = getattr(book, key)
        listed = (_inline(value.model_dump(exclude_defaults=True)) for value in values)
        lines += [f"{key} = [", *(f"  {one}," for one in listed), "]", ""]
    for theme in book.themes:
        lines += ["[[themes]]", *_theme(theme), ""]
    return "\n".join(lines)


def _theme(theme: Theme) -> Iterator[str]:
    plain = theme.model_dump(exclude_defaults=True)
    for key, value in plain.items():
        if key in ("subthemes", "resources"):
            yield f"{key} = ["
            yield from (f"  {_inline(one)}," for one in value)
            yield "]"
        else:
            yield f"{key} = {_value(value)}"


def _inline(record: Mapping[str, Any]) -> str:
    return f"{{ {', '.join(f'{key} = {_value(value)}' for key, value in record.items())} }}"


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple | list):
        return f"[{', '.join(_value(one) for one in value)}]"
    return _text(str(value))


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


WRITERS: dict[str, Callable[[Protocol, Uses], str]] = {"csv": as_csv, "md": as_markdown, "toml": as_toml}
"""How a codebook is written as text, by the ending of the file."""
