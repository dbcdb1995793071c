"""Answers have the keys and kinds of the real ones: none is missing, none is of our making."""

from __future__ import annotations

from typing import Any

import pytest

from . import setting_shapes
from .conftest import Api
from .examples import EXAMPLES, MEETING, priced
from .shaping import differences, keys


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_answer_has_the_keys_and_kinds_of_the_real_one(api: Api, name: str) -> None:
    answer, shape = EXAMPLES[name](api)
    assert answer
    assert differences(answer, shape) == []


@pytest.mark.parametrize("name", setting_shapes.SELECTORS)
def test_a_selector_has_the_keys_and_kinds_of_the_real_one(api: Api, name: str) -> None:
    api.account.catalog.add("territories", name="South")
    assert differences(api.get(f"selector/{name}"), setting_shapes.SELECTORS[name]) == []


def test_a_deleted_record_is_answered_with_true(api: Api) -> None:
    account = api.post("sales_accounts", {"name": "A"})["sales_account"]
    deal, contact = api.deal(), api.contact()
    for path in (
        f"deals/{deal['id']}",
        f"contacts/{contact['id']}",
        f"sales_accounts/{account['id']}",
    ):
        assert api.good(api("DELETE", path)) is True


def test_products_and_meetings_are_deleted_with_a_200_in_words(api: Api) -> None:
    product = priced(api)
    assert api.good(api("DELETE", f"cpq/products/{product}")) == {"success": "200"}
    meeting = api.post("appointments", {"appointment": MEETING})["appointment"]["id"]
    assert api.good(api("DELETE", f"appointments/{meeting}")) == {"success": "200"}


def test_a_message_of_a_list_counts_its_contacts(api: Api) -> None:
    made = api.post("lists", {"name": "Fans"})["list"]["id"]
    ids = [api.contact()["id"], api.contact()["id"]]
    added = api.put(f"lists/{made}/add_contacts", {"ids": ids})
    assert added == {"message": "2 contacts updated."}
    emptied = api.put(f"lists/{made}/remove_contacts", {"all": True})
    assert emptied == {"message": "Updating now... we'll let you know once this is done."}


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ({"id": 1}, [".name is missing"]),
        ({"id": 1, "name": "A", "more": 2}, [".more is not known"]),
        ({"id": "1", "name": "A"}, [".id is no id: '1'"]),
    ],
)
def test_a_wrong_answer_would_be_noticed(answer: Any, said: list[str]) -> None:
    assert differences(answer, keys("id:id name:text")) == said
