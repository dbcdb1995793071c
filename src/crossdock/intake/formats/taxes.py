"""Whether amounts hold their tax or the tax comes on top, seen in the invoices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import duckdb

from crossdock.intake.formats.kept import Decision, Oddity
from crossdock.model.findings import Question
from crossdock.model.wording import count

#: The share of invoices with tax that must agree, in percent.
AGREE = 95
_COLUMNS = ("invoice_number", "sub_total", "discount", "tax", "total")
_CHOICES = {
    "inclusive": "the sub total holds the tax: total = sub total - discount",
    "exclusive": "the tax comes on top: total = sub total - discount + tax",
}


@dataclass(frozen=True, slots=True)
class TaxMode:
    """`inclusive` or `exclusive` as the invoices show, or empty; how many of how many show it."""

    shown: str
    agree: int
    rows: int
    question: Question | None = None


def look(
    connection: duckdb.DuckDBPyConnection,
    casts: Mapping[tuple[str, str], str],
    answers: Mapping[str, str],
) -> TaxMode:
    """Ask the invoices; with a question when they have tax and do not agree.

    `casts` is the SQL of each staged column. Amounts that differ by a cent agree: tax is rounded.
    """
    sql = {name: casts.get(("invoice", name)) for name in _COLUMNS}
    if not all(sql.values()):
        return TaxMode("", 0, 0)
    columns = ", ".join(f"{expression} AS {name}" for name, expression in sql.items())
    row = connection.execute(
        f"""
        WITH taxed AS (
            SELECT *, sub_total - coalesce(discount, 0) AS net
            FROM (SELECT {columns} FROM stage.invoice)
            WHERE tax > 0 AND total IS NOT NULL AND sub_total IS NOT NULL
        )
        SELECT count(*), count(*) FILTER (abs(total - net) <= 0.01),
            count(*) FILTER (abs(total - net - tax) <= 0.01),
            list(concat_ws('', invoice_number, ': sub total ', sub_total, ', discount ',
                coalesce(discount, 0), ', tax ', tax, ', total ', total))[1:5]
        FROM taxed
        """
    ).fetchone()
    assert row is not None
    rows, inclusive, exclusive, evidence = row
    shown, agree = ("inclusive", inclusive) if inclusive >= exclusive else ("exclusive", exclusive)
    if rows and agree * 100 >= rows * AGREE:
        return TaxMode(shown, agree, rows)
    if not rows or "TAX_MODE" in answers:
        return TaxMode("", 0, rows)
    question = Question(
        "TAX_MODE",
        "The export does not say whether amounts hold their tax, and its "
        + count(
            rows,
            "invoice with tax adds up neither with the tax inside nor with it on top.",
            f"invoices with tax do not agree: {count(inclusive, 'adds', 'add')} up with the tax "
            f"inside, {exclusive:,} with it on top.",
        ),
        _CHOICES,
        object="invoice",
        field="tax",
        count=rows,
        evidence=tuple(evidence or ()),
    )
    return TaxMode("", 0, rows, question)


def decisions(tax: TaxMode, facts: Mapping[str, str], answers: Mapping[str, str]) -> list[Decision]:
    """Return what was decided about tax and why, if anything was."""
    if facts.get("tax_mode"):
        return [Decision(None, "", "tax_mode", facts["tax_mode"], "the manifest says so")]
    if "TAX_MODE" in answers:
        return [Decision(None, "", "tax_mode", answers["TAX_MODE"], "a person's answer")]
    return [Decision(None, "", "tax_mode", tax.shown, _share(tax))] if tax.shown else []


def oddities(tax: TaxMode, facts: Mapping[str, str], answers: Mapping[str, str]) -> list[Oddity]:
    """Return that the tax mode was seen, not said; or that it is not what was said."""
    stated = facts.get("tax_mode")
    if not tax.shown or "TAX_MODE" in answers or stated == tax.shown:
        return []
    if not stated:
        place = f"tax {tax.shown}: {_share(tax)}"
        return [Oddity("TAX_MODE_SEEN", "invoice", "tax", tax.rows, (place,))]
    place = f"{_share(tax)} with tax {tax.shown}; the manifest says {stated}"
    return [Oddity("TAX_MODE_NOT_AS_STATED", "invoice", "tax", tax.agree, (place,))]


def _share(tax: TaxMode) -> str:
    invoices = count(tax.rows, "invoice with tax adds up", "invoices with tax add up")
    return f"{tax.agree:,} of {invoices}"
