from __future__ import annotations

import pytest

from fallline_site.needed import needed

GLYPHS = b"""
from __future__ import annotations
from .base import Base, Marker
from pandas import Frame

__all__ = ("Circle", "Line", "Patch")

class Line(Base):
    kind = Instance(".models.Named")

    def draw(self, patch: Patch) -> Circle:
        return Marker()

class Patch(Base):
    pass

class Circle(Base):
    pass

Patch.__doc__ = "a patch"
register("line", lambda: Line())
register("circle", lambda: Circle())
"""
BASE = b"""
class Base: pass
class Marker: pass
class Named: pass
class Alone: pass
"""


def kept() -> dict[str, str]:
    made = needed({"glyphs.py": GLYPHS, "base.py": BASE}, frozenset({"Line"}))
    return {name: content.decode() for name, content in made.items()}


@pytest.mark.parametrize("name", ["Base", "Marker", "Named"])
def test_what_a_wanted_class_mentions_stays(name: str) -> None:
    assert f"class {name}" in kept()["base.py"]


def test_what_nothing_mentions_goes() -> None:
    assert "Alone" not in kept()["base.py"]


@pytest.mark.parametrize("name", ["Patch", "Circle"])
def test_what_only_annotations_name_goes_from_definitions_and_the_list_of_names(name: str) -> None:
    glyphs = kept()["glyphs.py"]

    assert f"class {name}" not in glyphs
    assert f"'{name}'" not in glyphs
    assert f'"{name}"' not in glyphs


def test_what_a_module_does_with_a_class_goes_with_it() -> None:
    glyphs = kept()["glyphs.py"]

    assert '"a patch"' not in glyphs
    assert '"circle"' not in glyphs
    assert '"line"' in glyphs


def test_imports_from_the_package_lose_what_went_and_others_stay() -> None:
    made = needed(
        {
            "a.py": b"from .b import Gone\nfrom pandas import Gone\nclass Kept: pass",
            "b.py": b"class Gone: pass",
        },
        frozenset({"Kept"}),
    )

    assert b"from .b" not in made["a.py"]
    assert b"from pandas import Gone" in made["a.py"]


def test_a_name_that_no_module_defines_is_refused() -> None:
    with pytest.raises(LookupError, match="no module defines Polygon"):
        needed({"base.py": BASE}, frozenset({"Polygon"}))


def test_what_stays_is_as_it_was_written() -> None:
    ours = b"class Kept:  # why\n    each = f\"{'a'!r:>{2}}\"; other = (1,)\n"

    made = needed({"a.py": ours + b"@old\nclass Gone: pass\n" + ours}, frozenset({"Kept"}))

    assert made["a.py"] == ours + b"pass\n" + ours


def test_one_of_two_statements_in_a_line_can_go() -> None:
    made = needed({"a.py": "class Kept: pass\n'é'; Gone = 1; x = 'é'\n".encode()}, frozenset({"Kept", "x"}))

    assert made["a.py"].decode() == "class Kept: pass\n'é'; pass; x = 'é'\n"


def test_a_list_of_names_keeps_those_that_it_takes_from_elsewhere() -> None:
    source = (
        b"from pandas import names\nclass Kept: pass\nclass Gone: pass\n__all__ = ('Gone', *names, 'Kept')\n"
    )

    made = needed({"a.py": source}, frozenset({"Kept"}))

    assert eval(made["a.py"].decode().partition("__all__ =")[2], {"names": ["x"]}) == ("x", "Kept")
