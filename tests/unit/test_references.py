"""References inside payloads: found wherever they stand, and replaced by ids."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossdock.model.references import Reference, references_in, resolve

references = st.builds(
    Reference, st.sampled_from(["deal", "contact"]), st.text("ABC-1", min_size=1)
)
plain = st.none() | st.booleans() | st.integers() | st.text(max_size=5)
payloads = st.recursive(
    plain | references.map(Reference.as_json),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text("xyz", min_size=1, max_size=3), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(payloads)
def test_a_resolved_payload_holds_no_reference(payload: Any) -> None:
    assert list(references_in(resolve(payload, lambda _: 7))) == []


@given(payloads)
def test_each_reference_is_looked_up_once_in_the_order_in_which_it_stands(payload: Any) -> None:
    asked: list[Reference] = []
    resolve(payload, lambda reference: asked.append(reference) or 7)
    assert asked == list(references_in(payload))


@given(payloads)
def test_a_payload_without_references_stays_as_it_is(payload: Any) -> None:
    resolved = resolve(payload, lambda _: 7)
    assert resolve(resolved, lambda _: 8) == resolved


def test_a_reference_becomes_the_id_and_its_neighbours_stay() -> None:
    payload = {
        "deal": {
            "name": "BOK-1",
            "contacts_added_list": [Reference("contact", "C1-1").as_json(), 12],
            "sales_account_id": Reference("sales_account", "C1").as_json(),
        }
    }
    ids = {Reference("contact", "C1-1"): 501, Reference("sales_account", "C1"): 77}
    assert resolve(payload, ids.__getitem__) == {
        "deal": {"name": "BOK-1", "contacts_added_list": [501, 12], "sales_account_id": 77}
    }


def test_a_reference_that_leads_nowhere_is_not_passed_over() -> None:
    with pytest.raises(KeyError):
        resolve([Reference("deal", "BOK-404").as_json()], {}.__getitem__)


def test_references_read_back_from_a_payload_as_they_went_in() -> None:
    reference = Reference("deal", "BOK-1")
    assert list(references_in({"a": [reference.as_json()]})) == [reference]
