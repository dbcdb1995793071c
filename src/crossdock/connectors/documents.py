"""What a source says of the documents it may send: which nested list is which object.

A document is JSON. Its lists hold records, and records hold lists of further records. A path names
a key by the keys on the way to it, with dots: `booking.services`.

An expression says what a column holds, in terms of one record of its list:

=====================  ====================================================================
`status`               the text of a key; a list of texts is joined with `; `
`names[0].first_name`  the same of one element of a list, counted from 0
`services[].service`   of all elements, each text once, joined with `; `
`^id`, `^^id`          a key of the record that this one is nested in, and of that one's
`received | date`      the first that has a value
`lower({status})`      with braces: SQL of DuckDB, each brace an expression as above; one with
                       `[]` is a list of texts there
=====================  ====================================================================
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class NestedTable:
    """A table that lies in the records of a list.

    `at` is the path of the nested list below the records, empty for the records themselves.
    `columns` pairs each header with its expression. Where `when` has paths, a record makes a row
    only if one of them has a value. Keys below a path of `own` that no column names become columns
    of their own. `pivot` names a list of fields, its key of the field's name, its key of the
    value, and what begins the headers: each name becomes a column.
    """

    object: str
    at: str = ""
    columns: tuple[tuple[str, str], ...] = ()
    when: tuple[str, ...] = ()
    own: tuple[str, ...] = ("",)
    pivot: tuple[str, str, str, str] | None = None


@dataclass(frozen=True, slots=True)
class DocumentList:
    """A list of records, known by keys that only such records have, or by its name and a hint.

    `carry` pairs headers with expressions that name a record; nested lists which nobody knows get
    these columns. `elsewhere` maps paths to the list and path of the same document that says the
    same: they are left out where that one is there.
    """

    name: str
    marks: frozenset[str] = frozenset()
    hints: frozenset[str] = frozenset()
    tables: tuple[NestedTable, ...] = ()
    carry: tuple[tuple[str, str], ...] = ()
    elsewhere: Mapping[str, str] = field(default_factory=dict)


def known_list(
    lists: Sequence[DocumentList], keys: Mapping[str, object], name: str = ""
) -> DocumentList | None:
    """Return which list a record with these keys belongs to; None when no list is like it."""
    for candidate in lists:
        if not candidate.marks.isdisjoint(keys):
            return candidate
    return next((c for c in lists if c.name == name and not c.hints.isdisjoint(keys)), None)
