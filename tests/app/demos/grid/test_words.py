from __future__ import annotations

from typing import Any

import pytest

from fallline_app.demos.grid import words
from fallline_app.demos.grid.memory import measure_memory
from fallline_app.demos.grid.model import Sampling
from fallline_app.surfaces import OWN


def said(**settings: Any) -> str:
    model = Sampling()
    for name, value in settings.items():
        model.param.update(**{name: value})
    seen = model.look()
    return words.summarize(seen, model.orders(), model.run(seen))


def test_summary_gives_the_errors_how_they_fall_and_where_the_descents_part() -> None:
    assert said() == (
        "np.gradient of 13 × 13 samples is off by 17 inside and 177 at the edges (medians); the error inside falls as h to the 1.97, "
        "at the edges it falls as h to the 0.98. After 200 steps the descents are 0.382 apart, at 4.47 by the samples and "
        "7.89e−31 by the function."
    )


def test_ripple_is_said_to_be_seen_by_no_sample() -> None:
    told = said(ripple=0.1)

    assert told.startswith(
        "A ripple of height 22.6 that is 0 at every sample leaves np.gradient the same to the last bit"
    )
    assert "without the ripple the error inside" in told


@pytest.mark.parametrize(
    ("settings", "part"),
    [
        ({"surface": "Bowl"}, "the error inside is but rounding, at the edges it falls as h to the 1.00"),
        ({"surface": "Bowl", "edge_order": "2"}, "at the edges it is but rounding"),
        ({"surface": "Easom"}, "follows no single power of the spacing h"),
        ({"surface": "Booth"}, "The descent by the slope of the samples ended at step 1, "),
    ],
)
def test_what_is_otherwise_is_said_otherwise(settings: dict[str, Any], part: str) -> None:
    assert part in said(**settings)


def test_every_plot_is_described_with_its_numbers() -> None:
    model = Sampling()
    model.spacing = "uneven"
    seen = model.look()
    run, orders = model.run(seen), model.orders()

    assert "13 × 13 unevenly spaced samples" in words.describe_map(seen, run)
    assert "by the slope of the samples" in words.describe_curve(run)
    assert words.describe_error(seen).startswith("Heat map of the error of np.gradient at each sample")
    assert words.told(orders.inside) in words.describe_orders(orders)


def test_memory_is_described_by_what_was_measured_and_where_it_ends() -> None:
    told = words.describe_memory(measure_memory(13, even=True), 13)

    assert "with 4 dimensions np.gradient was measured to take 1.3" in told
    assert told.endswith("from 7 on it has no room in the 4 GiB of a page's Python.")
    assert "has no room" not in words.describe_memory(measure_memory(3, even=True), 3)


def test_function_that_is_nowhere_a_number_inside_is_no_error() -> None:
    assert said(surface=OWN, own="np.where(x > -5.9, np.nan, x + y)").startswith(
        "np.gradient of 13 × 13 samples"
    )


@pytest.mark.parametrize(("count", "text"), [(999.0, "999 bytes"), (1.5e3, "1.5 kB"), (6.5e10, "65 GB")])
def test_bytes_have_a_unit(count: float, text: str) -> None:
    assert words.size(count) == text
