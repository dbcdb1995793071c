"""The named transforms: each turns source columns into the SQL of a value at the destination.

A transform is given column names of the entity's route table and returns an SQL expression that
DuckDB evaluates for all rows at once. NULL means that the field is not sent. The escape hatch is
`sql:EXPRESSION`, which is used as it stands.

==================  ================================================================
`text`              the text, trimmed; nothing when empty
`number` `money`    a number; money with two decimals
`date`              the day, as YYYY-MM-DD
`utc`               the tenant's local time as a moment in UTC
`checkbox`          true or false
`list`              a list of texts
`choice`            one choice of a custom picklist, by its label
`choices`           several, which ";" parts in the source
`choices:comma`     several, which "," parts in the source, or ";"
`choices:bar`       several, which "|" parts in the source, or ";"
`choices:line`      several, each on a line of its own in the source, or parted by ";"
`map:NAME`          through the value map NAME, to the id of a choice
`status_text`       the words after "kind: " in a job's status
`closed_date`       a day, only where the deal's stage is won or lost
`open_date`         a day, only where the deal's stage is open
`owner`             an e-mail address to the id of the user who has it
`ref:ENTITY`        the id of the record with this source key
`accounts` `contacts`  the ids of several records, in the API's shapes
`target`            the one record that an activity, note or file stands on
`marked` `marked_html`  a text that ends with the record's source key
`pricing` `one-time` `completed` `json`  what they say
==================  ================================================================
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from crossdock.connectors.freshsales.keys import SOURCE_KEY_LABEL
from crossdock.errors import MappingInvalidError
from crossdock.mapping.document import Line
from crossdock.model.references import MARK


def quoted(name: str) -> str:
    """Return a name as a quoted SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """Return a text as an SQL string."""
    return "'" + text.replace("'", "''") + "'"


def reference(entity: str, key: str) -> str:
    """Return SQL for a reference to the record of an entity with this key; NULL for no key."""
    return (
        f"CASE WHEN {key} IS NOT NULL THEN"
        f" json_object({literal(MARK)}, json_array({literal(entity)}, {key})) END"
    )


def _text(columns: Sequence[str]) -> str:
    return f"nullif(trim(CAST({columns[0]} AS VARCHAR)), '')"


def _list(columns: Sequence[str]) -> str:
    return f"CASE WHEN len({columns[0]}) > 0 THEN to_json({columns[0]}) END"


def _number(columns: Sequence[str]) -> str:
    bare = f"regexp_replace(CAST({columns[0]} AS VARCHAR), '[^0-9.-]', '', 'g')"
    return f"try_cast({bare} AS DECIMAL(18, 4))"


def _money(columns: Sequence[str]) -> str:
    return f"CAST({columns[0]} AS DECIMAL(18, 2))"


def _date(columns: Sequence[str]) -> str:
    """Read dates and the tenant's own date texts alike; a text that is no date becomes NULL."""
    text = f"CAST({columns[0]} AS VARCHAR)"
    return f"strftime(try_strptime({text}, getvariable('date_formats')), '%Y-%m-%d')"


def _checkbox(columns: Sequence[str]) -> str:
    text = f"lower(CAST({columns[0]} AS VARCHAR))"
    return (
        f"CASE WHEN {text} IN ('yes', 'y', 'true', '1', 'on') THEN true"
        f" WHEN {text} IN ('no', 'n', 'false', '0', 'off') THEN false END"
    )


def _choices(columns: Sequence[str]) -> str:
    return f"array_to_string(as_list({columns[0]}), ';')"


def _parted_by(mark: str) -> Callable[[Sequence[str]], str]:
    """Return the transform for a text whose choices another mark parts than the API's own."""
    return lambda columns: _choices([f"replace(replace({columns[0]}, chr(13), ''), {mark}, ';')"])


def _stage_is(kind: str, column: str) -> str:
    """Tell whether the stage that the row's status maps to is open, won or lost."""
    test = "= 'Open'" if kind == "open" else "<> 'Open'"
    return f"CASE WHEN map_deal_stage.forecast {test} THEN strftime({column}, '%Y-%m-%d') END"


def _contacts(columns: Sequence[str]) -> str:
    refs = ", ".join(reference("contact", column) for column in columns)
    kept = f"list_filter([{refs}], lambda r: r IS NOT NULL)"
    return f"CASE WHEN {columns[0]} IS NOT NULL THEN to_json({kept}) END"


def _accounts(columns: Sequence[str]) -> str:
    one = f"json_object('id', {reference('sales_account', 'k')}, 'is_primary', i = 1)"
    return (
        f"CASE WHEN len({columns[0]}) > 0 THEN"
        f" to_json(list_transform({columns[0]}, lambda k, i: {one})) END"
    )


def _owner(columns: Sequence[str]) -> str:
    return (
        "(SELECT CAST(u.id AS BIGINT) FROM dest.user u"
        f" WHERE u.email = lower({columns[0]}) AND u.active)"
    )


def _target(columns: Sequence[str]) -> str:
    return (
        f"CASE WHEN {columns[0]}[2] IS NOT NULL THEN json_object({literal(MARK)},"
        f" json_array({columns[0]}[1], {columns[0]}[2])) END"
    )


def _marked(columns: Sequence[str]) -> str:
    return (
        f"concat_ws(chr(10) || chr(10), nullif({columns[0]}, ''),"
        f" {literal(SOURCE_KEY_LABEL)} || ': ' || source_key)"
    )


def _marked_html(columns: Sequence[str]) -> str:
    safe = f"replace(replace(replace({_marked(columns)}, '&', '&amp;'), '<', '&lt;'), '>', '&gt;')"
    return f"replace({safe}, chr(10), '<br>')"


def _pricing(columns: Sequence[str]) -> str:
    return (
        f"CASE WHEN {columns[0]} IS NOT NULL THEN json_array(json_object("
        f"'currency_code', getvariable('currency'), 'unit_price', {columns[0]})) END"
    )


NAMED: dict[str, Callable[[Sequence[str]], str]] = {
    "text": _text,
    "number": _number,
    "money": _money,
    "date": _date,
    "utc": lambda columns: f"as_utc({columns[0]})",
    "checkbox": _checkbox,
    "list": _list,
    "choice": _text,
    "choices": _choices,
    "choices:comma": _parted_by("','"),
    "choices:bar": _parted_by("'|'"),
    "choices:line": _parted_by("chr(10)"),
    "status_text": _text,
    "closed_date": lambda columns: _stage_is("closed", columns[0]),
    "open_date": lambda columns: _stage_is("open", columns[0]),
    "owner": _owner,
    "accounts": _accounts,
    "contacts": _contacts,
    "target": _target,
    "marked": _marked,
    "marked_html": _marked_html,
    "pricing": _pricing,
    "one-time": lambda columns: f"CASE WHEN {columns[0]} IS NOT NULL THEN 1 END",
    "completed": lambda columns: "1",
    "json": lambda columns: columns[0],
}


def expression(line: Line) -> str:
    """Return the SQL of a line's value. Raises MappingInvalidError for an unknown transform."""
    name, _, argument = line.transform.partition(":")
    columns = [quoted(column) for column in line.columns]
    if line.transform in NAMED:
        return NAMED[line.transform](columns)
    if name == "sql":
        return f"({argument})"
    if name == "map":
        return f"map_{argument}.id"
    if name == "ref":
        return reference(argument, columns[0])
    raise MappingInvalidError(
        f"{line.entity}.{line.target} uses the transform {line.transform}, which is unknown.",
        next_command="edit mapping.toml (docs/reference/transforms.md), "
        "crossdock map confirm --by NAME",
    )
