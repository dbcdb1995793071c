"""The request of an import, and the page that a person sees."""

from __future__ import annotations

import httpx2
import pytest

from .conftest import Api
from .importing import CONTACT, PATH, Wizard, csv_file

HTML = {"Accept": "text/html,application/xhtml+xml"}


@pytest.mark.parametrize(
    "more",
    [
        {"json": {"module": "contacts"}},
        {"data": {"module": "contacts"}},
        {"content": b"x", "headers": {"Content-Type": "multipart/form-data"}},
        {"content": b"x", "headers": {"Content-Type": "multipart/form-data; boundary=b"}},
        {"content": b"--b\r\n", "headers": {"Content-Type": "multipart/form-data; boundary=b"}},
        {"files": {"other": ("a.csv", b"a", "text/csv")}},
        {"files": {"file": (None, b"a")}},
        {"files": [("file", ("a.csv", b"a")), ("file", ("b.csv", b"b"))]},
        {},
    ],
)
def test_a_request_without_a_readable_file_is_refused(
    wizard: Wizard, more: dict[str, object]
) -> None:
    response = wizard.send("POST", PATH, **more)
    assert response.status_code == 400
    assert "multipart/form-data" in response.json()["errors"]["message"][0]


@pytest.mark.parametrize("mode", ["delete", "ADD"])
def test_an_unknown_mode_is_refused(wizard: Wizard, mode: str) -> None:
    file = csv_file(CONTACT, ["Roe", "a@x.co"])
    status, text = wizard.refused(file, module="contacts", mode=mode)
    assert (status, text) == (400, f"{mode!r} is no mode: choose one of add, update, skip")


def test_an_answer_for_programs_names_the_failed_rows(wizard: Wizard) -> None:
    good = wizard.run("contacts", CONTACT, ["Roe", "a@x.co"])
    bad = wizard.run("contacts", CONTACT, ["Roe", "bad"])
    assert good["failed_rows_url"] is None
    assert bad["failed_rows_url"] == f"/emulator/import/{bad['id']}/failed.csv"


def page(response: httpx2.Response, status: int = 200) -> str:
    assert response.status_code == status
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    return response.text


def test_the_page_offers_what_the_plan_has(api: Api, wizard: Wizard) -> None:
    names = {"singular_name": "Site", "plural_name": "Sites", "icon": "pin"}
    api.account.modules.create({"entity_name": "cm_site", **names})
    text = page(wizard.send("GET", PATH))
    assert '<option value="cm_site">Sites</option>' in text
    assert "Avery Admin (admin@example.com)" in text
    assert "<script" not in text


def test_a_person_sees_the_counts_and_the_failed_rows(wizard: Wizard) -> None:
    file = csv_file([*CONTACT, "<b>Shoe</b>"], ["Roe", "a@x.co", "9"], ["Poe", "bad", "8"])
    text = page(wizard.upload(file, module="contacts", headers=HTML))
    assert "<b>1</b>created" in text
    assert "<b>1</b>failed" in text
    assert "/failed.csv" in text
    assert "&lt;b&gt;Shoe&lt;/b&gt;" in text
    assert "/failed.csv" in page(wizard.send("GET", PATH))


def test_a_person_sees_what_is_wrong_and_keeps_the_choices(wizard: Wizard) -> None:
    form = {"module": "deals", "mapping": "<i> = Nothing", "date_format": "YYYY/MM/DD"}
    text = page(wizard.upload(csv_file(["<i>"], ["x"]), headers=HTML, **form), 400)
    assert "&#39;Nothing&#39; is no field that a column can be mapped to" in text
    assert '<option value="deals" selected>' in text
    assert "&lt;i&gt; = Nothing" in text
