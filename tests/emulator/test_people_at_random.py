"""Persons who do something or other."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from crossdock.emulator.lived_in import populate
from crossdock.emulator.people import People

from .conftest import Api


@pytest.mark.parametrize("kind", ["edit", "merge", "delete"])
def test_a_person_finds_something_to_do(api: Api, kind: str) -> None:
    populate(api.account, 7)
    random = Random(1)
    done = [People(api.account).act_at_random(random, kind) for _ in range(30)]
    acts = {each["act"] for each in done if each}
    assert acts == ({"edit", "tick"} if kind == "edit" else {kind})


def test_there_is_nothing_to_do_in_an_empty_account(api: Api) -> None:
    people = People(api.account)
    assert [people.act_at_random(Random(1), kind) for kind in ("edit", "merge", "delete")] == [
        None,
        None,
        None,
    ]
    assert people.perform([{"act": "anything", "count": 5, "seed": 7}]) == []


def test_an_unknown_kind_of_act_at_random_is_refused(people: People) -> None:
    with pytest.raises(ValueError, match="'sing' is no kind of act at random"):
        people.act_at_random(Random(1), "sing")


def test_what_was_written_last_is_what_persons_turn_to(api: Api) -> None:
    populate(api.account, 7)
    newest = set(api.account.deals.store.live[-45:])
    random = Random(1)
    done = [People(api.account).act_at_random(random, "edit") for _ in range(60)]
    deals = [each["id"] for each in done if each and each["entity"] == "deal"]
    assert sum(each in newest for each in deals) > 0.8 * len(deals)


def test_the_same_seed_does_the_same(open_account: Any) -> None:
    act = {"act": "anything", "count": 25, "seed": 7, "by": "Kim Larkin"}
    outcomes = []
    for _ in range(2):
        api = open_account()
        populate(api.account, 7)
        outcomes.append(People(api.account).perform([act]))
    assert outcomes[0] == outcomes[1]
    assert len(outcomes[0]) > 20
    assert len({each["by"] for each in outcomes[0]}) == 1
