"""Serving a study to the person at this machine, until they stop it."""

from __future__ import annotations

import gc
import socket
import webbrowser
from collections.abc import Callable
from contextlib import suppress
from threading import Thread

import uvicorn

from goldthread.errors import GoldthreadError, UsageError
from goldthread.study.study import Study
from goldthread.web.app import build

LOOPBACK = "127.0.0.1"
_TRIES = 20
_LOOKS = (50_000, 20, 20)
"""After so many new values that are still there; every twentieth look goes further back."""


def listen(port: int | None, usual: int) -> socket.socket:
    """A socket on this machine's own address: the port named, or the first free one from `usual` on.

    Raises UsageError when the port named is in use.
    """
    for candidate in [port] if port is not None else range(usual, usual + _TRIES):
        ours = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        ours.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            ours.bind((LOOPBACK, candidate))
        except OSError:
            ours.close()
            continue
        return ours
    what = f"port {port} is in use" if port is not None else f"no port from {usual} to {usual + _TRIES} is free"
    raise UsageError(what, mend="name another with --port, or stop what uses it")


def serve(study: Study, port: int | None, usual: int, told: Callable[[str], None], *, browser: bool) -> None:
    """Serve until interrupted. `told` hears each link that opens the workbench; `browser` opens the first."""
    ours = listen(port, usual)
    application, here = build(study, f"http://{LOOPBACK}:{ours.getsockname()[1]}", told)
    _collect_seldom()
    Thread(target=_read_ahead, args=(study,), daemon=True).start()
    link = here.keeper.new_link()
    if browser:
        webbrowser.open(link)
    config = uvicorn.Config(
        application, log_level="warning", access_log=False, server_header=False, timeout_graceful_shutdown=2
    )
    try:
        uvicorn.Server(config).run(sockets=[ours])
    finally:
        here.paper.close()
        ours.close()


def _collect_seldom() -> None:
    """Look for unused values that hold each other less often: each look goes through all that was read of the study.

    Almost all that a page makes is given back at once without that. What was imported stays, and is not looked at.
    """
    gc.freeze()
    gc.set_threshold(*_LOOKS)


def _read_ahead(study: Study) -> None:
    """Read what screens show and count while the person looks at the first page, so that none waits for it.

    A study that cannot be read says so on the page that needs it.
    """
    with suppress(GoldthreadError):
        study.read_ahead()
