"""Level 1: what a year of ordinary use leaves behind."""

from __future__ import annotations

import duckdb

from crossdock.connectors.octopuspro.tenant.mess.cabinet import changed, on_rows, some

Con = duckdb.DuckDBPyConnection

#: The next free customer id, counting on from the copied row's own place.
_NEW_ID = (
    '((SELECT max("Customer ID"::BIGINT) FROM x_customers)'
    " + row_number() OVER (ORDER BY rowid))::VARCHAR"
)


@on_rows(1, "customers")
def exact_duplicates(con: Con) -> int:
    """The same customer twice, under another id."""
    chosen = some("x_customers", "exact duplicate", 0.03)
    return changed(
        con,
        f'INSERT INTO x_customers SELECT * REPLACE ({_NEW_ID} AS "Customer ID") '
        f"FROM x_customers WHERE {chosen} ORDER BY rowid",
    )


@on_rows(1, "customers")
def near_duplicates(con: Con) -> int:
    """The same customer again, with the phone as +61 or unspaced and the e-mail in other case."""
    chosen = some("x_customers", "near duplicate", 0.04, '"Mobile" IS NOT NULL')
    return changed(
        con,
        f"""INSERT INTO x_customers SELECT * REPLACE ({_NEW_ID} AS "Customer ID",
          CASE WHEN h('as', rowid) % 2 = 0 THEN '+61 ' || substr("Mobile", 2)
            ELSE replace("Mobile", ' ', '') END AS "Mobile",
          upper(left("Email", 1)) || substr("Email", 2) AS "Email",
          CASE WHEN h('case', rowid) % 3 = 0 THEN upper("Last Name") ELSE "Last Name" END
            AS "Last Name")
        FROM x_customers WHERE {chosen} ORDER BY rowid""",
    )


@on_rows(1, "customers")
def test_customer(con: Con) -> int:
    """A customer called Test Test that somebody tried the import with."""
    return changed(
        con,
        f"""INSERT INTO x_customers BY NAME
        SELECT {_NEW_ID} AS "Customer ID", 'Personal' AS "Customer Type", 'Test' AS "First Name",
          'Test' AS "Last Name", 'test@test' AS "Email", '0000000000' AS "Mobile",
          "Date Joined", 'Active' AS "Status"
        FROM x_customers WHERE rowid = 0""",
    )


@on_rows(1, "customers")
def lost_emails(con: Con) -> int:
    """Customers whose e-mail was never asked for."""
    chosen = some("x_customers", "lost e-mail", 0.08, '"Email" IS NOT NULL')
    return changed(
        con,
        f'UPDATE x_customers SET "Email" = NULL, "Email2" = NULL, "Email3" = NULL WHERE {chosen}',
    )


@on_rows(1, "customers")
def family_emails(con: Con) -> int:
    """One e-mail used by two different customers."""
    donors = 'SELECT rowid + 1 FROM x_customers WHERE rowid % 2 = 0 AND "Email" IS NOT NULL'
    chosen = some("x_customers", "family e-mail", 0.03, f"rowid IN ({donors})")
    return changed(
        con,
        f"""UPDATE x_customers SET "Email" = donor.mail
        FROM (SELECT rowid + 1 AS taker, "Email" AS mail FROM x_customers) donor
        WHERE donor.taker = x_customers.rowid AND x_customers.{chosen}""",
    )


@on_rows(1, "customers")
def states_by_ear(con: Con) -> int:
    """The state written out, dotted or in small letters."""
    chosen = some("x_customers", "state", 0.1, "\"State\" IN ('NSW', 'VIC', 'QLD')")
    return changed(
        con,
        f"""UPDATE x_customers SET "State" = CASE h('spelling', rowid) % 3
          WHEN 0 THEN lower("State") WHEN 1 THEN regexp_replace("State", '(.)', '\\1.', 'g')
          ELSE CASE "State" WHEN 'NSW' THEN 'New South Wales' WHEN 'VIC' THEN 'Victoria'
            ELSE 'Queensland' END END
        WHERE {chosen}""",
    )


@on_rows(1, "customers")
def deleted_but_used(con: Con) -> int:
    """Soft-deleted customers that bookings still refer to."""
    used = '"Customer ID" IN (SELECT "Customer ID" FROM x_bookings)'
    chosen = some("x_customers", "deleted but used", 0.01, used)
    return changed(
        con,
        "UPDATE x_customers SET \"Status\" = 'Deleted', \"Deleted At\" = '15/06/2026' "
        f"WHERE {chosen}",
    )


