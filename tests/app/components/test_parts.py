from __future__ import annotations

from fallline_app.components.parts import Parts


def test_nothing_is_left_where_nobody_tells_in_parts() -> None:
    parts, done = Parts(), []

    parts.then(lambda: done.append("at once"))

    assert done == ["at once"]
    assert not parts.are_left


def test_what_is_left_is_done_once_and_what_it_asks_for_is_left_for_the_next_part() -> None:
    parts, done = Parts(), []

    def last() -> None:
        done.append("last")

    def rest() -> None:
        done.append("rest")
        parts.then(last)

    parts.is_open = True
    parts.then(rest)
    parts.then(rest)

    assert done == []
    parts.go_on()
    assert done == ["rest"]
    assert parts.are_left
    parts.go_on()
    assert done == ["rest", "last"]
    assert not parts.are_left
