"""Which column a header stands for, where a person said so.

The answer `COLUMN:<object>.<header>` is the name of one of the object's columns, or `own`: then
the header is a field that the tenant made for itself, whatever it is called.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from crossdock.connectors.base import Recognised, Source, SourceObject
from crossdock.errors import AnswerError
from crossdock.intake.tables.table import Table

#: The code of such an answer begins with this.
COLUMN = "COLUMN:"
#: The answer that a header is the tenant's own field.
OWN = "own"

Said = Mapping[str, str]


def claimed(tables: Iterable[Table], source: Source, answers: Said) -> list[Table]:
    """Return the tables with their headers read as the answers say.

    A header that no table of the object has is passed over: the next export may have it again.
    Raises AnswerError for a column that the object does not have, or that two headers claim.
    """
    said: dict[str, dict[str, str]] = {}
    for code, value in answers.items():
        name, header = named(code)
        if header:
            said.setdefault(name, {})[header.casefold()] = value
    objects = {obj.name: obj for obj in source.objects()}
    return [_table(table, objects, source, said) for table in tables]


def named(code: str) -> tuple[str, str]:
    """Return the object and the header that a code is about; two empty texts for another code."""
    if not code.startswith(COLUMN):
        return "", ""
    name, _, header = code[len(COLUMN) :].partition(".")
    return name, header.strip()


def check(tables: Sequence[Table], source: Source, answers: Said, code: str, value: str) -> str:
    """Return in words what an answer means, given the answers before it.

    Raises AnswerError for a header that no table of the object has, and as `claimed` does.
    """
    name, header = named(code)
    found = [what for table in tables for what in _read(table) if what.object == name]
    if not any(header.casefold() == h.casefold() for what in found for h, _ in what.columns):
        raise AnswerError(
            f"{code} answers nothing: the export has no list of {name or 'this name'} with a "
            f"column {header or 'of this name'}. Nothing was kept.",
            next_command="crossdock inspect",
        )
    claimed(tables, source, {**answers, code: value})
    if value == OWN:
        return f"{header} of {name} is the tenant's own field"
    return f"{header} of {name} is read as {value}"


def _read(table: Table) -> list[Recognised]:
    return [table.what, *([table.what.lines] if table.what.lines else [])]


def _table(
    table: Table,
    objects: Mapping[str, SourceObject],
    source: Source,
    said: Mapping[str, Said],
) -> Table:
    what = table.what
    if not said.keys() & {found.object for found in _read(table)}:
        return table
    lines = what.lines
    what = _columns(what, objects[what.object], source, said.get(what.object, {}))
    if lines is not None:
        # Records are told from one another by a column that may have a new name now.
        place = [name for _, name in table.what.columns].index(lines.key)
        named_lines = _columns(lines, objects[lines.object], source, said.get(lines.object, {}))
        lines = replace(named_lines, key=what.columns[place][1])
    return replace(table, what=replace(what, lines=lines))


def _columns(what: Recognised, obj: SourceObject, source: Source, said: Said) -> Recognised:
    """Return an object's columns with the names that a person gave them."""
    columns = list(what.columns)
    for header, value in said.items():
        places = [i for i, (found, _) in enumerate(columns) if found.casefold() == header]
        if value != OWN and obj.column(value) is None:
            known = ", ".join(column.name for column in obj.columns)
            raise _refused(
                obj, header, value, f"{obj.name} has no column {value} (it has: {known})"
            )
        if not places:
            continue
        # A header that stands twice: the one that is not known yet is meant.
        known_ones = {column.name for column in obj.columns}
        place = min(places, key=lambda i: columns[i][1] in known_ones)
        name = source.own_column(columns[place][0], place) if value == OWN else value
        if value != OWN or columns[place][1] in known_ones:
            columns[place] = (columns[place][0], name)
    return replace(what, columns=_without_doubles(columns, obj, said))


def _without_doubles(
    columns: list[tuple[str, str]], obj: SourceObject, said: Said
) -> tuple[tuple[str, str], ...]:
    """Return the columns, own ones with a number where two are called the same.

    Raises AnswerError when two headers claim one column of the object.
    """
    taken: dict[str, str] = {}
    free = []
    for header, name in columns:
        other, number, base = taken.get(name), 2, name
        if other is not None and obj.column(name) is not None:
            told = header if header.casefold() in said else other
            rest = other if told == header else header
            raise _refused(obj, told, name, f"the column {rest} is {name} already")
        while name in taken:
            name, number = f"{base}_{number}", number + 1
        taken[name] = header
        free.append((header, name))
    return tuple(free)


def _refused(obj: SourceObject, header: str, value: str, why: str) -> AnswerError:
    code = f"{COLUMN}{obj.name}.{header}"
    return AnswerError(
        f"{code} cannot be {value}: {why}. Nothing was read.",
        next_command=f"crossdock answer {shlex.quote(code)} {OWN}",
    )
