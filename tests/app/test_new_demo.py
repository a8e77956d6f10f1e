"""A new demo is one file and one line of the catalogue, as `docs/demos.md` has them."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from tests.running import printed_by
from tests.site.test_pages import SHELL, SITE

import fallline_app.demos
from fallline_app import catalogue
from fallline_app.live import LiveDocument
from fallline_site.image import Kept
from fallline_site.page_reader import read_page
from fallline_site.pages import write_pages

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = Path(__file__).parents[2] / "docs" / "demos.md"


@pytest.fixture(params=["at once", "as work"])
def halving(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[LiveDocument]:
    """The demo of the page that says how to make one, computed at once or as long work."""
    file, line, work = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    if request.param == "as work":
        file += work
    folder = tmp_path / "halving"
    folder.mkdir()
    folder.joinpath("__init__.py").touch()
    folder.joinpath("view.py").write_text(file, encoding="utf-8")
    monkeypatch.setattr(fallline_app.demos, "__path__", [*fallline_app.demos.__path__, str(tmp_path)])
    demo = eval(line, {"Demo": catalogue.Demo})
    monkeypatch.setattr(catalogue, "DEMOS", (*catalogue.DEMOS, demo))
    yield LiveDocument("halving")
    for name in [name for name in sys.modules if name.startswith("fallline_app.demos.halving")]:
        del sys.modules[name]


def setting(live: LiveDocument, key: str) -> str:
    (found,) = re.findall(rf'"id": "(p\d+)", "attributes": {{"key": "{key}"', live.to_json())
    return str(found)


def test_new_demo_opens_and_answers(halving: LiveDocument) -> None:
    halving.rehearse()
    change = {"kind": "ModelChanged", "model": {"id": setting(halving, "steps")}, "attr": "value", "new": 20}

    answer = halving.answer(json.dumps({"events": [change]}))

    assert answer.errors == []
    assert "After 20 halvings of 8" in answer.patch
    assert [len(content) for _, content in answer.buffers if len(content) == 8 * 2 * 21]


def test_new_demo_has_a_still_and_a_name_for_every_setting(halving: LiveDocument) -> None:
    still = halving.to_still()

    assert set(still["plots"]) == {"map", "curve"}
    assert still["summary"] == "After 10 halvings of 8 there is 0.00781 left."
    assert setting(halving, "start") != setting(halving, "steps")


def test_page_of_the_new_demo_is_built_with_all_that_the_others_have(
    halving: LiveDocument, tmp_path: Path
) -> None:
    opened = {"race": LiveDocument("race"), "halving": halving}
    demos = [demo for demo in json.loads(catalogue.describe()) if demo["name"] in opened]
    documents = {name: json.loads(live.to_json()) for name, live in opened.items()}
    kept = Kept(demos, documents, {name: live.to_still() for name, live in opened.items()}, 300, {})

    write_pages(SITE, kept, SHELL, tmp_path)

    text, race = ((tmp_path / f"{name}.html").read_text(encoding="utf-8") for name in ("halving", "race"))
    page, parts = read_page(text), re.findall(r'data-(?:part|player|away|reading)="\w+"', text)
    assert page.faults == ()
    assert page.title.startswith("Halving")
    assert {"race.html", "halving.html"} <= page.links
    assert set(re.findall(r'data-(?:part|player|away|reading)="\w+"', race)) - set(parts) <= {
        'data-part="equations"'
    }
    assert "After 10 halvings of 8" in text


def test_code_of_the_new_demo_gives_the_number_on_its_page(halving: LiveDocument) -> None:
    tape = halving._view.roots["tape"]

    assert float(printed_by(tape.code)) == tape.frames[0, 1, -1]


def test_work_of_the_new_demo_says_how_far_it_is_and_ends_with_the_same_run(halving: LiveDocument) -> None:
    work = getattr(halving._view, "work", None)
    if work is None:
        assert halving.to_still()["work"] == {}
        return
    tape = halving._view.roots["tape"]
    whole = tape.frames.copy()

    work.begin()
    halving.advance(0.0)
    first = (tape.frames.shape[-1], work.model.fraction, work.model.phrase)
    while halving.works:
        halving.advance(1.0)

    assert halving.to_still()["work"] == {"title": "Halving", "action": "Halve slowly"}
    assert first == (2, 0.1, "halving 1 of 10")
    np.testing.assert_array_equal(tape.frames, whole)
