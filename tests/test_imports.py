"""The arrows between the packages and inside the core, read from the sources."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

# A module of the core imports from lower layers alone.
LAYERS = [
    {"arrays", "hyperparameters"},
    {"trees"},
    {"batches", "differences", "grids", "objectives", "schedules", "datasets"},
    {"networks", "optimizers"},
    {"descent"},
    {"__init__"},
]
CORE_MAY = {"fallline", "numpy"}
APP_MAY = {"fallline", "fallline_app", "param", "panel", "bokeh", "contourpy", "numpy"}
SITE_MAY_NOT = {"fallline", "fallline_app"}
DEMOS = "fallline_app.demos"
# What a demo computes can be had, and tested, without anything that shows it.
SHOWING = ("bokeh", "panel", "contourpy", "fallline_app.components")


def sources(folder: Path) -> Iterator[tuple[Path, str]]:
    """Each source below a folder, with the name it is imported by."""
    for path in sorted(folder.rglob("*.py")):
        parts = path.relative_to(folder.parent).with_suffix("").parts
        yield path, ".".join(part for part in parts if part != "__init__")


def imported(path: Path) -> Iterator[str]:
    """Each name that a source imports, as far as it may be a module; a relative one begins with a dot."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            yield from (f"{module}.{alias.name}" for alias in node.names)


def top(name: str) -> str:
    return name.partition(".")[0]


def is_inside(name: str, package: str) -> bool:
    return f"{name}.".startswith(f"{package}.")


def layer(module: str) -> int:
    return next((height for height, modules in enumerate(LAYERS) if module in modules), -1)


def core_module(name: str) -> str:
    """Say which module of the core a name such as fallline.arrays.Vector belongs to."""
    _, _, rest = name.partition(".")
    return top(rest) if layer(top(rest)) >= 0 else "__init__"


def foreign(path: Path, may: set[str]) -> Iterator[str]:
    for name in imported(path):
        if top(name) not in may | sys.stdlib_module_names:
            yield f"{path}: imports {name}; it may import {', '.join(sorted(may))} and the standard library"


def core_breaches(root: Path) -> Iterator[str]:
    for path, name in sources(root / "core" / "fallline"):
        yield from foreign(path, CORE_MAY)
        own = name.split(".")[1] if "." in name else "__init__"
        if layer(own) < 0:
            yield f"{path}: give {own} a layer in {Path(__file__).name}"
        for other in (core_module(name) for name in imported(path) if is_inside(name, "fallline")):
            if other != own and layer(other) >= layer(own):
                yield f"{path}: {own} imports {other}, which is no lower layer"


def app_breaches(root: Path) -> Iterator[str]:
    for path, own in sources(root / "app" / "fallline_app"):
        yield from foreign(path, APP_MAY)
        for name in imported(path):
            if is_inside(own, "fallline_app.components") and is_inside(name, DEMOS):
                yield f"{path}: a component imports a demo, {name}"
            if own != DEMOS and is_inside(own, DEMOS) and is_inside(name, DEMOS):
                demo = ".".join(own.split(".")[:3])
                if not is_inside(name, demo):
                    yield f"{path}: a demo imports another, {name}"


def view_breaches(root: Path) -> Iterator[str]:
    for path, own in sources(root / "app" / "fallline_app"):
        if is_inside(own, DEMOS) and not re.fullmatch(r"view(_\w+)?\.py", path.name):
            for name in imported(path):
                if any(is_inside(name, shown) for shown in SHOWING):
                    yield f"{path}: imports {name}, which is for a demo's view.py"


def site_breaches(root: Path) -> Iterator[str]:
    for path, _ in sources(root / "site" / "fallline_site"):
        for name in imported(path):
            if top(name) in SITE_MAY_NOT:
                yield f"{path}: the build imports {name}; it packs that package and imports nothing of it"


def folder_breaches(root: Path) -> Iterator[str]:
    for folder in ("app", "core", "site"):
        if (root / folder / "__init__.py").exists():
            yield f"{folder}/__init__.py: {folder} is a folder, not a package"


def breaches(root: Path) -> list[str]:
    checks = (core_breaches, app_breaches, view_breaches, site_breaches, folder_breaches)
    return [breach for check in checks for breach in check(root)]


def test_every_import_goes_along_an_arrow() -> None:
    assert breaches(ROOT) == []


def test_the_sources_were_really_read() -> None:
    folders = ("core/fallline", "app/fallline_app", "site/fallline_site")

    assert all(list(sources(ROOT / folder)) for folder in folders)


