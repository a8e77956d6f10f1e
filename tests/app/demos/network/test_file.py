from __future__ import annotations

import base64
import gzip
import json
import re
from math import inf
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from tests.app.demos.network.bad_files import BAD, GOOD
from tests.running import printed_by

import fallline as fl
from fallline_app.components import models
from fallline_app.demos.network import view as module
from fallline_app.demos.network.code import script
from fallline_app.demos.network.data import read_table
from fallline_app.demos.network.model import Training
from fallline_app.demos.network.run import COLUMNS, train
from fallline_app.demos.network.view import NetworkView
from fallline_app.heights import GROWN_TOO_FAR
from fallline_app.live import LiveDocument

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Page:
    """The page's end of the line: what it sends, and what it is told."""

    def __init__(self) -> None:
        self.document = LiveDocument("network")
        self.view: Any = self.document._view
        (self.file,) = (
            found for found in self.document._document.models if isinstance(found, models.FileSetting)
        )

    def choose(self, content: bytes, name: str = "mine.csv", kept: bool = False) -> list[str]:
        """Choose a file; return the errors that are nobody's to see."""

        values = {
            "file_name": name,
            "kept": kept,
            "content": {"type": "bytes", "data": base64.b64encode(gzip.compress(content)).decode()},
        }
        events = [
            {"kind": "ModelChanged", "model": {"id": self.file.id}, "attr": attr, "new": new}
            for attr, new in values.items()
        ]
        errors = self.document.answer(json.dumps({"events": events})).errors
        while self.document.goes_on:
            errors += self.document.go_on().errors
        return errors

    def state(self) -> tuple[Any, ...]:
        model = self.view.model
        values = {name: value for name, value in model.param.values().items() if name != "name"}
        sources = [self.view.points.learnt.data, self.view.points.tested.data]
        points = [np.asarray(data[name]).tobytes() for data in sources for name in ("x", "y", "kind")]
        return values, model.table, model.file, self.view.tape.frames.tobytes(), points, self.view.tape.code


