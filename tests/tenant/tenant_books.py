"""Reading an export with nothing but `csv` and `Decimal`: the other opinion on its numbers."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

Row = dict[str, str]


@lru_cache(maxsize=100)
def read(folder: Path, name: str) -> list[Row]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def header(folder: Path, name: str) -> list[str]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return next(csv.reader(stream))


def money(text: str) -> Decimal:
    return Decimal(text) if text else Decimal(0)


def total(rows: Iterable[Row], key: str, column: str) -> dict[str, Decimal]:
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for row in rows:
        sums[row[key]] += money(row[column])
    return sums


def when(text: str) -> datetime:
    return datetime.strptime(text, "%d/%m/%Y %I:%M %p")  # noqa: DTZ007


def day(text: str) -> datetime:
    return datetime.strptime(text, "%d/%m/%Y")  # noqa: DTZ007
