"""HTML by selectolax (lexbor): the words of each block, never glued to those of the next."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from goldthread.documents import problems
from goldthread.documents.charset import declared_in, decoded
from goldthread.documents.flow import Flow
from goldthread.documents.limits import DEFAULT, Limits
from goldthread.documents.model import BlockKind, ParsedDocument
from goldthread.documents.pages import finish
from goldthread.documents.title import title_of

READER = "html 1"
_START = re.compile(rb"\s*+(?:<!--(?:(?!-->).)*+-->\s*+)*+<(?:!doctype\s+html|html|head|body)[\s>]", re.I | re.S)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


_SKIPPED = _names(
    "script style noscript template nav svg math iframe object embed canvas audio "
    "video select button head title "
    "dialog datalist textarea"
)
_BLOCKS = _names(
    "address article aside blockquote body center dd details div dl dt fieldset figure footer form header hgroup hr "
    "html main ol p pre section summary table tbody td tfoot th thead tr ul li caption figcaption legend"
)
_VOID = _names("area base br col embed hr img input link meta param source track wbr")
_CLOSE_THEMSELVES = _names("p li dt dd td th tr thead tbody tfoot option optgroup rb rt rp colgroup")
_KINDS = {
    "li": BlockKind.LIST_ITEM,
    "dt": BlockKind.LIST_ITEM,
    "dd": BlockKind.LIST_ITEM,
    "caption": BlockKind.CAPTION,
    "figcaption": BlockKind.CAPTION,
}
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/<>]*+)[^<>]*+>")
_SPACE = re.compile(r"[ \t\r\n\f]+")
_NUMBER = re.compile(r"\s*(?:\d{1,3}(?:\.\d{1,3})*[.)]?|\(?[a-zA-Z0-9]{1,4}[.)])")
_LAYOUT_CELL = 400


class HtmlReader:
    """The reader of HTML pages."""

    name = "html"
    version = READER

    def accepts(self, data: bytes) -> bool:
        head = data[:4096]
        for mark in (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"):
            head = head.removeprefix(mark)
        head = head.replace(b"\x00", b"")
        if head.lstrip().startswith(b"<?xml"):
            head = head.partition(b"?>")[2]
        return _START.match(head) is not None

    def read(self, data: bytes, limits: Limits = DEFAULT) -> ParsedDocument:
        """One page: headings, paragraphs, list items, captions and table rows in the order of the file."""
        if len(data) > limits.markup_size:
            what = f"it is {len(data) // 2**20} MB of HTML and the limit is {limits.markup_size // 2**20} MB"
            return problems.nothing(problems.too_large(what), format="html", reader=READER)
        text = decoded(data, declared=declared_in(data))
        if text is None:
            return problems.nothing(
                problems.corrupt("it starts as HTML but is not text"), format="html", reader=READER
            )
        tree = LexborHTMLParser(_shallow(text.replace("\x00", " "), limits.markup_depth))
        flow = Flow(limits.characters)
        root = tree.body or tree.root
        if root is not None:
            _Walk(flow).down(root)
        raw, pieces = flow.pages()
        if not any(page.text.strip() for page in raw):
            return problems.nothing(problems.no_text(1), format="html", reader=READER)
        head = tree.css_first("title")
        title = " ".join((head.text() if head else "")[:2000].split())
        title = title_of(title, raw, pieces) or title[:200]
        return finish("html", READER, title, raw, pieces, flow.problems())


def _shallow(text: str, deepest: int) -> str:
    """The same page with elements nested deeper than `deepest` opened no more: deep trees take a parser minutes."""
    if text.count("<") <= deepest:
        return text
    depth = 0

    def flattened(tag: re.Match[str]) -> str:
        nonlocal depth
        name = tag[2].lower()
        if name in _VOID or name in _CLOSE_THEMSELVES or tag[0].endswith("/>"):
            return tag[0]
        before = depth
        depth = max(0, depth - 1) if tag[1] else depth + 1
        return "<br>" if max(before, depth) > deepest else tag[0]

    return _TAG.sub(flattened, text)


class _Walk:
    """Down one tree, without recursion: a hostile page may still be deep."""

    def __init__(self, flow: Flow) -> None:
        self.flow = flow
        self.words: list[str] = []
        self.context: list[tuple[str, BlockKind, int]] = [("", BlockKind.PARAGRAPH, 0)]

    def down(self, root: LexborNode) -> None:
        """Visit every node below `root` in order."""
        stack: list[tuple[LexborNode, bool]] = [(root, False)]
        while stack:
            node, leaving = stack.pop()
            if leaving:
                self.leave(node.tag or "")
                continue
            if self.enter(node):
                stack.append((node, True))
                child = node.last_child
                while child is not None:
                    stack.append((child, False))
                    child = child.prev
        self.flush()

    def enter(self, node: LexborNode) -> bool:
        """Take in a node; whether its children are wanted."""
        if node.is_text_node:
            self.text(node.text_content or "")
            return False
        tag = node.tag or ""
        if not node.is_element_node or tag in _SKIPPED or _is_hidden(node):
            return False
        if tag == "br":
            self.words.append("\n\x00")
            return False
        if tag == "table" and _is_data_table(node):
            self.flush()
            caption = node.css_first("caption")
            if caption is not None:
                self.flow.block(BlockKind.CAPTION, _SPACE.sub(" ", caption.text(separator=" ")))
            self.flow.table(_rows(node))
            return False
        if tag in _HEADINGS:
            self.flush()
            self.context.append((tag, BlockKind.HEADING, _HEADINGS[tag]))
        elif tag in _BLOCKS:
            self.flush()
            kind = _KINDS.get(tag, BlockKind.PARAGRAPH)
            # A paragraph inside a list item or caption is still that.
            if tag in ("p", "div") and self.context[-1][0] in _KINDS:
                kind = self.context[-1][1]
                tag = self.context[-1][0]
            self.context.append((tag, kind, 0))
        return True

    def text(self, words: str) -> None:
        """Take in words; a paragraph's number in an element of its own stands apart from them, as on screen."""
        if words[:1].isupper() and _NUMBER.fullmatch("".join(self.words)):
            self.words.append(" ")
        self.words.append(words)

    def leave(self, tag: str) -> None:
        if tag in _HEADINGS or tag in _BLOCKS:
            self.flush()
            self.context.pop()

    def flush(self) -> None:
        if self.words:
            _, kind, level = self.context[-1]
            self.flow.block(kind, _plain("".join(self.words)), level)
            self.words.clear()


def _plain(text: str) -> str:
    """White space folded as a browser does; line breaks asked for are kept."""
    lines = (_SPACE.sub(" ", line).strip(" ") for line in text.split("\n\x00"))
    return "\n".join(line for line in lines if line)


def _is_hidden(node: LexborNode) -> bool:
    attributes = node.attributes
    if not attributes:
        return False
    style = (attributes.get("style") or "").replace(" ", "").lower()
    return "hidden" in attributes or "display:none" in style


def _is_data_table(node: LexborNode) -> bool:
    """Whether a table holds data: tables that hold headings, tables or long texts only lay out the page."""
    if node.css_first("h1, h2, h3, h4, h5, h6, td table, th table") is not None:
        return False
    cells = node.css("td, th")
    return sum(len(cell.text()) > _LAYOUT_CELL for cell in cells) * 2 <= len(cells)


def _rows(table: LexborNode) -> list[list[str]]:
    return [[_SPACE.sub(" ", cell.text(separator=" ")) for cell in row.css("td, th")] for row in table.css("tr")]
