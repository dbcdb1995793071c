"""A large file with damage in many places loses the damaged rows only, and names their lines.

Large: the reader takes it in parts at the same time, and rows, lines and rejects must fit all the
same.
"""

from __future__ import annotations

import csv
import io
import random
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from crossdock.intake import staging
from crossdock.intake.tables.tables import tables
from tests.integration.exports import Some, store

HEADER = [
    *("Payment ID", "Invoice Number", "Received Date", "Amount"),
    *("Payment Type", "Reference", "Note"),
]
#: Rows that are none, by what is wrong with them.
DAMAGE = {
    "too few cells": "9,x,y",
    "too many cells": "9,9,9,9,9,9,9,9,9",
    "a quote closed too early": '9,INV,1,1,"a"b,x,y',
    "nothing but delimiters": ",,,,,,",
    "a quote left open": '9,INV,1,1,,,"call',
    "a total": "Total,,,110.00,,,",
}


@dataclass(slots=True)
class Made:
    """A file, the number and line of each good row, and the lines of the bad ones."""

    text: str = ""
    good: list[tuple[str, int]] = field(default_factory=list)
    bad: list[int] = field(default_factory=list)


def made(rows: int, damage: list[str], seed: int) -> Made:
    """Return a file of so many rows, one in two thousand damaged, one in fifty of several lines."""
    chance = random.Random(seed)
    end = chance.choice(["\n", "\r\n"])
    found, out, line = Made(), io.StringIO(newline=""), 2
    writer = csv.writer(out, lineterminator=end)
    writer.writerow(HEADER)
    for number in range(rows):
        if chance.random() < 0.001:
            out.write(end)
            line += 1
        if damage and chance.random() < 0.0005:
            out.write(DAMAGE[chance.choice(damage)] + end)
            found.bad.append(line)
            line += 1
            continue
        note = chance.choice(["", "call back", 'say "hi"', "é"])
        note = f"a{end}b,c{end}" if chance.random() < 0.02 else note
        words = ["13/02/2025", "10.00", "Cash", "r" * chance.randrange(40), note]
        writer.writerow([number, f"INV-{number}", *words])
        found.good.append((str(number), line))
        line += 1 + note.count("\n")
    found.text = out.getvalue()
    return found


def _is_accounted_for(folder: Path, made: Made) -> None:
    (folder / "export").mkdir()
    (folder / "export" / "payments.csv").write_text(made.text, "utf-8", newline="")
    source = Some("payment")
    with store() as connection:
        layout = tables(folder / "export", folder / "work", source, {})
        staging.stage(connection, source.objects(), layout, lambda _: None)
        rows = connection.execute(
            "SELECT payment_id, line_from + s.rowid - row_from FROM stage.payment s"
            " ASOF JOIN stage._run ON s.rowid >= row_from ORDER BY s.rowid"
        ).fetchall()
        rejected = connection.execute("SELECT line FROM stage._reject ORDER BY 1").fetchall()
    assert set(rows) ^ set(made.good) == set()
    assert rows == made.good
    assert [line for (line,) in rejected] == made.bad


@pytest.mark.parametrize("damage", [[], *([kind] for kind in DAMAGE)], ids=str)
def test_one_kind_of_damage_costs_the_damaged_rows_only(tmp_path: Path, damage: list[str]) -> None:
    _is_accounted_for(tmp_path, made(30_000, damage, seed=2))


def test_all_kinds_of_damage_in_one_file_cost_the_damaged_rows_only(tmp_path: Path) -> None:
    _is_accounted_for(tmp_path, made(60_000, list(DAMAGE), seed=2))


def test_a_stray_quote_right_behind_another_damaged_row_costs_its_own_row_only(
    tmp_path: Path,
) -> None:
    broken = ['9,INV,1,1,"a"b,x,y', '9,INV,1,1,,,"call']
    rows = [f'{n},INV-{n},13/02/2025,10.00,Cash,r,"say ""hi"""' for n in range(6)]
    text = "\n".join([",".join(HEADER), *rows[:3], *broken, *rows[3:]]) + "\n"
    good = [(str(n), n + (2 if n < 3 else 4)) for n in range(6)]
    _is_accounted_for(tmp_path, Made(text, good, [5, 6]))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(20))
def test_damage_in_files_that_are_read_in_parts_costs_the_damaged_rows_only(
    tmp_path: Path, seed: int
) -> None:
    _is_accounted_for(tmp_path, made(400_000, list(DAMAGE), seed))
