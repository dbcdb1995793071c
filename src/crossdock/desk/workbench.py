"""What a command works with: the project, its store, the export, the mapping, the destination."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

import duckdb
import httpx2

from crossdock.connectors.base import Description, Destination, Source
from crossdock.connectors.freshsales import Freshsales
from crossdock.connectors.octopuspro import OctopusPro
from crossdock.mapping import document, target
from crossdock.mapping.document import Mapping
from crossdock.model.times import Clock, SystemClock
from crossdock.plan import plan as planning
from crossdock.project import Project
from crossdock.routes import route_named
from crossdock.routes.base import Route

T = TypeVar("T")


class Workbench:
    """One project with its route; makes destinations that use the given clock and transport."""

    def __init__(
        self,
        folder: Path,
        clock: Clock | None = None,
        transport: httpx2.AsyncBaseTransport | None = None,
    ) -> None:
        self.project = Project.open(folder)
        self.route: Route = route_named(self.project.settings().route)
        self.source: Source = OctopusPro()
        self.clock: Clock = clock or SystemClock()
        self._transport = transport

    def at_destination(self, work: Callable[[Freshsales], Awaitable[T]]) -> T:
        """Do some work with the destination and give its connections back."""
        url, key = self.project.destination_access()

        async def session() -> T:
            destination = Freshsales(url, key, clock=self.clock, transport=self._transport)
            try:
                return await work(destination)
            finally:
                await destination.aclose()

        return asyncio.run(session())

    def look(self) -> Description:
        """Describe the destination now, and keep what was seen."""
        description = self.at_destination(lambda destination: destination.describe())
        target.save(self.project, description)
        return description

    def mapping(self) -> Mapping:
        """Read the mapping file."""
        return document.read(self.project.mapping_file)

    def description(self) -> Description:
        """Return the destination as it was last seen."""
        return target.load(self.project)

    def default_policies(self) -> dict[str, str]:
        """Return the route's policies, each with its default."""
        return {policy.name: policy.default for policy in self.route.policies}

    def questions(self) -> dict[str, str]:
        """Return each policy's question with its choices, as the mapping file explains them."""
        return {
            p.name: "\n".join([p.question, *(f"  {k}: {v}" for k, v in p.choices.items())])
            for p in self.route.policies
        }

    async def plan(
        self,
        connection: duckdb.DuckDBPyConnection,
        destination: Destination,
        progress: Callable[[str], None],
    ) -> tuple[planning.Plan, Mapping, Description]:
        """Return the plan of the confirmed mapping, with the mapping and the description."""
        mapping, description = self.mapping(), self.description()
        plan = await planning.current(
            self.project,
            self.source,
            self.route,
            connection,
            mapping,
            description,
            destination,
            progress,
        )
        return plan, mapping, description
