"""Fictional reports as documents, read by our own reader, for questions and replies to be made about."""

from __future__ import annotations

from goldthread.anchors import DocumentText
from goldthread.assist.engine import ReadDocument, ReviewText
from goldthread.assist.llm.prompting import Asked
from goldthread.assist.llm.question import Question, Veil, as_is, questions
from goldthread.assist.llm.settings import Settings
from goldthread.documents.read import read as read_bytes
from goldthread.protocol.load import load

PROTOCOL = load("learning-reports")
SETTINGS = Settings("http://127.0.0.1:9/v1", "scripted", context=16_384)
TEXT = """Fictional report on the death of Mr Ashdown

Circumstances

Mr Ashdown, aged 43, died on 12 May 2017 at his home in Northmoor.
Officers of Northmoor Police attended on 3 April 2017 after a neighbour called.
The officers did not complete a risk assessment and this was a missed opportu\u00ad
nity to see the dan\u00ad
ger he was in. The multi-
agency meeting was not told. The officers left. The officers left.

Concerns

The force should review how calls of this kind are graded.
"""


def document(text: str = TEXT, name: str = "report.txt") -> ReadDocument:
    """The text as the reader of plain text stores it."""
    read = read_bytes(text.encode("utf-8"), name)
    stored = DocumentText("D00001", "a" * 64, 1, tuple(page.text for page in read.pages))
    return ReadDocument(stored, name, read.format, read.title, read.pages)


def review(*documents: ReadDocument) -> ReviewText:
    return ReviewText("R00001", "A fictional report", ("PFD",), "2018-01-01", "judiciary", documents or (document(),))


def question(asked: Asked, text: str = TEXT, veil: Veil = as_is) -> Question:
    """The one question of that sort about a short text."""
    put = questions(review(document(text)), PROTOCOL, SETTINGS, veil)
    (found,) = [each for each in put if each.asked is asked]
    return found


def prompt(put: Question) -> str:
    """All the words a model is sent."""
    said = put.body["messages"]
    assert isinstance(said, list)
    return "\n".join(str(each["content"]) for each in said)
