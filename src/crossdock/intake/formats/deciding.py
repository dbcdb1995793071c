"""Every decision about how the export is written, and what only a person can decide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb

from crossdock.connectors.base import SourceObject
from crossdock.intake.formats import casts, numbers, orders, regions, taxes
from crossdock.intake.formats.casts import Reading
from crossdock.intake.formats.kept import Decision, Oddity
from crossdock.intake.formats.orders import Order
from crossdock.intake.formats.survey import Traits, survey
from crossdock.intake.formats.survey.columns import Columns, staged
from crossdock.intake.formats.zones import zone_of
from crossdock.model.findings import Question


@dataclass(frozen=True, slots=True)
class Formats:
    """How the export is written.

    `orders` is each file's order of day and month by its number in `stage._file`; `types` the
    staged columns of each object; `casts` the SQL that reads each, by object and column; `facts`
    what the manifest or a person said, with what was decided beside it: `region` (ISO 3166) and
    `tax_mode`.
    """

    orders: Mapping[int, Order]
    types: Mapping[str, Columns]
    casts: Mapping[tuple[str, str], str]
    questions: Sequence[Question]
    facts: Mapping[str, str]
    traits: Traits
    decisions: Sequence[Decision]
    oddities: Sequence[Oddity]


def decide(
    connection: duckdb.DuckDBPyConnection,
    objects: Sequence[SourceObject],
    facts: Mapping[str, str],
    answers: Mapping[str, str],
) -> Formats:
    """Decide how everything staged is to be read.

    `facts` is what the export says of itself, `answers` what a person said before, by the code of
    the question. New rows are looked at first, which puts right text that was read in a wrong
    encoding; what was seen is kept, and deciding again costs nothing.
    """
    types = staged(connection, objects)
    traits = survey(connection, objects, types)
    region, why = regions.decide(traits, facts)
    known = {**facts, "region": region}
    dates = orders.decide(connection, objects, traits, known, answers)
    signs = numbers.decide(connection, objects, traits, answers)
    reading = Reading(
        traits,
        region,
        zone_of(facts),
        [number for number, order in dates.by_file.items() if order == "month-first"],
        [number for number, sign in signs.by_file.items() if sign == "comma"],
    )
    made = casts.casts(objects, types, reading)
    tax = taxes.look(connection, made, answers)
    mode = facts.get("tax_mode") or answers.get("TAX_MODE") or tax.shown
    questions = [*dates.questions, *signs.questions]
    if tax.question and not mode:
        questions.append(tax.question)
    if mode:
        known["tax_mode"] = mode
    return Formats(
        dates.by_file,
        types,
        made,
        questions,
        known,
        traits,
        [
            Decision(None, "", "region", region or "none", why),
            *dates.decisions,
            *signs.decisions,
            *taxes.decisions(tax, facts, answers),
        ],
        [*dates.oddities, *taxes.oddities(tax, facts, answers)],
    )
