"""The body of a request: JSON, or a multipart form with files.

Reference: Freshsales API, body wrapping, errors; certainty: observed. Another content type is
refused, and plain text breaks the server.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson
from starlette.formparsers import MultiPartException
from starlette.requests import Request
from starlette.types import Receive, Scope

from crossdock.emulator import errors
from crossdock.emulator.http.call import Call, Upload


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


async def _read_all(receive: Receive) -> bytes:
    message = await receive()
    if not message.get("more_body"):
        return bytes(message.get("body", b""))
    parts = [message["body"]]
    while message.get("more_body"):
        message = await receive()
        parts.append(message.get("body", b""))
    return b"".join(parts)


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
                    content = await value.read()
                    kind = value.content_type or "application/octet-stream"
                    files[name] = Upload(value.filename or "file", kind, content)
    except MultiPartException:
        raise errors.invalid("Invalid or missing attributes") from None
    call.body, call.files = fields, files
