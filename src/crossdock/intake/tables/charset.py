"""In which encoding a text file is, and the same text as a plain file.

A mark at the beginning settles it, then zero bytes (UTF-16 without a mark), then whether all of it
is valid UTF-8: hardly any other text is. A file with more whole letters of UTF-8 than bytes that
are none is damaged UTF-8. What is left was written with one of the old code pages of one byte per
letter, and no byte says which; a person is asked, and sees what each would make of it.
"""

from __future__ import annotations

import codecs
import hashlib
import re
from dataclasses import dataclass, replace
from pathlib import Path

_AT_ONCE = 1 << 22
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: Which code page a file without a mark may be in, and where such files come from.
CODE_PAGES = {
    "windows-1252": "Windows in Australia, America, western Europe",
    "windows-1250": "Windows in central Europe",
    "windows-1251": "Windows with Cyrillic letters",
    "mac-roman": "an old Mac",
    "latin-1": "a database or server in western Europe",
}
#: A word with a letter beyond ASCII.
_WORD = re.compile(r"""[^\s,;|"']*[^\x00-\x7f\s][^\s,;|"']*""")
#: What a file is read as until a person has said which code page it is in.
LIKELIEST = "windows-1252"
#: What stands where a letter was that cannot be read.
_BROKEN = "\ufffd"


def _as_control(error: UnicodeError) -> tuple[str, int]:
    """Read a byte that a code page does not have as the control letter of that number."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "".join(chr(byte) for byte in error.object[error.start : error.end]), error.end


def _as_pasted(error: UnicodeError) -> tuple[str, int]:
    """Read bytes that are no UTF-8 as rows of another file, pasted in; half a letter is broken."""
    if not isinstance(error, UnicodeDecodeError) or error.reason == "unexpected end of data":
        return _BROKEN, error.end if isinstance(error, UnicodeDecodeError) else 0
    return error.object[error.start : error.end].decode(LIKELIEST, "as control"), error.end


codecs.register_error("as control", _as_control)
codecs.register_error("as pasted", _as_pasted)


@dataclass(frozen=True, slots=True)
class Bytes:
    """What a file's bytes say: SHA-256 in hexadecimal, and the encoding; None when none says so.

    `broken` is how many of its letters are none of that encoding.
    """

    sha256: str
    encoding: str | None
    broken: int = 0


def look(path: Path) -> Bytes:
    """Read a file once and tell its digest and its encoding, a name that Python knows."""
    digest = hashlib.sha256()
    decoder = codecs.getincrementaldecoder("utf-8")()
    valid, plain = True, True
    head = b""
    with path.open("rb") as stream:
        while block := stream.read(_AT_ONCE):
            head = head or block[:4096]
            digest.update(block)
            # A letter may be cut by the end of a block: then the next one is not plain.
            if not plain or not block.isascii():
                valid = valid and _decodes(decoder, block)
                plain = decoder.getstate()[0] == b""
    if valid:
        valid = _decodes(decoder, b"", final=True)
    found = Bytes(digest.hexdigest(), _marked(head) or ("utf-8" if valid else None))
    return found if valid else _damaged(found, path)


def _damaged(found: Bytes, path: Path) -> Bytes:
    """Return the same, with how many letters are none of the file's encoding."""
    encoding = found.encoding or "utf-8"
    whole = broken = 0
    with path.open(encoding=encoding, errors="replace", newline="") as stream:
        while text := stream.read(_AT_ONCE):
            damaged = text.count(_BROKEN)
            broken += damaged
            whole += len(text) - len(text.encode("ascii", "ignore")) - damaged
    if found.encoding is None and whole < broken:
        return found
    return replace(found, encoding=encoding, broken=broken)


def _decodes(decoder: codecs.IncrementalDecoder, block: bytes, final: bool = False) -> bool:
    try:
        decoder.decode(block, final)
    except UnicodeDecodeError:
        return False
    return True


def _marked(head: bytes) -> str | None:
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name
    even, odd = head[::2], head[1::2]
    if len(head) < 8 or not 0.3 < max(even.count(0), odd.count(0)) / len(odd) <= 1:
        return None
    if min(even.count(0), odd.count(0)) * 10 > max(even.count(0), odd.count(0)):
        return None
    return "utf-16-le" if odd.count(0) > even.count(0) else "utf-16-be"


def rewrite(path: Path, encoding: str, target: Path, newline: str | None = "") -> None:
    """Write a text file again as UTF-8; lines end as they did, or in LF when `newline` is None.

    Bytes that are no letter of the encoding become what they most likely are, or else the sign for
    a broken letter.
    """
    partial = target.with_suffix(".partial")
    partial.parent.mkdir(parents=True, exist_ok=True)
    with (
        path.open(encoding=encoding, errors=_errors(encoding), newline=newline) as source,
        partial.open("w", encoding="utf-8", errors="replace", newline="\n") as sink,
    ):
        while text := source.read(_AT_ONCE):
            sink.write(text)
    partial.replace(target)


def _errors(encoding: str) -> str:
    if encoding in CODE_PAGES:
        return "as control"
    return "as pasted" if encoding.startswith("utf-8") else "replace"


def readings(path: Path, most: int = 3) -> dict[str, list[str]]:
    """Return a few words with letters beyond ASCII, as each code page reads them.

    A page that reads all of the file's letters as one before it does is left out.
    """
    odd: set[int] = set()
    found: dict[str, list[str]] = {page: [] for page in CODE_PAGES}
    with path.open("rb") as stream:
        for line in stream:
            if line.isascii():
                continue
            odd.update(byte for byte in line if byte > 0x7F)
            for page, words in found.items():
                if len(words) < most:
                    words += [w[:40] for w in _words(line, page) if w[:40] not in words]
                    del words[most:]
    letters = {page: bytes(sorted(odd)).decode(page, "replace") for page in found}
    first = {text: page for page, text in reversed(letters.items())}
    return {page: words for page, words in found.items() if first[letters[page]] == page}


def _words(line: bytes, page: str) -> list[str]:
    return list(dict.fromkeys(_WORD.findall(line.decode(page, "replace"))))
