"""The body of a request: JSON, or a multipart form with files.

Reference: Freshsales API, body wrapping, errors; certainty: observed. Another content type is
refused, and plain text breaks the server.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import orjson
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException
from starlette.requests import ClientDisconnect, Request
from starlette.types import Message, Receive, Scope

from crossdock.emulator import errors
from crossdock.emulator.files.models import LARGEST
from crossdock.emulator.http.call import Call, Upload

_HARMLESS = 200


async def read_body(
    call: Call, scope: Scope, receive: Receive, headers: Mapping[bytes, bytes]
) -> None:
    """Read the body of a request into its call; a request without one has none."""
    kind = headers.get(b"content-type", b"").decode("latin-1").partition(";")[0].strip().lower()
    if kind == "multipart/form-data":
        await _read_form(call, Request(scope, receive))
        return
    body = await _read_all(receive)
    if not body:
        return
    if kind == "text/plain":
        raise errors.server_error()
    if kind != "application/json":
        raise errors.invalid("Invalid or missing attributes")
    try:
        call.body = orjson.loads(body)
    except orjson.JSONDecodeError:
        raise errors.invalid("Invalid or missing attributes") from None
    # A body is nested no deeper than it has openings, and most have few: count before looking.
    if body.count(b"{") + body.count(b"[") > _HARMLESS and _too_deep(call.body):
        raise errors.invalid("Invalid or missing attributes")


def _too_deep(body: Any) -> bool:
    """Say whether a body is nested so deeply that no answer could show it.

    Two hundred levels and more (certainty: inferred; the real one has its own limit).
    """
    try:
        orjson.dumps([[[[[[[[body]]]]]]]])
    except TypeError:
        return True
    return False


async def _read_all(receive: Receive) -> bytes:
    message = await _next(receive)
    if not message.get("more_body"):
        return bytes(message.get("body", b""))
    parts = [message["body"]]
    while message.get("more_body"):
        message = await _next(receive)
        parts.append(message.get("body", b""))
    return b"".join(parts)


async def _next(receive: Receive) -> Message:
    """Return the next piece; a client that left in the middle has sent no body at all."""
    message = await receive()
    if message["type"] == "http.disconnect":
        raise errors.invalid("Invalid or missing attributes")
    return message


async def _read_form(call: Call, request: Request) -> None:
    """Read a multipart body: its files, and its fields as a flat object."""
    fields: dict[str, Any] = {}
    files: dict[str, Upload] = {}
    try:
        async with request.form() as form:
            for name, value in form.multi_items():
                if isinstance(value, str):
                    fields[name] = value
                else:
                    files[name] = await _uploaded(value)
    except (MultiPartException, ClientDisconnect):
        raise errors.invalid("Invalid or missing attributes") from None
    call.body, call.files = fields, files


async def _uploaded(file: UploadFile) -> Upload:
    """Return a file; one that is too large is never read into memory. A name loses its folders."""
    if (file.size or 0) > LARGEST:
        raise errors.invalid("File size should not exceed 150 MB")
    name = re.split(r"[/\\]", file.filename or "")[-1]
    kind = file.content_type or "application/octet-stream"
    return Upload(name or "file", kind, await file.read())
