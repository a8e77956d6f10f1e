import pickle
from collections import OrderedDict, defaultdict
from typing import Any, NamedTuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from fallline.trees import is_tree, ravel


class Layer(NamedTuple):
    weights: Any
    bias: Any


arrays = hnp.arrays(
    np.float64, hnp.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=3), elements=st.floats(-9, 9)
)
trees = st.recursive(
    arrays,
    lambda parts: st.one_of(
        st.lists(parts, min_size=1, max_size=3),
        st.lists(parts, min_size=1, max_size=3).map(tuple),
        st.dictionaries(st.text(max_size=2), parts, min_size=1, max_size=3),
        st.builds(Layer, parts, parts),
    ),
    max_leaves=6,
)


def shape_of(tree: Any) -> Any:
    """A tree's containers, keys, and shapes."""
    if isinstance(tree, dict):
        return type(tree), {key: shape_of(part) for key, part in tree.items()}
    if isinstance(tree, list | tuple):
        return type(tree), [shape_of(part) for part in tree]
    return tree.shape


def leaves(tree: Any) -> list[Any]:
    if isinstance(tree, list | tuple | dict):
        parts = tree.values() if isinstance(tree, dict) else tree
        return [leaf for part in parts for leaf in leaves(part)]
    return [tree]


@given(trees.filter(lambda tree: sum(leaf.size for leaf in leaves(tree)) > 0))
def test_tree_comes_back_as_it_was(tree: Any) -> None:
    vector, unravel = ravel(tree)

    again = unravel(vector)

    assert shape_of(again) == shape_of(tree)
    assert all(np.array_equal(one, other) for one, other in zip(leaves(again), leaves(tree), strict=True))


@given(trees.filter(lambda tree: sum(leaf.size for leaf in leaves(tree)) > 0))
def test_way_back_can_be_sent_to_another_process(tree: Any) -> None:
    vector, unravel = ravel(tree)

    assert shape_of(pickle.loads(pickle.dumps(unravel))(vector)) == shape_of(tree)


def test_vector_holds_the_numbers_in_the_order_of_the_tree() -> None:
    vector, _ = ravel({"b": np.array([[1, 2], [3, 4]]), "a": [5.0, np.float32(6.0)]})

    assert vector.dtype == np.float64
    assert vector.tolist() == [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]


def test_leading_axes_stay_with_every_array() -> None:
    _, unravel = ravel({"a": np.ones((2, 3)), "b": 1.0})

    tree = unravel(np.ones((5, 7)))

    assert tree["a"].shape == (5, 2, 3)
    assert tree["b"].shape == (5,)


@pytest.mark.parametrize("kind", [OrderedDict, lambda pairs: defaultdict(list, pairs)])
def test_dictionary_keeps_its_kind(kind: Any) -> None:
    tree = kind({"z": np.ones(2), "a": np.zeros(1)})
    vector, unravel = ravel(tree)

    again = unravel(vector)

    assert type(again) is type(tree)
    assert list(again) == ["z", "a"]


def test_vector_is_a_copy() -> None:
    x = np.ones(3)

    vector, _ = ravel([x])
    vector[:] = 0.0

    assert x.tolist() == [1.0, 1.0, 1.0]


@pytest.mark.parametrize("x", [1.0, [1.0, 2.0], [[1, 2], [3, 4]], (1.0,), np.ones(3), [], [np.float64(1.0)]])
def test_numbers_are_no_tree(x: Any) -> None:
    assert not is_tree(x)


@pytest.mark.parametrize("x", [{}, [np.ones(2)], ([1.0, np.ones(())],), Layer(1.0, 2.0), [{"a": 1.0}]])
def test_containers_of_arrays_are_trees(x: Any) -> None:
    assert is_tree(x)


def test_empty_containers_are_kept() -> None:
    tree = {"layers": [], "bias": np.ones(2)}
    vector, unravel = ravel(tree)

    assert shape_of(unravel(vector)) == shape_of(tree)


@pytest.mark.parametrize(
    ("tree", "message"),
    [
        ({"layers": [np.ones(2), np.array(["a"])]}, r"x\['layers'\]\[1\] must hold real numbers, got <U1"),
        (Layer(np.ones(2), np.ones(2) * 1j), r"x\.bias must hold real numbers, got complex128"),
        ([np.ones(2), np.array([True])], r"x\[1\] must hold real numbers, got bool"),
        ([np.ones(2), None], r"x\[1\] must hold real numbers, got object from NoneType"),
    ],
)
def test_part_that_is_not_real_is_named(tree: Any, message: str) -> None:
    with pytest.raises(TypeError, match=message):
        ravel(tree)


@pytest.mark.parametrize("tree", [{}, [np.ones(0)], {"a": []}])
def test_tree_without_numbers_is_refused(tree: Any) -> None:
    with pytest.raises(ValueError, match="x must hold at least one number"):
        ravel(tree)
