"""One request as the handlers see it, and their answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from crossdock.emulator import errors, values

if TYPE_CHECKING:
    from crossdock.emulator.account import Account


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a multipart request."""

    name: str
    content_type: str
    content: bytes


@dataclass(slots=True)
class Call:
    """One request: where it went, what it carries, and whose key it shows."""

    account: Account
    method: str
    path: str
    query: Mapping[str, str]
    user_id: int
    #: Which host the client asked, with the port.
    host: str
    body: Any = None
    files: Mapping[str, Upload] = field(default_factory=dict)
    params: Mapping[str, str] = field(default_factory=dict)

    @property
    def base_url(self) -> str:
        """Return where the account stands, as the client sees it."""
        return f"http://{self.host}/crm/sales"

    def id(self, name: str = "id") -> int:
        """Return an id of the path; -1, which nothing has, for what is no number."""
        found = values.record_id(self.params[name])
        return -1 if found is None else found

    def include(self) -> tuple[str, ...]:
        """Return the names of the `include` parameter."""
        text = self.query.get("include", "")
        return tuple(part.strip() for part in text.split(",")) if text else ()

    def fields(self, root: str) -> dict[str, Any]:
        """Return the record in the body, which stands under its name or alone.

        Reference: Freshsales API, body wrapping; certainty: observed.
        """
        body = self.object()
        inner = body.get(root, body)
        if not isinstance(inner, dict) or not inner:
            raise errors.invalid("Invalid or missing attributes")
        return inner

    def object(self) -> dict[str, Any]:
        """Return the body, which must be an object that is not empty."""
        if not isinstance(self.body, dict) or not self.body:
            raise errors.invalid("Invalid or missing attributes")
        return self.body

    def ids(self, name: str) -> list[int]:
        """Return a list of ids from the body; what is no id is dropped."""
        given = self.object().get(name)
        if not isinstance(given, list) or not given:
            raise errors.invalid("Invalid or missing attributes")
        return [found for each in given if (found := values.record_id(each)) is not None]


@dataclass(slots=True)
class Reply:
    """What a handler answers; a body of bytes is sent as it is."""

    body: Any
    status: int = 200
    content_type: str = "application/json; charset=utf-8"
    headers: Sequence[tuple[bytes, bytes]] = ()


Handler = Callable[[Call], Reply]
