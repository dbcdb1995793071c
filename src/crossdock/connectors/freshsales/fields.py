"""Creating custom fields, and believing only what the field list shows afterwards.

Two ways to create a field are known, neither proven for contacts, accounts and deals: one that an
application uses outside ``/api``, and one documented for custom modules (Freshsales API
documentation: create custom field; certainty: documented for modules, inferred elsewhere). Each is
tried in turn; the field list decides whether it worked.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any, Final

from crossdock.connectors.freshsales.answers import Answer
from crossdock.connectors.freshsales.client import AnswerLostError, Client
from crossdock.connectors.freshsales.entity_fields import field_of
from crossdock.connectors.freshsales.field_types import type_code, type_word
from crossdock.connectors.freshsales.schema import Schema, find_by_label, settings_name
from crossdock.connectors.freshsales.singles import quoted
from crossdock.errors import KeyRefusedError, RefusedError
from crossdock.model.fields import Field, FieldType

_FIRST_FORM: Final = "1"
_CHOSEN: Final = frozenset({FieldType.PICKLIST, FieldType.MULTI_PICKLIST})


class FieldMaker:
    """Creates custom fields in one account."""

    def __init__(self, client: Client, schema: Schema) -> None:
        self._client = client
        self._schema = schema

    async def create(self, entity: str, wanted: Field) -> Field:
        """Return the field as the account shows it, after creating it where it was missing.

        Raises RefusedError when the account does not show such a field after all tries, or shows
        one of another type.
        """
        name = settings_name(entity)
        word = type_word(wanted.type)
        if name is None or word is None:
            raise self._refused(entity, wanted, ["its kind cannot be created"])
        found = await self._found(entity, wanted)
        if found is not None:
            return found
        form = await self._form(entity)
        path = f"settings/{name}/forms/{form}/fields"
        reasons: list[str] = []
        for web, body in ((True, _body_with_words(wanted, word)), (False, _body_with_code(wanted))):
            reasons += await self._tried(path, body, web=web)
            found = await self._found(entity, wanted)
            if found is not None:
                return found
        raise self._refused(entity, wanted, reasons)

    async def _tried(self, path: str, body: Mapping[str, Any], *, web: bool) -> list[str]:
        try:
            answer: Answer = await self._client.send("POST", path, body, web=web)
        except AnswerLostError as error:
            return [str(error)]
        except KeyRefusedError as error:
            if not web:
                raise
            return [error.message]  # routes of the web application need not take keys
        if answer.ok:
            return ["it was accepted and is not in the field list"]
        return [f"HTTP {answer.status} {message}" for message in answer.messages]

    async def _found(self, entity: str, wanted: Field) -> Field | None:
        row = find_by_label(await self._schema.fields(entity), wanted.label)
        if row is None:
            return None
        found = field_of(entity, row, {})
        if type_word(found.type) != type_word(wanted.type) and not _alike(found, wanted):
            raise RefusedError(
                f'The {entity} field "{wanted.label}" ({found.name}) is of type {found.type} and '
                f"not {wanted.type}. A field's type cannot be changed: rename or delete it in "
                "Freshsales under Admin settings.",
                next_command="crossdock fields",
            )
        return found

    async def _form(self, entity: str) -> str:
        forms = await self._schema.forms(entity)
        return quoted(forms[0].get("id") or _FIRST_FORM) if forms else _FIRST_FORM

    def _refused(self, entity: str, wanted: Field, reasons: list[str]) -> RefusedError:
        ask = f'label "{wanted.label}", type {type_word(wanted.type) or wanted.type}'
        if wanted.choices:
            ask += f", choices {', '.join(choice.label for choice in wanted.choices)}"
        return RefusedError(
            f"Freshsales did not create the {entity} field ({'; '.join(reasons)}). "
            f"An administrator can add it under Admin settings: {ask}.",
            next_command="crossdock fields (once it is there)",
        )


def _alike(found: Field, wanted: Field) -> bool:
    numbers = {FieldType.NUMBER, FieldType.MONEY}
    return found.type in numbers and wanted.type in numbers


def _body_with_words(wanted: Field, word: str) -> dict[str, Any]:
    body: dict[str, Any] = {
        "internal_name": _internal_name(wanted.label),
        "label": wanted.label,
        "type": word,
        "set_default_value": "false",
        "editable": True,
        "visible": True,
        "required": wanted.required,
        "position": 0,
    }
    return body | _choices(wanted)


def _body_with_code(wanted: Field) -> dict[str, Any]:
    body = {
        "label": wanted.label,
        "field_type": type_code(wanted.type),
        "required": wanted.required,
    }
    return body | _choices(wanted)


def _choices(wanted: Field) -> dict[str, Any]:
    """Return choices in the shape that field lists show them in (certainty: inferred)."""
    if wanted.type not in _CHOSEN:
        return {}
    places = enumerate(wanted.choices, start=1)
    return {"choices": [{"value": choice.label, "position": place} for place, choice in places]}


def _internal_name(label: str) -> str:
    """Return a name to propose; what the account makes of it is read back."""
    plain = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_") or "field"
