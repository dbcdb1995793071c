"""Breaking a connection on purpose, over a socket and in process.

The server's own receive function knows the connection; in process there is none, and what a
client would see is raised instead.
"""

from __future__ import annotations

import asyncio

import httpx2
from starlette.types import Receive


async def lose(receive: Receive) -> None:
    """Let the answer never arrive."""
    if not await _aborted(receive):
        raise httpx2.ReadError("the answer was lost")


async def cut(receive: Receive) -> None:
    """Break off after what was sent so far."""
    if not await _aborted(receive):
        raise httpx2.RemoteProtocolError("the connection broke in the middle of the answer")


async def _aborted(receive: Receive) -> bool:
    transport = getattr(getattr(receive, "__self__", None), "transport", None)
    if transport is None:
        return False
    # What was written so far must leave before the connection breaks.
    await asyncio.sleep(0)
    transport.abort()
    await asyncio.sleep(0)
    return True
