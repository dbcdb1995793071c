"""Texts: words for nothing, lost zeros, damaged letters, and numbers of phones."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.integration.exports import (
    MANIFEST,
    Row,
    export_of,
    project_of,
    read,
    store,
    write_csv,
)
from tests.integration.formats import reading

AUSTRALIA = MANIFEST | {"country": "Australia"}


def _customers(field: str, *values: str) -> list[Row]:
    return [{"customer_id": f"C{n}", field: value} for n, value in enumerate(values, 1)]


def _column(field: str) -> str:
    return f"SELECT {field} FROM src.customer ORDER BY customer_id"


# --- words for nothing ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "word",
    ["N/A", "n/a", "-", "--", "n.a.", "nil", "NULL", "None", "#N/A", "#REF!", "#VALUE!", " N/A "],
)
def test_a_word_for_nothing_is_read_as_nothing(tmp_path: Path, word: str) -> None:
    with reading(tmp_path, "customer", customers=_customers("suburb", "Bondi", word)) as found:
        assert found.column(_column("suburb")) == ["Bondi", None]
        finding = found.finding("WORDS_FOR_NOTHING")
        assert (finding.field, finding.count) == ("suburb", 1)
        assert finding.evidence == (f"{word.strip()}: 1",)
        assert "1 value of suburb is a word for nothing" in finding.message


@pytest.mark.parametrize(("field", "word"), [("date_joined", "0000-00-00"), ("rating", "N/A")])
def test_words_for_nothing_among_dates_and_numbers_are_counted(
    tmp_path: Path, field: str, word: str
) -> None:
    with reading(tmp_path, "customer", customers=_customers(field, word)) as found:
        assert found.column(_column(field)) == [None]
        assert found.finding("WORDS_FOR_NOTHING").evidence == (f"{word}: 1",)


@pytest.mark.parametrize("name", ["Null", "Na", "Nil"])
def test_a_person_may_be_called_like_nothing(tmp_path: Path, name: str) -> None:
    with reading(tmp_path, "customer", customers=_customers("last_name", name)) as found:
        assert found.column(_column("last_name")) == [name]
        finding = found.finding("NAMES_LIKE_NOTHING")
        assert finding.evidence == (f"{name}: 1",)
        assert "is kept: people are called so" in finding.message


def test_none_as_the_one_who_did_it_is_nobody(tmp_path: Path) -> None:
    rows = [{"booking_number": "BOK-1", "sales_rep": "None"}]
    with reading(tmp_path, "booking", bookings=rows) as found:
        assert found.column("SELECT sales_rep FROM src.booking") == [None]


def test_a_sign_for_nothing_is_no_name(tmp_path: Path) -> None:
    with reading(tmp_path, "customer", customers=_customers("last_name", "N/A", "-")) as found:
        assert found.column(_column("last_name")) == [None, None]


def test_notes_are_left_as_they_are(tmp_path: Path) -> None:
    rows = _customers("notes", "N/A", "<p>Gate &amp; dog</p>")
    with reading(tmp_path, "customer", customers=rows) as found:
        assert found.column(_column("notes")) == ["N/A", "<p>Gate &amp; dog</p>"]


# --- zeros ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "written", "meant"),
    [
        ("mobile", "491570156", "0491570156"),
        ("phone", "255501234", "0255501234"),
        ("mobile", "0491 570 156", "0491 570 156"),
        ("mobile", "61491570156", "61491570156"),
        ("mobile", "1300123456", "1300123456"),
        ("postcode", "800", "0800"),
        ("postcode", "2026", "2026"),
        ("postcode", "80", "80"),
    ],
)
def test_a_zero_that_a_spreadsheet_dropped_is_put_back(
    tmp_path: Path, field: str, written: str, meant: str
) -> None:
    rows = _customers(field, written)
    with reading(tmp_path, "customer", manifest=AUSTRALIA, customers=rows) as found:
        assert found.column(_column(field)) == [meant]
        said = [(f.field, f.count, f.evidence) for f in found.findings("ZEROS_RESTORED")]
        assert said == ([(field, 1, (written,))] if written != meant else [])


def test_what_was_put_back_is_said(tmp_path: Path) -> None:
    rows = _customers("postcode", "800")
    with reading(tmp_path, "customer", manifest=AUSTRALIA, customers=rows) as found:
        assert found.finding("ZEROS_RESTORED").message == (
            "1 value of postcode lost the zero at its front to a spreadsheet. It is put back."
        )
        assert found.column("SELECT postcode FROM stage.customer") == ["800"]


def test_an_address_abroad_keeps_its_postcode(tmp_path: Path) -> None:
    rows = [{"customer_id": "1", "postcode": "801", "country": "Iceland"}]
    with reading(tmp_path, "customer", manifest=AUSTRALIA, customers=rows) as found:
        assert found.column(_column("postcode")) == ["801"]


def test_a_short_postcode_means_something_else_elsewhere(tmp_path: Path) -> None:
    manifest = MANIFEST | {"country": "United States", "time_zone": "America/New_York"}
    rows = _customers("postcode", "2134", "90210")
    with reading(tmp_path, "customer", manifest=manifest, customers=rows) as found:
        assert found.column(_column("postcode")) == ["02134", "90210"]


def test_codes_of_the_tenants_own_that_are_shorter_than_the_others_are_a_finding(
    tmp_path: Path,
) -> None:
    rows = _customers("CF: Gate", *[f"0{n}" for n in range(110, 119)], "631")
    rows[-1] = {"customer_id": "C99", "CF: Gate": "63"}
    with reading(tmp_path, "customer", customers=rows) as found:
        finding = found.finding("ZEROS_LOST")
        assert (finding.field, finding.count, finding.evidence) == ("cf_gate", 1, ("63",))
        assert "nothing is put back" in finding.remedy
        assert "shorter than the others" in finding.message
        assert found.column("SELECT cf_gate FROM src.customer WHERE customer_id = 'C99'") == ["63"]


def test_codes_of_many_lengths_are_no_finding(tmp_path: Path) -> None:
    with reading(tmp_path, "customer", customers=_customers("CF: Gate", "01", "2", "333")) as found:
        assert not found.findings("ZEROS_LOST")


# --- region, phones -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("manifest", "country", "region"),
    [
        ({"country": "New Zealand"}, "", "NZ"),
        ({"country": "GB"}, "", "GB"),
        ({}, "USA", "US"),
        ({}, "", "AU"),
        ({"time_zone": "Pacific/Auckland"}, "", "NZ"),
        ({"time_zone": "UTC"}, "", "none"),
    ],
)
def test_the_region_is_that_of_the_manifest_the_customers_or_the_time_zone(
    tmp_path: Path, manifest: dict[str, str], country: str, region: str
) -> None:
    rows = _customers("country", country)
    with reading(tmp_path, "customer", manifest=MANIFEST | manifest, customers=rows) as found:
        decided = "SELECT decision FROM stage._format WHERE field = 'region'"
        assert found.column(decided) == [region]


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("0412 345 678", "61412345678"),
        ("+61 412 345 678", "61412345678"),
        ("+61 (0)412 345 678", "61412345678"),
        ("61412345678", "61412345678"),
        ("0011 61 412 345 678", "61412345678"),
        ("412345678", "61412345678"),
        ("(02) 9555 0123", "61295550123"),
        ("(02) 9555 0123 ext. 4", "61295550123"),
        ("1300 123 456", "611300123456"),
        ("+64 21 123 4567", "64211234567"),
        ("123", "123"),
        ("none", None),
    ],
)
def test_a_phone_has_one_key_however_it_is_written(
    tmp_path: Path, written: str, key: str | None
) -> None:
    with reading(tmp_path, "customer", manifest=AUSTRALIA) as found:
        assert found.column(f"SELECT phone_key('{written}')") == [key]


def test_a_phone_has_the_key_of_the_region(tmp_path: Path) -> None:
    manifest = MANIFEST | {"country": "US", "time_zone": "America/New_York"}
    with reading(tmp_path, "customer", manifest=manifest) as found:
        for written in ("(212) 555-0123", "1-212-555-0123", "+1 212 555 0123"):
            assert found.column(f"SELECT phone_key('{written}')") == ["12125550123"]


def test_phones_that_are_no_numbers_of_the_region_are_a_finding(tmp_path: Path) -> None:
    rows = _customers("mobile", "0412 345 678", "+64 21 123 4567", "123", "0000000000", "ask Jo")
    with reading(tmp_path, "customer", manifest=AUSTRALIA, customers=rows) as found:
        finding = found.finding("PHONES_UNUSUAL")
        assert (finding.field, finding.count) == ("mobile", 3)
        assert finding.evidence == ("0000000000", "123", "ask Jo")
        assert "no phone number of the business's country" in finding.message


# --- letters --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("damaged", "meant"),
    [
        ("MÃ¼ller", "Müller"),
        ("JosÃ©", "José"),
        ("O’Neil", "O’Neil"),
        ("Oâ€™Neil", "O’Neil"),
        ("Cafe\u00c2\u00a0Nord", "Cafe\u00a0Nord"),
        ("Ã\x81lvaro", "Álvaro"),
        ("DvoÅ™Ã¡k", "Dvořák"),
        ("ðŸ˜€ Jo", "😀 Jo"),
        ("MÃƒÂ¼ller", "Müller"),
        ("CHÂTEAU", "CHÂTEAU"),
        ("São João", "São João"),
        ("« café »", "« café »"),
    ],
)
def test_text_read_in_the_wrong_encoding_is_put_right(
    tmp_path: Path, damaged: str, meant: str
) -> None:
    rows = _customers("first_name", damaged)
    with reading(tmp_path, "customer", customers=rows) as found:
        assert found.column(_column("first_name")) == [meant]
        kept = found.column("SELECT original FROM stage._mended")
        assert kept == ([damaged] if damaged != meant else [])


def test_text_that_was_put_right_is_said_with_examples(tmp_path: Path) -> None:
    rows = _customers("first_name", "MÃ¼ller", "MÃ¼ller", "Jane")
    with reading(tmp_path, "customer", customers=rows) as found:
        finding = found.finding("TEXT_MENDED")
        assert (finding.count, finding.evidence) == (2, ("MÃ¼ller → Müller",))
        assert "They are put right" in finding.message
        assert found.column("SELECT _row FROM src.customer") == [0, 1, 2]


def test_letters_that_are_gone_are_a_finding(tmp_path: Path) -> None:
    rows = _customers("first_name", "M�ller", "Jane")
    with reading(tmp_path, "customer", customers=rows) as found:
        finding = found.finding("LETTERS_LOST")
        assert (finding.count, finding.evidence) == (1, ("M�ller",))
        assert "cannot be restored" in finding.remedy
        assert "letters that were lost" in finding.message


def test_a_question_mark_inside_a_name_is_a_finding(tmp_path: Path) -> None:
    rows = _customers("first_name", "M?ller", "Jane")
    with reading(tmp_path, "customer", customers=rows) as found:
        finding = found.finding("LETTERS_DOUBTFUL")
        assert (finding.count, finding.evidence) == (1, ("M?ller",))
        assert "question mark inside a word" in finding.message


def test_a_question_in_a_note_is_none(tmp_path: Path) -> None:
    with reading(tmp_path, "customer", customers=_customers("notes", "Ready?yes")) as found:
        assert not found.findings("LETTERS_DOUBTFUL")


def test_a_second_reading_keeps_what_was_put_right(tmp_path: Path) -> None:
    rows = _customers("first_name", "MÃ¼ller")
    project = project_of(tmp_path, export_of(tmp_path, customers=rows))
    with store() as connection:
        for _ in range(2):
            read(project, connection, "customer")
        found = connection.execute("SELECT first_name, original FROM src.customer, stage._mended")
        assert found.fetchall() == [("Müller", "MÃ¼ller")]


def test_rows_that_changed_are_looked_at_again(tmp_path: Path) -> None:
    export = export_of(tmp_path, customers=_customers("suburb", "N/A"))
    project = project_of(tmp_path, export)
    with store() as connection:
        read(project, connection, "customer")
        write_csv(export / "customers.csv", "customers", _customers("suburb", "-", "Bondi"))
        read(project, connection, "customer")
        assert connection.execute(_column("suburb")).fetchall() == [(None,), ("Bondi",)]
        said = connection.execute("SELECT examples FROM stage._oddity").fetchall()
        assert said == [(["-: 1"],)]


def test_characters_that_cannot_be_seen_are_a_finding(tmp_path: Path) -> None:
    rows = _customers("first_name", "Ja\x07ne", "Tom")
    with reading(tmp_path, "customer", customers=rows) as found:
        assert found.column(_column("first_name")) == ["Ja\x07ne", "Tom"]
        finding = found.finding("CONTROL_CHARACTERS")
        assert finding.count == 1
        assert "characters that cannot be seen" in finding.message
