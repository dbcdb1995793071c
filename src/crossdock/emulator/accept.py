"""What becomes of the values that a client sends, field by field.

Reference: Freshsales API, values on write; certainty: observed, except where `Assumptions` says
that the answer is a choice. Unknown names are ignored without a word, read-only fields too, and
null empties a field.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from crossdock.emulator import errors, values
from crossdock.emulator.catalog import table
from crossdock.emulator.fields import Field, Schema

if TYPE_CHECKING:
    from crossdock.emulator.account import Account

Row = dict[str, Any]
_PHONES = frozenset({"mobile_number", "work_number"})
#: The refusals of an unknown id that are known word for word.
_UNKNOWN_ID = {
    "contact_status_id": "Invalid contact status provided.",
    "lifecycle_stage_id": "Invalid lifecycle stage provided.",
    "deal_stage_id": "Deal stage doesn't exist",
}


TEXT = values.TEXT_LENGTH


def longest(field: Field) -> int:
    """Return how many characters a text field takes; phone numbers take 30."""
    return values.PHONE_LENGTH if field.name in _PHONES else TEXT


class Acceptance:
    """One body being read: the values that will be written, and what is wrong with it."""

    def __init__(self, account: Account, schema: Schema) -> None:
        self.account = account
        self.schema = schema
        self.values: Row = {}
        self.wrong: list[str] = []
        #: Values that are made, with records of their own, only once nothing is wrong.
        self.later: dict[str, Callable[[], Any]] = {}

    def read(
        self,
        body: Row,
        own: frozenset[str] = frozenset(),
        texts: Mapping[str, int] = MappingProxyType({}),
    ) -> None:
        """Read every field of a body that a client may write, save those in `own`.

        `texts` names the plain text fields with their longest length. A short text in one of them,
        which is what most values are, needs no more reading, so that a copy of the body with the
        rest taken out is quicker than one put together.
        """
        fields, values = self.schema.fields, body.copy()
        self.values = values
        for name, value in body.items():
            limit = texts.get(name)
            if limit is not None and type(value) is str and 0 < len(value) <= limit:
                continue
            del values[name]
            field = fields.get(name)
            if field is not None and field.writable and name not in own:
                self._system(field, value)
        given = body.get("custom_field")
        if isinstance(given, dict):
            self._custom(given)

    def require(self, labels: dict[str, str], creating: bool) -> None:
        """Complain about required fields: all of them when creating, else the emptied ones."""
        for field in self.schema.required:
            if self.values.get(field.name, None if creating else "") is None:
                label = labels.get(field.name, field.label)
                # What was refused for its value is not empty as well.
                if not any(text.startswith(label) for text in self.wrong):
                    self.wrong.append(errors.required(label))
        given = self.values.get("custom_field", {})
        for field in self.schema.custom.values():
            if field.required and given.get(field.name, None if creating else "") is None:
                self.wrong.append(errors.required(field.label))

    def finish(self) -> Row:
        """Return the values, or raise the refusal that lists everything that is wrong."""
        if self.wrong:
            raise errors.invalid(*self.wrong)
        for name, make in self.later.items():
            self.values[name] = make()
        return self.values

    def merged(self, row: Row | None) -> Row:
        """Return the custom values of a record with those of the body laid over them."""
        merged = dict(row.get("custom_field", {})) if row else {}
        merged.update(self.values.get("custom_field", {}))
        return {name: value for name, value in merged.items() if value is not None}

    def _system(self, field: Field, value: Any) -> None:
        if value is None or value == "":
            self.values[field.name] = None
            return
        reader = _SYSTEM.get(field.type)
        if reader is not None:
            self.values[field.name] = reader(self, field, value)

    def _custom(self, given: Row) -> None:
        out: Row = {}
        for name, value in given.items():
            field = self.schema.custom.get(name)
            if field is None or not field.writable:
                continue
            if value is None or value == "":
                out[name] = None
            elif field.type == "text" and type(value) is str and len(value) <= TEXT:
                out[name] = value
            else:
                out[name] = _CUSTOM[field.type](self, field, value)
        if out:
            self.values["custom_field"] = out

    def complain(self, message: str) -> None:
        """Note something wrong; everything is reported together."""
        self.wrong.append(message)

    def text(self, field: Field, value: Any) -> str | None:
        """Read a text field: at most 256 characters, phone numbers 30."""
        return self._limited(field, value, longest(field))

    def textarea(self, field: Field, value: Any) -> str | None:
        """Read a long text: at most 10,000 characters."""
        return self._limited(field, value, values.TEXTAREA_LENGTH)

    def _limited(self, field: Field, value: Any, limit: int) -> str | None:
        text = values.text(value)
        if text is None:
            self.complain(f"{field.label} is not valid")
        elif len(text) > limit:
            self.complain(errors.too_long(field.label))
        return text

    def number(self, field: Field, value: Any) -> int | float | None:
        """Read a number of at most 11 digits and 4 decimals."""
        exact = values.decimal(value)
        if exact is None:
            self.complain(f"{field.label} is not a number")
            return None
        if abs(exact) >= values.LARGEST_NUMBER:
            self.complain(errors.too_long(field.label))
            return None
        return values.number(round(exact, 4))

    def date(self, field: Field, value: Any) -> str | None:
        """Read a day; one that makes no sense is dropped silently."""
        return self.account.zone.date(value)

    def flag(self, field: Field, value: Any) -> bool | None:
        """Read a truth value (a bad one is refused; certainty: inferred)."""
        found = values.flag(value)
        if found is None:
            self.complain(f"{field.label} is not valid")
        return found

    def system_choice(self, field: Field, value: Any) -> Any:
        """Read a system dropdown, by id only: its label is refused."""
        if field.source == "time_zone":
            return self.time_zone(value)
        if not field.source.startswith("@"):
            return self._inline(field, value)
        found = values.record_id(value)
        item = None if found is None else self.account.catalog.find(field.source[1:], found)
        if item is None:
            self.complain(_UNKNOWN_ID.get(field.name, f"{field.label} doesn't exist"))
            return None
        inactive = field.source == "@owners" and not item["is_active"]
        if inactive and self.account.assumptions.refuse_inactive_owner:
            self.complain(f"{field.label} is not active")
        return found

    def time_zone(self, value: Any) -> str | None:
        """Read a time zone: a Rails name (`Sydney`); an IANA name is refused."""
        if isinstance(value, str) and value in self.account.rails_zones:
            return value
        self.complain("Not a supported time zone")
        return None

    def _inline(self, field: Field, value: Any) -> Any:
        for key, _ in table("inline_choices").get(field.source, []):
            if str(key) == str(value):
                return values.record_id(key) if str(key).isdigit() else key
        self.complain(f"{field.label} is not valid")
        return None

    def system_choices(self, field: Field, value: Any) -> str | None:
        """Read a system multi-select: a list of ids, or a text with semicolons."""
        parts = value if isinstance(value, list) else str(value).split(";")
        known = {str(key) for key, _ in table("inline_choices").get(field.source, [])}
        if not {str(part) for part in parts} <= known:
            self.complain(f"{field.label} is not valid")
            return None
        return ";".join(str(part) for part in parts)

    def tags(self, field: Field, value: Any) -> tuple[str, ...] | None:
        """Read tags: a list of texts that replaces the former one."""
        if field.name != "tags":
            return None
        parts = value if isinstance(value, list) else [value]
        return tuple(dict.fromkeys(str(part) for part in parts if part not in (None, "")))

    def label(self, field: Field, value: Any) -> str | None:
        """Read a custom dropdown, by the text of its choice."""
        if isinstance(value, str) and value in field.labels:
            return value
        if self.account.assumptions.refuse_unknown_choice:
            self.complain(f"{field.label} is not in the list of choices")
        return None

    def labels(self, field: Field, value: Any) -> str | None:
        """Read a custom multi-select: a list of texts, or one text with semicolons."""
        parts = value if isinstance(value, list) else str(value).split(";")
        kept = [self.label(field, part) for part in parts]
        return ";".join(part for part in kept if part is not None) or None

    def lookup(self, field: Field, value: Any) -> int | None:
        """Read a lookup: the id of a record that exists."""
        found = values.record_id(value)
        # A field whose target is unknown takes any id.
        unknown = bool(field.lookup) and not self.account.exists(field.lookup, found or -1)
        if found is None or unknown:
            self.complain(f"{field.label} doesn't exist")
        return found


Reader = Callable[[Acceptance, Field, Any], Any]


def _nothing(acceptance: Acceptance, field: Field, value: Any) -> None:
    """Read nothing: the field is computed."""


_SYSTEM: dict[str, Reader] = {
    "text": Acceptance.text,
    "textarea": Acceptance.textarea,
    "number": Acceptance.number,
    "date": Acceptance.date,
    "checkbox": Acceptance.flag,
    "dropdown": Acceptance.system_choice,
    "multi_select_dropdown": Acceptance.system_choices,
    "auto_complete": Acceptance.tags,
}
_CUSTOM: dict[str, Reader] = {
    "text": Acceptance.text,
    "url": Acceptance.text,
    "textarea": Acceptance.textarea,
    "number": Acceptance.number,
    "decimal": Acceptance.number,
    "date": Acceptance.date,
    "checkbox": Acceptance.flag,
    "dropdown": Acceptance.label,
    "radio": Acceptance.label,
    "multi_select_dropdown": Acceptance.labels,
    "auto_complete": Acceptance.lookup,
    "formula": _nothing,
    "auto_number": _nothing,
}
