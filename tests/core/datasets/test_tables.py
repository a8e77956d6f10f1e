"""Tables as people bring them: what can be read is read whole; `test_bad_tables.py` has those that cannot."""

import csv
import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fallline import datasets

ROWS = "5.1,3.5,setosa\n7.0,3.2,versicolor\n4.9,3.0,setosa\n6.4,3.2,versicolor\n"
TABLE = "length,width,kind\n" + ROWS
NUMBERS = "x,y\n1,2\n3,4\n5,6\n"


def assert_is_the_table(table: datasets.Table) -> None:
    np.testing.assert_array_equal(table.X, [[5.1, 3.5], [7.0, 3.2], [4.9, 3.0], [6.4, 3.2]])
    np.testing.assert_array_equal(table.y, [0, 1, 0, 1])
    assert table.classes == ("setosa", "versicolor")


@pytest.mark.parametrize(
    "text",
    [
        TABLE,
        TABLE.replace(",", ";"),
        TABLE.replace(",", "\t"),
        TABLE.replace(",", " "),
        TABLE.replace(",", "   "),
        TABLE.replace(",", ", "),
        TABLE.replace(",", " ; "),
        TABLE.replace(",", ";").replace(".", ","),
        TABLE.replace(",", "\t").replace(".", ","),
        TABLE.replace(",", " ").replace(".", ","),
        TABLE.replace("\n", "\r\n"),
        TABLE.replace("\n", "\r"),
        TABLE.replace("\n", "\n\n"),
        "\n\n" + TABLE,
        TABLE.rstrip("\n"),
        TABLE.replace("\n", ",\n"),
        TABLE.replace("setosa", '"setosa"'),
        TABLE.replace("5.1", '"5.1"'),
        "  " + TABLE.replace("\n", "  \n  "),
        TABLE.replace("5.1", "+5.1").replace("7.0", "7.").replace("4.9", "49e-1").replace("6.4", "64E-1"),
    ],
)
def test_table_is_read_however_it_is_written(text: str) -> None:
    table = datasets.read_csv(text)

    assert_is_the_table(table)
    assert table.names == ("length", "width")
    assert table.target == "kind"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "latin-1"]
)
def test_table_is_read_in_every_encoding(encoding: str) -> None:
    table = datasets.read_csv(TABLE.replace("width", "größe").encode(encoding))

    assert_is_the_table(table)
    assert table.names == ("length", "größe")


def test_table_is_read_from_every_kind_of_source(tmp_path: Path) -> None:
    path = tmp_path / "flowers.csv"
    path.write_text(TABLE, encoding="utf-8")
    sources: list[Any] = [
        path,
        str(path),
        TABLE,
        TABLE.encode(),
        io.StringIO(TABLE),
        io.BytesIO(TABLE.encode()),
    ]

    for source in sources:
        assert_is_the_table(datasets.read_csv(source))


def test_columns_without_a_header_get_names() -> None:
    table = datasets.read_csv(ROWS)

    assert_is_the_table(table)
    assert table.names == ("column 1", "column 2")
    assert table.target == "column 3"


def test_last_column_of_numbers_is_to_be_predicted() -> None:
    table = datasets.read_csv(NUMBERS)

    np.testing.assert_array_equal(table.y, [2.0, 4.0, 6.0])
    assert table.y.dtype == np.float64
    assert table.classes == ()


def test_column_of_text_is_to_be_predicted_wherever_it_stands() -> None:
    table = datasets.read_csv("kind,x\na,1\nb,2\na,3")

    assert table.target == "kind"
    np.testing.assert_array_equal(table.X, [[1.0], [2.0], [3.0]])


def test_column_to_be_predicted_can_be_named() -> None:
    table = datasets.read_csv(NUMBERS, target="x")

    assert table.names == ("y",)
    np.testing.assert_array_equal(table.columns["y"], [2.0, 4.0, 6.0])


def test_numbers_are_classes_where_asked_and_in_order_of_size() -> None:
    table = datasets.read_csv("x,y\n1,10\n2,9\n3,10\n4,9\n", classes=True)

    assert table.classes == ("9", "10")
    np.testing.assert_array_equal(table.y, [1, 0, 1, 0])


def test_quoted_cell_holds_delimiters_quotes_and_line_ends() -> None:
    table = datasets.read_csv('x,kind\n1,"a, ""b""\nc"\n2,d\n3,d\n')

    assert table.classes == ('a, "b"\nc', "d")


def test_what_numpy_saves_is_read() -> None:
    saved = io.StringIO()
    data = np.random.default_rng(1).normal(size=(20, 3))
    np.savetxt(saved, data)

    table = datasets.read_csv(saved.getvalue())

    np.testing.assert_array_equal(np.column_stack([table.X, table.y]), data)


@given(
    st.lists(st.tuples(*[st.floats(allow_nan=False, allow_infinity=False)] * 3), min_size=3, max_size=8),
    st.sampled_from([",", ";", "\t", " "]),
)
def test_what_pythons_csv_writes_is_read_to_the_bit(rows: list[Any], delimiter: str) -> None:
    written = io.StringIO()
    csv.writer(written, delimiter=delimiter).writerows([["a", "b", "c"], *rows])

    table = datasets.read_csv(written.getvalue())

    np.testing.assert_array_equal(np.column_stack([table.X, table.y]), rows)


def test_iris_comes_back_from_a_file() -> None:
    points, y = datasets.iris()
    lines = [
        ",".join(map(str, row)) + "," + datasets.IRIS_CLASSES[k] for row, k in zip(points, y, strict=True)
    ]

    table = datasets.read_csv("\n".join([",".join([*datasets.IRIS_NAMES, "species"]), *lines]))

    np.testing.assert_array_equal(table.X, points)
    np.testing.assert_array_equal(table.y, y)
    assert table.names == datasets.IRIS_NAMES
