"""Transforms that lead to other records: accounts, contacts, deals, users."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from crossdock.mapping.transforms.quoting import literal, reference
from crossdock.mapping.transforms.transform import ANY, Example, Gives, Kind, Transform
from crossdock.model.references import MARK


def _contacts(columns: Sequence[str], argument: str) -> str:
    refs = ", ".join(reference("contact", column) for column in columns)
    kept = f"list_filter([{refs}], lambda r: r IS NOT NULL)"
    return f"CASE WHEN {columns[0]} IS NOT NULL THEN to_json({kept}) END"


def _accounts(columns: Sequence[str], argument: str) -> str:
    one = f"json_object('id', {reference('sales_account', 'k')}, 'is_primary', i = 1)"
    return (
        f"CASE WHEN len({columns[0]}) > 0 THEN"
        f" to_json(list_transform({columns[0]}, lambda k, i: {one})) END"
    )


def _owner(columns: Sequence[str], argument: str) -> str:
    """Return SQL for the owner's user, or for the default owner where there is no such user."""
    user = "(SELECT CAST(u.id AS BIGINT) FROM dest.user u WHERE u.active AND u.email = lower({}))"
    default = user.format("getvariable('default_owner')")
    return f"coalesce({user.format(columns[0])}, {default})"


def _target(columns: Sequence[str], argument: str) -> str:
    return (
        f"CASE WHEN {columns[0]}[2] IS NOT NULL THEN json_object({literal(MARK)},"
        f" json_array({columns[0]}[1], {columns[0]}[2])) END"
    )


def _pricing(columns: Sequence[str], argument: str) -> str:
    return (
        f"CASE WHEN {columns[0]} IS NOT NULL THEN json_array(json_object("
        f"'currency_code', getvariable('currency'), 'unit_price', {columns[0]})) END"
    )


RECORDS: Final = (
    Transform(
        "owner",
        "the id of the active user who has this e-mail address",
        Gives.ID,
        _owner,
        (Example(("Ann@Example.com",), 5), Example(("who@example.com",), None)),
        takes=(Kind.TEXT,),
    ),
    Transform(
        "ref",
        "the id of the record of this entity that has the source key",
        Gives.RECORDS,
        lambda columns, argument: reference(argument, columns[0]),
        (Example(("JOB-1",), '{"$ref":["deal","JOB-1"]}', "deal"), Example((None,), None, "deal")),
        argument="ENTITY",
    ),
    Transform(
        "accounts",
        "the accounts with these source keys, the first of them primary",
        Gives.RECORDS,
        _accounts,
        (Example((["C1"],), '[{"id":{"$ref":["sales_account","C1"]},"is_primary":true}]'),),
        takes=(Kind.LIST,),
    ),
    Transform(
        "contacts",
        "the contacts with the source keys of several columns",
        Gives.RECORDS,
        _contacts,
        (Example(("C1-1", None), '[{"$ref":["contact","C1-1"]}]'),),
        takes=(Kind.TEXT,),
        columns=(1, 20),
    ),
    Transform(
        "target",
        "the one record that an activity, note or file stands on",
        Gives.RECORDS,
        _target,
        (Example((["deal", "JOB-1"],), '{"$ref":["deal","JOB-1"]}'),),
        takes=(Kind.LIST,),
    ),
    Transform(
        "pricing",
        "the price of a product, in the account's currency",
        Gives.RECORDS,
        _pricing,
        (Example((Decimal("99.00"),), '[{"currency_code":"AUD","unit_price":99.00}]'),),
        takes=(Kind.NUMBER,),
    ),
    Transform(
        "json",
        "what the route made for the API, as it stands",
        Gives.RECORDS,
        lambda columns, argument: columns[0],
        (Example(('{"a":1}',), '{"a":1}'),),
        takes=ANY,
    ),
)
