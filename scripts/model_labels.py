"""The sentences the models learn from: the gold, and further labels kept in `models/` without their words."""

from __future__ import annotations

import csv
import difflib
import hashlib
import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from goldthread.anchors import DocumentText
from goldthread.assist.engine import ReadDocument, ReviewText
from goldthread.assist.learned.code_signs import Coded
from goldthread.assist.learned.engine import coded_of
from goldthread.assist.learned.training import Label, Labelled
from goldthread.assist.lexicon.engine import readings_of
from goldthread.coding.passages import passages
from goldthread.documents.read import read as parse
from goldthread.extraction.reading import Reading
from goldthread.protocol.load import load
from goldthread.protocol.model import Protocol
from goldthread.scoring.gold import GoldDocument, GoldSentence, parse_gold, with_words

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("GOLDTHREAD_SHARED") or ROOT / "../shared").resolve()
FURTHER = ROOT / "models"
PROTOCOL = "learning-reports"
TEXTS, INSPECTIONS = "texts", "inspections"
_WORD = re.compile(r"[a-z0-9]+")
_KINDS = {"pfd": "PFD", "iopc": "IOPC", "jtai": "JTAI"}
_PFD_PARTS = (
    ("INVESTIGATION AND INQUEST", "investigation"),
    ("CIRCUMSTANCES OF THE DEATH", "circumstances"),
    ("MATTERS OF CONCERN", "concerns"),
)


@dataclass(frozen=True)
class Taught:
    """One labelled document: a text or an inspection, its signs with their labels, and its gold if it has one."""

    name: str
    group: str
    source: str
    review: ReviewText
    labelled: Labelled
    gold: GoldDocument | None


def taught(shared: Path = SHARED) -> list[Taught]:
    """Every labelled document, the gold's first, always in the same order."""
    return [*gold(shared), *_further(shared, load(PROTOCOL))]


def gold(shared: Path = SHARED) -> list[Taught]:
    """The gold's documents: texts, then inspections."""
    protocol = load(PROTOCOL)
    return [*_gold_texts(shared, protocol), *_gold_inspections(shared, protocol)]


def _gold_texts(shared: Path, protocol: Protocol) -> Iterator[Taught]:
    folder = shared / "data/gold"
    for gold in parse_gold((folder / "labels.jsonl").read_text("utf-8"), "labels.jsonl"):
        data = (folder / "docs" / gold.file).read_bytes()
        review = review_of(data, gold.file, gold.source, gold.id)
        coded = _coded(review, protocol)
        reading = coded.view.reading
        known = with_words(gold, review.documents[0].text.text)
        yield _taught(review, coded, gold.source, _by_place(reading, known), known)


def _gold_inspections(shared: Path, protocol: Protocol) -> Iterator[Taught]:
    labels = shared / "data/gold/inspections/labels.jsonl"
    for gold in parse_gold(labels.read_text("utf-8"), "labels.jsonl"):
        review = review_of((shared / "data/pdfs" / gold.file).read_bytes(), gold.file, gold.source, gold.id)
        coded = _coded(review, protocol)
        reading = coded.view.reading
        yield _taught(review, coded, gold.source, _by_words(reading, gold), gold)


def _taught(
    review: ReviewText, coded: Coded, source: str, labels: Mapping[int, Label], gold: GoldDocument | None
) -> Taught:
    group = INSPECTIONS if source == "jtai" else TEXTS
    return Taught(review.review_id, group, source, review, Labelled.of(coded, labels), gold)


def _coded(review: ReviewText, protocol: Protocol) -> Coded:
    reading = readings_of(review, protocol)[0]
    return coded_of(reading, passages(reading, protocol.lexicon), protocol.lexicon)


def review_of(data: bytes, file_name: str, source: str, name: str) -> ReviewText:
    """A review of one file, read as `add` reads it."""
    parsed = parse(data, file_name)
    text = DocumentText(name, "0" * 64, 1, tuple(page.text for page in parsed.pages))
    document = ReadDocument(text, file_name, parsed.format, parsed.title, parsed.pages)
    return ReviewText(name, parsed.title, (_KINDS[source],), "", source, (document,))


def _label(told: GoldSentence | None) -> Label:
    if told is None:
        return Label("none", asks=False)

    def code(axis: str) -> str | None:
        value = told.codes.get(axis)
        return None if value in (None, "disputed") else value

    return Label(
        None if told.police == "disputed" else told.police,
        None if told.asks == "disputed" else bool(told.asks),
        *(code(axis) if told.police == "judged" else None for axis in ("direction", "theme", "explanation")),
    )


