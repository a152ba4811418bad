"""Who may come in: one link, used once, then a cookie; and only by this machine's own name."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable
from threading import Lock

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; frame-src 'self'; frame-ancestors 'none'; base-uri 'none'"
)
_HEADERS = {
    "content-security-policy": CONTENT_POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}
_OPEN_TO_ALL = ("/static/",)


class Doorkeeper:
    """Gives out links that open the workbench once, and knows who came in by one.

    `told` is called with each new link: at the start, and again whenever the last one has been used.
    """

    def __init__(self, address: str, told: Callable[[str], None]) -> None:
        self._address, self._told = address, told
        self._secret = secrets.token_bytes(32)
        self._token = ""
        self._sessions: set[str] = set()
        self._lock = Lock()
        self.cookie = f"goldthread_{address.rsplit(':', 1)[-1]}"

    def new_link(self) -> str:
        """A fresh link; the one before opens nothing any more."""
        with self._lock:
            self._token = secrets.token_urlsafe(32)
            link = f"{self._address}/open?token={self._token}"
        self._told(link)
        return link

    def admit(self, token: str) -> str | None:
        """A session for the one who brings the unused token; None for anybody else."""
        with self._lock:
            if not self._token or not hmac.compare_digest(token.encode(), self._token.encode()):
                return None
            self._token = ""
            session = secrets.token_urlsafe(32)
            self._sessions.add(session)
        self.new_link()
        return session

    def knows(self, session: str) -> bool:
        """Whether somebody came in under this session."""
        return session in self._sessions

    def form_token(self, session: str) -> str:
        """What every form of a session must send back, so that no other page can post in its name."""
        return hmac.new(self._secret, session.encode(), hashlib.sha256).hexdigest()

    def may_post(self, session: str, token: str) -> bool:
        """Whether a form carries the token of its session."""
        return hmac.compare_digest(self.form_token(session).encode(), token.encode())


def open_with_link(keeper: Doorkeeper, refused: Callable[[Request], Response]) -> Callable[[Request], Response]:
    """The address the link leads to: sets the cookie and goes to where the work stands."""

    def opened(request: Request) -> Response:
        session = keeper.admit(request.query_params.get("token", ""))
        if session is None:
            return refused(request)
        answer = RedirectResponse("/", 303)
        answer.set_cookie(keeper.cookie, session, httponly=True, samesite="strict", path="/")
        return answer

    return opened


class Guard:
    """Around everything: refuses other hosts and strangers, and sends the headers that keep pages to themselves."""

    def __init__(
        self, app: ASGIApp, keeper: Doorkeeper, hosts: frozenset[str], refused: Callable[[Request], Response]
    ) -> None:
        self._app, self._keeper, self._hosts, self._refused = app, keeper, hosts, refused

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        guarded = _with_headers(send)
        refusal = self._refusal(scope)
        if refusal is not None:
            await refusal(scope, receive, guarded)
            return
        await self._app(scope, receive, guarded)

    def _refusal(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        if headers.get("host", "") not in self._hosts:
            return HTMLResponse("<h1>Wrong host</h1><p>This workbench answers on this machine only.</p>", 421)
        origin = headers.get("origin")
        if scope["method"] not in ("GET", "HEAD") and origin and origin.split("://", 1)[-1] not in self._hosts:
            return HTMLResponse("<h1>Refused</h1><p>That form came from another site.</p>", 403)
        request = Request(scope)
        if scope["path"] == "/open" or scope["path"].startswith(_OPEN_TO_ALL):
            return None
        if not self._keeper.knows(request.cookies.get(self._keeper.cookie, "")):
            return self._refused(request)
        return None


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = list(message.get("headers", []))
            present = {name.lower() for name, _ in headers}
            headers += [
                (name.encode(), value.encode()) for name, value in _HEADERS.items() if name.encode() not in present
            ]
            message = {**message, "headers": headers}
        await send(message)

    return sending