@pytest.mark.parametrize(
    ("path", "source", "breach"),
    [
        ("core/fallline/arrays.py", "import scipy", "imports scipy"),
        (
            "core/fallline/arrays.py",
            "def f():\n    from scipy.optimize import root",
            "imports scipy.optimize.root",
        ),
        ("core/fallline/descent.py", "import panel", "imports panel"),
        ("core/fallline/descent.py", "from fallline_app import demos", "imports fallline_app.demos"),
        ("core/fallline/descent.py", "from . import arrays", "imports ..arrays"),
        ("core/fallline/arrays.py", "from fallline.descent import descend", "arrays imports descent"),
        ("core/fallline/objectives.py", "from fallline import optimizers", "objectives imports optimizers"),
        ("core/fallline/networks/dense.py", "import fallline.descent", "networks imports descent"),
        ("core/fallline/descent.py", "from fallline import central", "descent imports __init__"),
        ("core/fallline/descent.py", "import fallline", "descent imports __init__"),
        ("core/fallline/novelty.py", "", "give novelty a layer"),
        ("app/fallline_app/model.py", "import scipy", "imports scipy"),
        ("app/fallline_app/model.py", "from fallline_site import build", "imports fallline_site.build"),
        (
            "app/fallline_app/components/plot.py",
            "from fallline_app.demos import race",
            "a component imports a demo",
        ),
        (
            "app/fallline_app/components/plot.py",
            "from fallline_app import demos",
            "a component imports a demo",
        ),
        (
            "app/fallline_app/demos/race.py",
            "from fallline_app.demos.valley import f",
            "a demo imports another",
        ),
        ("app/fallline_app/demos/race.py", "from fallline_app.demos import valley", "a demo imports another"),
        ("app/fallline_app/demos/race/view.py", "import fallline_app.demos.racer", "a demo imports another"),
        ("app/fallline_app/demos/race/model.py", "from bokeh.models import Div", "is for a demo's view.py"),
        ("app/fallline_app/demos/race/viewer.py", "from bokeh.models import Div", "is for a demo's view.py"),
        (
            "app/fallline_app/demos/race/model.py",
            "import fallline_app.components.plots",
            "is for a demo's view.py",
        ),
        ("app/fallline_app/demos/race/__init__.py", "import panel", "is for a demo's view.py"),
        ("site/fallline_site/build.py", "import fallline", "the build imports fallline"),
        ("site/fallline_site/build.py", "from fallline_app.x import y", "the build imports fallline_app.x.y"),
        ("site/__init__.py", "", "site is a folder"),
        ("core/__init__.py", "", "core is a folder"),
        ("app/__init__.py", "", "app is a folder"),
    ],
)
def test_import_against_an_arrow_is_found(tmp_path: Path, path: str, source: str, breach: str) -> None:
    planted = tmp_path / path
    planted.parent.mkdir(parents=True)
    planted.write_text(source, encoding="utf-8")

    found = breaches(tmp_path)

    assert len(found) == 1
    assert breach in found[0]


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("core/fallline/descent.py", "import json\nimport numpy.linalg\nfrom fallline.arrays import Vector"),
        ("core/fallline/networks/dense.py", "from fallline.networks.layers import Layer"),
        (
            "core/fallline/__init__.py",
            "from fallline import objectives\nfrom fallline.descent import descend",
        ),
        ("app/fallline_app/catalogue.py", "from fallline_app.demos import race\nimport fallline as fl"),
        ("app/fallline_app/demos/__init__.py", "from fallline_app.demos import race"),
        ("app/fallline_app/demos/race/view.py", "from fallline_app.demos.race.model import Race"),
        ("app/fallline_app/demos/race/view.py", "from fallline_app.components.plots import draw"),
        ("app/fallline_app/demos/race/view_controls.py", "from fallline_app.components.plots import draw"),
        ("app/fallline_app/demos/race/model.py", "import fallline, param, numpy"),
        ("app/fallline_app/components/plot.py", "from bokeh.models import Div\nimport panel as pn, param"),
        ("site/fallline_site/pages.py", "import jinja2\nfrom fallline_site import build"),
        ("site/pages/model.py", "import fallline"),
    ],
)
def test_import_along_an_arrow_is_not_found(tmp_path: Path, path: str, source: str) -> None:
    planted = tmp_path / path
    planted.parent.mkdir(parents=True)
    planted.write_text(source, encoding="utf-8")

    assert breaches(tmp_path) == []