def _by_place(reading: Reading, gold: GoldDocument) -> dict[int, Label]:
    """The label of the gold sentence that shares most of each of ours."""
    made = {}
    for said in reading.said:
        shared = [
            (min(said.end, each.end or 0) - max(said.start, each.start or 0), -at)
            for at, each in enumerate(gold.sentences)
        ]
        most, at = max(shared, default=(0, 0))
        made[said.place] = _label(gold.sentences[-at] if most > 0 else None)
    return made


def _by_words(reading: Reading, gold: GoldDocument) -> dict[int, Label]:
    """The label of the gold sentence that holds most of the words of each of ours, both read in order."""
    theirs = [(word, at) for at, each in enumerate(gold.sentences) for word in words(each.text)]
    ours = [(word, said.place) for said in reading.said for word in words(reading.text_of(said))]
    matcher = difflib.SequenceMatcher(None, [word for word, _ in theirs], [word for word, _ in ours], autojunk=False)
    votes: dict[int, Counter[int]] = {}
    for mine, its, size in matcher.get_matching_blocks():
        for step in range(size):
            votes.setdefault(ours[its + step][1], Counter())[theirs[mine + step][1]] += 1
    made = {}
    for said in reading.said:
        at, most = next(iter(votes.get(said.place, Counter()).most_common(1)), (0, 0))
        held = 2 * most >= len(words(reading.text_of(said))) > 0
        made[said.place] = _label(gold.sentences[at] if held else None)
    return made


def words(text: str) -> list[str]:
    """The words of a text without what line ends do to them."""
    return _WORD.findall(re.sub("\u00ad\\s*", "", text.lower()))


def key_of(text: str) -> str:
    """What a sentence is known by in the further labels: a fingerprint of its words."""
    return hashlib.sha256(" ".join(words(text)).encode()).hexdigest()[:12]


def fingerprint(data: bytes) -> str:
    """What a document is known by in the further labels."""
    return hashlib.sha256(data).hexdigest()[:16]


def _further(shared: Path, protocol: Protocol) -> Iterator[Taught]:
    labels: dict[str, dict[str, Label]] = {}
    for row in _rows(FURTHER / "further_labels.csv"):
        labels.setdefault(row["document"], {})[row["sentence"]] = Label(
            row["police"] if row["police"] != "unsure" else None,
            {"yes": True, "no": False}.get(row["asks"]),
            *(row[axis] or None for axis in ("direction", "theme", "explanation")),
        )
    sources = dict(_published(shared))
    for row in _rows(FURTHER / "further_documents.csv"):
        data, file_name = sources[row["document"]]
        review = review_of(data, file_name, row["source"], row["document"])
        coded = _coded(review, protocol)
        reading = coded.view.reading
        rest = Label("none" if row["police"] == "yes" else None, False if row["asks"] == "yes" else None)
        told = labels.get(row["document"], {})
        by_place = {said.place: told.get(key_of(reading.text_of(said)), rest) for said in reading.said}
        yield _taught(review, coded, row["source"], by_place, None)


def _published(shared: Path) -> Iterator[tuple[str, tuple[bytes, str]]]:
    """Every text and inspection further labels can be about, by its fingerprint."""
    for text in (*register_texts(shared, "iopc"), *register_texts(shared, "pfd")):
        yield fingerprint(text.encode()), (text.encode(), "report.txt")
    for file in sorted((shared / "data/pdfs").glob("jtai__*.pdf")):
        yield fingerprint(file.read_bytes()), (file.read_bytes(), file.name)


def register_texts(shared: Path, source: str) -> Iterator[str]:
    """The texts of a register, laid out as the gold's are."""
    csv.field_size_limit(10**9)
    if source == "iopc":
        for row in _rows(shared / "data/iopc/iopc_cases.csv"):
            text = f"{row['heading']}\nPublished: {row['date']}\n\n{row['content']}\n"
            asked = row["recommendation"]
            yield text + (f"\nIOPC RECOMMENDATION\n{asked}\n" if asked else "")
        return
    for row in _rows(shared / "data/pfd/pfd_reports.csv"):
        text = (
            f"REGULATION 28 REPORT TO PREVENT FUTURE DEATHS\n\nDate of report: {row['date']}\n"
            f"Coroner: {row['coroner']}\nCoroner area: {row['area']}\n"
            f"This report is being sent to: {row['receiver']}\n"
        )
        yield text + "".join(f"\n{head}\n{row[part]}\n" for head, part in _PFD_PARTS if row[part].strip())


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
