"""Whose a record is, where it names its customer and shows no id.

The name must be a customer's: letter by letter, else without case, punctuation and accents, else
with its words in any order. Where several customers have it, an e-mail, phone number or address in
the same row tells them apart, else the customer of the quote, booking or invoice that belongs to
the record. Whoever is still one of several is linked to nobody, and a finding names the record.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib import resources

import duckdb

from crossdock.intake.links import views
from crossdock.intake.links.contacts import contacts_of, text_columns
from crossdock.intake.sql import quoted

#: Columns that name the customer of a record, the likeliest first.
_NAMES = ("customer_name", "own_customer_name", "own_customer", "own_client_name", "own_client")
#: Objects whose records belong to a customer.
OWNED = (
    "booking",
    "quote",
    "invoice",
    "inquiry",
    "customer_contact",
    "customer_address",
    "customer_property",
)
#: The documents of one job, by which a customer may be told: own number, and what it names.
_DOCUMENTS = {
    "booking": ("booking_number", "quote_number"),
    "quote": ("quote_number", "booking_number"),
    "invoice": ("invoice_number", "booking_numbers"),
    "inquiry": ("inquiry_number", "converted_to"),
}

_ASKING = """
CREATE OR REPLACE TEMP TABLE asking (
    object VARCHAR, _row BIGINT, name VARCHAR, emails VARCHAR[], phones VARCHAR[], places VARCHAR[]
);
"""


def link(connection: duckdb.DuckDBPyConnection, present: Sequence[str], without_ids: bool) -> None:
    """Fill `link.customer_of` (object, _row, customer_id, how, name) and `link.customer_doubt`.

    `how` is `name`, `contact` or `number`. In a doubt, no candidate means that nobody has the name.
    `without_ids` says that no customer shows an id.
    """
    connection.execute(_ASKING)
    if "customer" not in present:
        return
    for name in OWNED:
        if name in present:
            _ask(connection, name, without_ids)
    row = connection.execute("SELECT count(*) FROM asking").fetchone()
    if row is None or row[0] == 0:
        return
    _customers(connection)
    _documents(connection, present)
    connection.execute(resources.files(__package__).joinpath("customers.sql").read_text("utf-8"))


def have_no_ids(connection: duckdb.DuckDBPyConnection) -> bool:
    """Return whether no customer of the export shows an id: then ids elsewhere lead nowhere."""
    row = connection.execute(
        "SELECT 1 FROM typed.customer WHERE customer_id IS NOT NULL LIMIT 1"
    ).fetchone()
    return row is None


def _ask(connection: duckdb.DuckDBPyConnection, name: str, without_ids: bool) -> None:
    """Note the rows of an object that name their customer and show no id that leads anywhere."""
    columns = text_columns(connection, name)
    named = [column for column in _NAMES if column in columns]
    if not named:
        return
    contacts = contacts_of(connection, name)
    emails = _list(f"lower({quoted(column)})" for column in contacts.emails)
    phones = _list(f"link.phone_digits({quoted(column)})" for column in contacts.phones)
    places = _list(f"link.plain_name({quoted(column)})" for column in contacts.addresses)
    who = f"coalesce({', '.join(quoted(column) for column in named)})"
    unknown = "true" if without_ids else "customer_id IS NULL"
    connection.execute(
        f"INSERT INTO asking SELECT '{name}', _row, {who}, {emails}, {phones}, {places}"
        f" FROM typed.{name} WHERE {who} IS NOT NULL AND {unknown}"
    )


def _customers(connection: duckdb.DuckDBPyConnection) -> None:
    """Note every customer with what it can be told by."""
    contacts = contacts_of(connection, "customer")
    emails = _list(f"lower({quoted(column)})" for column in contacts.emails)
    phones = _list(f"link.phone_digits({quoted(column)})" for column in contacts.phones)
    connection.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE customer AS
        SELECT _row, customer_id, business_name,
            nullif(concat_ws(' ', first_name, last_name), '') AS full_name,
            coalesce(business_name, full_name) AS display_name,
            {emails} AS emails, {phones} AS phones,
            link.plain_name(street) AS street, link.plain_name(suburb) AS suburb, postcode,
            {_list(f"link.plain_name({quoted(column)})" for column in contacts.addresses)} AS places
        FROM ({views.sql(connection, "customer")})
        """
    )


def _documents(connection: duckdb.DuckDBPyConnection, present: Sequence[str]) -> None:
    """Note which document names which, both ways."""
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE document (object VARCHAR, _row BIGINT, customer_id VARCHAR,"
        " number VARCHAR, names VARCHAR)"
    )
    for name, (own, other) in _DOCUMENTS.items():
        if name in present:
            others = f"regexp_split_to_array({other}, '\\s*;\\s*')"
            connection.execute(
                f"INSERT INTO document SELECT '{name}', _row, customer_id, {own},"
                f" unnest(coalesce(nullif({others}, []), [NULL]))"
                f" FROM ({views.sql(connection, name)})"
            )


def _list(items: Iterable[str]) -> str:
    """Return the SQL of a list of text without its empty places."""
    return f"list_filter([{', '.join(items)}]::VARCHAR[], lambda x: x <> '')"
