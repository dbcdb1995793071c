"""The letter to support, as text that can be pasted into an e-mail and reads as Markdown."""

from __future__ import annotations

import textwrap
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib import resources
from itertools import count
from typing import Any

from crossdock.connectors.base import SourceObject
from crossdock.connectors.octopuspro.request.gaps import Gaps, Point
from crossdock.connectors.octopuspro.request.wanted import Wanted

WIDTH = 90
#: Stands where nobody said the value; the sender fills it in.
COMPANY, EMAIL = "[your company's name]", "[your account's e-mail address]"

#: A space at which no line is broken, until all lines are.
_JOINED = "\u00a0"

_Part = tuple[str, str, Sequence[str]]


def letter(
    lists: Sequence[Wanted],
    objects: Sequence[SourceObject],
    gaps: Gaps | None,
    company: str = "",
    email: str = "",
) -> str:
    """Return the letter that asks for these lists; empty when an export lacks nothing."""
    if gaps is not None and not gaps:
        return ""
    frame = _wording()["full" if gaps is None else "gaps"]
    names = {"company": company or COMPANY, "email": email or EMAIL}
    parts = _parts(lists, objects, gaps)
    blocks = [
        f"Subject: {frame['subject'].format(**names)}",
        "Hello,",
        *(textwrap.fill(text, WIDTH) for text in frame["opening"]),
        bullets([line.format(**names) for line in frame["account"]]),
        *_numbered(parts, count(1)),
        frame["closing"],
        f"[your name]\n{names['company']}",
        *(_numbered(_annex(lists), "ABC") if gaps is None else ()),
    ]
    return "\n\n".join(blocks) + "\n"


def _numbered(parts: Sequence[_Part], numbers: Iterable[object]) -> Iterator[str]:
    for number, (title, introduction, lines) in zip(numbers, parts, strict=False):
        yield f"{number}. {title}"
        if introduction:
            yield textwrap.fill(introduction, WIDTH)
        yield bullets(lines)


def bullets(lines: Sequence[str], indent: str = "") -> str:
    """Return lines as a list, wrapped, none longer than the width."""
    return "\n".join(
        textwrap.fill(
            line,
            WIDTH,
            initial_indent=f"{indent}- ",
            subsequent_indent=f"{indent}  ",
            break_on_hyphens=False,
        ).replace(_JOINED, " ")
        for line in lines
    )


def can_be_asked(code: str) -> bool:
    """Return whether a finding or question is something that support can put right."""
    return code.partition(":")[0] in _wording()["asks"]


def _parts(
    lists: Sequence[Wanted], objects: Sequence[SourceObject], gaps: Gaps | None
) -> list[_Part]:
    if gaps is None:
        return [(part["title"], "", part["lines"]) for part in _wording()["part"]]
    labels = {obj.name: obj.label for obj in objects}
    unexplained = [f"{labels[name]}: {_joined(h)}" for name, h in gaps.unexplained.items()]
    parts = [
        _of_kind(lists, "absent"),
        _of_kind(lists, "columns"),
        _titled("unexplained", unexplained),
        _titled("points", [_asked(point) for point in gaps.points]),
    ]
    return [part for part in parts if part[2]]


def _annex(lists: Sequence[Wanted]) -> list[_Part]:
    return [_of_kind(lists, kind) for kind in ("needed", "record", "settings")]


def _of_kind(lists: Sequence[Wanted], kind: str) -> _Part:
    return _titled(kind, [_line(one) for one in lists if one.kind == kind])


def _line(one: Wanted) -> str:
    note = _wording()["notes"].get(one.object, "") if one.kind != "columns" else ""
    return f"{one.label}: {_joined(one.columns)}" + (f" ({note})" if note else "")


def _joined(headers: Sequence[str]) -> str:
    return ", ".join(header.replace(" ", _JOINED) for header in headers)


def _titled(kind: str, lines: Sequence[str]) -> _Part:
    wording = _wording()
    return wording["titles"][kind], wording["introductions"].get(kind, ""), lines


def _asked(point: Point) -> str:
    text: str = _wording()["asks"][point.code.partition(":")[0]]
    return text.format(count=f"{point.count:,}", evidence="; ".join(point.evidence))


@cache
def _wording() -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath("letter.toml").read_text("utf-8"))
