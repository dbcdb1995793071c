"""What a transform is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Kind(StrEnum):
    """What a column holds, as a message says it."""

    TEXT = "text"
    NUMBER = "numbers"
    DAY = "days"
    MOMENT = "moments"
    YES_NO = "yes or no"
    LIST = "a list"
    OTHER = "something else"


#: Everything that has one spelling as text.
SIMPLE: Final = (Kind.TEXT, Kind.NUMBER, Kind.DAY, Kind.MOMENT, Kind.YES_NO)
ANY: Final = (*SIMPLE, Kind.LIST, Kind.OTHER)
DATED: Final = (Kind.DAY, Kind.MOMENT)


def kind_of(type_name: str) -> Kind:
    """Return what a column of a type of the database holds."""
    if type_name.endswith("]"):
        return Kind.LIST
    name = type_name.partition("(")[0]
    if name in ("VARCHAR", "JSON") or name.startswith("ENUM"):
        return Kind.TEXT
    if name == "DATE":
        return Kind.DAY
    if name.startswith("TIMESTAMP"):
        return Kind.MOMENT
    if name == "BOOLEAN":
        return Kind.YES_NO
    is_number = name in ("DECIMAL", "DOUBLE", "FLOAT") or name.endswith("INT") or "INTEGER" in name
    return Kind.NUMBER if is_number else Kind.OTHER


class Gives(StrEnum):
    """What a transform makes; two values of a kind are compared as such."""

    TEXT = "a text"
    MARKED = "a long text"
    NUMBER = "a number"
    YES_NO = "yes or no"
    DAY = "a day"
    MOMENT = "a moment"
    CHOICE = "a choice"
    CHOICES = "several choices"
    LIST = "a list of texts"
    ID = "an id"
    RECORDS = "records"
    ANYTHING = "what the expression gives"


@dataclass(frozen=True, slots=True)
class Example:
    """Values of the columns, what the transform makes of them (None: nothing is sent), and the
    argument, where the transform takes one."""

    given: tuple[object, ...]
    made: object
    argument: str = ""


@dataclass(frozen=True, slots=True)
class Transform:
    """A named way from columns to the value of one field.

    `argument` names what stands after the colon, or is empty. `takes` are the kinds of columns
    that can be read; `columns` is how many, from and to. `sql` gets the quoted columns and the
    argument; without one, the name of the object that the first column is of.
    """

    name: str
    summary: str
    gives: Gives
    sql: Callable[[Sequence[str], str], str]
    examples: tuple[Example, ...] = ()
    takes: tuple[Kind, ...] = SIMPLE
    columns: tuple[int, int] = (1, 1)
    argument: str = ""

    @property
    def title(self) -> str:
        """Return how the transform is written, with a word for its argument."""
        return f"{self.name}:{self.argument}" if self.argument else self.name
