"""A real HTTP server on this machine that speaks like a language model's, well or badly, as a test scripts it."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True)
class Said:
    """One HTTP reply. `wait` seconds before it, `drip` seconds between its bytes; `hang_up` closes instead."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    content_type: str = "application/json"
    wait: float = 0.0
    drip: float = 0.0
    hang_up: bool = False
    promised: int | None = None


def completion(content: object, finish: str = "stop", usage: Mapping[str, int] | None = None) -> Said:
    """A chat completion whose message says this; a value that is no text goes as JSON."""
    words = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
    whole = {
        "id": "x",
        "object": "chat.completion",
        "model": "scripted",
        "choices": [{"index": 0, "finish_reason": finish, "message": {"role": "assistant", "content": words}}],
        "usage": dict(usage or {"prompt_tokens": 1000, "completion_tokens": 50}),
    }
    return Said(json.dumps(whole, ensure_ascii=False).encode())


Script = Callable[[dict[str, object], int], Said]
"""Takes the request's body and its number, from 1."""


class ModelServer(ThreadingHTTPServer):
    """Answers as `script` says and remembers what it was sent."""

    daemon_threads = True

    def __init__(self, script: Script) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.script = script
        self.bodies: list[dict[str, object]] = []
        self.headers: list[dict[str, str]] = []
        self.paths: list[str] = []
        self._lock = threading.Lock()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"

    def heard(self, path: str, headers: dict[str, str], body: dict[str, object]) -> Said:
        with self._lock:
            self.paths.append(path)
            self.headers.append(headers)
            self.bodies.append(body)
            number = len(self.bodies)
        return self.script(body, number)

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that went away is part of the game."""


class _Handler(BaseHTTPRequestHandler):
    server: ModelServer
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        said = self.server.heard(self.path, dict(self.headers.items()), body)
        time.sleep(said.wait)
        if said.hang_up:
            self.close_connection = True
            self.connection.close()
            return
        self.send_response(said.status)
        self.send_header("Content-Type", said.content_type)
        self.send_header("Content-Length", str(len(said.body) if said.promised is None else said.promised))
        for name, value in said.headers.items():
            self.send_header(name, value)
        self.end_headers()
        if not said.drip:
            self.wfile.write(said.body)
        else:
            for n in range(len(said.body)):
                self.wfile.write(said.body[n : n + 1])
                self.wfile.flush()
                time.sleep(said.drip)
        if said.promised is not None:
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing on the terminal."""


@contextmanager
def serving(script: Script) -> Iterator[ModelServer]:
    """The server, running on a free port of this machine."""
    server = ModelServer(script)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
