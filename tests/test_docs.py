"""The pages of docs/ say what Python says."""

import doctest
from pathlib import Path

import pytest

PAGES = sorted((Path(__file__).parents[1] / "docs").glob("*.md"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_example_of_a_page_gives_what_it_shows(page: Path) -> None:
    results = doctest.testfile(str(page), module_relative=False, encoding="utf-8")

    assert results.attempted > 0
    assert results.failed == 0
