"""Whether every value of the export fits the field that it is mapped to.

Nothing is sampled: each question is put to every row of the route's table, all questions of an
entity in one pass.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

from crossdock.connectors.base import Description
from crossdock.mapping.document import Line, Mapping
from crossdock.mapping.transforms import expression, quoted, transform_of
from crossdock.model.fields import Field, FieldType
from crossdock.provision.questions import Question, questions
from crossdock.routes.base import Route

#: Keys of records that show a problem, at most.
EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class Unfit:
    """Values of one field that do not fit: what is wrong, how many, what would become of them.

    `becomes` is "cut", "rounded", "left empty" or "refused"; `examples` are source keys.
    """

    what: str
    becomes: str
    count: int
    examples: Sequence[str]
    remedy: str

    def as_json(self) -> dict[str, Any]:
        """Return the problem as the `--json` output shows it."""
        return {
            "what": self.what,
            "becomes": self.becomes,
            "count": self.count,
            "examples": list(self.examples),
            "remedy": self.remedy,
        }


@dataclass(frozen=True, slots=True)
class Fit:
    """One line's field with its type, how many records fill it, and what does not fit."""

    line: Line
    type: str
    values: int
    unfit: Sequence[Unfit] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the field as the `--json` output shows it."""
        return {
            "entity": self.line.entity,
            "target": self.line.target,
            "type": self.type,
            "values": self.values,
            "unfit": [unfit.as_json() for unfit in self.unfit],
        }


@dataclass(frozen=True, slots=True)
class Target:
    """A line with the field that it goes to: the destination's own, or the one to be created."""

    line: Line
    type: FieldType
    max_length: int | None
    choices: Sequence[str]
    #: Whether the field is at the destination; its missing choices are then another matter.
    is_there: bool


def fits(
    connection: duckdb.DuckDBPyConnection, route: Route, mapping: Mapping, description: Description
) -> list[Fit]:
    """Return every mapped field with a type, in the mapping's order, and what does not fit it.

    The route's tables must be there, and the mapping valid.
    """
    return [
        fit
        for phase in route.phases
        if not phase.checked
        for fit in _of_entity(
            connection, phase.table, list(_targets(phase.entity, mapping, description))
        )
    ]


def _targets(entity: str, mapping: Mapping, description: Description) -> Iterator[Target]:
    described = description.entities.get(entity)
    for line in mapping.active(entity):
        if line.value_map or line.transform == "target":
            continue
        found: Field | None = None
        if described is not None:
            by_label = described.field_by_label(line.label) if line.is_custom else None
            found = by_label or described.field(line.target)
        if found is not None:
            labels = [choice.label for choice in found.choices] if found.custom else []
            yield Target(line, found.type, found.max_length, labels, is_there=True)
            continue
        new = next(
            (f for f in mapping.new_fields if (f.entity, f.label) == (entity, line.label)), None
        )
        if line.is_custom and new is not None:
            yield Target(line, FieldType(new.type), None, new.choices, is_there=False)


def _of_entity(
    connection: duckdb.DuckDBPyConnection, table: str, targets: Sequence[Target]
) -> Iterator[Fit]:
    if not targets:
        return
    asked = [
        list(
            questions(
                transform_of(target.line),
                target.line,
                target.type,
                target.max_length,
                target.choices,
                is_there=target.is_there,
            )
        )
        for target in targets
    ]
    rows = _rows(table, targets)
    wanted = [f"count(v{n})" for n in range(len(targets))]
    wanted += [
        question.measure(f"t{n}", f"v{n}") for n, asks in enumerate(asked) for question in asks
    ]
    counts = connection.execute(f"SELECT {', '.join(wanted)} FROM {rows}").fetchone()
    assert counts is not None
    measured = iter(counts[len(targets) :])
    for n, (target, asks) in enumerate(zip(targets, asked, strict=True)):
        unfit = [
            _unfit(connection, rows, n, question, count)
            for question in asks
            if (count := next(measured))
        ]
        yield Fit(target.line, str(target.type), counts[n], unfit)


def _rows(table: str, targets: Sequence[Target]) -> str:
    """Return SQL for the rows with each line's text in the source (`t`) and its value (`v`)."""
    columns = ["source_key"]
    for n, target in enumerate(targets):
        texts = [f"nullif(trim(CAST({quoted(c)} AS VARCHAR)), '')" for c in target.line.columns]
        columns.append(f"concat_ws(' ', {', '.join(texts)}) AS t{n}")
        columns.append(f"{_evaluated(target.line)} AS v{n}")
    return f"(SELECT {', '.join(columns)} FROM {table} r)"


def _evaluated(line: Line) -> str:
    """Return a line's SQL; what depends on a deal's stage stands for its bare column."""
    if line.transform in ("closed_date", "open_date"):
        return quoted(line.columns[0])
    return expression(line)


def _unfit(
    connection: duckdb.DuckDBPyConnection, rows: str, n: int, question: Question, count: int
) -> Unfit:
    examples = connection.execute(
        f"SELECT source_key FROM {rows} WHERE {question.holds(f't{n}', f'v{n}')}"
        f" ORDER BY source_key LIMIT {EXAMPLES}"
    ).fetchall()
    keys = [key for (key,) in examples]
    return Unfit(question.what, question.becomes, count, keys, question.remedy)
