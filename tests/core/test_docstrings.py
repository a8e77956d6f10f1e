"""Every public name says what it is for and shows it, in words that `help` prints."""

from __future__ import annotations

import inspect
import re
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pytest

import fallline as fl

if TYPE_CHECKING:
    from collections.abc import Iterator


def public() -> Iterator[tuple[str, Any]]:
    """Each public function and class, by the name it is called by."""
    for name in fl.__all__:
        value = getattr(fl, name)
        found = dict(parts(name, value)) if isinstance(value, ModuleType) else {name: value}
        yield from (pair for pair in found.items() if inspect.isfunction(pair[1]) or inspect.isclass(pair[1]))


def parts(name: str, module: ModuleType) -> Iterator[tuple[str, Any]]:
    """Each public name of a module that is at home there."""
    for key, value in vars(module).items():
        if not key.startswith("_") and getattr(value, "__module__", "").startswith(module.__name__):
            yield f"{name}.{key}", value


PUBLIC = dict(public())
FUNCTIONS = {name: value for name, value in PUBLIC.items() if inspect.isfunction(value)}


@pytest.mark.parametrize("name", PUBLIC)
def test_public_name_shows_an_example(name: str) -> None:
    said = inspect.getdoc(PUBLIC[name]) or ""

    assert ">>> " in said


@pytest.mark.parametrize("name", FUNCTIONS)
def test_function_tells_of_each_parameter(name: str) -> None:
    _, _, said = (inspect.getdoc(FUNCTIONS[name]) or "").partition("Parameters\n----------\n")
    told = {word for line in said.splitlines() if re.match(r"\w", line) for word in re.split(r",\s*", line)}

    assert set(inspect.signature(FUNCTIONS[name]).parameters) <= told
