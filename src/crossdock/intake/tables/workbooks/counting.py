"""The second reader: rows and values of a sheet, counted in its XML.

It shares no code with calamine, which reads the same sheet for its values. Both must agree on the
number of rows that have a value, and on the number of values.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

import orjson

from crossdock.intake.tables.workbooks.container import Container
from crossdock.intake.tables.workbooks.elements import Count, Reader, Row
from crossdock.intake.tables.workbooks.outline import Outline
from crossdock.intake.tables.workbooks.rows import thinned

#: Stands behind the odd rows of a sheet.
_END = b"\n"


def count(book: Container, part: str, outline: Outline, odd: BinaryIO) -> Count:
    """Count what a sheet holds, and write its odd rows to a file, to be read a second time.

    Raises DamageError, ExpatError.
    """
    reader = Reader(outline)
    reader.count.odd_at = odd.tell()
    for row, texts in reader.rows(thinned(book.read(part), reader, outline)):
        odd.write(orjson.dumps((row, list(texts.items()))) + _END)
    odd.write(_END)
    return reader.count


def odd_rows(odd: BinaryIO, found: Count) -> Iterator[Row]:
    """Yield the rows of a counted sheet that have odd values, in order."""
    odd.seek(found.odd_at)
    for line in iter(odd.readline, _END):
        row, texts = orjson.loads(line)
        yield row, dict(texts)
