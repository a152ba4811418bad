"""A visitor of a running workbench: a real server, a cookie, and forms sent as a browser sends them."""

from __future__ import annotations

import http.client
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

import uvicorn
from selectolax.lexbor import LexborHTMLParser

from goldthread.study.study import Study
from goldthread.web.app import build
from goldthread.web.serving import LOOPBACK, listen

Fields = Mapping[str, str] | Sequence[tuple[str, str]]


@dataclass
class Answer:
    """What came back: status, headers in lower case, and the page."""

    status: int
    headers: dict[str, str]
    text: str

    @property
    def page(self) -> LexborHTMLParser:
        return LexborHTMLParser(self.text)

    def words(self, selector: str) -> str:
        """The words of the first element a selector finds, single blanks between them."""
        found = self.page.css_first(selector)
        assert found is not None, f"nothing on the page is {selector}"
        return " ".join(found.text(separator=" ").split())

    def value(self, selector: str) -> str:
        found = self.page.css_first(selector)
        assert found is not None, f"nothing on the page is {selector}"
        return found.attributes.get("value") or ""


class Visitor:
    """Somebody with a browser. `links` are those the workbench printed."""

    def __init__(self, address: str, links: list[str]) -> None:
        self.address, self.links = address, links
        self.host = urlsplit(address).netloc
        self.cookie = ""

    def ask(self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None) -> Answer:
        connection = http.client.HTTPConnection(self.host, timeout=30)
        try:
            sent = {"Cookie": self.cookie} | dict(headers or {})
            connection.request(method, path, body or None, sent)
            answer = connection.getresponse()
            found = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, found, answer.read().decode("utf-8", "replace"))
        finally:
            connection.close()

    def get(self, path: str, **headers: str) -> Answer:
        return self.ask("GET", path, headers={key.replace("_", "-"): value for key, value in headers.items()})

    def post(self, path: str, fields: Fields, **headers: str) -> Answer:
        body = urlencode(list(fields.items()) if isinstance(fields, Mapping) else fields).encode()
        given = {"Content-Type": "application/x-www-form-urlencoded"}
        return self.ask("POST", path, body, given | {key.replace("_", "-"): value for key, value in headers.items()})

    def enter(self) -> Answer:
        """Open the newest link and keep the cookie."""
        answer = self.get(self.links[-1].removeprefix(self.address))
        self.cookie = answer.headers.get("set-cookie", "").split(";")[0]
        return answer

    def token(self) -> str:
        return self.get("/reviews/add").value("[name=form_token]")


@contextmanager
def served(study: Study) -> Iterator[Visitor]:
    """The workbench of a study, really served; the visitor has come in by the link."""
    ours = listen(0, 0)
    links: list[str] = []
    address = f"http://{LOOPBACK}:{ours.getsockname()[1]}"
    application, here = build(study, address, links.append)
    here.keeper.new_link()
    server = uvicorn.Server(uvicorn.Config(application, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [ours]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    visitor = Visitor(address, links)
    visitor.enter()
    try:
        yield visitor
    finally:
        server.should_exit = True
        thread.join(timeout=10)
        here.paper.close()
        ours.close()
