"""Where a source key stands in a record of each entity, and how it is read back.

=====================  ===========================================================
contact                `external_id`
sales_account, deal    the custom text field labelled "Source key"
product                `product_code`
task, appointment      last line of `description`: ``Source key: BOK-1205``
note                   last line of `description`, which may come back as HTML
document               its name
custom modules         a custom field labelled "Source key", else `external_name`
user                   none: people are matched by e-mail
=====================  ===========================================================
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import Any, Final

from crossdock.connectors.freshsales.entities import MARKED, is_module

#: Label of the custom field that holds the source key of accounts, deals and module records.
SOURCE_KEY_LABEL: Final = "Source key"

#: Where a module record carries its key when its module has no field with that label.
MODULE_KEY: Final = "external_name"

_LINE: Final = re.compile(rf"\s*{re.escape(SOURCE_KEY_LABEL)}:\s*(\S+)\s*")
_BREAK: Final = re.compile(r"<(?:br|/?p|/?div|/?li|/?ul|/?ol|/?h[1-6])\b[^<>]*>", re.IGNORECASE)
_TAG: Final = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)


def marker(key: str) -> str:
    """Return the line that carries a source key inside a text.

    Raises ValueError when the key is empty or has white space: it could not be read back.
    """
    if not key or any(character.isspace() for character in key):
        raise ValueError(f"a source key has no white space and is not empty, but this is {key!r}")
    return f"{SOURCE_KEY_LABEL}: {key}"


def key_from_text(text: str | None) -> str | None:
    """Return the source key that a text carries, or None.

    The last line that is a marker counts, so that a key survives when a person adds text below it.
    Notes may come back as HTML (Freshsales API documentation: notes; certainty: documented).
    """
    if not text or SOURCE_KEY_LABEL not in text.replace("\xa0", " ").replace("&nbsp;", " "):
        return None
    for line in reversed(_plain(text).splitlines()):
        match = _LINE.fullmatch(line)
        if match:
            return match[1]
    return None


def fixed_key_field(entity: str) -> str | None:
    """Return the system field that holds an entity's source key, or None where there is none."""
    return {"contact": "external_id", "product": "product_code", "document": "name"}.get(entity)


def has_labelled_key(entity: str) -> bool:
    """Return whether the key stands in a custom field that is found by its label."""
    return entity in {"sales_account", "deal", "deal_products"} or is_module(entity)


def key_of(entity: str, values: Mapping[str, Any], field: str | None) -> str | None:
    """Return the source key that a record carries; `field` is the API name of its key field."""
    if entity in MARKED:
        return key_from_text(values.get("description")) or key_from_text(values.get("html_content"))
    name = fixed_key_field(entity) or field
    if name is None:
        return None
    custom = values.get("custom_field")
    found = custom.get(name) if isinstance(custom, Mapping) and name in custom else values.get(name)
    return str(found) if found not in (None, "") else None


def _plain(text: str) -> str:
    if "<" in text:
        text = _TAG.sub("", _BREAK.sub("\n", text))
    return html.unescape(text) if "&" in text else text
