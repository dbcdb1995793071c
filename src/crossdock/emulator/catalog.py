"""What an admin has set up on screens: stages, statuses, sources, types, users and the like.

Reference: Freshsales API, selectors and their defaults; certainty: observed (the pipeline is the
list of 2026 with the probability of its second stage observed and the others inferred).
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

from crossdock.emulator.ids import Ids


@cache
def table(name: str) -> dict[str, Any]:
    """Return one of the tables in the `data` folder."""
    text = files("crossdock.emulator").joinpath("data", f"{name}.json").read_text("utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


class Catalog:
    """Lists of choices by the name of their selector; an item is a dict with `id` and `name`."""

    def __init__(self, ids: Ids, currency: str, started: float) -> None:
        self._ids = ids
        self._started = started
        self.lists: dict[str, list[dict[str, Any]]] = {}
        self._by_id: dict[str, dict[int, dict[str, Any]]] = {}
        self._seed(currency)

    def items(self, name: str) -> list[dict[str, Any]]:
        """Return the items of a list in their order; an unknown list is empty."""
        return self.lists.get(name, [])

    def find(self, name: str, item_id: Any) -> dict[str, Any] | None:
        """Return the item with this id, or None."""
        return self._by_id.get(name, {}).get(item_id)

    def named(self, name: str, label: str) -> dict[str, Any] | None:
        """Return the item with this name, or None."""
        return next((item for item in self.items(name) if item["name"] == label), None)

    def add(self, name: str, /, **facts: Any) -> dict[str, Any]:
        """Append an item to a list and return it with its new id."""
        items = self.lists.setdefault(name, [])
        item = {"id": self._ids.next(name), "position": len(items) + 1, **facts}
        items.append(item)
        self._by_id.setdefault(name, {})[item["id"]] = item
        return item

    def remove(self, name: str, item_id: int) -> None:
        """Take an item out of a list."""
        item = self._by_id[name].pop(item_id)
        self.lists[name].remove(item)

    def add_pipeline(self, name: str, stages: list[list[Any]]) -> dict[str, Any]:
        """Append a pipeline with its stages, each a name, a forecast type and a probability."""
        pipeline = self.add(
            "deal_pipelines",
            name=name,
            is_default=not self.items("deal_pipelines"),
            rotting_days=30,
        )
        for place, (label, forecast, probability) in enumerate(stages, 1):
            self.add(
                "deal_stages",
                name=label,
                position=place,
                forecast_type=forecast,
                probability=probability,
                deal_pipeline_id=pipeline["id"],
                choice_type=4 if forecast != "Open" else (5 if place == 1 else 2),
                updated_at=self._started,
            )
        return pipeline

    def add_activity_type(self, name: str, internal: str, default: bool) -> dict[str, Any]:
        """Append an activity type with the usual outcomes."""
        kind = self.add(
            "sales_activity_types", name=name, internal_name=internal, is_default=default
        )
        for place, outcome in enumerate(table("choices")["names"]["activity_outcomes"], 1):
            self.add(
                "sales_activity_outcomes",
                name=outcome,
                position=place,
                sales_activity_type_id=kind["id"],
            )
        return kind

    def state(self) -> dict[str, list[dict[str, Any]]]:
        """Return all lists, for the account's file."""
        return self.lists

    def restore(self, lists: dict[str, list[dict[str, Any]]]) -> None:
        """Take over the lists of a file."""
        self.lists = lists
        self._by_id = {name: {item["id"]: item for item in items} for name, items in lists.items()}

    def _seed(self, currency: str) -> None:
        choices = table("choices")
        for name, labels in choices["names"].items():
            self.lists.setdefault(name, [])
            for label in labels:
                self.add(name, name=label)
        for stage, statuses in choices["lifecycle"].items():
            item = self.add("lifecycle_stages", name=stage)
            for label, forecast in statuses:
                self.add(
                    "contact_statuses",
                    name=label,
                    forecast_type=forecast,
                    lifecycle_stage_id=item["id"],
                )
        self.add_pipeline("Default Pipeline", choices["deal_stages"])
        for label, internal in choices["activity_types"]:
            self.add_activity_type(label, internal, default=True)
        for label, internal in choices["task_types"]:
            kind = next(
                t for t in self.items("sales_activity_types") if internal == t["internal_name"]
            )
            self.add("sales_activity_entity_types", name=label, sales_activity_type_id=kind["id"])
        self.add("currencies", name=currency, exchange_rate="1.0", is_active=True, currency_type=1)
