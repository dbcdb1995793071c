"""Links between planned records: each must lead to one that will be loaded or is there already.

A link of a field is left out where it leads nowhere, and is counted. A record that stands on
another (an activity on its deal, lines on theirs) is rejected with it.
"""

from __future__ import annotations

from collections.abc import Iterable

import duckdb

from crossdock.mapping.document import Line
from crossdock.mapping.transforms import quoted
from crossdock.plan.problems import Counted
from crossdock.plan.rules import Rule

#: Entities whose records others may link to.
LINKED = ("sales_account", "contact", "product", "deal")
#: Targets without which a record cannot be: it stands on what they name.
_STANDS_ON = ("targetable", "deal_id")


def prepare(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the empty table of records that others may link to."""
    connection.execute("CREATE OR REPLACE TABLE plan._loadable (entity VARCHAR, key VARCHAR)")


def offer(connection: duckdb.DuckDBPyConnection, entity: str) -> None:
    """Let later entities link to this one's records, except those that are rejected."""
    if entity not in LINKED:
        return
    connection.execute(
        f"INSERT INTO plan._loadable SELECT ?, source_key FROM plan.{entity}"
        " WHERE action <> 'reject'",
        [entity],
    )


class Links:
    """The links of one entity's records, and those among them that lead nowhere."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, table: str, lines: Iterable[Line]
    ) -> None:
        self._connection = connection
        self._table = table
        self._dead: dict[str, str] = {}
        self.rules: list[Rule] = []
        self.counted: list[Counted] = []
        for line in lines:
            shape = _shape(line)
            for column in line.columns if shape else ():
                self._look(line, column, shape or "")

    @property
    def rows(self) -> str:
        """Return SQL of the route's rows, without the links that lead nowhere."""
        if not self._dead:
            return self._table
        clean = ", ".join(f"{sql} AS {quoted(column)}" for column, sql in self._dead.items())
        was = ", ".join(f"{quoted(column)} AS {quoted(_was(column))}" for column in self._dead)
        return f"(SELECT * REPLACE ({clean}), {was}, rowid FROM {self._table})"

    def _look(self, line: Line, column: str, shape: str) -> None:
        entity = _entity(line)
        name = quoted(column)
        links = {
            "one": f"SELECT source_key, '{entity}' AS entity, {name} AS key FROM {self._table}",
            "many": f"SELECT source_key, '{entity}' AS entity, unnest({name}) AS key"
            f" FROM {self._table}",
            "any": f"SELECT source_key, {name}[1] AS entity, {name}[2] AS key FROM {self._table}",
            "lines": f"SELECT source_key, '{entity}' AS entity, unnest(json_extract_string({name},"
            f""" '$[*].id."$ref"[1]')) AS key FROM {self._table}""",
        }[shape]
        if shape == "lines" and not self._some_rejected(entity):
            return  # The route takes lines of its own products only.
        dead = self._connection.execute(
            f"""
            SELECT l.entity, count(*), count(DISTINCT source_key), min(source_key, 3)
            FROM ({links}) l ANTI JOIN plan._loadable k ON k.entity = l.entity AND k.key = l.key
            WHERE l.key IS NOT NULL GROUP BY 1 ORDER BY 1
            """
        ).fetchall()
        if not dead:
            return
        self._dead[column] = _without_dead(shape, entity, name)
        for parent, number, _, examples in dead:
            self._tell(line, column, shape, str(parent), number, examples)

    def _tell(
        self, line: Line, column: str, shape: str, parent: str, number: int, examples: list[str]
    ) -> None:
        was, now = quoted(_was(column)), quoted(column)
        kind = f" AND {was}[1] = '{parent}'" if shape == "any" else ""
        if line.target in _STANDS_ON or shape == "lines":
            reason = f"the {parent} it stands on cannot be loaded"
            if shape == "lines":
                reason = f"a {parent} on one of its lines cannot be loaded"
            self.rules.append(
                Rule("REFERENCE", f"{was} IS NOT NULL{kind} AND {now} IS NULL", reason)
            )
        else:
            self.counted.append(Counted(line, "LINK_LEFT_OUT", number, tuple(examples)))

    def _some_rejected(self, entity: str) -> bool:
        row = self._connection.execute(
            f"SELECT 1 FROM plan.{entity} WHERE action = 'reject' LIMIT 1"
        ).fetchone()
        return row is not None


def _was(column: str) -> str:
    return f"{column} as it was"


def _shape(line: Line) -> str | None:
    name = line.transform.partition(":")[0]
    if name == "json":
        return "lines" if line.entity == "deal_products" else None
    shapes = {"ref": "one", "contacts": "one", "accounts": "many", "target": "any"}
    return shapes.get(name)


def _entity(line: Line) -> str:
    name, _, argument = line.transform.partition(":")
    words = {"contacts": "contact", "accounts": "sales_account", "json": "product"}
    return words.get(name, argument)


def _without_dead(shape: str | None, entity: str, name: str) -> str:
    known = f"SELECT key FROM plan._loadable WHERE entity = '{entity}'"
    if shape == "many":
        return (
            f"(SELECT list(k ORDER BY i) FROM (SELECT unnest({name}) AS k,"
            f" generate_subscripts({name}, 1) AS i) WHERE k IN ({known}))"
        )
    if shape == "any":
        pair = "SELECT entity || chr(0) || key FROM plan._loadable"
        return f"CASE WHEN {name}[1] || chr(0) || {name}[2] IN ({pair}) THEN {name} END"
    if shape == "lines":
        return (
            f"CASE WHEN NOT EXISTS (SELECT 1 FROM (SELECT unnest(json_extract_string({name},"
            f""" '$[*].id."$ref"[1]')) AS k) WHERE k NOT IN ({known})) THEN {name} END"""
        )
    return f"CASE WHEN {name} IN ({known}) THEN {name} END"
