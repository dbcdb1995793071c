"""An account behind a socket on the loopback interface."""

from __future__ import annotations

import csv
import gc
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import uvicorn

from crossdock.emulator.account import Account
from crossdock.emulator.http.app import create_app
from crossdock.emulator.http.gate import BASE

HOST = "127.0.0.1"


class _Server(uvicorn.Server):
    """A server that says when it accepts requests."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, and say so."""
        await super().startup(sockets)
        if self.started:
            self._ready()


def serve(account: Account, port: int, ready: Callable[[str], None]) -> None:
    """Serve an account until the process is told to stop.

    `ready` is called with the base URL once requests are accepted. SIGINT and SIGTERM end the
    server and return from here, so that the caller can save the account.
    """
    listening = _listen(port)
    # Records are many and hold no cycles; looking for cycles among them costs a bulk load a fifth
    # of its time. What requests leave behind is little: 205 objects after 125,000 of them.
    gc.disable()

    def say_ready() -> None:
        ready(_url(listening))
        sys.stdout.flush()

    # uvicorn raises the signal that ended it once more; without this it would end the process.
    former = signal.signal(signal.SIGTERM, _ended)
    try:
        _Server(_config(account), say_ready).run(sockets=[listening])
    except KeyboardInterrupt:
        pass
    finally:
        signal.signal(signal.SIGTERM, former)
        listening.close()


@contextmanager
def running(account: Account, port: int = 0) -> Iterator[str]:
    """Serve an account from a thread of this process, as long as the block lasts.

    Yields the base URL.
    """
    listening = _listen(port)
    started = threading.Event()
    server = _Server(_config(account), started.set)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    try:
        if not started.wait(10):
            raise RuntimeError("the emulator did not start")
        yield _url(listening)
    finally:
        server.should_exit = True
        thread.join(10)
        listening.close()


def _listen(port: int) -> socket.socket:
    # asyncio switches the delaying of small packets off only where the protocol is named.
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind((HOST, port))
    return listening


def _url(listening: socket.socket) -> str:
    return f"http://{HOST}:{listening.getsockname()[1]}{BASE}"


def _config(account: Account) -> uvicorn.Config:
    return uvicorn.Config(
        create_app(account),
        log_level="warning",
        access_log=False,
        lifespan="off",
        timeout_graceful_shutdown=2,
    )


def _ended(number: int, frame: FrameType | None) -> None:
    """Do nothing: the server has ended already."""


def read_users(path: Path) -> Iterator[tuple[str, str, bool]]:
    """Yield name, e-mail and whether active from a CSV file with these columns."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            email = row["email"].strip()
            name = (row.get("name") or email.partition("@")[0]).strip()
            active = (row.get("active") or "true").strip().lower()
            yield name, email, active in ("true", "1", "yes", "active")
