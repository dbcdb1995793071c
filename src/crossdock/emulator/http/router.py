"""Which handler serves a path.

A tree of path segments: finding a handler costs one lookup per segment, however many routes there
are. A pattern's `:name` segment matches anything; a literal segment wins over it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum

from crossdock.emulator.http.call import Handler


class Doors(Enum):
    """Under which prefixes a route answers: `/crm/sales/api`, `/crm/sales`, or both.

    Reference: Freshsales API, base URLs; certainty: observed in clients. The web application's
    routes have no `/api`; some of them take a key too.
    """

    API = "api"
    WEB = "web"
    BOTH = "both"

    def admit(self, web: bool) -> bool:
        """Say whether the route answers at this door."""
        return self is Doors.BOTH or (self is Doors.WEB) == web


@dataclass(frozen=True, slots=True)
class Route:
    """One pattern with its handler."""

    method: str
    pattern: str
    handler: Handler
    doors: Doors


Found = tuple[Route, dict[str, str]]


@dataclass(slots=True)
class _Node:
    literal: dict[str, _Node] = field(default_factory=dict)
    wild: _Node | None = None
    routes: dict[str, tuple[Route, tuple[str, ...]]] = field(default_factory=dict)


class Router:
    """The table of routes."""

    def __init__(self) -> None:
        self._root = _Node()

    def add(self, method: str, pattern: str, handler: Handler, doors: Doors = Doors.API) -> None:
        """Add a route: `add("GET", "contacts/:id", view_contact)`."""
        node, names = self._root, []
        for part in pattern.split("/"):
            if part.startswith(":"):
                names.append(part[1:])
                node.wild = node.wild or _Node()
                node = node.wild
            else:
                node = node.literal.setdefault(part, _Node())
        node.routes[method] = (Route(method, pattern, handler, doors), tuple(names))

    def find(self, method: str, path: str) -> Found | None:
        """Return the route for a path without its prefix, and the values of its names."""
        found = self._walk(self._root, path.split("/"), 0, [], method)
        if found is None:
            return None
        (route, names), captured = found
        return route, dict(zip(names, captured, strict=True))

    def routes(self) -> Iterator[Route]:
        """Yield every route."""
        yield from self._below(self._root)

    def _below(self, node: _Node) -> Iterator[Route]:
        for route, _ in node.routes.values():
            yield route
        for child in [*node.literal.values(), *([node.wild] if node.wild else [])]:
            yield from self._below(child)

    def _walk(
        self, node: _Node, parts: list[str], at: int, captured: list[str], method: str
    ) -> tuple[tuple[Route, tuple[str, ...]], list[str]] | None:
        if at == len(parts):
            found = node.routes.get(method)
            return (found, captured) if found else None
        child = node.literal.get(parts[at])
        if child is not None:
            result = self._walk(child, parts, at + 1, captured, method)
            if result is not None:
                return result
        if node.wild is not None and parts[at]:
            return self._walk(node.wild, parts, at + 1, [*captured, parts[at]], method)
        return None
