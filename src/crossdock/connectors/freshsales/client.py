"""The one place that sends requests: headers, allowance, lost answers, retries where they are safe.

A write is sent once. When its answer is lost, or is a 5xx, nobody knows what happened: that is
`AnswerLostError`, and the callers turn it into an unknown outcome. Reads are sent again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Final, TypeAlias
from urllib.parse import urlsplit

import httpx2
import orjson

from crossdock.connectors.freshsales.answers import Answer, error_for, redact
from crossdock.connectors.freshsales.budget import Budget
from crossdock.errors import KeyMissingError, OverloadedError, SettingsError, UnreachableError
from crossdock.model.times import Clock

Params: TypeAlias = Mapping[str, str | int]

#: Opens what a multipart request carries, anew for each time it is sent.
Files: TypeAlias = Callable[[], Mapping[str, Any]]

#: What fails before anything has left this machine.
_NOT_SENT: Final = (
    httpx2.ConnectError,
    httpx2.ConnectTimeout,
    httpx2.PoolTimeout,
    httpx2.ProxyError,
    httpx2.UnsupportedProtocol,
    httpx2.LocalProtocolError,
)
_TRIES: Final = 5
_TIMEOUT: Final = httpx2.Timeout(60.0, connect=15.0, pool=None)
_TEXT_KEPT: Final = 200
#: Where real accounts live: never spoken to without encryption.
_HOSTED: Final = ("myfreshworks.com", "freshworks.com", "freshsales.io")


class AnswerLostError(Exception):
    """The request left and no usable answer came: what it asked for may have happened.

    `answer` is the unusable one, a 5xx, where there was any.
    """

    def __init__(self, why: str, answer: Answer | None = None) -> None:
        super().__init__(why)
        self.answer = answer


class Client:
    """Sends requests to one account, at most `in_flight` at once, all within one budget."""

    def __init__(
        self,
        url: str,
        key: str,
        *,
        clock: Clock,
        transport: httpx2.AsyncBaseTransport | None = None,
        in_flight: int = 16,
        keep_free: float = 0.0,
    ) -> None:
        self.url = _checked(url)
        if not key.strip():
            raise KeyMissingError(
                "There is no API key for Freshsales.",
                next_command="export CROSSDOCK_FRESHSALES_KEY=… and then crossdock doctor",
            )
        self.requests = 0
        self.clock = clock
        self.budget = Budget(clock, keep_free)
        self._key = key.strip()
        self._slots = asyncio.Semaphore(in_flight)
        self._http = httpx2.AsyncClient(
            headers={"Authorization": f"Token token={self._key}", "Accept": "application/json"},
            transport=transport,
            timeout=_TIMEOUT,
            limits=httpx2.Limits(max_connections=in_flight, max_keepalive_connections=in_flight),
        )

    def __repr__(self) -> str:
        return f"Client({self.url!r}, requests={self.requests})"

    async def aclose(self) -> None:
        """Give back the connections."""
        await self._http.aclose()

    async def send(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        params: Params | None = None,
        form: Mapping[str, str] | None = None,
        files: Files | None = None,
        web: bool = False,
    ) -> Answer:
        """Send a request once, waiting for the allowance before and after refusals.

        `web` leaves the ``/api`` out: a few routes exist only beside it. Raises AnswerLostError,
        KeyRefusedError, UnreachableError (nothing was sent), OverloadedError.
        """
        url = f"{self.url}/{path}" if web else f"{self.url}/api/{path}"
        content = orjson.dumps(body, default=_plain) if body is not None else None
        headers = {"Content-Type": "application/json"} if content is not None else None
        failures = 0
        async with self._slots:
            while True:
                parts = files() if files else None
                request = self._http.build_request(
                    method,
                    url,
                    content=content,
                    params=params,
                    headers=headers,
                    data=form,
                    files=parts,
                )
                try:
                    answer = await self._once(request)
                except _NOT_SENT as error:
                    failures += 1
                    if failures >= _TRIES:
                        raise self._unreachable(error) from None
                    await self.clock.sleep(2.0**failures)
                    continue
                if answer is not None:
                    return self._judged(answer)

    async def ask(
        self, method: str, path: str, body: Any = None, *, params: Params | None = None
    ) -> Answer:
        """Send a request that changes nothing, again when its answer was lost.

        Returns refusals as they are. Raises OverloadedError when no answer comes after all tries.
        """
        for failures in range(1, _TRIES + 1):
            try:
                return await self.send(method, path, body, params=params)
            except AnswerLostError as error:
                if failures == _TRIES:
                    raise OverloadedError(
                        f"Freshsales failed {_TRIES} times in a row to answer {path}: {error}.",
                        next_command="crossdock doctor",
                    ) from None
                await self.clock.sleep(2.0**failures)
        raise AssertionError("unreachable")

    async def get(self, path: str, params: Params | None = None) -> Answer:
        """Return the answer to a GET, whatever it is; see `ask`."""
        return await self.ask("GET", path, params=params)

    async def read(self, path: str, params: Params | None = None, *, doing: str) -> Any:
        """Return the body of a GET; raises the fitting error when it is refused."""
        answer = await self.get(path, params)
        if not answer.ok:
            raise error_for(answer, doing)
        return answer.body

    async def _once(self, request: httpx2.Request) -> Answer | None:
        """Return the answer, or None when it was "too many requests"."""
        permit = await self.budget.enter()
        try:
            self.requests += 1
            response = await self._http.send(request)
        except _NOT_SENT:
            self.requests -= 1
            self.budget.leave(permit)
            raise
        except httpx2.RequestError as error:
            self.budget.leave(permit)
            raise AnswerLostError(type(error).__name__) from None
        except BaseException:
            self.budget.leave(permit)
            raise
        answer = self._answer(response)
        if answer.throttled:
            self.budget.refused(permit, response.headers)
            return None
        self.budget.leave(permit, response.headers)
        return answer

    def _answer(self, response: httpx2.Response) -> Answer:
        text = redact(response.text[:_TEXT_KEPT], self._key) if response.status_code >= 300 else ""
        try:
            content = response.content
            if response.status_code >= 300:
                content = redact(response.text, self._key).encode()
            body = orjson.loads(content) if content.strip() else None
        except orjson.JSONDecodeError:
            body = None
        return Answer(response.status_code, body, text, response.headers)

    def _judged(self, answer: Answer) -> Answer:
        if answer.status == 401:
            raise error_for(answer, "answer")
        if answer.status >= 500:
            raise AnswerLostError(f"HTTP {answer.status}", answer)
        return answer

    def _unreachable(self, error: Exception) -> UnreachableError:
        return UnreachableError(
            f"Nothing answers at {self.url}: {redact(str(error), self._key)}.",
            next_command="crossdock doctor",
            written="Nothing of this request was sent.",
        )


def _checked(url: str) -> str:
    try:
        parts = urlsplit(url.strip())
        host = parts.hostname or ""
    except ValueError:  # such as an unclosed bracket
        parts, host = urlsplit(""), ""
    open_air = parts.scheme == "http" and host.endswith(_HOSTED)
    if parts.scheme not in ("http", "https") or not host or parts.username or open_air:
        raise SettingsError(
            "The destination's URL is not of the form https://acme.myfreshworks.com/crm/sales.",
            next_command="crossdock doctor (after correcting [destination] url in crossdock.toml)",
        )
    return f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/').removesuffix('/api')}"


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, frozenset | set):
        return sorted(value)
    raise TypeError(f"a payload cannot hold a {type(value).__name__}")
