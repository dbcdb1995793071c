"""`python -m bench.mapping [--part tune|held]`: the figures of the proposer; no network."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from itertools import pairwise

from bench.mapping.labels import read
from bench.mapping.measure import Answer, answers, seconds_for

#: The edges of the bins of the calibration table.
_BINS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 1.01)


def main() -> None:
    """Print the figures; with --wrong, for the part for tuning, what is wrong as well."""
    parser = argparse.ArgumentParser(prog="python -m bench.mapping")
    parser.add_argument("--part", choices=("tune", "held"), default="tune")
    parser.add_argument("--wrong", action="store_true", help="name wrong proposals (tune only)")
    chosen = parser.parse_args()
    lists = read(chosen.part)
    found = list(answers(lists))
    kinds = list(dict.fromkeys(answer.list.kind for answer in found))
    print(f"{'':20}{'labels':>8}{'top-1':>8}{'top-3':>8}{'high':>8}{'precise':>9}{'type':>8}")
    for kind in kinds:
        _line(kind, [answer for answer in found if answer.list.kind == kind])
    _line("all", found)
    _calibration(found)
    profiling, proposing = seconds_for(300, read("tune"))
    print(f"\n300 columns: {profiling:.2f} s for profiles, {proposing:.2f} s for proposals")
    if chosen.wrong and chosen.part == "tune":
        _wrong(found)


def _line(name: str, some: Sequence[Answer]) -> None:
    high = [a for a in some if a.proposal.is_high]
    typed = [a.has_right_type for a in some if a.has_right_type is not None]
    print(
        f"{name:20}{len(some):8}{_share([a.is_right for a in some]):>8}"
        f"{_share([a.is_among_three for a in some]):>8}{_share([a in high for a in some]):>8}"
        f"{_share([a.is_right for a in high]):>9}{_share([bool(t) for t in typed]):>8}"
    )


def _share(flags: Sequence[bool]) -> str:
    return f"{sum(flags) / len(flags):.1%}" if flags else "-"


def _calibration(found: Sequence[Answer]) -> None:
    print(f"\n{'confidence':14}{'labels':>8}{'says':>8}{'is':>8}")
    for low, high in pairwise(_BINS):
        some = [a for a in found if low <= a.proposal.confidence < high]
        if some:
            says = sum(a.proposal.confidence for a in some) / len(some)
            span = f"{low:.2f} to {min(high, 1):.2f}"
            print(f"{span:14}{len(some):8}{says:>8.1%}{_share([a.is_right for a in some]):>8}")


def _wrong(found: Sequence[Answer]) -> None:
    print()
    for a in found:
        if not a.is_right:
            right = ", ".join(sorted(a.label.right))
            said = f"{a.proposal.place.key} {a.proposal.confidence:.2f} ({a.proposal.reason})"
            print(f"{a.list.object}: {a.label.header} is {right}; proposed: {said}")
        elif a.has_right_type is False and a.proposal.place.key == "own":
            kind = a.proposal.profile.type
            print(f"{a.list.object}: {a.label.header} is {a.label.type}; proposed: {kind}")


if __name__ == "__main__":
    main()
