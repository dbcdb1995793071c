"""Numbers and amounts are read as their file writes them; what is no number is none."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from tests.integration.exports import MANIFEST
from tests.integration.formats import invoices, reading

TOTALS = "SELECT total FROM src.invoice ORDER BY invoice_number"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("1,234.50", "1234.50"),
        ("1 234.50", "1234.50"),
        ("1'234.50", "1234.50"),
        ("1,234,567", "1234567"),
        ("1,23,456.00", "123456"),
        ("$1,234.50", "1234.50"),
        ("A$ 12.00", "12"),
        ("500$", "500"),
        ("AUD 500", "500"),
        ("12.50 aud", "12.5"),
        ("(12.00)", "-12"),
        ("($12.00)", "-12"),
        ("12.00-", "-12"),
        ("12.00$-", "-12"),
        ("12.00 AUD-", "-12"),
        ("12.00- AUD", "-12"),
        ("-$5", "-5"),
        ("$-5", "-5"),
        ("−5", "-5"),
        ("+5", "5"),
        (".5", "0.5"),
        ("1234.567", "1234.57"),
    ],
)
def test_an_amount_is_read_as_it_is_written(tmp_path: Path, written: str, meant: str) -> None:
    with reading(tmp_path, "invoice", invoices=invoices(written, "7.10")) as found:
        assert found.column(TOTALS) == [Decimal(meant), Decimal("7.10")]
        assert found.questions() == []


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("1.234,50", "1234.50"),
        ("12,5", "12.5"),
        ("1 234,50", "1234.50"),
        ("1.234.567", "1234567"),
        ("1.234", "1234"),
        ("€ 1.234,50", "1234.5"),
        ("(1,5)", "-1.5"),
    ],
)
def test_an_amount_with_a_decimal_comma_is_read(tmp_path: Path, written: str, meant: str) -> None:
    with reading(tmp_path, "invoice", invoices=invoices("7,10", written)) as found:
        assert found.column(TOTALS) == [Decimal("7.10"), Decimal(meant)]
        assert found.questions() == []


@pytest.mark.parametrize(
    "written",
    [
        "approx 200",
        "call 2 times",
        "10-20",
        "12.34.56",
        "5 or 6",
        "$",
        "1,2,3",
        "2 h",
        "0x10",
        "1_000",
    ],
)
def test_words_and_digits_are_no_amount(tmp_path: Path, written: str) -> None:
    with reading(tmp_path, "invoice", invoices=invoices("7.10", written)) as found:
        assert found.column(TOTALS) == [Decimal("7.10"), None]


def test_a_value_with_the_other_decimal_sign_is_not_read_as_another_amount(tmp_path: Path) -> None:
    with reading(tmp_path, "invoice", invoices=invoices("7.10", "8.20", "12,5")) as found:
        assert found.column(TOTALS) == [Decimal("7.10"), Decimal("8.20"), None]


def test_each_file_has_its_own_decimal_sign(tmp_path: Path) -> None:
    quotes = [
        {"quote_number": "EST-1", "total": "1.234"},
        {"quote_number": "EST-2", "total": "1,5"},
    ]
    rows = invoices("1,234", "1.5")
    with reading(tmp_path, "invoice", "quote", invoices=rows, quotes=quotes) as found:
        assert found.column(TOTALS) == [Decimal(1234), Decimal("1.5")]
        assert found.column("SELECT total FROM src.quote") == [Decimal(1234), Decimal("1.5")]


# --- what nothing proves --------------------------------------------------------------------


def test_amounts_that_could_be_read_both_ways_are_a_question(tmp_path: Path) -> None:
    with reading(tmp_path, "invoice", invoices=invoices("1,234", "500", "$2,500")) as found:
        question = found.question("DECIMAL_SIGN:invoices.csv")
        assert question.choices == {"point": "1,234 is 1234", "comma": "1,234 is 1.234"}
        assert question.evidence == (
            "INV-001, total: 1,234 is 1234 or 1.234",
            "INV-003, total: $2,500 is 2500 or 2.500",
        )
        assert question.count == 2
        assert "invoices.csv has 2 numbers such as 1,234" in question.message


@pytest.mark.parametrize(("answer", "meant"), [("point", "1234"), ("comma", "1.23")])
def test_an_answer_decides_how_they_are_read(tmp_path: Path, answer: str, meant: str) -> None:
    answers = {"DECIMAL_SIGN:invoices.csv": answer}
    with reading(tmp_path, "invoice", answers=answers, invoices=invoices("1,234")) as found:
        assert (found.column(TOTALS), found.questions()) == ([Decimal(meant)], [])


def test_a_point_before_three_digits_is_a_question_as_well(tmp_path: Path) -> None:
    with reading(tmp_path, "invoice", invoices=invoices("1.234")) as found:
        question = found.question("DECIMAL_SIGN:invoices.csv")
        assert question.choices == {"point": "1.234 is 1.234", "comma": "1.234 is 1234"}


def test_proof_of_both_signs_beside_doubtful_amounts_is_a_question(tmp_path: Path) -> None:
    with reading(tmp_path, "invoice", invoices=invoices("1.50", "1,50", "1,234")) as found:
        assert found.questions() == ["DECIMAL_SIGN:invoices.csv"]


@pytest.mark.parametrize("proof", ["12.5", "1,234.50", "1,234,567", "0.500", "1234.567"])
def test_one_value_that_proves_the_sign_decides_the_file(tmp_path: Path, proof: str) -> None:
    with reading(tmp_path, "invoice", invoices=invoices("1,234", proof)) as found:
        assert (found.column(TOTALS)[0], found.questions()) == (Decimal(1234), [])


def test_the_sign_and_its_proof_are_kept(tmp_path: Path) -> None:
    with reading(tmp_path, "invoice", invoices=invoices("7,10", "12,5")) as found:
        kept = "SELECT decision || ': ' || evidence FROM stage._format WHERE object = 'invoice'"
        assert found.column(kept) == ["decimal comma: 0 values prove the point, 2 the comma"]


# --- currency, digits -----------------------------------------------------------------------


@pytest.mark.parametrize("written", ["€5.00", "USD 5.00", "5.00 GBP", "US$5.00", "NZ$ 5"])
def test_the_sign_of_another_currency_is_a_finding(tmp_path: Path, written: str) -> None:
    with reading(tmp_path, "invoice", invoices=invoices("$7.10", written)) as found:
        finding = found.finding("CURRENCY_DIFFERS")
        assert (finding.object, finding.field, finding.count) == ("invoice", "total", 1)
        assert finding.evidence == (written,)
        assert "without being converted" in finding.message


def test_the_sign_of_the_accounts_currency_is_none(tmp_path: Path) -> None:
    with reading(tmp_path, "invoice", invoices=invoices("$7.10", "AUD 5", "A$5")) as found:
        assert not found.findings("CURRENCY_DIFFERS")


def test_a_sign_is_judged_by_the_accounts_own_currency(tmp_path: Path) -> None:
    manifest = MANIFEST | {"currency": "EUR"}
    rows = invoices("$7.10", "€5.00")
    with reading(tmp_path, "invoice", manifest=manifest, invoices=rows) as found:
        assert found.finding("CURRENCY_DIFFERS").evidence == ("$7.10",)


def test_a_number_with_an_exponent_is_read_and_said(tmp_path: Path) -> None:
    with reading(tmp_path, "invoice", invoices=invoices("1.2E+3", "7.10")) as found:
        assert found.column(TOTALS) == [Decimal(1200), Decimal("7.10")]
        assert found.finding("DIGITS_LOST").evidence == ("1.2E+3",)


def test_a_text_that_a_spreadsheet_shortened_is_a_finding_that_names_support(
    tmp_path: Path,
) -> None:
    rows = [{"customer_id": "1", "mobile": "6.14E+10"}]
    with reading(tmp_path, "customer", customers=rows) as found:
        finding = found.finding("DIGITS_LOST")
        assert (finding.field, finding.evidence) == ("mobile", ("6.14E+10",))
        assert "ask support" in finding.remedy


def test_a_share_in_percent_is_a_number(tmp_path: Path) -> None:
    rows = [{"booking_number": "BOK-1", "share_percent": "50%"}]
    with reading(tmp_path, "booking_fieldworker", booking_fieldworkers=rows) as found:
        assert found.column("SELECT share_percent FROM src.booking_fieldworker") == [Decimal(50)]


# --- tax ------------------------------------------------------------------------------------


def _taxed(*rows: tuple[str, str, str, str]) -> list[dict[str, object]]:
    names = ("sub_total", "discount", "tax", "total")
    return [
        {"invoice_number": f"INV-{n}", **dict(zip(names, row, strict=True))}
        for n, row in enumerate(rows, 1)
    ]


INSIDE = ("110.00", "0", "10.00", "110.00")
ON_TOP = ("100.00", "0", "10.00", "110.00")


@pytest.mark.parametrize(("row", "mode"), [(INSIDE, "inclusive"), (ON_TOP, "exclusive")])
def test_the_invoices_show_whether_amounts_hold_their_tax(
    tmp_path: Path, row: tuple[str, str, str, str], mode: str
) -> None:
    with reading(tmp_path, "invoice", invoices=_taxed(*[row] * 3)) as found:
        finding = found.finding("TAX_MODE_SEEN")
        assert finding.evidence == (f"tax {mode}: 3 of 3 invoices with tax add up",)
        assert "its 3 invoices with tax show it" in finding.message
        decided = "SELECT decision FROM stage._format WHERE field = 'tax_mode'"
        assert found.column(decided) == [mode]


def test_invoices_that_do_not_agree_about_tax_are_a_question(tmp_path: Path) -> None:
    with reading(tmp_path, "invoice", invoices=_taxed(INSIDE, ON_TOP)) as found:
        question = found.question("TAX_MODE")
        assert question.count == 2
        assert question.evidence[0] == (
            "INV-1: sub total 110.00, discount 0.00, tax 10.00, total 110.00"
        )
        assert "1 adds up with the tax inside, 1 with it on top" in question.message


def test_who_answered_about_tax_is_not_asked_again(tmp_path: Path) -> None:
    answers = {"TAX_MODE": "exclusive"}
    rows = _taxed(INSIDE, ON_TOP)
    with reading(tmp_path, "invoice", answers=answers, invoices=rows) as found:
        assert (found.questions(), found.codes()) == ([], set())


def test_a_tax_mode_that_the_invoices_contradict_is_a_finding(tmp_path: Path) -> None:
    manifest = MANIFEST | {"tax_mode": "exclusive"}
    rows = _taxed(*[INSIDE] * 20)
    with reading(tmp_path, "invoice", manifest=manifest, invoices=rows) as found:
        finding = found.finding("TAX_MODE_NOT_AS_STATED")
        assert finding.evidence == (
            "20 of 20 invoices with tax add up with tax inclusive; the manifest says exclusive",
        )
        assert (
            finding.message == "20 invoices add up with their tax otherwise than the export says."
        )


def test_invoices_without_tax_are_no_question(tmp_path: Path) -> None:
    with reading(tmp_path, "invoice", invoices=invoices("7.10", "8.20")) as found:
        assert (found.questions(), found.codes()) == ([], set())
