"""Each file's order of day and month, decided by the file's own values.

`03/04/2025` is two different days. A date whose first number is above 12 proves day first, one
whose second number is above 12 proves month first. The decision is made per file, never per row:
the export's own statement (the manifest's `date_format`) settles a file without proof, and when
there is none either, or a file proves both, a person is asked.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import duckdb

from crossdock.connectors.base import SourceObject
from crossdock.intake.formats.differing import Differing, differing
from crossdock.intake.formats.kept import Decision, Oddity
from crossdock.intake.formats.shapes import date_shape
from crossdock.intake.formats.survey import Traits
from crossdock.model.findings import Question
from crossdock.model.wording import count

Order = Literal["day-first", "month-first"]

_DECLARED: dict[str, Order] = {"D": "day-first", "M": "month-first"}
#: Countries in which the month is written first; everywhere else it is not.
_MONTH_FIRST = frozenset({"US"})
_BOTH_SMALL = r" *(0?[1-9]|1[0-2])[/.-](0?[1-9]|1[0-2])[/.-]\d.*"
_UNEQUAL = "regexp_extract(t, '{0}', 1)::INTEGER <> regexp_extract(t, '{0}', 2)::INTEGER"


@dataclass(slots=True)
class DateOrders:
    """The order of each file by its number, and what follows from it."""

    by_file: dict[int, Order] = field(default_factory=dict)
    questions: list[Question] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    oddities: list[Oddity] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _File:
    number: int
    obj: SourceObject
    name: str


def decide(
    connection: duckdb.DuckDBPyConnection,
    objects: Sequence[SourceObject],
    traits: Traits,
    facts: Mapping[str, str],
    answers: Mapping[str, str],
) -> DateOrders:
    """Decide the order for every staged file.

    `facts` holds the manifest's `date_format` such as `DD/MM/YYYY` and the `region` of the
    business (ISO 3166), where they are known. `answers` holds what a person said before, by
    question code (`DATE_ORDER:bookings.csv`).
    """
    by_name = {obj.name: obj for obj in objects}
    found = DateOrders()
    rows = connection.execute("SELECT file_no, object, name FROM stage._file ORDER BY 1").fetchall()
    for number, object_name, name in rows:
        _decide(
            connection, _File(number, by_name[object_name], name), traits, facts, answers, found
        )
    return found


def of_objects(connection: duckdb.DuckDBPyConnection, facts: Mapping[str, str]) -> dict[str, Order]:
    """Return the order of day and month of each staged object, where something decides it.

    That is what was decided for the object's own files; else what the export says of itself; else
    what was decided for all other files, when they agree. Two files of an object that differ
    decide nothing for it.
    """
    rows = connection.execute(
        "SELECT o.name, list(DISTINCT f.decision) FILTER (f.decision IS NOT NULL)"
        " FROM stage._object o LEFT JOIN stage._format f ON f.object = o.name AND f.field = ''"
        " AND f.decision IN ('day-first', 'month-first') GROUP BY 1"
    ).fetchall()
    declared = _DECLARED.get(facts.get("date_format", "")[:1].upper())
    decided: dict[str, set[Order]] = {name: set(orders or ()) for name, orders in rows}
    all_of_them = set[Order]().union(*decided.values())
    shared = declared or (next(iter(all_of_them)) if len(all_of_them) == 1 else None)
    found = {name: next(iter(own), shared) for name, own in decided.items() if len(own) < 2}
    return {name: order for name, order in found.items() if order}


def _decide(
    connection: duckdb.DuckDBPyConnection,
    file: _File,
    traits: Traits,
    facts: Mapping[str, str],
    answers: Mapping[str, str],
    found: DateOrders,
) -> None:
    first, second = (_proofs(traits, kind, file) for kind in ("day first", "month first"))
    declared = _DECLARED.get(facts.get("date_format", "")[:1].upper())
    proven: Order | None = None
    if bool(first) != bool(second):
        proven = "day-first" if first else "month-first"
    code = f"DATE_ORDER:{file.name}"
    answer = answers.get(code)
    order = answer or proven or (None if first else declared)
    found.by_file[file.number] = "month-first" if order == "month-first" else "day-first"
    fields = _ordered(traits, file)
    if not fields:
        return
    if order is None:
        rows = differing(
            connection,
            file.obj,
            file.number,
            fields,
            _BOTH_SMALL,
            _readings,
            _UNEQUAL.format(_BOTH_SMALL),
        )
        if rows.count or (first and second):
            found.questions.append(_question(code, file, first, second, rows))
            return
    why = "a person's answer" if answer else _why(first, second, facts)
    found.decisions.append(
        Decision(file.number, file.obj.name, "", found.by_file[file.number], why)
    )
    if proven and not answer:
        found.oddities += _contradictions(file, proven, first or second, declared, facts)


def _proofs(traits: Traits, kind: str, file: _File) -> int:
    return sum(t.n for t in traits.of(kind, file.obj.name) if t.file_no == file.number)


def _ordered(traits: Traits, file: _File) -> list[str]:
    """Return the columns in which the order decides what a value means."""
    return sorted(
        {
            t.field
            for t in traits.of("shape", file.obj.name)
            if (shape := date_shape(t.value)) and shape.ordered
        }
    )


def _why(first: int, second: int, facts: Mapping[str, str]) -> str:
    if first or second:
        place = "first" if first else "second"
        dates = count(first or second, "date has", "dates have")
        return f"{dates} a number above 12 in {place} place"
    declared = facts.get("date_format")
    return f"the manifest says {declared}" if declared else "no date could be read both ways"


def _contradictions(
    file: _File, proven: Order, proofs: int, declared: Order | None, facts: Mapping[str, str]
) -> list[Oddity]:
    says = ""
    region = facts.get("region", "")
    if declared and declared != proven:
        says = f"the manifest says {facts['date_format']}"
    elif region and not declared and (proven == "month-first") != (region in _MONTH_FIRST):
        says = f"that is unusual in {region}"
    if not says:
        return []
    place = f"{file.name}: {proven.replace('-', ' ')} by {count(proofs, 'date')}; {says}"
    return [Oddity("DATE_ORDER_NOT_AS_STATED", file.obj.name, "", 1, (place,))]


def _question(code: str, file: _File, first: int, second: int, rows: Differing) -> Question:
    sample = rows.sample or "03/04/2025"
    why = "no date in it proves it"
    if first and second:
        day = count(first, "date proves", "dates prove")
        why = f"{day} the day, {count(second, 'proves', 'prove')} the month"
    return Question(
        code,
        f"{file.name} does not say whether the day or the month comes first in "
        f"{count(rows.count, 'date')} such as {sample}: {why}.",
        {
            "day-first": f"{sample} is {_day(sample)}",
            "month-first": f"{sample} is {_month_day(sample)}",
        },
        object=file.obj.name,
        count=rows.count,
        evidence=rows.evidence,
    )


def _readings(text: str) -> str:
    return f"{_day(text)} or {_month_day(text)}"


_MONTHS = (
    "",
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def _day(text: str) -> str:
    one, two, year = _parts(text)
    return f"{one} {_MONTHS[two]} {year}"


def _month_day(text: str) -> str:
    one, two, year = _parts(text)
    return f"{_MONTHS[one]} {two}, {year}"


def _parts(text: str) -> tuple[int, int, int]:
    one, two, year = (int(part) for part in re.findall(r"\d+", text)[:3])
    return one, two, year if year > 99 else year + (2000 if year < 69 else 1900)
