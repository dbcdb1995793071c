"""Answers: their status, their messages, and which error each one is.

The body of a refusal is ``{"errors": {"code": 400, "message": ["…"]}}``, with texts in the language
of the key's owner, so nothing is decided by a text but what a service behind the API wrote
(Freshsales API documentation: errors; certainty: observed).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from crossdock.errors import (
    KeyRefusedError,
    PermissionRefusedError,
    RefusedError,
    RemoteError,
)

_JWT: Final = re.compile(r"eyJ[\w-]{5,}\.[\w-]+(?:\.[\w-]*)?")
_THROTTLED: Final = re.compile(r"\bUCR\b.*\b429\b", re.DOTALL)
_HIDDEN: Final = "[hidden]"

#: Attributes of records that hold tokens or only serve the web application.
SECRETS: Final = frozenset({"fc_widget_collaboration", "collaboration", "collab_context", "links"})


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: status, JSON body or None, the beginning of a refusal's text, headers."""

    status: int
    body: Any
    text: str = ""
    headers: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)

    @property
    def ok(self) -> bool:
        """Return whether the request was done: any 2xx, since sources differ on which one."""
        return 200 <= self.status < 300

    @property
    def messages(self) -> tuple[str, ...]:
        """Return why the request was refused, in the destination's words."""
        found = tuple(dict.fromkeys(m.strip() for m in messages_in(self.body) if m.strip()))
        return found or (self.text.strip() or f"HTTP {self.status} without an explanation",)

    @property
    def throttled(self) -> bool:
        """Return whether this says "too many requests", openly or through a service behind it."""
        if self.status == 429:
            return True
        return self.status == 400 and any(is_throttling(m) for m in messages_in(self.body))


def is_throttling(message: str) -> bool:
    """Return whether a message is the disguised 429 of the contact service.

    ``UCR contact fetch failure :: response_code :: 429 …`` comes as a 400 (Freshsales API
    documentation: rate limits; certainty: observed by one client).
    """
    return _THROTTLED.search(message) is not None


def messages_in(body: Any) -> Iterator[str]:
    """Yield the texts of a refusal's body in each of the forms that were ever seen."""
    if isinstance(body, str):
        yield body
    elif isinstance(body, list):
        for part in body:
            yield from messages_in(part)
    elif isinstance(body, Mapping):
        for name in ("errors", "message", "msg", "description", "error"):
            if name in body:
                yield from messages_in(body[name])


def redact(text: str, key: str) -> str:
    """Return a text without the API key and without tokens that look like one."""
    return _JWT.sub(_HIDDEN, text.replace(key, _HIDDEN) if key else text)


def without_secrets(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return a record without the tokens that deals carry, and without links of the web app.

    Deals carry signed tokens (Freshsales API documentation: deals; certainty: observed).
    """
    return {name: value for name, value in record.items() if name not in SECRETS}


def error_for(answer: Answer, doing: str) -> RemoteError:
    """Return the error for a refusal that is about the request as a whole."""
    why = "; ".join(answer.messages)
    if answer.status == 401:
        return KeyRefusedError(
            "Freshsales does not accept the API key.",
            next_command="crossdock doctor (after setting CROSSDOCK_FRESHSALES_KEY to the key in "
            "Freshsales under Profile settings, API settings)",
        )
    if answer.status == 403:
        return PermissionRefusedError(
            f"The key's user may not {doing}: {why}.",
            next_command="crossdock doctor (with the key of an administrator)",
        )
    return RefusedError(
        f"Freshsales would not {doing}: HTTP {answer.status}, {why}.",
        next_command="crossdock doctor",
    )
