"""From the API's words for field types to ours, and back for fields that are to be created."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from crossdock.model.fields import FieldType

_BY_WORD: Final[Mapping[str, FieldType]] = MappingProxyType(
    {
        "text": FieldType.TEXT,
        "textarea": FieldType.LONG_TEXT,
        "number": FieldType.NUMBER,
        "decimal": FieldType.NUMBER,
        "dropdown": FieldType.PICKLIST,
        "radio": FieldType.PICKLIST,
        "multi_select_dropdown": FieldType.MULTI_PICKLIST,
        "checkbox": FieldType.CHECKBOX,
        "date": FieldType.DATE,
        "date_time_split": FieldType.DATETIME,
        "auto_complete": FieldType.REFERENCE,
        "group_field": FieldType.REFERENCE,
        "url": FieldType.URL,
    }
)

#: System fields whose type word says less than their name.
_BY_NAME: Final[Mapping[str, FieldType]] = MappingProxyType(
    {
        "emails": FieldType.EMAIL,
        "email": FieldType.EMAIL,
        "work_email": FieldType.EMAIL,
        "phone_numbers": FieldType.PHONE,
        "mobile_number": FieldType.PHONE,
        "work_number": FieldType.PHONE,
        "phone": FieldType.PHONE,
        "website": FieldType.URL,
        "tags": FieldType.MULTI_PICKLIST,
        "lists": FieldType.MULTI_PICKLIST,
        "amount": FieldType.MONEY,
        "base_currency_amount": FieldType.MONEY,
        "expected_deal_value": FieldType.MONEY,
        "created_at": FieldType.DATETIME,
        "updated_at": FieldType.DATETIME,
        "owner_id": FieldType.REFERENCE,
    }
)

#: What a text and a textarea hold; account names hold one less (certainty: documented).
_LENGTHS: Final[Mapping[str, int]] = MappingProxyType({"text": 256, "textarea": 10_000})
_ACCOUNT_NAME: Final = 255

#: Words that create a field of each type. Text and decimal are seen to work (certainty: observed
#: by one application), the others follow the words that field lists show (certainty: inferred).
_WORDS: Final[Mapping[FieldType, tuple[str, int]]] = MappingProxyType(
    {
        FieldType.TEXT: ("text", 1),
        FieldType.LONG_TEXT: ("textarea", 2),
        FieldType.NUMBER: ("number", 3),
        FieldType.MONEY: ("decimal", 4),
        FieldType.PICKLIST: ("dropdown", 5),
        FieldType.MULTI_PICKLIST: ("multi_select_dropdown", 6),
        FieldType.CHECKBOX: ("checkbox", 8),
        FieldType.DATE: ("date", 9),
        FieldType.DATETIME: ("date", 9),
        FieldType.TIME: ("text", 1),
        FieldType.EMAIL: ("text", 1),
        FieldType.PHONE: ("text", 1),
        FieldType.URL: ("text", 1),
        FieldType.IMAGE: ("text", 1),
        FieldType.FILE: ("text", 1),
        FieldType.SIGNATURE: ("text", 1),
    }
)


def field_type(word: str, name: str, *, custom: bool) -> FieldType:
    """Return our type for a field; a type word that is not known is taken as text."""
    if not custom and name in _BY_NAME:
        return _BY_NAME[name]
    return _BY_WORD.get(word, FieldType.TEXT)


def max_length(entity: str, word: str, name: str) -> int | None:
    """Return how many characters a field holds, or None where there is no such limit."""
    if entity == "sales_account" and name == "name":
        return _ACCOUNT_NAME
    return _LENGTHS.get(word)


def type_word(wanted: FieldType) -> str | None:
    """Return the API's word for a type that a field can be created with, or None."""
    found = _WORDS.get(wanted)
    return found[0] if found else None


def type_code(wanted: FieldType) -> int | None:
    """Return the number of a type. Nothing public tells them: a guess that is checked after use."""
    found = _WORDS.get(wanted)
    return found[1] if found else None
