"""Every decision about how the export is written, and what only a person can decide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb

from crossdock.connectors.base import SourceObject
from crossdock.intake.formats import orders
from crossdock.intake.formats.orders import Order
from crossdock.model.findings import Question


@dataclass(frozen=True, slots=True)
class Formats:
    """How the export is written.

    `orders` is each file's order of day and month by its number in `stage._file`; `facts` is what
    the manifest said, with what was decided in its place.
    """

    orders: Mapping[int, Order]
    questions: Sequence[Question]
    facts: Mapping[str, str]


def decide(
    connection: duckdb.DuckDBPyConnection,
    objects: Sequence[SourceObject],
    facts: Mapping[str, str],
    answers: Mapping[str, str],
) -> Formats:
    """Decide how everything staged is to be read.

    `facts` is what the manifest says of the export, `answers` what a person said before, by the
    code of the question.
    """
    found = orders.decide(connection, objects, facts.get("date_format", ""), answers)
    return Formats(found.by_file, found.questions, dict(facts))
