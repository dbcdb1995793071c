from __future__ import annotations

from .conftest import Api


def test_contacts_are_put_on_a_list_and_taken_off(api: Api) -> None:
    one, two = api.contact()["id"], api.contact()["id"]
    made = api.post("lists", {"name": "Regulars"})["list"]
    added = api.put(f"lists/{made['id']}/add_contacts", {"ids": [one, two]})
    assert added == {"message": "2 contacts updated."}
    api.put(f"lists/{made['id']}/remove_contacts", {"ids": [one]})
    listed = api.get(f"contacts/lists/{made['id']}")
    assert [each["id"] for each in listed["contacts"]] == [two]
    assert listed["meta"] == {"total_pages": 1, "total": 1}


def test_contacts_are_moved_between_lists(api: Api) -> None:
    contact = api.contact()["id"]
    source, target = (api.post("lists", {"name": n})["list"]["id"] for n in "AB")
    api.put(f"lists/{source}/add_contacts", {"ids": [contact]})
    api.put(f"lists/{target}/move_contacts", {"ids": [contact], "from_list_id": source})
    totals = [api.get(f"contacts/lists/{i}")["meta"]["total"] for i in (source, target)]
    assert totals == [0, 1]


def test_contacts_can_be_copied_and_moved_from_list_to_list(api: Api) -> None:
    first, second = (api.post("lists", {"name": name})["list"]["id"] for name in "AB")
    contact = api.contact()["id"]
    api.put(f"lists/{first}/add_contacts", {"ids": [contact]})
    body = {"ids": [contact], "from_list_id": first}
    for call, left in (("copy_contacts", 1), ("move_contacts", 0)):
        assert api.put(f"lists/{second}/{call}", body) == {"message": "1 contacts updated."}
        assert api.get(f"contacts/lists/{first}")["meta"]["total"] == left
        assert api.get(f"contacts/lists/{second}")["meta"]["total"] == 1
