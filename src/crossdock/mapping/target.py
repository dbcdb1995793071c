"""The destination's schema, kept in the project and put into tables that SQL can join with."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import duckdb

from crossdock.connectors.base import Description, User
from crossdock.errors import DestinationUnsetError
from crossdock.model.fields import Choice, Entity, Field, FieldType
from crossdock.project import Project


def save(project: Project, description: Description) -> None:
    """Keep a description in the project's work folder."""
    content = asdict(description)
    content["features"] = sorted(description.features)
    project.write_json(project.destination_file, content)


def load(project: Project) -> Description:
    """Return the description kept last. Raises DestinationUnsetError when there is none."""
    path: Path = project.destination_file
    if not path.exists():
        raise DestinationUnsetError(
            "The destination has not been looked at yet.", next_command="crossdock doctor"
        )
    content = json.loads(path.read_text("utf-8"))
    content["entities"] = {name: _entity(e) for name, e in content["entities"].items()}
    content["users"] = [User(**u) for u in content["users"]]
    content["features"] = frozenset(content["features"])
    return Description(**content)


def _entity(content: dict[str, Any]) -> Entity:
    fields = [_field(f) for f in content["fields"]]
    return Entity(
        content["name"], content["label"], fields, [list(g) for g in content["required_groups"]]
    )


def _field(content: dict[str, Any]) -> Field:
    choices = [Choice(c["id"], c["label"], c["facts"]) for c in content["choices"]]
    return Field(**content | {"type": FieldType(content["type"]), "choices": choices})


def fill(connection: duckdb.DuckDBPyConnection, description: Description | None) -> None:
    """Put users, fields and choices into `dest.user`, `dest.field`, `dest.choice`.

    Without a description the tables are there and empty.
    """
    connection.execute(
        """
        CREATE SCHEMA IF NOT EXISTS dest;
        CREATE OR REPLACE TABLE dest.user
            (email VARCHAR, id VARCHAR, name VARCHAR, active BOOLEAN);
        CREATE OR REPLACE TABLE dest.field (entity VARCHAR, name VARCHAR, label VARCHAR,
            type VARCHAR, custom BOOLEAN, required BOOLEAN, max_length INTEGER);
        CREATE OR REPLACE TABLE dest.choice (entity VARCHAR, field VARCHAR, label VARCHAR,
            id VARCHAR, forecast VARCHAR);
        """
    )
    if description is None:
        return
    users = [[u.email.lower(), u.id, u.name, u.active] for u in description.users]
    fields = [
        [e.name, f.name, f.label, str(f.type), f.custom, f.required, f.max_length]
        for e in description.entities.values()
        for f in e.fields
    ]
    choices = [
        [e.name, f.name, c.label, c.id, c.facts.get("forecast_type")]
        for e in description.entities.values()
        for f in e.fields
        for c in f.choices
    ]
    for table, rows in (("user", users), ("field", fields), ("choice", choices)):
        if rows:
            marks = ", ".join("?" * len(rows[0]))
            connection.executemany(f"INSERT INTO dest.{table} VALUES ({marks})", rows)


def needs(description: Description, feature: str) -> bool:
    """Return whether the account has a feature, or a custom module (`module:ENTITY`).

    An empty name needs nothing.
    """
    kind, _, entity = feature.partition(":")
    if kind == "module":
        return entity in description.modules
    return not feature or feature in description.features
