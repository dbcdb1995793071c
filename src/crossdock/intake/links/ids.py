"""Ids for customers and payments that the export shows none for, made of what they hold.

An id of their place would be another one in the next export. These are made of the name and one
contact detail (or of a payment's facts), so that a later export of the same list says the same.
Rows that agree in all of that get a number behind it, in the order of the rest of their content.
"""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from crossdock.intake.links.contacts import Contacts, contacts_of, text_columns
from crossdock.intake.sql import quoted

#: The facts of a payment that make it the same payment in every export.
_PAYMENT = (
    "invoice_number",
    "booking_number",
    "customer_name",
    "received_date",
    "amount",
    "payment_type",
    "reference",
)
#: Columns of a customer list that hold the whole name, where there is no column for its parts.
_WHOLE_NAMES = ("own_customer_name", "own_name", "own_full_name", "own_client_name", "own_customer")


def make(connection: duckdb.DuckDBPyConnection, present: Sequence[str]) -> None:
    """Fill `link.made_id` (object, _row, id) and `link.split_name` for the rows that need it."""
    if "customer" in present:
        _split_names(connection)
        contact = _first_contact(contacts_of(connection, "customer"))
        name = (
            "link.plain_name(coalesce(t.business_name, "
            "nullif(concat_ws(' ', coalesce(t.first_name, s.first_name), "
            "coalesce(t.last_name, s.last_name)), ''), ''))"
        )
        _make(connection, "customer", "customer_id", f"concat_ws('|', {name}, {contact})")
    if "payment" in present:
        facts = ", ".join(f"upper(t.{column}::VARCHAR)" for column in _PAYMENT)
        _make(connection, "payment", "payment_id", f"concat_ws('|', {facts})")


def _split_names(connection: duckdb.DuckDBPyConnection) -> None:
    """Read names that stand in one column as first and last name."""
    columns = text_columns(connection, "customer")
    whole = [name for name in _WHOLE_NAMES if name in columns]
    if not whole:
        return
    name = f"coalesce({', '.join(quoted(column) for column in whole)})"
    connection.execute(
        f"""
        INSERT INTO link.split_name
        SELECT _row, CASE WHEN name LIKE '% %' THEN split_part(name, ' ', 1) END,
            CASE WHEN name LIKE '% %' THEN substr(name, strpos(name, ' ') + 1) ELSE name END,
            written
        FROM (
            SELECT _row, {name} AS written, trim(regexp_replace(regexp_replace(
                {name}, '^([^,]+),\\s*([^,]+)$', '\\2 \\1'), '\\s+', ' ', 'g')) AS name
            FROM typed.customer WHERE coalesce(first_name, last_name, business_name) IS NULL
        ) WHERE name IS NOT NULL
        """
    )


def _first_contact(contacts: Contacts) -> str:
    """Return the SQL of the detail that tells customers of one name apart."""
    parts = [
        *(f"lower(t.{quoted(name)})" for name in contacts.emails),
        *(f"link.phone_digits(t.{quoted(name)})" for name in contacts.phones),
        "nullif(link.plain_name(concat_ws(' ', t.unit, t.street, t.suburb, t.postcode)), '')",
        *(f"link.plain_name(t.{quoted(name)})" for name in contacts.addresses),
        "''",
    ]
    return f"coalesce({', '.join(parts)})"


def _make(connection: duckdb.DuckDBPyConnection, name: str, column: str, content: str) -> None:
    row = connection.execute(
        f"SELECT 1 FROM typed.{name} WHERE {column} IS NULL LIMIT 1"
    ).fetchone()
    if row is None:
        return
    names = "LEFT JOIN link.split_name s ON s._row = t._row" if name == "customer" else ""
    connection.execute(
        f"""
        INSERT INTO link.made_id
        SELECT '{name}', _row,
            made || CASE WHEN twin > 1 THEN '-' || twin ELSE '' END
        FROM (
            SELECT _row, made, row_number() OVER (PARTITION BY made ORDER BY rest, _row) AS twin
            FROM (
                SELECT t._row, 'N' || upper(left(md5({content}), 12)) AS made
                FROM typed.{name} t {names} WHERE t.{column} IS NULL
            ) JOIN (
                SELECT rowid AS _row,
                    md5(concat_ws('|', *COLUMNS(lambda c: left(c, 1) <> '_'))) AS rest
                FROM stage.{name}
            ) USING (_row)
        )
        """
    )
