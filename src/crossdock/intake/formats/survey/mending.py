"""Text that was UTF-8 and was read as Windows-1252 (`MÃ¼ller`) is put right.

A letter beyond ASCII becomes two to four signs when its bytes are read one by one. The way back
is exact: the signs' bytes are read as UTF-8, and where they are no UTF-8 the text stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import duckdb

from crossdock.intake.formats.survey.traits import Trait
from crossdock.intake.sql import quoted

# What the bytes 0x80 to 0xBF are in Windows-1252, with the control characters that some programs
# put for the five bytes which it leaves free.
_FREE = {byte: chr(byte) for byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}
_FOLLOWING = "".join(
    _FREE.get(byte) or bytes([byte]).decode("cp1252") for byte in range(0x80, 0xC0)
)
_SIGNS = "".join(f"\\x{{{ord(sign):X}}}" for sign in _FOLLOWING)
# First bytes of the letters of Europe, of punctuation and of pictures, as Windows-1252 shows them.
# Those of other scripts are left out: in them two signs stand side by side in honest text.
_TWO, _THREE, _FOUR = r"\x{C2}-\x{C5}\x{CE}-\x{D1}", r"\x{E2}\x{EF}", r"\x{F0}"
#: Finds text that may be of this kind, as the database's regular expressions have it.
SIGN = rf"[{_TWO}][{_SIGNS}]|[{_THREE}][{_SIGNS}]{{2}}|{_FOUR}[{_SIGNS}]{{3}}"
_LETTER = re.compile(re.sub(r"\\x\{(\w+)\}", lambda found: f"\\u{int(found[1], 16):04x}", SIGN))
_BATCH = 5_000
#: Text may have gone through this more than once.
_TIMES = 2


def mended(text: str) -> str:
    """Return a text with what was read in the wrong encoding put right."""
    for _ in range(_TIMES):
        better = _LETTER.sub(_read_again, text)
        if better == text:
            break
        text = better
    return text


def _read_again(found: re.Match[str]) -> str:
    signs = found.group()
    try:
        return b"".join(_byte(sign) for sign in signs).decode("utf-8")
    except UnicodeDecodeError:
        return signs


def _byte(sign: str) -> bytes:
    return bytes([ord(sign)]) if sign in _FREE.values() else sign.encode("cp1252")


def mend(connection: duckdb.DuckDBPyConnection, obj: str, field: str) -> Iterator[Trait]:
    """Put a column's texts right; what they were is kept in `stage._mended`, once per text."""
    affected = connection.cursor().execute(
        f"SELECT DISTINCT {quoted(field)} FROM stage.{obj}"
        f" WHERE regexp_matches({quoted(field)}, '{SIGN}')"
    )
    while rows := affected.fetchmany(_BATCH):
        pairs = [(text, better) for (text,) in rows if (better := mended(text)) != text]
        connection.execute(
            "INSERT INTO stage._mended SELECT ?, ?, unnest(?), unnest(?)",
            [obj, field, [old for old, _ in pairs], [new for _, new in pairs]],
        )
    n = connection.execute(
        f"""
        UPDATE stage.{obj} SET {quoted(field)} = m.mended FROM stage._mended m
        WHERE m.object = '{obj}' AND m.field = ? AND m.original = {quoted(field)}
        """,
        [field],
    ).fetchone()
    examples = connection.execute(
        "SELECT original[1:60] || ' → ' || mended[1:60] FROM stage._mended"
        " WHERE object = ? AND field = ? ORDER BY strlen(original), 1 LIMIT 5",
        [obj, field],
    ).fetchall()
    if n and n[0]:
        yield Trait(None, obj, field, "mended", "", n[0], [example for (example,) in examples])
