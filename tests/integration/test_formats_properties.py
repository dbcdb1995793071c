"""Numbers and moments that are written in any one style are read back as they were."""

from __future__ import annotations

import tempfile
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.integration.formats import SILENT, bookings, invoices, reading
from tests.tries import tries

TRIED = settings(max_examples=tries(8), deadline=None, suppress_health_check=[HealthCheck.too_slow])

_GROUPS = {"point": ("", ",", " ", "'"), "comma": ("", ".", " ")}
_AROUND = ("{}", "${}", "$ {}", "{}$", "AUD {}", "{} AUD", "A${}")
_NEGATIVE = ("-{}", "({})", "{}-")


@st.composite
def _styles(draw: st.DrawFn) -> tuple[str, str, str, str]:
    sign = draw(st.sampled_from(["point", "comma"]))
    return (
        "." if sign == "point" else ",",
        draw(st.sampled_from(_GROUPS[sign])),
        draw(st.sampled_from(_AROUND)),
        draw(st.sampled_from(_NEGATIVE)),
    )


def _amount(cents: int, style: tuple[str, str, str, str]) -> str:
    mark, group, around, negative = style
    whole = f"{abs(cents) // 100:,}".replace(",", group)
    text = around.format(f"{whole}{mark}{abs(cents) % 100:02}")
    return negative.format(text) if cents < 0 else text


@TRIED
@given(amounts=st.lists(st.integers(-(10**10), 10**10), min_size=1, max_size=20), style=_styles())
def test_amounts_in_one_style_are_read_back_to_the_cent(
    amounts: list[int], style: tuple[str, str, str, str]
) -> None:
    rows = invoices(*(_amount(cents, style) for cents in amounts))
    with (
        tempfile.TemporaryDirectory() as folder,
        reading(Path(folder), "invoice", invoices=rows) as found,
    ):
        read = found.column("SELECT total FROM src.invoice ORDER BY invoice_number")
        assert read == [Decimal(cents) / 100 for cents in amounts]
        assert found.questions() == []


_DATES = (
    "%d/%m/%Y",
    "%m/%d/%Y",
    "%d.%m.%Y",
    "%m-%d-%Y",
    "%Y-%m-%d",
    "%Y/%m/%d",
    "%d/%m/%y",
    "%d %b %Y",
    "%b %d, %Y",
    "%A %d %B %Y",
    "%d-%b-%y",
)
_FIRST, _LAST = (datetime.fromisoformat(day) for day in ("1990-01-01", "2049-12-31"))
_TIMES = (" %H:%M", " %H:%M:%S", " %I:%M %p", " %I:%M%p", " %I.%M %p")


@TRIED
@given(
    moments=st.lists(st.datetimes(_FIRST, _LAST), min_size=1, max_size=20),
    form=st.builds(lambda d, t: d + t, st.sampled_from(_DATES), st.sampled_from(_TIMES)),
)
def test_moments_in_one_format_are_read_back_or_asked_for(
    moments: list[datetime], form: str
) -> None:
    seconds = "%S" in form
    moments = [m.replace(microsecond=0, second=m.second if seconds else 0) for m in moments]
    rows = bookings(*(moment.strftime(form) for moment in moments))
    with (
        tempfile.TemporaryDirectory() as folder,
        reading(Path(folder), "booking", manifest=SILENT, bookings=rows) as found,
    ):
        read = found.column("SELECT created FROM src.booking ORDER BY booking_number")
        if found.questions():
            # Nothing but dates that could be read both ways.
            assert all(moment.day <= 12 for moment in moments)
        else:
            assert read == moments
