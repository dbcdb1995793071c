"""A list of acts: checked as a whole, then done one after the other."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import TYPE_CHECKING, Any

from crossdock.emulator.errors import ApiError
from crossdock.emulator.people.finding import user_named
from crossdock.emulator.people.hands import HANDS
from crossdock.emulator.people.whims import KINDS, OFTEN, whim
from crossdock.emulator.store import Row

if TYPE_CHECKING:
    from crossdock.emulator.account import Account

_ANYTHING = "anything"
#: How often nothing may be found for an act at random before that is taken for the answer.
_TRIES = 10


class People:
    """The persons who work with an account."""

    def __init__(self, account: Account) -> None:
        self._account = account

    def perform(self, acts: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Do what a list of acts says and return what was done, in the same order.

        Each answer has `act`, `entity`, `id`, `by` (a user's id) and `fields` with `before` and
        `after`; a merge also has `lost` (ids) and `moved` (how many of what). Acts speak of records
        that are there before the first of them.

        Raises ValueError, with nothing done, when one of them is no act or speaks of what is not
        there. An act that the account refuses stops the list: the error says which one it was.
        """
        ready = [self._prepared(place, act) for place, act in enumerate(acts, 1)]
        return [done for do in ready for done in do()]

    def act_at_random(self, random: Random, kind: str) -> dict[str, Any] | None:
        """Edit, merge or delete something as a person would; None when nothing is there for it."""
        return self._at_random(random, kind, None)

    def _at_random(self, random: Random, kind: str, by: Any) -> dict[str, Any] | None:
        for _ in range(_TRIES):
            act = whim(self._account, random, kind)
            if act is not None:
                return self.perform([act | {"by": by}])[0]
        return None

    def _prepared(self, place: int, act: Any) -> Callable[[], list[Row]]:
        """Return an act that is ready to be done, or raise ValueError."""
        try:
            if not isinstance(act, dict):
                raise ValueError("is no object")
            name = str(act.get("act"))
            user_id = user_named(self._account, act.get("by"))
            if name == _ANYTHING:
                return self._whims(act)
            if name not in HANDS:
                raise ValueError(f"{name!r} is unknown; known: {', '.join((*HANDS, _ANYTHING))}")
            do = HANDS[name](self._account, act, user_id)
        except ValueError as problem:
            raise ValueError(f"act {place}: {problem}") from None

        def done() -> list[Row]:
            try:
                return [{"act": name, "by": user_id} | do()]
            except ApiError as refusal:
                text = "; ".join(refusal.messages)
            except ValueError as problem:
                text = str(problem)
            raise ValueError(f"act {place} was refused, those before it are done: {text}")

        return done

    def _whims(self, act: Row) -> Callable[[], list[Row]]:
        count, seed = act.get("count", 1), act.get("seed", 1)
        if not isinstance(count, int) or not isinstance(seed, int) or count < 1:
            raise ValueError("count and seed are whole numbers, and count is above 0")

        def do() -> list[Row]:
            random = Random(seed)
            kinds = random.choices(KINDS, OFTEN, k=count)
            found = (self._at_random(random, kind, act.get("by")) for kind in kinds)
            return [each for each in found if each is not None]

        return do
