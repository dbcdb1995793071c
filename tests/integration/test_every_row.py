"""Every row of an export ends in exactly one place, with a reason, however messy it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from crossdock.connectors.octopuspro.tenant import write_tenant
from crossdock.errors import RowsLostError
from crossdock.mapping.shaping import account_for_rows
from crossdock.model.outcomes import Bucket
from crossdock.plan import money
from crossdock.routes.octopuspro_freshsales import ROUTE
from tests.integration.exports import MOVED, Row, Shaped, export_of, shaped

#: Tables that are loaded, one row per record, each with a source key.
LOADED = sorted({phase.table for phase in ROUTE.phases if not phase.checked})


#: Mess level and seed; each level has a seed of its own.
TENANTS = [(0, 11), (1, 12), (2, 13)]
#: More tenants for the one statement that matters most.
MORE_TENANTS = [(1, 25), (2, 23)]


def _misplaced(made: Shaped) -> dict[str, list[int]]:
    """Return, by object, the rows that are in no bucket or in more than one."""
    found = {}
    for name in MOVED:
        staged = set(made.column(f"SELECT rowid FROM stage.{name}"))
        rows = made.column(f"SELECT _row FROM route.flow WHERE object = '{name}'")
        wrong = {row for row, times in Counter(rows).items() if times > 1}
        wrong |= staged.symmetric_difference(rows)
        if wrong:
            found[name] = sorted(wrong)
    return found


def _tenant(folder: Path, mess: int, seed: int) -> Path:
    export = folder / "export"
    write_tenant(export, customers=60, seed=seed, mess=mess, media=False)
    return export


@pytest.fixture(scope="module", params=TENANTS, ids=lambda given: f"mess{given[0]}")
def tenant(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Shaped]:
    mess, seed = request.param
    with shaped(_tenant(tmp_path_factory.mktemp("tenant"), mess, seed)) as made:
        yield made


@pytest.mark.parametrize(("mess", "seed"), MORE_TENANTS)
def test_each_row_of_any_tenant_is_in_exactly_one_bucket(
    tmp_path: Path, mess: int, seed: int
) -> None:
    with shaped(_tenant(tmp_path, mess, seed)) as made:
        assert _misplaced(made) == {}


def test_each_staged_row_is_in_exactly_one_bucket(tenant: Shaped) -> None:
    assert _misplaced(tenant) == {}


def test_there_is_no_bucket_but_the_known_ones(tenant: Shaped) -> None:
    assert set(tenant.column("SELECT DISTINCT bucket FROM route.flow")) <= {*map(str, Bucket)}


def test_a_row_that_did_not_become_a_record_says_why(tenant: Shaped) -> None:
    silent = tenant.rows(
        "SELECT object, _row FROM route.flow WHERE bucket IN ('skipped', 'rejected', 'merged')"
        " AND coalesce(trim(reason), '') = ''"
    )
    assert silent == []


def test_a_row_that_was_created_or_merged_names_a_record(tenant: Shaped) -> None:
    nowhere = tenant.rows(
        "SELECT object, _row, bucket FROM route.flow"
        " WHERE bucket IN ('created', 'merged') AND source_key IS NULL"
    )
    assert nowhere == []


def test_source_keys_are_there_and_unique_in_every_table(tenant: Shaped) -> None:
    found = {}
    for table in LOADED:
        keys = tenant.column(f"SELECT source_key FROM {table}")
        found[table] = [key for key, times in Counter(keys).items() if times > 1 or not key]
    assert {table: keys for table, keys in found.items() if keys} == {}


def test_no_source_key_has_white_space(tenant: Shaped) -> None:
    spaced = {
        table: tenant.column(
            f"SELECT source_key FROM {table} WHERE source_key SIMILAR TO '.*\\s.*'"
        )
        for table in LOADED
    }
    assert {table: keys for table, keys in spaced.items() if keys} == {}


def test_deal_names_are_unique_whatever_the_case(tenant: Shaped) -> None:
    names = Counter(name.lower() for name in tenant.column("SELECT deal_name FROM route.deal"))
    assert [name for name, times in names.items() if times > 1] == []


def test_account_names_are_unique_whatever_the_case(tenant: Shaped) -> None:
    rows = tenant.column("SELECT account_name FROM route.sales_account")
    assert [n for n, times in Counter(str(r).lower() for r in rows).items() if times > 1] == []


def test_no_two_contacts_are_sent_with_one_address(tenant: Shaped) -> None:
    sent = tenant.column("SELECT address_to_send FROM route.contact")
    assert [address for address, times in Counter(sent).items() if times > 1] == []


def test_the_deals_carry_the_money_of_the_export(tenant: Shaped) -> None:
    assert money.planned(tenant.connection) == money.source(tenant.connection)


def test_the_money_of_the_export_is_what_its_invoices_say(tenant: Shaped) -> None:
    (said,) = tenant.column(
        "SELECT coalesce(sum(total), 0) FROM src.invoice"
        " WHERE upper(trim(coalesce(status, ''))) <> 'VOID'"
    )
    assert money.planned(tenant.connection)["invoiced"] == said


def test_the_lines_of_each_deal_add_up_to_its_amount(tenant: Shaped) -> None:
    off = tenant.rows(
        """
        SELECT d.source_key, d.amount, sum(CAST(l ->> '$.quantity' AS DECIMAL(18, 4))
            * CAST(l ->> '$.unit_price' AS DECIMAL(18, 2))) AS lines
        FROM (SELECT source_key, unnest(CAST(products AS JSON[])) AS l FROM route.deal_products) p
        JOIN route.deal d USING (source_key) GROUP BY ALL HAVING lines <> d.amount
        """
    )
    assert off == []


def test_every_line_names_a_product_that_is_planned(tenant: Shaped) -> None:
    lost = tenant.column(
        """
        SELECT DISTINCT l ->> '$.id.$ref[1]' AS product
        FROM (SELECT unnest(CAST(products AS JSON[])) AS l FROM route.deal_products)
        WHERE product NOT IN (SELECT source_key FROM route.item)
        """
    )
    assert lost == []


def test_whatever_stands_on_a_record_stands_on_one_that_is_planned(tenant: Shaped) -> None:
    lost = tenant.rows(
        """
        SELECT source_key, target FROM (
            SELECT source_key, target FROM route.visit
            UNION ALL SELECT source_key, target FROM route.task
            UNION ALL SELECT source_key, target FROM route.note
            UNION ALL SELECT source_key, target FROM route.document)
        WHERE target[2] IS NULL
            OR (target[1] = 'deal' AND target[2] NOT IN (SELECT source_key FROM route.deal))
            OR (target[1] = 'contact' AND target[2] NOT IN (SELECT source_key FROM route.contact))
        """
    )
    assert lost == []


# --- rows that lack what names them ---------------------------------------------------------

JANE: Row = {"customer_id": "1", "first_name": "Jane", "last_name": "Citizen"}


def _booking(number: str, total: str = "10.00", **more: object) -> dict[str, object]:
    return {"booking_number": number, "customer_id": "1", "total": total} | more


def test_a_tenant_without_properties_is_shaped_like_any_other(tmp_path: Path) -> None:
    export = export_of(tmp_path, customers=[JANE])
    (export / "customer_properties.csv").unlink()
    with shaped(export) as made:
        assert made.buckets("customer")[0][0] == "created"


def test_a_booking_without_a_number_is_not_called_deleted(tmp_path: Path) -> None:
    export = export_of(tmp_path, customers=[JANE], bookings=[_booking("BOK-1"), _booking("")])
    with shaped(export) as made:
        assert made.buckets("booking")[1] != ("skipped", "deleted in OctopusPro")


def test_a_deleted_booking_without_a_number_takes_no_other_booking_along(tmp_path: Path) -> None:
    bookings = [_booking("BOK-1"), _booking("", deleted="Yes")]
    with shaped(export_of(tmp_path, customers=[JANE], bookings=bookings)) as made:
        assert "BOK-1" in made.deals()


def test_a_quote_without_a_number_takes_no_other_quote_along(tmp_path: Path) -> None:
    quotes: list[Row] = [
        {"booking_number": "BOK-1", "customer_id": "1", "total": "5.00"},
        {"quote_number": "EST-9", "customer_id": "1", "total": "7.00", "status": "Sent"},
    ]
    export = export_of(tmp_path, customers=[JANE], bookings=[_booking("BOK-1")], quotes=quotes)
    with shaped(export) as made:
        assert "EST-9" in made.deals()


def test_an_invoice_without_a_number_loses_no_money(tmp_path: Path) -> None:
    invoices: list[Row] = [
        {"booking_numbers": "BOK-1", "customer_id": "1", "total": "5.00", "status": "Open"},
        {"invoice_number": "INV-9", "customer_id": "1", "total": "7.00", "status": "Open"},
    ]
    export = export_of(tmp_path, customers=[JANE], bookings=[_booking("BOK-1")], invoices=invoices)
    with shaped(export) as made:
        assert money.planned(made.connection)["invoiced"] == 12


def test_inquiries_without_a_number_are_all_accounted_for_as_what_they_become(
    tmp_path: Path,
) -> None:
    inquiries: list[Row] = [
        {"customer_name": "Bob One", "email": "one@example.com"},
        {"customer_name": "Bob Two", "email": "two@example.com"},
    ]
    with shaped(export_of(tmp_path, inquiries=inquiries)) as made:
        keys = made.column("SELECT source_key FROM route.contact")
        created = [bucket for bucket, _ in made.buckets("inquiry").values() if bucket == "created"]
    assert len([key for key in set(keys) if key]) == len(created)


def test_one_number_on_a_quote_and_an_invoice_is_two_deals(tmp_path: Path) -> None:
    export = export_of(
        tmp_path,
        customers=[JANE],
        quotes=[{"quote_number": "1042", "customer_id": "1", "total": "7.00", "status": "Sent"}],
        invoices=[{"invoice_number": "1042", "customer_id": "1", "total": "9.00"}],
    )
    with shaped(export) as made:
        keys = made.column("SELECT source_key FROM route.deal")
    assert len(keys) == len(set(keys)) == 2


def test_a_refund_of_a_payment_that_was_exported_twice_counts_once(tmp_path: Path) -> None:
    payment: Row = {
        "payment_id": "5",
        "invoice_number": "INV-1",
        "amount": "3.00",
        "status": "Approved",
    }
    export = export_of(
        tmp_path,
        customers=[JANE],
        invoices=[{"invoice_number": "INV-1", "customer_id": "1", "total": "9.00"}],
        payments=[payment, payment],
        refunds=[{"payment_id": "5", "amount": "1.00", "status": "Approved"}],
    )
    with shaped(export) as made:
        assert money.planned(made.connection)["refunded"] == 1


OWN_COLUMNS: dict[str, tuple[str, Row, str, Any]] = {
    "customer Name": (
        "customers",
        JANE | {"Name": "Other"},
        "SELECT account_name FROM route.account",
        "Jane Citizen",
    ),
    "customer RowID": (
        "customers",
        JANE | {"RowID": "K9"},
        "SELECT source_key FROM route.account",
        "C1",
    ),
    "booking Key": (
        "bookings",
        _booking("BOK-1", Key="K9"),
        "SELECT source_key FROM route.deal",
        "BOK-1",
    ),
    "booking Amount": (
        "bookings",
        _booking("BOK-1", Amount="99"),
        "SELECT amount FROM route.deal",
        10,
    ),
}


@pytest.mark.parametrize("column", OWN_COLUMNS)
def test_a_tenants_own_column_does_not_take_the_place_of_a_word_of_ours(
    tmp_path: Path, column: str
) -> None:
    file, row, query, expected = OWN_COLUMNS[column]
    files: dict[str, list[Row]] = {"customers": [JANE]} | {file: [row]}
    with shaped(export_of(tmp_path, **files)) as made:
        assert made.column(query) == [expected]


def test_a_tenants_own_column_keeps_its_value_beside_a_word_of_ours(tmp_path: Path) -> None:
    export = export_of(tmp_path, customers=[JANE], bookings=[_booking("BOK-1", Amount="99")])
    with shaped(export) as made:
        (found,) = made.rows("FROM route.deal")
    assert "99" in found.values()


def test_an_object_that_the_route_forgets_stops_everything(tenant: Shaped) -> None:
    tenant.connection.execute("BEGIN; DELETE FROM route.flow WHERE object = 'booking'")
    try:
        with pytest.raises(RowsLostError, match=r"\[E107\].*rows of booking"):
            account_for_rows(tenant.connection)
    finally:
        tenant.connection.execute("ROLLBACK")
