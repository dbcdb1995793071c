from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossdock.connectors.freshsales import SOURCE_KEY_LABEL, key_from_text, marker
from crossdock.connectors.freshsales.keys import key_of

KEYS = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Zs", "Zl", "Zp"], exclude_characters="<>&"),
    min_size=1,
).filter(lambda key: not any(c.isspace() for c in key))
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="<>&"))


@given(text=TEXTS, key=KEYS)
def test_a_key_comes_back_from_the_end_of_any_text(text: str, key: str) -> None:
    assert key_from_text(f"{text}\n{marker(key)}") == key


@given(text=TEXTS.filter(lambda t: "\r" not in t), key=KEYS)
def test_a_key_comes_back_from_html(text: str, key: str) -> None:
    assert key_from_text(f"<p>{text}</p><p>{marker(key)}</p>") == key
    assert key_from_text(f"<div>{text}<br/>{marker(key)}<br></div>") == key
    assert key_from_text(f"{text}<br>{SOURCE_KEY_LABEL}:&nbsp;{key}") == key


def test_a_person_may_add_text_below() -> None:
    assert key_from_text(f"Cleaned.\n{marker('BOK-1')}\nCalled back on Monday.") == "BOK-1"


def test_the_last_marker_counts() -> None:
    assert key_from_text(f"{marker('OLD-1')}\n{marker('NEW-1')}") == "NEW-1"


@pytest.mark.parametrize(
    "text", [None, "", "Source key:", "see Source key: BOK-1", "Source key: a b"]
)
def test_what_is_no_marker_is_no_key(text: str | None) -> None:
    assert key_from_text(text) is None


@pytest.mark.parametrize("key", ["", "BOK 1", "BOK\n1", "BOK\xa01"])
def test_a_key_that_could_not_be_read_back_is_not_written(key: str) -> None:
    with pytest.raises(ValueError, match="white space"):
        marker(key)


def test_the_place_of_the_key_depends_on_the_entity() -> None:
    assert key_of("contact", {"external_id": "C-1"}, None) == "C-1"
    assert key_of("deal", {"custom_field": {"cf_source_key": "B-1"}}, "cf_source_key") == "B-1"
    assert key_of("deal", {"custom_field": {}}, None) is None
    assert key_of("product", {"product_code": "S-1"}, None) == "S-1"
    assert key_of("document", {"name": "F-1"}, None) == "F-1"
    assert (
        key_of("note", {"description": "x", "html_content": f"<p>{marker('N-1')}</p>"}, None)
        == "N-1"
    )
