"""Walking through a JSON text that may be larger than memory: one value at a time."""

from __future__ import annotations

import codecs
import json
import re
from typing import Any, BinaryIO

from crossdock.errors import ExportUnreadableError
from crossdock.intake.tables.documents.pairs import no_pair_lost

#: So many characters are read at once, and so many may one record have: about a fifth of what
#: reading may take of memory.
AT_ONCE = 1 << 20
LONGEST = 1 << 27
#: A value that was cut makes the decoder stop this near to the end, unless it was in a text.
_NEAR_THE_END = 16

_BLANK = re.compile(r"[ \t\r\n]*")

#: Numbers stay the text they are written as: 174.750 and 1e400 have no exact float.
_DECODER = json.JSONDecoder(
    parse_float=str,
    parse_int=str,
    parse_constant=str,
    strict=False,
    object_pairs_hook=no_pair_lost,
)


class CutError(Exception):
    """The text ends in the middle of a value that began at `line`."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


class JsonText:
    """A JSON text in an encoding, read in pieces from a stream of bytes.

    `name` is what people know the file by; errors name it, the line and the character.
    """

    def __init__(self, stream: BinaryIO, encoding: str, name: str) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder(encoding)()
        self._encoding = encoding
        self._name = name
        self._buffer = ""
        self._at = 0
        self._line, self._counted = 1, 0
        self._ended = False
        self._more()
        if self._buffer.startswith("\ufeff"):
            self._at = 1

    def peek(self) -> str:
        """Return the next character that is not blank, without taking it; empty at the end."""
        while True:
            found = _BLANK.match(self._buffer, self._at)
            self._at = found.end() if found else self._at
            if self._at < len(self._buffer):
                return self._buffer[self._at]
            if not self._more():
                return ""

    def skip(self) -> None:
        """Take the character that was seen."""
        self._at += 1

    def take(self, wanted: str) -> None:
        """Take a punctuation mark; raises CutError, ExportUnreadableError when it is not next."""
        found = self.peek()
        if not found:
            raise CutError(self.line())
        if found != wanted:
            raise self.broken(f"expected {wanted} but found {found}")
        self._at += 1

    def line(self) -> int:
        """Return the line, from 1, at which the walk stands."""
        self._line += self._buffer.count("\n", self._counted, self._at)
        self._counted = self._at
        return self._line

    def value(self) -> Any:
        """Take the next value: dicts, lists, texts, booleans, None; a number as its text.

        Raises CutError when the text ends first, ExportUnreadableError for what is no JSON.
        """
        self.peek()
        while True:
            try:
                value, end = _DECODER.raw_decode(self._buffer, self._at)
            except json.JSONDecodeError as error:
                if self._may_go_on(error) and self._more():
                    continue
                if self._ended and _ends_in(error, self._buffer[error.pos :].strip()):
                    raise CutError(self.line()) from error
                raise self._broken_at(error) from error
            except RecursionError as error:
                raise self.broken("the value is nested too deeply to be read") from error
            if end == len(self._buffer) and not isinstance(value, (dict, list)) and self._more():
                continue
            self._at = end
            return value

    def small_value(self) -> Any:
        """Return the next value without taking it; None when it does not lie in memory whole."""
        self.peek()
        if len(self._buffer) - self._at < AT_ONCE:
            self._more()
        try:
            return _DECODER.raw_decode(self._buffer, self._at)[0]
        except (json.JSONDecodeError, RecursionError):
            return None

    def line_value(self) -> Any:
        """Take a whole line and return its value.

        Raises ValueError for what is no JSON, CutError when it is the last line and was cut.
        """
        while (end := self._buffer.find("\n", self._at)) < 0 and self._more():
            pass
        text = self._buffer[self._at : end if end >= 0 else len(self._buffer)].strip()
        line = self.line()
        self._at = end if end >= 0 else len(self._buffer)
        try:
            return _DECODER.decode(text)
        except json.JSONDecodeError as error:
            if end < 0 and _ends_in(error, text[error.pos :]):
                raise CutError(line) from error
            raise ValueError(f"{error.msg} at character {error.pos + 1}") from error
        except RecursionError as error:
            raise ValueError("it is nested too deeply") from error

    def broken(self, what: str, at: int | None = None) -> ExportUnreadableError:
        """Return the error that says what is wrong where the walk stands."""
        self._at = self._at if at is None else at
        column = self._at - self._buffer.rfind("\n", 0, self._at)
        return ExportUnreadableError(
            f"{self._name} is not JSON from line {self.line()}, character {column} on: {what}.",
            next_command="ask support for the file again, or repair it, then: crossdock inspect",
        )

    def _broken_at(self, error: json.JSONDecodeError) -> ExportUnreadableError:
        return self.broken(error.msg[:1].lower() + error.msg[1:], error.pos)

    def _may_go_on(self, error: json.JSONDecodeError) -> bool:
        """Return whether the decoder may only have come to the end of what was read so far."""
        if error.msg.startswith("Unterminated string"):
            return True
        return error.pos >= len(self._buffer) - _NEAR_THE_END

    def _more(self) -> bool:
        """Read on; False at the end. What was walked through is forgotten."""
        if self._ended:
            return False
        self.line()
        rest = len(self._buffer) - self._at
        if rest > LONGEST:
            raise self.broken(f"a value is longer than {LONGEST:,} characters")
        text = ""
        while not text and not self._ended:
            block = self._stream.read(max(AT_ONCE, rest))
            self._ended = not block
            text = self._decoded(block)
        if text:
            self._buffer = self._buffer[self._at :] + text
            self._at = self._counted = 0
        return bool(text)

    def _decoded(self, block: bytes) -> str:
        """Return bytes as text; a last letter of which a part is missing is left out."""
        try:
            return self._decoder.decode(block)
        except UnicodeError as error:
            raise ExportUnreadableError(
                f"{self._name} is not text in {self._encoding} after line {self._line}: {error}.",
                next_command="save the file as UTF-8, then: crossdock inspect",
            ) from error


def _ends_in(error: json.JSONDecodeError, rest: str) -> bool:
    """Return whether a text that the decoder did not like, from `rest` on, was only cut."""
    if not rest or error.msg.startswith("Unterminated string"):
        return True
    if re.fullmatch("[.eE+-]{1,2}", rest):
        return True
    words = ("true", "false", "null", "NaN", "-Infinity", "Infinity")
    return any(word.startswith(rest) for word in words) or ("escape" in error.msg and len(rest) < 7)
