"""Answers without their values: the keys and types of a body, masked texts, forms of headers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from crossdock.connectors.freshsales.answers import Answer

_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_-]{0,60}")
_WORD: Final = re.compile(r"[A-Za-z][A-Za-z0-9_ /().-]{0,40}|\d{1,3}")
_SYSTEM: Final = re.compile(r"[a-z][a-z0-9_]{0,60}")
_EMAIL: Final = re.compile(r"[^\s@\"'<>(),;:\[\]]+@[^\s@\"'<>(),;:\[\]]+")
_ID: Final = re.compile(r"\d{7,}")
_TIME: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(?P<zone>Z|[+-]\d\d:?\d\d)?")
_DATE: Final = re.compile(r"\d{4}-\d\d-\d\d")
_TEXTS: Final = 5
_LENGTH: Final = 200


def shape_of(body: Any) -> dict[str, str]:
    """Return the types of everything in a body by path: ``body.contacts[].id`` → ``number``.

    A path that holds several types joins them with ``|``. Keys that are no names (ids, mostly) are
    one ``*``; names of custom fields and modules, which are a customer's, are ``cf_*``, ``cm_*``.
    """
    found: dict[str, set[str]] = {}
    _walk(body, "body", found)
    return {path: "|".join(sorted(types)) for path, types in sorted(found.items())}


def _walk(value: Any, path: str, found: dict[str, set[str]]) -> None:
    found.setdefault(path, set()).add(type_of(value))
    if isinstance(value, Mapping):
        for key, inner in value.items():
            _walk(inner, f"{path}.{key_of(str(key))}", found)
    elif isinstance(value, list):
        for inner in value:
            _walk(inner, f"{path}[]", found)


def type_of(value: Any) -> str:
    """Return the JSON type of a value; texts that are times say in which form."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int | float):
        return "number"
    if isinstance(value, str):
        return _form_of_text(value)
    return "array" if isinstance(value, list) else "object"


def _form_of_text(text: str) -> str:
    time = _TIME.fullmatch(text)
    if time is None:
        return "date" if _DATE.fullmatch(text) else "string"
    zone = time["zone"]
    return "time in Z" if zone == "Z" else ("time with offset" if zone else "time without zone")


def key_of(key: str) -> str:
    """Return a key as it may be written down."""
    if key.startswith(("cf_", "cm_")):
        return f"{key[:3]}*"
    return key if _NAME.fullmatch(key) else "*"


def word_of(value: Any) -> str:
    """Return a word of Freshsales' own vocabulary, or ``other`` for what does not look like one."""
    text = str(value)
    return text if _WORD.fullmatch(text) and not text.startswith(("cf_", "cm_")) else "other"


def name_of(value: Any) -> str:
    """Return a name or type word of Freshsales' own (``owner_id``), or ``other``."""
    text = str(value)
    return text if _SYSTEM.fullmatch(text) and not text.startswith(("cf_", "cm_")) else "other"


def path_of(path: str) -> str:
    """Return an address without ids and without names of custom modules."""
    parts = (":id" if part.isdigit() else key_of_part(part) for part in path.split("/"))
    return "/".join(parts)


def key_of_part(part: str) -> str:
    """Return one part of an address as it may be written down."""
    return "cm_*" if part.startswith("cm_") else part


def is_own(field: Mapping[str, Any]) -> bool:
    """Return whether a field of a list or form was made by the account, and not by Freshsales."""
    custom = field.get("custom") is True or field.get("default") is False
    return custom or str(field.get("name", "")).startswith("cf_")


def own_labels(body: Any) -> set[str]:
    """Return the labels of an account's own fields in a list of fields."""
    listed = body.get("fields") if isinstance(body, Mapping) else None
    own = (f for f in listed or () if isinstance(f, Mapping) and is_own(f))
    return {str(field["label"]) for field in own if field.get("label")}


def masked(text: str, hidden: Mapping[str, str]) -> str:
    """Return an account's sentence without e-mail addresses, ids and what is `hidden`."""
    text = _EMAIL.sub("<e-mail>", text)
    for word in sorted(hidden, key=len, reverse=True):
        whole = rf"(?<![\w']){re.escape(word)}(?![\w'])"
        text = re.sub(whole, hidden[word], text, flags=re.IGNORECASE)
    return _ID.sub("<number>", text)[:_LENGTH]


def text_of(answer: Answer, hidden: Mapping[str, str]) -> tuple[str, ...]:
    """Return why a request was refused; a page that is no JSON is not quoted."""
    if answer.ok:
        return ()
    if answer.body is None:
        kind = answer.headers.get("content-type", "")
        return (f"<no JSON: {kind}>" if answer.text.strip() else "<empty>",)
    return tuple(sorted({masked(text, hidden) for text in answer.messages})[:_TEXTS])


def keys_in(body: Any) -> tuple[str, ...]:
    """Return the paths of what a request carries."""
    return tuple(path.removeprefix("body.") for path in shape_of(body) if path != "body")


def reset_form(text: str | None) -> str:
    """Return in which form a header names the moment of the next allowance, not which one."""
    text = (text or "").strip()
    if not text:
        return "absent"
    if text.isdigit():
        return f"{len(text)} digits{_reading(text)}"
    if _TIME.fullmatch(text):
        return "ISO time"
    return "another text"


def _reading(digits: str) -> str:
    try:
        datetime.strptime(digits.zfill(12), "%d%m%y%H%M%S")  # noqa: DTZ007
    except ValueError:
        return ""
    return ", readable as ddmmyyHHMMSS" if len(digits) in (11, 12) else ""


def words_at(body: Any, path: str) -> list[str]:
    """Return the different words at a path such as ``deal_stages[].forecast_type``, sorted."""
    return sorted({word_of(value) for value in _at([body], path.split("."))})


def _at(values: Iterable[Any], path: list[str]) -> Iterable[Any]:
    if not path:
        return [v for v in values if isinstance(v, str | int) and not isinstance(v, bool)]
    key, many = path[0].removesuffix("[]"), path[0].endswith("[]")
    inner = [v[key] for v in values if isinstance(v, Mapping) and key in v]
    if many:
        inner = [item for items in inner if isinstance(items, list) for item in items]
    return _at(inner, path[1:])
