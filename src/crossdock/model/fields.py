"""What a field can hold, and what an entity at a destination looks like."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class FieldType(StrEnum):
    """The kinds of value that a mapping must tell apart, whatever each system calls them."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    DATETIME = "datetime"
    TIME = "time"
    CHECKBOX = "checkbox"
    PICKLIST = "picklist"
    MULTI_PICKLIST = "multi_picklist"
    REFERENCE = "reference"
    EMAIL = "email"
    PHONE = "phone"
    URL = "url"
    SIGNATURE = "signature"
    IMAGE = "image"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a picklist.

    `id` is the destination's id as text ("31000425871"): ids there may be numbers or names, and
    comparing them as text is the one way that never loses digits.
    """

    id: str
    label: str
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Field:
    """One field of an entity as the destination describes it now."""

    name: str
    label: str
    type: FieldType
    required: bool = False
    custom: bool = False
    unique: bool = False
    read_only: bool = False
    max_length: int | None = None
    choices: Sequence[Choice] = ()


@dataclass(frozen=True, slots=True)
class Entity:
    """A kind of record at the destination.

    `required_groups` holds groups of fields of which at least one must be filled, as the
    destination's own form says.
    """

    name: str
    label: str
    fields: Sequence[Field] = ()
    required_groups: Sequence[Sequence[str]] = ()

    def field(self, name: str) -> Field | None:
        """Return the field with this API name, or None."""
        return next((f for f in self.fields if f.name == name), None)

    def field_by_label(self, label: str) -> Field | None:
        """Return the custom field that carries this label, ignoring case, or None."""
        wanted = label.casefold().strip()
        return next(
            (f for f in self.fields if f.custom and f.label.casefold().strip() == wanted), None
        )
