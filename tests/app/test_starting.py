from __future__ import annotations

import sys
from importlib import import_module

import pytest

from fallline_app.starting import ImportCounter, count_imports, stop_counting


def test_imports_are_counted_and_reported_now_and_then() -> None:
    told: list[int] = []
    counter = ImportCounter(told.append, every=3)

    for _ in range(8):
        counter.find_spec("anything", None, None)

    assert told == [3, 6]
    assert counter.count == 8


def test_counting_does_not_stand_in_the_way_of_imports(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "colorsys", raising=False)
    finders = list(sys.meta_path)

    counter = count_imports(lambda _: None)
    module = import_module("colorsys")
    count = stop_counting(counter)

    assert module.rgb_to_hsv(0, 0, 0) == (0.0, 0.0, 0)
    assert count == 1
    assert sys.meta_path == finders


def test_module_that_is_not_there_is_still_not_found() -> None:
    counter = count_imports(lambda _: None)

    with pytest.raises(ModuleNotFoundError):
        import_module("no_such_module_anywhere")

    assert stop_counting(counter) == 1
