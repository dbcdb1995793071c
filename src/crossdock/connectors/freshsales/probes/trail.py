"""What was created, and deleting it again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from crossdock.connectors.freshsales.client import Client
from crossdock.errors import CrossdockError, UnreachableError

#: Where a person finds the records of each kind.
SCREENS: Final = MappingProxyType(
    {
        "contacts": "Contacts",
        "deals": "Deals",
        "tasks": "Activities > Tasks",
        "appointments": "Activities > Meetings",
        "notes": "Contacts, Notes of the contact with this name",
        "sales_activities": "Activities > Sales activities",
    }
)
#: Kinds that search knows, by the word that it has for them.
_SEARCHED: Final = MappingProxyType({"contact": "contacts", "deal": "deals"})
#: The search index follows a write after this many seconds at the latest.
_LAG: Final = 20.0


@dataclass(frozen=True, slots=True)
class Left:
    """A record that is still there, or may be: `id` is empty where no answer told it."""

    kind: str
    id: str
    name: str
    why: str

    def as_json(self) -> dict[str, str]:
        """Return what a person needs to delete it."""
        screen = SCREENS.get(self.kind, self.kind)
        return {
            "kind": self.kind,
            "id": self.id,
            "name": self.name,
            "screen": screen,
            "why": self.why,
        }


class Trail:
    """The records of one round of probes, oldest first. `left` is what could not be deleted."""

    def __init__(self) -> None:
        self._made: list[tuple[str, str, str]] = []
        self._unsure: list[Left] = []
        self._gone = 0
        self._refused: list[Left] = []

    @property
    def deleted(self) -> int:
        """Return how many records were deleted again."""
        return self._gone

    @property
    def left(self) -> list[Left]:
        """Return what is still there: not deleted yet, not deletable, or perhaps created."""
        waiting = [Left(kind, key, name, "not deleted yet") for kind, key, name in self._made]
        return [*waiting, *self._refused, *self._unsure]

    def made(self, kind: str, record_id: Any, name: str) -> None:
        """Remember a record that was created; one that is known already counts once."""
        entry = (kind, str(record_id), name)
        if not any(known[:2] == entry[:2] for known in self._made):
            self._made.append(entry)

    def unsure(self, kind: str, name: str, why: str) -> Left:
        """Remember a record that may have been created without anybody telling its id."""
        left = Left(kind, "", name, why)
        self._unsure.append(left)
        return left

    def settled(self, left: Left) -> None:
        """Forget a doubt: the record was found, or it is known that there is none."""
        self._unsure.remove(left)

    async def clear(self, client: Client) -> None:
        """Delete everything, newest first. What is gone already counts as deleted.

        Records whose creation nobody confirmed are searched for by their name first. When nobody
        is there to delete them, all that remain are `left`.
        """
        if any(left.kind in _SEARCHED.values() for left in self._unsure):
            await self._search(client)
        while self._made:
            kind, key, name = self._made[-1]
            try:
                why = await _delete(client, kind, key)
            except UnreachableError:
                return
            self._made.pop()
            if why:
                self._refused.append(Left(kind, key, name, why))
            else:
                self._gone += 1

    async def _search(self, client: Client) -> None:
        """Find records that were created without an answer; they are then no longer unsure."""
        known = {(kind, key) for kind, key, _ in self._made}
        params = {"q": self._unsure[0].name, "include": ",".join(_SEARCHED)}
        try:
            await client.clock.sleep(_LAG)
            answer = await client.get("search", params)
        except CrossdockError:
            return
        for hit in answer.body if isinstance(answer.body, list) else ():
            if not isinstance(hit, Mapping):
                continue
            found = (_SEARCHED.get(str(hit.get("type")), ""), str(hit.get("id")))
            lost = next((left for left in self._unsure if left.kind == found[0]), None)
            if lost and lost.name in str(hit.get("name")) and found not in known:
                self.made(*found, lost.name)
                self.settled(lost)


async def _delete(client: Client, kind: str, key: str) -> str:
    """Delete a record; return why it is still there, or nothing."""
    try:
        answer = await client.ask("DELETE", f"{kind}/{key}")
    except UnreachableError:
        raise
    except CrossdockError as error:
        return f"not deleted: {error.message}"
    if answer.ok or answer.status == 404:
        return ""
    return f"not deleted: HTTP {answer.status}"
