"""Sends a probe's requests and writes down what came back, without its values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from crossdock.connectors.freshsales.answers import Answer
from crossdock.connectors.freshsales.client import AnswerLostError, Client, Params
from crossdock.connectors.freshsales.probes.probe import Observation, Reply
from crossdock.connectors.freshsales.probes.shapes import (
    keys_in,
    own_labels,
    path_of,
    shape_of,
    text_of,
)
from crossdock.connectors.freshsales.probes.trail import Trail
from crossdock.errors import KeyRefusedError

#: Stands for the answer that did not come.
_NOTHING: Final = Answer(0, None)
Shown = Callable[[Any], Any]


class NothingToAskError(Exception):
    """The account has nothing that the question could be asked about."""


class Asker:
    """Asks one account. `seen` is where the present probe's answers go.

    `marker` is in the name of every record that is created here.
    """

    def __init__(self, client: Client, trail: Trail, marker: str) -> None:
        self.client = client
        self.trail = trail
        self.marker = marker
        self.seen = Observation()
        #: Records that later probes use too, by what they are for.
        self.kept: dict[str, Mapping[str, Any]] = {}
        #: What sentences may quote and must not be written down, with what stands for it.
        self._hidden = {marker: "<marker>"}
        self._known: dict[str, Answer] = {}

    async def get(
        self,
        path: str,
        params: Params | None = None,
        *,
        step: str = "read",
        shown: Shown | None = None,
    ) -> Answer:
        """Ask for something once; an address that was asked before is not asked again.

        `shown` leaves out of the body what must not be written down or compared.
        """
        answer = await self._once(path, params)
        self._write_down(step, "GET", path, None, params, answer, shown)
        return answer

    async def known(self, path: str, params: Params | None = None) -> Any:
        """Return the body of a GET that other probes need too, without writing it down."""
        return (await self._once(path, params)).body

    def remember(self, path: str, answer: Answer) -> None:
        """Take over the answer to a GET that was sent before."""
        self._known[_address(path, None)] = answer

    async def send(
        self, step: str, method: str, path: str, body: Any = None, params: Params | None = None
    ) -> Answer:
        """Send a request once, whatever it is, and write down its answer."""
        answer = await self._send(method, path, body, params)
        self._write_down(step, method, path, body, params, answer, None)
        return answer

    async def create(self, step: str, kind: str, root: str, fields: Mapping[str, Any]) -> Any:
        """Create a record; return it, or None when it was refused. The trail remembers it."""
        answer = await self.send(step, "POST", kind, {root: dict(fields)})
        return self.created(kind, root, answer)

    def created(self, kind: str, root: str, answer: Answer) -> Any:
        """Remember the record in an answer, so that it is deleted again; return it or None."""
        if answer is _NOTHING or answer.status >= 500:
            self.trail.unsure(kind, self.marker, "no answer told whether it was created")
            return None
        record = answer.body.get(root) if isinstance(answer.body, Mapping) else None
        if answer.ok and isinstance(record, Mapping) and record.get("id"):
            self.trail.made(kind, record["id"], self.marker)
            return record
        if answer.ok:
            self.trail.unsure(kind, self.marker, "it was created, and no id was told")
        return None

    def fact(self, name: str, value: Any) -> None:
        """Write down something to compare: a word of Freshsales, or about our own records."""
        self.seen.facts[name] = value

    def note(self, name: str, value: Any) -> None:
        """Write down something that two accounts may differ in."""
        self.seen.noted[name] = value

    async def _once(self, path: str, params: Params | None) -> Answer:
        address = _address(path, params)
        if address not in self._known:
            answer = self._known[address] = await self._send("GET", path, None, params)
            self._hidden |= dict.fromkeys(own_labels(answer.body), "<own field>")
        return self._known[address]

    async def _send(self, method: str, path: str, body: Any, params: Params | None) -> Answer:
        for last in (method != "GET", True):
            try:
                return await self.client.send(method, path, body, params=params)
            except AnswerLostError as error:
                # A failure of the account is its answer; a broken connection says nothing.
                if error.answer or last:
                    return error.answer or _NOTHING
            except KeyRefusedError:
                # The key was good a moment ago, so this is about the address.
                return Answer(401, {})
        raise AssertionError("unreachable")

    def _write_down(
        self,
        step: str,
        method: str,
        path: str,
        body: Any,
        params: Params | None,
        answer: Answer,
        shown: Shown | None,
    ) -> None:
        query = "&".join(f"{name}={value}" for name, value in (params or {}).items())
        came = answer is not _NOTHING
        kept = shown(answer.body) if shown and answer.ok else answer.body
        self.seen.replies[step] = Reply(
            step=step,
            method=method,
            path=path_of(path) + (f"?{query}" if query else "").replace(self.marker, "<marker>"),
            sent=keys_in(body) if body is not None else (),
            status=answer.status if came else None,
            lost="" if came else "no answer",
            text=text_of(answer, self._hidden) if came else (),
            shape=shape_of(kept) if answer.body is not None else {},
        )


def _address(path: str, params: Params | None) -> str:
    return f"{path} {sorted((params or {}).items())}"
