"""The flow of rows as a picture: objects on the left, what became of them on the right.

Widths grow with the square root of the rows, so that a small object stays visible beside one
that is a hundred times as large.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

WIDTH = 980
LEFT, RIGHT = 262, 718
_BAR = 9
_WIDEST = 34.0
#: So many objects get a band of their own; the smaller ones share the last one. What a reader
#: looks for first always has its own.
_MOST = 20
_FIRST = ("customer", "booking", "quote", "invoice", "payment", "service")
_TOP = 10.0
_LETTERS = 27
STAYED = ""


@dataclass(slots=True)
class Node:
    """One bar with its label. `tone` names a colour of the style sheet."""

    name: str
    label: str
    detail: str
    title: str
    tone: str
    rows: int = 0
    y: float = 0.0
    height: float = 0.0
    used: float = 0.0

    @property
    def middle(self) -> float:
        """Return where the label stands."""
        return self.y + self.height / 2


@dataclass(frozen=True, slots=True)
class Band:
    """One flow between two bars, as an SVG path."""

    path: str
    tone: str
    title: str


@dataclass(slots=True)
class Picture:
    """Everything that the template draws."""

    height: float = 0.0
    left: list[Node] = field(default_factory=list)
    right: list[Node] = field(default_factory=list)
    bands: list[Band] = field(default_factory=list)
    bar: int = _BAR
    width: int = WIDTH
    left_x: int = LEFT
    right_x: int = RIGHT


def draw(
    flows: Sequence[tuple[str, str, int]],
    objects: Mapping[str, str],
    entities: Mapping[str, tuple[str, str]],
) -> Picture:
    """Return the picture of flows (object, entity, rows); entity "" is what stayed behind.

    `objects` gives labels; `entities` gives label and detail, in the order from top to bottom.
    """
    amounts, labels = _bundled(flows, objects)
    if not amounts:
        return Picture()
    unit = _WIDEST / math.sqrt(max(amounts.values()))
    widths = {pair: max(1.2, unit * math.sqrt(rows)) for pair, rows in amounts.items()}
    order = [name for name in entities if any(entity == name for _, entity in amounts)]
    right = {
        name: Node(name, entities[name][0], entities[name][1], entities[name][0], _tone(name, i))
        for i, name in enumerate(order)
    }
    left = {
        name: Node(name, _short(label), "", label, "source")
        for name, label in labels.items()
        if any(object_name == name for object_name, _ in amounts)
    }
    for (object_name, entity), rows in amounts.items():
        for node in (left[object_name], right[entity]):
            node.rows += rows
            node.height += widths[object_name, entity]
    for node in left.values():
        node.detail = f"{node.rows:,}"
    lefts = sorted(left.values(), key=lambda n: _place(n, amounts, order))
    rights = [right[name] for name in order]
    height = max(_stack(lefts, 6, 17), _stack(rights, 20, 30))
    for column, gap, least in ((lefts, 6, 17), (rights, 20, 30)):
        _spread(column, height, gap, least)
    bands = [
        _band(a, b, widths[a.name, b.name], amounts[a.name, b.name])
        for a in lefts
        for b in rights
        if (a.name, b.name) in amounts
    ]
    return Picture(round(height + _TOP), lefts, rights, bands)


def _bundled(
    flows: Sequence[tuple[str, str, int]], objects: Mapping[str, str]
) -> tuple[dict[tuple[str, str], int], dict[str, str]]:
    """Add flows up by object and entity, the smallest objects together when there are many."""
    totals: dict[str, int] = defaultdict(int)
    for name, _, rows in flows:
        totals[name] += rows
    ranked = sorted(
        (n for n in totals if totals[n]), key=lambda n: (n not in _FIRST, -totals[n], n)
    )
    rest = set(ranked[_MOST - 1 :]) if len(ranked) > _MOST else set()
    amounts: dict[tuple[str, str], int] = defaultdict(int)
    for name, entity, rows in flows:
        if rows:
            amounts["*" if name in rest else name, entity] += rows
    labels = {name: objects[name] for name in ranked if name not in rest}
    if rest:
        labels["*"] = f"{len(rest)} smaller kinds"
    return dict(amounts), labels


def _tone(name: str, place: int) -> str:
    return "stayed" if name == STAYED else f"t{place % 9}"


def _place(
    node: Node, amounts: Mapping[tuple[str, str], int], order: Sequence[str]
) -> tuple[int, float]:
    """Order objects by where most of their rows go, so that few bands cross."""
    if node.name == "*":
        return len(order), 0
    own = {entity: rows for (name, entity), rows in amounts.items() if name == node.name}
    return order.index(max(own, key=lambda e: own[e])), -node.rows


def _stack(nodes: Sequence[Node], gap: float, least: float) -> float:
    return sum(max(n.height, least) for n in nodes) + gap * (len(nodes) - 1) + _TOP


def _spread(nodes: Sequence[Node], height: float, gap: float, least: float) -> None:
    """Set the bars from top to bottom; what is left of the height goes between them."""
    spare = (height - _stack(nodes, gap, least)) / max(len(nodes), 1)
    y = _TOP + spare / 2
    for node in nodes:
        slot = max(node.height, least)
        node.y = round(y + (slot - node.height) / 2, 1)
        y += slot + gap + spare


def _band(a: Node, b: Node, width: float, rows: int) -> Band:
    """Return the band between two bars, taking the next free piece of each."""
    y1, y2 = a.y + a.used, b.y + b.used
    a.used += width
    b.used += width
    x1, x2 = LEFT + _BAR, RIGHT
    mid = (x1 + x2) / 2
    path = (
        f"M{x1} {y1:.1f}C{mid} {y1:.1f} {mid} {y2:.1f} {x2} {y2:.1f}"
        f"V{y2 + width:.1f}C{mid} {y2 + width:.1f} {mid} {y1 + width:.1f} {x1} {y1 + width:.1f}Z"
    )
    rows_text = f"{rows:,} {'row' if rows == 1 else 'rows'}"
    return Band(path, b.tone, f"{a.title} to {b.title}: {rows_text}")


def _short(label: str) -> str:
    return label if len(label) <= _LETTERS else label[: _LETTERS - 1] + "…"


def of(evidence: dict[str, Any]) -> list[tuple[str, str, int]]:
    """Return the flows of an evidence document, with what stayed behind."""
    moved = [(f["object"], f["entity"], f["rows"]) for f in evidence["flows"]]
    return moved + [(r["object"], STAYED, r["rows"]) for r in evidence["not_moved"]]
