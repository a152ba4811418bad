"""The claims of a briefing as data that travels inside it, so that anyone can ask later whether they still hold."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from html import unescape
from typing import Any

from goldthread.anchors import Anchor
from goldthread.briefing.blocks import Briefing
from goldthread.briefing.options import USUAL, Options
from goldthread.errors import UnreadableInput
from goldthread.protocol.model import Condition

META = "goldthread-claims"
PART = "goldthread/claims.json"
ATTACHED = "goldthread-claims.json"
"""The name under which the claims are attached to a PDF."""
_META = re.compile(rf'<meta name="{META}" content="([A-Za-z0-9+/=]*)">')
_FILE = re.compile(rb"/Type\s*/EmbeddedFile\b(?:(?!endobj)[\s\S]){0,2000}?\bstream\r?\n")
_BEGINS = b'{"study":'
_NOUN = re.compile(r"\b(review|passage|recommendation|publication|case)s?\b")
_LARGEST = 64_000_000
_STEM = re.compile(r":\s*[^:]*$")
_AGAIN = "make the briefing anew and keep that file as it was written"


@dataclass(frozen=True, slots=True)
class Claim:
    """One entry of the evidence index: its words, the reviews counted, and a digest of the passages relied on."""

    key: str
    text: str
    reviews: tuple[str, ...]
    passages: int
    digest: str

    @property
    def stem(self) -> str:
        """What is claimed, without the number."""
        return _STEM.sub("", self.text)

    @property
    def noun(self) -> str:
        """What the number counts where it says so: "review", "passage", "recommendation"; else ""."""
        found = _NOUN.search(self.text[len(self.stem) :])
        return found[1] if found else ""


@dataclass(frozen=True, slots=True)
class ClaimLedger:
    """Every claim of one briefing, and the question it answers: kind, basis, rounds, filter, options, state."""

    study: str
    kind: str
    basis: str
    rounds: tuple[str, ...]
    where: tuple[Condition, ...]
    state: str
    claims: tuple[Claim, ...]
    options: Options = USUAL


class Change(StrEnum):
    """In what way a claim no longer holds, the gravest first."""

    NUMBER = "number"
    GONE = "gone"
    EVIDENCE = "evidence"


@dataclass(frozen=True, slots=True)
class Stale:
    """A claim that no longer holds: as it was made, and as it would be made now, or None where it would not be."""

    was: Claim
    now: Claim | None

    @property
    def change(self) -> Change:
        """Another number is given, none is given, or the same number rests on other reviews or passages."""
        if self.now is None:
            return Change.GONE
        return Change.EVIDENCE if self.now.text == self.was.text else Change.NUMBER


def ledger_of(briefing: Briefing) -> ClaimLedger:
    """The claims of a briefing."""
    return ClaimLedger(
        study=briefing.study,
        kind=briefing.kind,
        basis=briefing.basis.value,
        rounds=briefing.rounds,
        where=briefing.where,
        state=briefing.state,
        claims=tuple(Claim(e.key, e.claim, e.reviews, len(e.anchors), digest(e.anchors)) for e in briefing.evidence),
        options=briefing.options,
    )


def digest(anchors: Iterable[Anchor]) -> str:
    """SHA-256, cut to 16 hex digits, over places and words of the passages, whatever their order."""
    places = sorted(f"{a.sha256} {a.start} {a.end} {a.quote}" for a in anchors)
    return hashlib.sha256("\n".join(places).encode()).hexdigest()[:16]


def stale(then: ClaimLedger, now: ClaimLedger) -> tuple[Stale, ...]:
    """The claims of a briefing that the same question, asked now, does not answer alike, in their order.

    A claim is set beside the one that says the same of the same unit, which is set beside no other.
    """
    same = {(claim.text, claim.reviews, claim.digest) for claim in now.claims}
    before = {(claim.text, claim.reviews, claim.digest) for claim in then.claims}
    others: dict[tuple[str, str], list[Claim]] = {}
    for claim in now.claims:
        if (claim.text, claim.reviews, claim.digest) not in before:
            others.setdefault((claim.stem, claim.noun), []).append(claim)
    found = []
    for claim in then.claims:
        if (claim.text, claim.reviews, claim.digest) not in same:
            beside = others.get((claim.stem, claim.noun), [])
            found.append(Stale(claim, beside.pop(0) if beside else None))
    return tuple(found)


def to_json(ledger: ClaimLedger) -> bytes:
    """The ledger as JSON, the same bytes for the same ledger."""
    plain = {
        "study": ledger.study,
        "kind": ledger.kind,
        "basis": ledger.basis,
        "rounds": ledger.rounds,
        "where": [condition.model_dump(mode="json", exclude_none=True) for condition in ledger.where],
        **({"options": options} if (options := ledger.options.plain()) else {}),
        "state": ledger.state,
        "claims": [[c.key, c.text, c.reviews, c.passages, c.digest] for c in ledger.claims],
    }
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def packed(ledger: ClaimLedger) -> str:
    """The ledger small enough to stand in the head of a web page."""
    return base64.b64encode(zlib.compress(to_json(ledger), 9)).decode("ascii")


def read(data: bytes, name: str) -> ClaimLedger:
    """The ledger inside a briefing's file. Raises UnreadableInput where there is none."""
    if data.startswith(b"PK"):
        found = _from_word(data, name)
    elif data.startswith(b"%PDF"):
        found = _from_pdf(data)
    else:
        found = _from_page(data)
    if found is None:
        mend = "name a briefing that Goldthread wrote, as .html, .docx or .pdf"
        raise UnreadableInput("it holds no claims of a briefing", where=name, mend=mend)
    return _parsed(found, name)


def _from_page(data: bytes) -> bytes | None:
    match = _META.search(data.decode("utf-8", errors="replace"))
    if match is None:
        return None
    unpacker = zlib.decompressobj()
    try:
        return unpacker.decompress(base64.b64decode(unescape(match[1])), _LARGEST)
    except (zlib.error, ValueError):
        return b""


def _from_pdf(data: bytes) -> bytes | None:
    """The attachment, found without reading pages: a stream that says it is a file and begins as a ledger does."""
    for file in _FILE.finditer(data):
        try:
            found = zlib.decompressobj().decompress(data[file.end() :], _LARGEST)
        except zlib.error:
            continue
        if found.startswith(_BEGINS):
            return found
    return None


def _from_word(data: bytes, name: str) -> bytes | None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if PART not in package.namelist():
                return None
            with package.open(PART) as part:
                return part.read(_LARGEST)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError) as fault:
        raise UnreadableInput(f"the Word file is damaged: {fault}", where=name, mend=_AGAIN) from fault


def _parsed(data: bytes, name: str) -> ClaimLedger:
    try:
        plain: dict[str, Any] = json.loads(data)
        return ClaimLedger(
            study=str(plain["study"]),
            kind=str(plain["kind"]),
            basis=str(plain["basis"]),
            rounds=tuple(map(str, plain["rounds"])),
            where=tuple(Condition.model_validate(each) for each in plain["where"]),
            state=str(plain["state"]),
            claims=tuple(
                Claim(str(key), str(text), tuple(map(str, reviews)), int(passages), str(mark))
                for key, text, reviews, passages, mark in plain["claims"]
            ),
            options=Options.of(plain.get("options", {})),
        )
    except (ValueError, KeyError, TypeError) as fault:
        raise UnreadableInput("the claims it holds cannot be read", where=name, mend=_AGAIN) from fault
