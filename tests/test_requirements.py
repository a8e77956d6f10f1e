"""What pip installs is what pyproject.toml asks for: exactly, hashed, without an address, as in the browser."""

import json
import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
LOCKS = ("requirements.txt", "requirements-node.txt")
TEXT = "".join((ROOT / name).read_text(encoding="utf-8") for name in LOCKS)
ENTRIES = [entry for entry in re.split(r"\n(?=\S)", TEXT) if not entry.startswith("#")]
PINS = [Requirement(entry.split(" \\\n")[0]) for entry in ENTRIES]


def asked_for() -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = project["dependency-groups"].values()
    named = [item for group in groups for item in group if isinstance(item, str)]
    return [
        Requirement(item)
        for item in (
            *named,
            *project["build-system"]["requires"],
            *project["project"]["dependencies"],
            *project["project"]["optional-dependencies"]["app"],
        )
    ]


def pinned_versions(name: str) -> list[str]:
    pins = [pin for pin in PINS if canonicalize_name(pin.name) == canonicalize_name(name)]
    return [specifier.version for pin in pins for specifier in pin.specifier]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.split()[0])
def test_entry_is_one_exact_version_with_hashes(entry: str) -> None:
    first, *hashes = entry.strip().split(" \\\n")

    assert [specifier.operator for specifier in Requirement(first).specifier] == ["=="]
    assert hashes
    assert all(re.fullmatch(r" +--hash=sha256:[0-9a-f]{64}", line) for line in hashes)


def test_no_address_is_named() -> None:
    assert not re.search(r"://|--(extra-)?index-url|--find-links", TEXT)


def test_torch_is_not_needed_for_development() -> None:
    assert pinned_versions("torch") == []


@pytest.mark.parametrize("requirement", asked_for(), ids=lambda requirement: requirement.name)
def test_lock_answers_pyproject(requirement: Requirement) -> None:
    versions = pinned_versions(requirement.name)

    assert versions
    assert all(requirement.specifier.contains(version) for version in versions), "run `make lock`"


@pytest.mark.parametrize("name", ["numpy", "panel", "bokeh", "contourpy", "param"])
def test_tests_run_the_versions_that_the_browser_gets(name: str) -> None:
    files = json.loads((ROOT / "site/runtime.lock.json").read_text(encoding="utf-8"))["files"]
    in_browser = {file["version"] for file in files if file["package"] == name}

    assert set(pinned_versions(name)) == in_browser, "run `make lock`"
