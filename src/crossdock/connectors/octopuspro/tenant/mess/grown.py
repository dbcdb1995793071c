"""Level 2: what years of changing habits and settings leave behind."""

from __future__ import annotations

import duckdb

from crossdock.connectors.octopuspro.tenant.mess.cabinet import changed, on_rows, some

Con = duckdb.DuckDBPyConnection


@on_rows(2, "invoices")
def numbers_taken_twice(con: Con) -> int:
    """Two invoices with one number."""
    chosen = some("x_invoices", "collision", 0.003, "rowid > 0")
    return changed(
        con,
        f"""UPDATE x_invoices SET "Invoice Number" = before.number
        FROM (SELECT rowid + 1 AS after, "Invoice Number" AS number FROM x_invoices) before
        WHERE before.after = x_invoices.rowid AND x_invoices.{chosen}""",
    )


@on_rows(2, "invoices")
def iso_invoice_dates(con: Con) -> int:
    """Dates as YYYY-MM-DD, because the file was made after the account's setting changed."""
    return _iso(con, "invoices", ("Issue Date", "Due Date", "Voided At"))


@on_rows(2, "ratings")
def iso_rating_dates(con: Con) -> int:
    """Times as YYYY-MM-DD and 24 hours, because the setting changed before this file was made."""
    return _iso(con, "ratings", ("Created",))


def _iso(con: Con, name: str, columns: tuple[str, ...]) -> int:
    """Rewrite a file's dates the other way round."""
    sets = ", ".join(
        f""""{c}" = CASE WHEN "{c}" LIKE '% %'
          THEN strftime(strptime("{c}", '%d/%m/%Y %-I:%M %p'), '%Y-%m-%d %H:%M')
          ELSE strftime(strptime("{c}", '%d/%m/%Y'), '%Y-%m-%d') END"""
        for c in columns
    )
    return changed(con, f"UPDATE x_{name} SET {sets}")


@on_rows(2, "bookings")
def odd_statuses(con: Con) -> int:
    """Statuses in other case, with blanks, or of the account's own making."""
    chosen = some("x_bookings", "odd status", 0.08)
    return changed(
        con,
        f"""UPDATE x_bookings SET "Status" = CASE h('odd', rowid) % 4
          WHEN 0 THEN upper(left("Status", 1)) || lower(substr("Status", 2))
          WHEN 1 THEN "Status" || ' ' WHEN 2 THEN lower("Status")
          ELSE CASE WHEN "Status" IN ('TO DO', 'IN PROGRESS') THEN 'WAITING ON PARTS'
            WHEN "Status" = 'CANCELLED' THEN 'CANCELED' ELSE "Status" || ' - QA' END END
        WHERE {chosen}""",
    )


@on_rows(2, "invoices")
def money_with_symbols(con: Con) -> int:
    """Amounts as $1,234.50."""
    columns = ("Sub Total", "Total", "Paid", "Balance")
    sets = ", ".join(f"\"{c}\" = '$' || format('{{:,.2f}}', \"{c}\"::DOUBLE)" for c in columns)
    return changed(con, f"UPDATE x_invoices SET {sets}")


@on_rows(2, "payments")
def money_as_typed(con: Con) -> int:
    """Amounts as somebody typed them: 250$, A$250.00, 1,250.00."""
    chosen = some("x_payments", "typed", 0.2)
    return changed(
        con,
        f"""UPDATE x_payments SET "Amount" = CASE h('typed', rowid) % 3
          WHEN 0 THEN "Amount" || '$' WHEN 1 THEN 'A$' || "Amount"
          ELSE format('{{:,.2f}}', "Amount"::DOUBLE) END
        WHERE {chosen}""",
    )


@on_rows(2, "customers")
def words_for_nothing(con: Con) -> int:
    """N/A, -, NULL and 0000-00-00 where there is no value."""
    chosen = some("x_customers", "nothing", 0.3)
    return changed(
        con,
        f"""UPDATE x_customers SET
          "Phone2" = coalesce("Phone2", ['N/A', '-', 'n/a', 'NULL'][1 + n('nothing', rowid, 4)]),
          "Fax" = coalesce("Fax", '-'), "Deleted At" = coalesce("Deleted At", '0000-00-00'),
          "Email2" = coalesce("Email2", 'none')
        WHERE {chosen}""",
    )


@on_rows(2, "discussions")
def comments_with_markup(con: Con) -> int:
    """Comments with HTML and line breaks of both kinds."""
    chosen = some("x_discussions", "markup", 0.2)
    return changed(
        con,
        f"""UPDATE x_discussions SET "Comment" = CASE h('markup', rowid) % 3
          WHEN 0 THEN '<p>' || "Comment" || '</p><br/><b>Thanks &amp; regards</b>'
          WHEN 1 THEN "Comment" || chr(13) || chr(10) || '--' || chr(13) || chr(10)
            || 'Alex, "Bright Clean"'
          ELSE '- ' || "Comment" || chr(10) || '- call back; ask for Tom' END
        WHERE {chosen}""",
    )


@on_rows(2, "custom_field_answers")
def relabelled_fields(con: Con) -> int:
    """One field id under two labels, because the field was renamed."""
    chosen = some("x_custom_field_answers", "relabelled", 0.4, "\"Field ID\" = '8203'")
    return changed(
        con,
        "UPDATE x_custom_field_answers SET \"Label\" = 'How do we get in?' "
        f"WHERE \"Field ID\" = '8203' AND {chosen}",
    )


@on_rows(2, "invoice_items")
def tax_on_top(con: Con) -> int:
    """Lines whose amount does not contain the tax, against the account's setting."""
    chosen = some("x_invoice_items", "on top", 0.01, "\"Tax Rate\" = 'GST 10%'")
    return changed(
        con,
        f"""UPDATE x_invoice_items SET "Tax Rate" = 'GST 10% (exclusive)',
          "Amount" = ("Amount"::DECIMAL(18, 2) - "Tax"::DECIMAL(18, 2))::VARCHAR
        WHERE {chosen}""",
    )


@on_rows(2, "labels")
def old_words(con: Con) -> int:
    """Records still called Estimate, as the product called quotes once."""
    chosen = some("x_labels", "old word", 0.5, "\"Record Type\" = 'Quote'")
    return changed(
        con,
        f"UPDATE x_labels SET \"Record Type\" = 'Estimate' WHERE {chosen} "
        "AND \"Record Type\" = 'Quote'",
    )


@on_rows(2, "ratings")
def old_headers(con: Con) -> int:
    """A column still called Contractor, as the product called fieldworkers once."""
    con.execute('ALTER TABLE x_ratings RENAME COLUMN "Fieldworker" TO "Contractor"')
    return 1


@on_rows(2, "labels")
def separator_in_a_value(con: Con) -> int:
    """A label that itself holds the semicolon that joins labels."""
    return changed(
        con,
        "UPDATE x_labels SET \"Label\" = 'Key on file; ask Tom' WHERE \"Label\" = 'Key on file'",
    )
