"""In which encoding a text file is, and the same text as a plain file.

A mark at the beginning settles it, then zero bytes (UTF-16 without a mark), then whether all of it
is valid UTF-8: hardly any other text is. What is left was written with one of the old code pages of
one byte per letter, and no byte says which; a person is asked, and sees what each would make of it.
"""

from __future__ import annotations

import codecs
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from crossdock.errors import ExportUnreadableError

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


@dataclass(frozen=True, slots=True)
class Bytes:
    """What a file's bytes say: SHA-256 in hexadecimal, and the encoding; None when none says so."""

    sha256: str
    encoding: str | None


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
            plain = plain and block.isascii()
            valid = valid and (plain or _decodes(decoder, block))
    if valid and not plain:
        valid = _decodes(decoder, b"", final=True)
    return Bytes(digest.hexdigest(), _marked(head) or ("utf-8" if valid else None))


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


def rewrite(path: Path, encoding: str, target: Path) -> None:
    """Write a text file again as UTF-8 with lines that end in LF.

    Raises ExportUnreadableError when the bytes are no text in that encoding.
    """
    partial = target.with_suffix(".partial")
    partial.parent.mkdir(parents=True, exist_ok=True)
    try:
        with (
            path.open(encoding=encoding, newline=None) as source,
            partial.open("w", encoding="utf-8", errors="surrogatepass", newline="\n") as sink,
        ):
            while text := source.read(_AT_ONCE):
                sink.write(text)
    except UnicodeError as error:
        partial.unlink(missing_ok=True)
        raise ExportUnreadableError(
            f"{path.name} is not text in {encoding} from beginning to end: {error}.",
            next_command="save the file as CSV UTF-8, then: crossdock inspect",
        ) from error
    partial.replace(target)


def samples(path: Path, page: str, most: int = 3) -> list[str]:
    """Return a few words of a file with letters beyond ASCII, as a code page reads them."""
    found: list[str] = []
    with path.open("rb") as stream:
        for line in stream:
            if line.isascii():
                continue
            text = line.decode(page, "replace")
            for word in _WORD.findall(text):
                if word not in found:
                    found.append(word[:40])
                if len(found) == most:
                    return found
    return found
