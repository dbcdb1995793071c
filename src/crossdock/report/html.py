"""Self-contained pages: one file each, which loads nothing."""

from __future__ import annotations

from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from crossdock.model.wording import count
from crossdock.report import labels, wording
from crossdock.report.page import view


def render(evidence: dict[str, Any]) -> str:
    """Return the evidence of a migration as a page."""
    return page("migration.html", **view(evidence))


def page(template: str, **shown: Any) -> str:
    """Return a page; it loads nothing from anywhere, and every value of the data is escaped."""
    environment = Environment(
        loader=PackageLoader("crossdock.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "number": wording.number,
        "command": wording.command,
        "counted": count,
        "money": wording.money,
        "span": wording.span,
        "moment": wording.moment,
        "day": wording.day,
        "of_object": labels.of_object,
        "of_entity": labels.of_entity,
        "of_field": labels.of_field,
        "of_reason": labels.of_reason,
        "found_word": lambda name: labels.CLASSES.get(name, (labels.readable(name), ""))[0],
    }
    return environment.get_template(template).render(**shown)
