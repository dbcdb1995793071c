"""An SQL expression, taken apart: what it uses is checked before anything evaluates it.

The text is parsed, never run, by a database of its own that holds nothing, may open nothing and
cannot be set otherwise. What is evaluated later is the text that this database writes from the
parts that were checked, not what the file says: comments, quotes that close early and second
statements are gone by then.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from typing import Any, Final

import duckdb

from crossdock.mapping.transforms.allowed import FUNCTIONS, OPERATORS, TYPES

#: More characters than anyone can review in one line of a mapping.
LONGEST: Final = 2000
#: Brackets within brackets; the parser takes seconds for thousands of them.
DEEPEST: Final = 50
_PLAIN: Final = ("CONSTANT", "CASE", "COMPARISON", "CONJUNCTION", "BETWEEN", "TYPE")
_WORDS: Final = {
    "SUBQUERY": "a query inside an expression",
    "WINDOW": "other rows (OVER)",
    "STAR": "all columns (* or COLUMNS)",
    "PARAMETER": "a parameter (? or $)",
    "POSITIONAL_REFERENCE": "a column by its number (#)",
    "COLLATE": "COLLATE",
    "DEFAULT": "DEFAULT",
}
_ONE: Final = "it must be one expression, without SELECT, FROM, WHERE, AS, commas or semicolons"


class RefusedError(ValueError):
    """An expression is not allowed. `wrong` is the name it should not use, `known` those that it
    may use in its place."""

    def __init__(self, what: str, wrong: str = "", known: Iterable[str] = ()) -> None:
        super().__init__(what)
        self.what = what
        self.wrong = wrong
        self.known = tuple(known)


@dataclass(frozen=True, slots=True)
class Parsed:
    """An expression whose parts are all allowed: its SQL, and the columns that it takes."""

    sql: str
    columns: tuple[str, ...]

    def require_columns(self, known: Collection[str]) -> None:
        """Raise RefusedError for a column that is not among those of the table."""
        there = {name.lower() for name in known}
        for name in self.columns:
            if name.lower() not in there:
                raise RefusedError(
                    f"its SQL takes the column {name}, which is not there", name, known
                )


@cache
def sandbox() -> duckdb.DuckDBPyConnection:
    """Return a database in memory that opens no file and no connection, for good."""
    settings: dict[str, str | bool | int | float | list[str]] = {
        "enable_external_access": False,
        "autoload_known_extensions": False,
        "autoinstall_known_extensions": False,
        "threads": 1,
        "memory_limit": "256MB",
        "lock_configuration": True,
    }
    return duckdb.connect(":memory:", config=settings)


@cache
def parse(text: str) -> Parsed:
    """Take an expression apart. Raises RefusedError for whatever it must not use."""
    _check_size(text)
    try:
        with sandbox().cursor() as cursor:
            row = cursor.execute("SELECT json_serialize_sql(?)", [f"SELECT {text}"]).fetchone()
            assert row is not None
            tree = json.loads(row[0])
            if tree["error"]:
                raise RefusedError(f"its SQL cannot be read: {_first_line(tree['error_message'])}")
            item = _only_item(tree)
            columns = dict.fromkeys(_columns(item, frozenset()))
            kept = {"error": False, "statements": [tree["statements"][0]]}
            written = cursor.execute(
                "SELECT json_deserialize_sql(?)", [json.dumps(kept)]
            ).fetchone()
    except (duckdb.Error, RecursionError, UnicodeError) as error:
        raise RefusedError(f"its SQL cannot be read: {_first_line(str(error))}") from error
    assert written is not None
    return Parsed(f"({str(written[0]).removeprefix('SELECT ')})", tuple(columns))


def _check_size(text: str) -> None:
    if len(text) > LONGEST:
        raise RefusedError(f"its SQL has {len(text)} characters, and {LONGEST} is the most")
    if "\0" in text:
        raise RefusedError("its SQL holds a character that cannot be shown (NUL)")
    depths = accumulate((c in "([{") - (c in ")]}") for c in text)
    if max(depths, default=0) > DEEPEST:
        raise RefusedError(f"its SQL has brackets within brackets more than {DEEPEST} deep")


def _first_line(text: str) -> str:
    return text.splitlines()[0] if text else "it is too deep"


def _only_item(tree: dict[str, Any]) -> dict[str, Any]:
    """Return the one expression of `SELECT <expression>`, or refuse everything beside it."""
    nodes = [statement["node"] for statement in tree["statements"]]
    if len(nodes) != 1 or nodes[0]["type"] != "SELECT_NODE":
        raise RefusedError(_ONE)
    node = nodes[0]
    beside = (
        node["modifiers"],
        node["cte_map"]["map"],
        node["where_clause"],
        node["group_expressions"],
        node["group_sets"],
        node["having"],
        node["sample"],
        node["qualify"],
    )
    empty = node["from_table"]["type"] == "EMPTY" and not any(beside)
    if not empty or node["aggregate_handling"] != "STANDARD_HANDLING":
        raise RefusedError(_ONE)
    items: list[dict[str, Any]] = node["select_list"]
    if len(items) != 1 or items[0]["alias"]:
        raise RefusedError(_ONE)
    return items[0]


def _columns(part: Any, own: frozenset[str]) -> Iterator[str]:
    """Yield the columns in a part of the tree, and refuse what is not allowed.

    `own` are the names that a lambda around it gives to the items of a list.
    """
    if isinstance(part, list):
        for entry in part:
            yield from _columns(entry, own)
    if not isinstance(part, dict):
        return
    kind = part.get("class")
    if kind == "COLUMN_REF":
        name = part["column_names"][0]
        if name.lower() not in own:
            yield name
        return
    if kind == "LAMBDA":
        own = own | _named(part)
        yield from _columns(part["expr"], own)
        return
    if kind is not None:
        _check(part, kind)
    for value in part.values():
        yield from _columns(value, own)


def _named(part: dict[str, Any]) -> frozenset[str]:
    """Return the names that a lambda gives, in small letters."""
    if part["syntax_type"] != "LAMBDA_KEYWORD":
        raise RefusedError(
            "its SQL uses an arrow (->); write json_extract(column, path), or lambda x: ..."
        )
    left = part["lhs"]
    names = [entry["expression"] for entry in left.get("arguments", ())] or [left]
    return frozenset(name["column_names"][0].lower() for name in names)


def _check(part: dict[str, Any], kind: str) -> None:
    if kind == "FUNCTION":
        _check_function(part)
    elif kind == "CAST":
        _check_type(part["type_expr"])
    elif kind == "OPERATOR":
        if part["type"] not in OPERATORS:
            raise RefusedError(f"its SQL uses {part['type'].lower()}, which is not allowed")
    elif kind not in _PLAIN:
        raise RefusedError(f"its SQL uses {_WORDS.get(kind, kind.lower())}, which is not allowed")


def _check_function(part: dict[str, Any]) -> None:
    name = part["function_name"]
    path = part["qualified_name"]["path"]
    if path != [name]:
        raise RefusedError(
            f"its SQL calls {'.'.join(path)}; write the function alone, as {name}(column)"
        )
    if name.lower() not in FUNCTIONS:
        # A near name of another meaning would mislead: only slips of the pen are put right.
        near = difflib.get_close_matches(name, FUNCTIONS, 1, 0.8)
        raise RefusedError(f"its SQL uses the function {name}, which is not allowed", name, near)
    if part["filter"] or part["distinct"] or part["order_bys"]["orders"]:
        raise RefusedError(f"its SQL gives {name} a FILTER, DISTINCT or ORDER BY")


def _check_type(part: dict[str, Any]) -> None:
    name = part.get("type_name", "")
    if part["qualified_name"]["path"] != [name] or name.upper() not in TYPES:
        raise RefusedError(f"its SQL casts to {name}, which is not allowed", name.upper(), TYPES)
    for child in part["children"]:
        if child["class"] == "TYPE":
            _check_type(child)
