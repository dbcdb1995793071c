"""What a person should know about the plan: values that do not arrive as they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import duckdb

from crossdock.connectors.base import Description
from crossdock.connectors.freshsales import limits
from crossdock.mapping.document import Mapping
from crossdock.mapping.transforms import quoted
from crossdock.model.findings import Finding, Severity
from crossdock.model.wording import count
from crossdock.routes.base import Route


def findings(
    connection: duckdb.DuckDBPyConnection,
    route: Route,
    mapping: Mapping,
    description: Description,
    storage: dict[str, Any],
) -> list[Finding]:
    """Return what a person should know about the plan before it is loaded."""
    return [
        *values(connection, description),
        *_unmapped_values(connection, route, mapping),
        *_room(storage),
    ]


@dataclass(frozen=True, slots=True)
class _Told:
    """One counted problem in words: where the values come from, and the field they go to."""

    source: str
    field: str
    entity: str
    limit: int | None
    count: int
    examples: tuple[str, ...]

    @property
    def place(self) -> dict[str, Any]:
        """Return what every finding says of where: about the object that the values come from."""
        return {
            "object": self.source.partition(".")[0],
            "field": self.field,
            "count": self.count,
            "evidence": self.examples,
        }


def values(connection: duckdb.DuckDBPyConnection, description: Description) -> Iterator[Finding]:
    """Yield a finding for each line whose values do not all arrive as they are."""
    rows = connection.execute(
        "SELECT entity, target, source, code, count, examples FROM plan._problem"
        " ORDER BY code, entity, target"
    ).fetchall()
    for entity, target, source, code, number, examples in rows:
        described = description.entities.get(entity)
        label = target.removeprefix("custom:")
        field = None
        if described is not None:
            custom = target != label
            field = described.field_by_label(label) if custom else described.field(target)
        name = field.label if field else label
        limit = field.max_length if field else None
        told = _Told(source, name, entity, limit, number, tuple(examples))
        yield _finding(told, code)


def _finding(told: _Told, code: str) -> Finding:
    n, source, into = told.count, told.source, f"{told.entity} {told.field}"
    if code == "TEXT_CUT":
        length = f"the {told.limit} characters of {into}"
        return Finding(
            "TEXT_CUT",
            Severity.WARNS,
            count(
                n,
                f"value of {source} is longer than {length}.",
                f"values of {source} are longer than {length}.",
            ),
            "map the column to a long text field, or accept that it is cut",
            **told.place,
        )
    if code == "VALUE_LEFT_OUT":
        return Finding(
            "VALUE_LEFT_OUT",
            Severity.WARNS,
            count(
                n,
                f"value of {source} is not of the kind that {into} holds; it is left out.",
                f"values of {source} are not of the kind that {into} holds; they are left out.",
            ),
            "map the column to a text field, or correct the values in OctopusPro and export again",
            **told.place,
        )
    if code == "NUMBER_OUT_OF_RANGE":
        return Finding(
            "NUMBER_OUT_OF_RANGE",
            Severity.WARNS,
            count(
                n,
                f"number of {source} is larger than {into} holds; it is left out.",
                f"numbers of {source} are larger than {into} holds; they are left out.",
            ),
            "map the column to a text field, or accept that the field stays empty",
            **told.place,
        )
    if code == "NUMBER_ROUNDED":
        digits = f"the {limits.NUMBER_DECIMALS} decimals of {into}"
        return Finding(
            "NUMBER_ROUNDED",
            Severity.WARNS,
            count(
                n,
                f"number of {source} has more than {digits}; it is rounded.",
                f"numbers of {source} have more than {digits}; they are rounded.",
            ),
            "map the column to a text field, or accept that it is rounded",
            **told.place,
        )
    if code == "CHOICE_UNKNOWN":
        return Finding(
            "CHOICE_UNKNOWN",
            Severity.WARNS,
            count(
                n,
                f"value of {source} is no choice of {into}; it is left out.",
                f"values of {source} are no choices of {into}; they are left out.",
            ),
            "add the choices to the field in Freshsales (Admin Settings), then: crossdock map "
            "confirm --by NAME",
            **told.place,
        )
    return _contact_finding(told, code)


def _contact_finding(told: _Told, code: str) -> Finding:
    n, source, into = told.count, told.source, f"{told.entity} {told.field}"
    if code == "EMAIL_UNFIT":
        return Finding(
            "EMAIL_UNFIT",
            Severity.WARNS,
            count(
                n,
                f"value of {source} is no e-mail address; {into} goes without it.",
                f"values of {source} are no e-mail addresses; {into} goes without them.",
            ),
            "correct the addresses in OctopusPro and export again, or map the column to a text "
            "field as well",
            **told.place,
        )
    if code == "WEBSITE_UNFIT":
        return Finding(
            "WEBSITE_UNFIT",
            Severity.WARNS,
            count(
                n,
                f"value of {source} is no web address; {into} goes without it.",
                f"values of {source} are no web addresses; {into} goes without them.",
            ),
            "map the column to a text field, or correct the values in OctopusPro and export again",
            **told.place,
        )
    if code == "PHONE_UNFIT":
        return Finding(
            "PHONE_UNFIT",
            Severity.WARNS,
            count(
                n,
                f"value of {source} does not look like a phone number; Freshsales may drop it "
                "without a word.",
                f"values of {source} do not look like phone numbers; Freshsales may drop them "
                "without a word.",
            ),
            "map the column to a text field as well; crossdock verify shows what was dropped",
            **told.place,
        )
    return Finding(
        "LINK_LEFT_OUT",
        Severity.WARNS,
        count(
            n,
            f"link from {into} leads to a record that cannot be loaded; it is left out.",
            f"links from {into} lead to records that cannot be loaded; they are left out.",
        ),
        "see which records are rejected, and why: crossdock plan",
        **told.place,
    )


def _room(storage: dict[str, Any]) -> Iterator[Finding]:
    if storage["fits"] is not False:
        return
    needed, room = storage["bytes"] / 1024**3, storage["room"][storage["plan"]] / 1024**3
    users = count(storage["users"], "user")
    yield Finding(
        "STORAGE_SHORT",
        Severity.WARNS,
        f"The files take {needed:.1f} GB; the {storage['plan']} plan has room for {room:.0f} GB "
        f"with {users}.",
        "reject the lines of [document] in mapping.toml, add users, or take a larger plan",
        object="attachment",
        count=storage["files"],
    )


def _unmapped_values(
    connection: duckdb.DuckDBPyConnection, route: Route, mapping: Mapping
) -> list[Finding]:
    """Count values that no value map entry covers: their field stays empty."""
    tables = {phase.entity: phase.table for phase in route.phases}
    found = []
    for line in mapping.lines:
        if line.value_map is None or line.status == "rejected" or line.value_map == "lost_reason":
            continue
        column = f"CAST({quoted(line.columns[0])} AS VARCHAR)"
        rows = connection.execute(
            f"""
            SELECT {column}, count(*) FROM {tables[line.entity]}
            WHERE {column} IS NOT NULL AND {column} NOT IN
                (SELECT value FROM plan.value_map WHERE name = ?)
            GROUP BY 1 ORDER BY 2 DESC
            """,
            [line.value_map],
        ).fetchall()
        if rows:
            found.append(
                Finding(
                    "VALUE_UNMAPPED",
                    Severity.WARNS,
                    count(
                        len(rows),
                        f"value of {line.sources[0]} has no choice at the destination; "
                        f"{line.target} stays empty there.",
                        f"values of {line.sources[0]} have no choice at the destination; "
                        f"{line.target} stays empty there.",
                    ),
                    f"complete [maps.{line.value_map}] in mapping.toml, or add the choice in the "
                    "destination's admin settings, then: crossdock map confirm --by NAME",
                    object=line.sources[0].partition(".")[0],
                    field=line.target,
                    count=sum(n for _, n in rows),
                    evidence=tuple(f"{value}: {n}" for value, n in rows[:8]),
                )
            )
    return found
