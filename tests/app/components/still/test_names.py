from __future__ import annotations

import numpy as np

from fallline_app.components.still.names import BETWEEN, HIGH, LINE, place_names


def centres(names: list[str], heads: list[tuple[float, float]]) -> np.ndarray:
    return np.array([name.middle * HIGH + name.down for name in place_names(names, np.array(heads))])


def test_names_at_one_place_stand_above_each_other_around_it() -> None:
    down = centres(["Adam", "AdaGrad", "RMSProp"], [(0.1, 0.5)] * 3)

    np.testing.assert_allclose(down - 0.5 * HIGH, np.array([-1.0, 0.0, 1.0]) * (LINE + BETWEEN))


def test_names_far_apart_stand_at_their_heads() -> None:
    np.testing.assert_allclose(
        centres(["Adam", "Momentum"], [(0.1, 0.8), (0.1, 0.2)]), [0.8 * HIGH, 0.2 * HIGH]
    )


def test_names_stay_inside_the_frame() -> None:
    down = centres(["Adam", "Momentum"], [(0.1, 1.0), (0.1, 1.0)])

    assert down.max() + (LINE + BETWEEN) / 2.0 <= HIGH + 1e-9


def test_name_without_room_at_its_right_stands_left() -> None:
    near, far = place_names(["Adam", "Adam"], np.array([[0.1, 0.5], [0.95, 0.5]]))

    assert (near.right, far.right) == (True, False)


def test_long_name_is_broken_where_that_gives_it_room() -> None:
    (name,) = place_names(["Gradient descent"], np.array([[0.66, 0.5]]))

    assert (name.lines, name.right) == (("Gradient", "descent"), True)


def test_names_that_stand_left_take_one_line_each() -> None:
    names = place_names(["central, order 6", "central"], np.array([[0.8, 0.5], [0.8, 0.5]]))

    assert [(name.lines, name.right) for name in names] == [
        (("central, order 6",), False),
        (("central",), False),
    ]


def test_number_stays_with_its_word() -> None:
    (name,) = place_names(["Mini-batch 8"], np.array([[0.9, 0.5]]))

    assert name.lines == ("Mini-batch 8",)


def test_no_names_are_placed_nowhere() -> None:
    assert place_names([], np.empty((0, 2))) == []
