"""The evidence as one self-contained page."""

from __future__ import annotations

from typing import Any

from jinja2 import Environment, PackageLoader, select_autoescape


def render(evidence: dict[str, Any]) -> str:
    """Return the page; it loads nothing from anywhere."""
    environment = Environment(
        loader=PackageLoader("crossdock.report"), autoescape=select_autoescape()
    )
    return environment.get_template("migration.html").render(**evidence)
