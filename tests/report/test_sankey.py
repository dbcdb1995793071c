from __future__ import annotations

from itertools import pairwise

from crossdock.report import sankey

ENTITIES = {"deal": ("Deals", "x"), "note": ("Notes", "x"), "": ("Not moved", "x")}


def draw(flows: list[tuple[str, str, int]]) -> sankey.Picture:
    return sankey.draw(flows, {name: name.title() for name, _, _ in flows}, ENTITIES)


def test_bars_keep_apart_and_inside_the_picture() -> None:
    flows = [(f"kind{n}", ("deal", "note", "")[n % 3], n * n * 20 + 1) for n in range(40)]
    picture = draw(flows)
    for column in (picture.left, picture.right):
        for above, below in pairwise(column):
            assert below.middle - above.middle >= 15
        assert column[0].y >= 0
        assert column[-1].y + column[-1].height <= picture.height


def test_every_row_is_in_the_picture_however_many_kinds_there_are() -> None:
    flows = [(f"kind{n}", "deal", n + 1) for n in range(60)]
    picture = draw(flows)
    assert sum(node.rows for node in picture.left) == sum(rows for _, _, rows in flows)
    assert len(picture.left) == 20
    assert picture.left[-1].label == "41 smaller kinds"


def test_a_small_kind_stays_visible_beside_one_a_thousand_times_as_large() -> None:
    picture = draw([("email", "note", 100_000), ("customer", "deal", 100)])
    heights = {node.name: node.height for node in picture.left}
    assert heights["customer"] >= 1
    assert heights["email"] > heights["customer"]


def test_nothing_to_draw_is_no_error() -> None:
    assert draw([("email", "note", 0)]).bands == []
    assert draw([]).bands == []


def test_a_long_name_is_cut_and_kept_whole_in_the_title() -> None:
    node = draw([("a" * 80, "deal", 1)]).left[0]
    assert len(node.label) < 40
    assert len(node.title) == 80
