from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from bokeh.document import Document
from panel.io.state import set_curdoc

from fallline_app.demos.grid.descents import COLUMNS
from fallline_app.demos.grid.model import Sampling
from fallline_app.demos.grid.view import GridView

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def view() -> Iterator[GridView]:
    with set_curdoc(Document()):
        yield GridView(Sampling())


def test_run_on_the_tape_is_the_models(view: GridView) -> None:
    view.model.param.update(samples=21, spacing="uneven")

    model = Sampling()
    model.param.update(samples=21, spacing="uneven")
    np.testing.assert_array_equal(view.tape.frames, model.run(model.look()).frames)


def test_ripple_moves_the_arrows_of_the_function_alone(view: GridView) -> None:
    seen, true = (dict(source.data) for source in (view.seen, view.true))

    view.model.ripple = 0.3

    for column in ("x0", "y0", "x1", "y1"):
        np.testing.assert_array_equal(view.seen.data[column], seen[column])
    # One more: on the hill there was no direction.
    assert (len(true["x1"]), len(view.true.data["x1"])) == (168, 169)


def test_seed_is_asked_for_where_chance_spaces_the_samples(view: GridView) -> None:
    asked = [view.seed.shown]
    view.model.spacing = "uneven"

    assert [*asked, view.seed.shown] == [False, True]


def test_number_of_samples_draws_the_map_and_measures_the_orders_no_second_time(
    view: GridView, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[Any] = []
    monkeypatch.setattr(view.map, "show", drawn.append)

    view.model.samples = 20
    measured = view._orders
    view.model.edge_order = "2"
    view.model.ripple = 0.1
    view.model.samples = 21

    # With a ripple the function follows from the samples too.
    assert len(drawn) == 2
    assert measured is not view._orders


def test_another_surface_brings_its_start_its_rate_and_one_run(view: GridView) -> None:
    sent: list[Any] = []
    view.tape.on_change("frames", lambda _attribute, _old, new: sent.append(new))

    view.model.surface = "Rosenbrock"

    assert len(sent) == 1
    assert view.start.point == view.model.start
    assert view.model.rate == 0.003
    assert tuple(sent[0][:, [COLUMNS.index("x"), COLUMNS.index("y")], 0][1]) == view.model.start


def test_who_ends_early_is_marked(view: GridView) -> None:
    view.model.surface = "Booth"

    assert view.tracks[0].mark == "samples: ended at step 1"
    assert view.tracks[0].last == 1
    assert view.tracks[1].mark == ""
