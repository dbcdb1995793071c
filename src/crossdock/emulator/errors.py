"""How Freshsales says no: one exception, and the shapes of its answers.

Reference: Freshsales API, errors; certainty: observed. The body is an object with a code and a
list of texts; a lost login and a server error have bodies of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crossdock.emulator.languages import ENGLISH, translated


class ApiError(Exception):
    """An answer other than success, with the body that Freshsales would send."""

    def __init__(self, status: int, body: Any, messages: Sequence[str] = ()) -> None:
        super().__init__(status, body)
        self.status = status
        self.body = body
        #: The texts alone, as a bulk job's report shows them.
        self.messages = list(messages)

    def shown(self, language: str) -> Any:
        """Return the body in the language of the key's owner.

        Reference: Freshsales API, errors; certainty: observed.
        """
        if language == ENGLISH or not self.messages:
            return self.body
        return {"errors": {"code": self.status, "message": translated(self.messages, language)}}


def _listed(status: int, messages: Sequence[str]) -> ApiError:
    return ApiError(status, {"errors": {"code": status, "message": list(messages)}}, messages)


def invalid(*messages: str) -> ApiError:
    """Return the refusal of a value (400)."""
    return _listed(400, messages)


def forbidden(message: str = "You are not authorized to perform this operation.") -> ApiError:
    """Return the refusal of an operation (403)."""
    return _listed(403, [message])


def not_found(label: str = "Record") -> ApiError:
    """Return the answer for an id that is unknown, malformed or in the recycle bin (404)."""
    return _listed(404, [f"The requested {label} is not in the CRM"])


def gone(message: str) -> ApiError:
    """Return the answer for what this emulator cannot hand out, where the real one would (410)."""
    return _listed(410, [message])


def unauthenticated() -> ApiError:
    """Return the answer to a missing or wrong key (401)."""
    return ApiError(401, {"login": "failed", "message": "Invalid credentials"})


def server_error() -> ApiError:
    """Return the answer to what the server cannot digest (500)."""
    return ApiError(500, {"error_code": 500})


def required(label: str) -> str:
    """Return the text for a required field that is empty."""
    return f"{label} can't be empty"


def too_long(label: str) -> str:
    """Return the text for a value that is longer than its field."""
    return f"{label} is not in required length"