@pytest.fixture(scope="module", autouse=True)
def _patience() -> Iterator[None]:
    """Let an answer take as long as it does here: a busy machine would leave the rest to work."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "BUDGET", inf)
        yield


@pytest.fixture(scope="module")
def page() -> Page:
    return Page()


@pytest.fixture(scope="module")
def with_file() -> Page:
    page = Page()
    assert page.choose(GOOD.encode(), "good.csv") == []
    return page


def test_there_are_sixty_bad_files() -> None:
    assert len({content for content, _ in BAD.values()}) == len(BAD) >= 60


@pytest.mark.parametrize("name", BAD)
def test_bad_file_is_refused_with_a_reason_and_all_stays_as_it_was(
    page: Page, with_file: Page, name: str
) -> None:
    content, words = BAD[name]
    for shown in (page, with_file):
        before, taken = shown.state(), shown.file.taken

        errors = shown.choose(content)

        assert errors == []
        assert shown.file.error.startswith("mine.csv: ")
        assert words in shown.file.error
        assert len(shown.file.error) < 600
        assert shown.file.taken == taken + 1
        assert shown.state() == before


def test_good_file_is_learnt_from(with_file: Page) -> None:
    view: NetworkView = with_file.view

    assert view.model.data == "file"
    assert with_file.file.error == "" or "stays as it was" in with_file.file.error
    assert view.map.xaxis[0].axis_label == "x"
    assert "good.csv: 40 rows, 2 columns, 2 classes" in with_file.file.note
    assert "good.csv" in view.tape.link_note


def test_file_that_comes_back_after_a_reload_changes_no_data_but_files() -> None:
    page = Page()
    before = page.state()

    page.choose(GOOD.encode(), kept=True)

    assert page.view.model.table is not None
    assert page.state()[3:] == before[3:]
    assert page.view.model.data == "circles"


def test_file_without_a_table_says_what_to_do(page: Page) -> None:
    page.view.model.data = "file"

    assert "choose one, and it stays on this computer" in page.view.tape.summary
    page.view.model.data = "circles"


def test_another_column_can_be_predicted() -> None:
    page = Page()
    page.choose(b"a,b,c\n" + b"".join(b"%d,%d,%d\n" % (i % 2, i * 3 % 7, i % 3) for i in range(60)))
    first = page.view.model.table.target

    page.view.controls.file.target.value = "a"
    second = page.view.model.table

    assert first == "c"
    assert (second.target, second.names, second.classes) == ("a", ("b", "c"), ("0", "1"))
    assert page.view.model.setup().network.sizes == (2, 6, 4, 1)


def test_column_that_cannot_be_predicted_is_refused() -> None:
    page = Page()
    page.choose(
        b"a,b,c\n" + b"".join(b"%d,%d,%d\n" % (i % 2 or 5 * (i == 0), i * 3 % 7, i % 3) for i in range(60))
    )
    before = page.state()

    page.view.controls.file.target.value = "a"

    assert "class '5' of 'a' has a single row" in page.file.error
    assert page.view.controls.file.target.value == "c"
    assert page.state() == before


def prices(count: int = 60) -> str:
    rows = ((i / 7, (i * 5) % 11) for i in range(count))
    return "size,age,price\n" + "".join(f"{x:.3f},{y},{100.0 + 20.0 * x - 3.0 * y:.3f}\n" for x, y in rows)


def test_numbers_are_predicted_in_their_own_unit() -> None:
    page = Page()
    page.choose(prices().encode())
    view = page.view

    off = view.tape.frames[:, COLUMNS.index("off")]
    numbers = page.view.model.table.y
    assert "60 rows, 2 columns, numbers of price" in page.file.note
    # Before it has learnt, it is off by as much as the numbers scatter; at the end by a small part of that.
    assert 0.5 * numbers.std() < off[1, 0] < 3.0 * numbers.std()
    assert (off[:, -1] < 0.15 * numbers.std()).all()
    assert view.tape.readout[1] == ("off", "off by", "fixed")
    assert view.bar._bar.visible
    assert view.bar._bar.title == "price"
    assert (view.controls.number_loss.shown, view.controls.loss.shown) == (True, False)
    view.controls.file.target.value = "age"
    view.model.data = "circles"
    assert not view.bar._bar.visible
    assert (view.controls.number_loss.shown, view.controls.loss.shown) == (False, True)


@pytest.mark.parametrize(
    ("column", "classed"),
    [("0,1", True), ("1,2,3", True), ("0.5,1", False), (",".join(map(str, range(9))), False)],
)
def test_few_whole_numbers_are_classes_and_others_are_numbers(column: str, classed: bool) -> None:
    kinds = column.split(",")
    rows = "".join(f"{i},{i * i % 7},{kinds[i % len(kinds)]}\n" for i in range(60))
    table = read_table(f"x,y,t\n{rows}".encode())

    assert bool(table.classes) == classed


def test_script_predicts_the_same_numbers(tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text(prices())
    model = Training()
    model.param.update(data="file", steps=50)
    model.take(read_table(prices().encode()), str(tmp_path / "mine.csv"))
    *_, run = train(model.setup())

    said = printed_by(script(model, run, GROWN_TOO_FAR))

    found = re.findall(r"off by (\S+) on", said)
    np.testing.assert_allclose([*map(float, found)], run.column("off")[:, -1], rtol=1e-9)


def test_iris_is_learnt_in_three_classes() -> None:
    page = Page()
    X, y = fl.datasets.iris()  # noqa: N806
    rows = "".join(
        f"{','.join(map(str, row))},{fl.datasets.IRIS_CLASSES[kind]}\n"
        for row, kind in zip(X, y, strict=True)
    )

    page.choose(f"a,b,c,d,kind\n{rows}".encode())

    assert page.view.model.setup().network.sizes == (4, 6, 4, 3)
    assert page.view.tape.frames[1, 3, -1] > 85.0


@pytest.mark.parametrize("count", [40, 5000])
def test_script_reads_the_same_file(count: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "x,y,kind\n" + "".join(
        f"{np.sin(i):.4f},{np.cos(3 * i):.4f},{'ab'[i % 2]}\n" for i in range(count)
    )
    (tmp_path / "mine.csv").write_text(text)
    model = Training()
    model.param.update(data="file", steps=50)
    model.take(fl.datasets.read_csv(text, classes=True), str(tmp_path / "mine.csv"))
    *_, run = train(model.setup())

    said = printed_by(script(model, run, GROWN_TOO_FAR))

    assert f"step 50: loss {float(run.column('loss')[0, -1])!r} on" in said
    assert len(run.setup.y) + len(run.setup.y_test) == min(count, 2000)