@on_rows(1, "bookings")
def deleted_bookings(con: Con) -> int:
    """Soft-deleted bookings whose invoices live on."""
    chosen = some("x_bookings", "deleted booking", 0.005, "\"Status\" = 'COMPLETED'")
    return changed(con, f"UPDATE x_bookings SET \"Deleted\" = 'Yes' WHERE {chosen}")


@on_rows(1, "bookings")
def dangling_customers(con: Con) -> int:
    """Bookings of a customer who was deleted for good."""
    chosen = some("x_bookings", "dangling", 0.005)
    return changed(
        con, f'UPDATE x_bookings SET "Customer ID" = (5000000 + rowid)::VARCHAR WHERE {chosen}'
    )


@on_rows(1, "bookings")
def virtual_bookings(con: Con) -> int:
    """Bookings by video: a location type of its own and no address."""
    chosen = some("x_bookings", "virtual", 0.01)
    return changed(
        con,
        'UPDATE x_bookings SET "Location Type" = \'Virtual\', "Address" = NULL, '
        f'"Property Type" = NULL WHERE {chosen}',
    )


@on_rows(1, "discussions")
def ambiguous_hour(con: Con) -> int:
    """A comment written in the hour that the end of daylight saving time has twice."""
    chosen = some("x_discussions", "ambiguous", 0.001)
    return changed(
        con, f"UPDATE x_discussions SET \"Date Time\" = '05/04/2026 2:30 AM' WHERE {chosen}"
    )


@on_rows(1, "discussions")
def dangling_comments(con: Con) -> int:
    """Comments on a record that no longer exists."""
    chosen = some("x_discussions", "dangling", 0.005)
    return changed(
        con,
        f"UPDATE x_discussions SET \"Record Number\" = 'BOK-' || (5000000 + rowid) WHERE {chosen}",
    )


@on_rows(1, "quotes")
def hand_edited_quotes(con: Con) -> int:
    """Quote numbers typed by hand: leading zeros and an older system's style."""
    return _renumber(con, "Quote Number", "x_quotes", "EST-0", "Q/", ("quote_items", "bookings"))


@on_rows(1, "invoices")
def hand_edited_invoices(con: Con) -> int:
    """Invoice numbers typed by hand: leading zeros and an older system's style."""
    used = ("invoice_items", "payments", "refunds")
    return _renumber(con, "Invoice Number", "x_invoices", "INV-0", "2019-", used)


def _renumber(
    con: Con, column: str, table: str, zeros: str, legacy: str, also: tuple[str, ...]
) -> int:
    """Give 1 % of a table other numbers, here and where they are used, but not in sent e-mails."""
    chosen = some(table, "hand-edited", 0.01)
    con.execute(
        f"""CREATE OR REPLACE TEMP TABLE renumbered AS SELECT "{column}" AS old,
          CASE WHEN h('style', rowid) % 2 = 0 THEN '{zeros}' || substr("{column}", 5)
            ELSE '{legacy}' || substr("{column}", 5) END AS new
        FROM {table} WHERE {chosen}"""
    )
    for name in (table, *(f"x_{name}" for name in also)):
        con.execute(
            f'UPDATE {name} SET "{column}" = r.new FROM renumbered r '
            f'WHERE {name}."{column}" = r.old'
        )
    return changed(con, "SELECT count(*) FROM renumbered")


@on_rows(1, "payments")
def payments_on_void_invoices(con: Con) -> int:
    """Approved payments on an invoice that was voided later."""
    return _pay(con, "\"Status\" = 'Void'", '"Invoice Number"', 0.3, "void")


@on_rows(1, "payments")
def payments_on_missing_invoices(con: Con) -> int:
    """Approved payments on an invoice that is not in the export."""
    return _pay(con, "true", "'INV-' || (5000000 + rowid)", 0.003, "missing")


def _pay(con: Con, where: str, number: str, share: float, trick: str) -> int:
    """Add a payment of the full amount for some invoices, under the number given."""
    chosen = some("x_invoices", trick, share, where)
    return changed(
        con,
        f"""INSERT INTO x_payments BY NAME
        SELECT ((SELECT max("Payment ID"::BIGINT) FROM x_payments)
            + row_number() OVER (ORDER BY rowid))::VARCHAR AS "Payment ID",
          {number} AS "Invoice Number", "Booking Numbers" AS "Booking Number", "Customer Name",
          "Issue Date" || ' 4:05 PM' AS "Received Date", "Total" AS "Amount",
          'Bank transfer' AS "Payment Type", 'NAB {trick}' AS "Reference",
          'Manual' AS "Insert Type", 'Approved' AS "Status", 'Morgan T' AS "Added By",
          'No' AS "Is Deposit"
        FROM x_invoices WHERE {where} AND {chosen} ORDER BY rowid""",
    )
