"""Tables as people bring them: what can be read is read whole, what cannot is refused with the line."""

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


BAD: list[tuple[Any, str]] = [
    # Nothing
    ("", "the file is empty"),
    ("   ", "the file is empty"),
    ("\n\n\n", "the file is empty"),
    (b"", "the file is empty"),
    (b"\xef\xbb\xbf", "the file is empty"),
    # Not text
    (b"PK\x03\x04rest", "is an Excel workbook or a zip archive, not text; save it as CSV"),
    (b"\xd0\xcf\x11\xe0rest", "is an old Excel workbook"),
    (b"\x1f\x8b\x08rest", "is a gzip archive"),
    (b"%PDF-1.7", "is a PDF"),
    (b"\x89PNG\r\n", "is a picture"),
    (b"\xff\xd8\xff\xe0", "is a picture"),
    (b"PAR1rest", "is a Parquet file"),
    (b"x,y\n1,2\n3,\x004\n5,6", "line 3 holds a byte 0"),
    (b"\xff\xfex", "is no utf-16"),
    # No delimiter
    ("x\n1\n2\n3", "no delimiter was found: the first row reads 'x'"),
    ("x|y\n1|2\n3|4\n5|6", r"no delimiter was found: the first row reads 'x\|y'"),
    ("x:y\n1:2\n3:4\n5:6", "no delimiter was found"),
    ("1\n2\n3\n4", "no delimiter was found"),
    ("x" * 100 + "\n1\n2\n", "no delimiter was found: the first row reads 'x{59}…'"),
    # Headers
    ("x,\n1,2\n3,4\n5,6", "line 1: column 2 has no name"),
    (",x,y\na,1,2\na,3,4\nb,5,6", "line 1: column 1 has no name"),
    ("x,x,y\n1,2,3\n4,5,6\n7,8,9", "line 1: two columns are called 'x'"),
    ("x,2\n1,2\n3,4\n5,6", "line 1 is neither a header nor data: 'x' stands above numbers"),
    ("\n\nx,2\n1,2\n3,4\n5,6", "line 3 is neither a header nor data"),
    ("x,y\na,b\nc,d\ne,f", "no number below the first line"),
    ("a,b\nc,d\ne,f\n", "no number below the first line"),
    # Too few rows
    ("x,y\n1,2\n3,4", "too few rows of data: 2; at least 3 are needed"),
    ("1,2\n3,4", "too few rows of data: 2"),
    ("x,y\n1,2", "too few rows of data: 1"),
    ("x,y\n", "no number below the first line"),
    ("x,y", "No such file"),
    # Ragged rows
    ("x,y\n1,2\n3\n5,6", "line 3 has 1 cells, line 1 has 2"),
    ("x,y\n1,2\n3,4,5\n5,6", "line 3 has 3 cells, line 1 has 2"),
    ("x,y\n1,2\n\n\n3,4,5\n5,6", "line 5 has 3 cells, line 1 has 2"),
    ("x,y,z\n1,2\n3,4\n5,6", "line 2 has 2 cells, line 1 has 3"),
    ("x;y;z\n1;2;3\n4;5\n7;8;9", "line 3 has 2 cells, line 1 has 3"),
    ("x\ty\n1\t2\n3\n5\t6", "line 3 has 1 cells, line 1 has 2"),
    ("x y\n1 2\n3 4 5\n5 6", "line 3 has 3 cells, line 1 has 2"),
    ("Measured in May\nx,y\n1,2\n3,4\n5,6", "line 2 has 2 cells, line 1 has 1"),
    ("x,y\n1,2\n3,4\n5,6\ntotal\n", "line 5 has 1 cells"),
    # Missing cells
    ("x,y\n1,2\n,4\n5,6", "line 3, column 'x' is empty; fill it in or leave the line out"),
    ("x,y\n1,2\n3,\n5,6", "line 3, column 'y' is empty"),
    ("x,y\n1,2\n3,4\n,\n", "line 4, column 'x' is empty"),
    ("x,y\n1,NaN\n3,4\n5,6", "line 2, column 'y' holds 'NaN'"),
    ("x,y\n1,2\n3,NA\n5,6", "line 3, column 'y' holds 'NA'"),
    ("x,y\n1,2\n3,n/a\n5,6", "line 3, column 'y' holds 'n/a'"),
    ("x,y\n1,2\n3,null\n5,6", "line 3, column 'y' holds 'null'"),
    ("x,y\n1,2\n3,?\n5,6", "line 3, column 'y' holds '\\?'"),
    ("x,y\n1,2\n3,-\n5,6", "line 3, column 'y' holds '-'"),
    ("x,kind\n1,a\n2,\n3,b\n4,a", "line 3, column 'kind' is empty"),
    # Text among numbers
    ("x,y\n1,2\nabc,4\n5,6", "line 3, column 'x': 'abc' is not a number"),
    ("x,y\n1,2\n3,4\n5,six", "line 4, column 'y': 'six' is not a number"),
    ("x,y\n1,2\n3 m,4\n5,6", "line 3, column 'x': '3 m' is not a number"),
    ("x,y\n1,2\n3%,4\n5,6", "line 3, column 'x': '3%' is not a number"),
    ("x,y\n1,2\n1_000,4\n5,6", "line 3, column 'x': '1_000' is not a number"),
    ("x,y\n1,2\n0x1f,4\n5,6", "line 3, column 'x': '0x1f' is not a number"),
    ("x,y\n1,2\ninf,4\n5,6", "line 3, column 'x': 'inf' is not a number"),
    ("x,y\n1,2\n-Infinity,4\n5,6", "line 3, column 'x': '-Infinity' is not a number"),
    ("x,y\n1,2\n1e999,4\n5,6", "line 3, column 'x': '1e999' is too large"),
    ("x,y\n1,2\n١٢,4\n5,6", "line 3, column 'x': '١٢' is not a number"),
    ("x,y\n1,2\n3..5,4\n5,6", "line 3, column 'x': '3..5' is not a number"),
    ("x;y\n1;2\n1.234,5;4\n5;6", "line 3, column 'x': '1.234,5' is not a number"),
    ("x,y\n1,2\n2024-05-01,4\n5,6", "line 3, column 'x': '2024-05-01' is not a number"),
    ("x;y\n1,5;2\n3.5;4\n5;6", "line 2 has a decimal comma .'1,5'., line 3 a decimal point .'3.5'"),
    (
        "x,y,kind\na,1,c\nb,2,d\na,3,c",
        "line 2, column 'kind' holds text .'c'.; only the column to be predicted",
    ),
    # Classes
    ("x,kind\n1,a\n2,a\n3,a", "column 'kind' holds one class only, 'a'"),
    ("x,kind\n1,a\n2,b\n3,c", "column 'kind' holds 3 classes in 3 rows"),
    # Quotes
    ('x,y\n1,2\n3,"4\n5,6', "line 3 cannot be cut into cells .*; look for an open quote"),
    ('x,y\n1,2\n"3"4,4\n5,6', "line 3 cannot be cut into cells"),
    ('x,y\n1,2\n3,"' + "4" * 200_000 + '"\n5,6', "line 3 cannot be cut into cells .*field larger"),
]


@pytest.mark.parametrize(("source", "message"), BAD)
def test_bad_file_is_refused_with_the_reason(source: Any, message: str) -> None:
    with pytest.raises((ValueError, OSError), match=message):
        datasets.read_csv(source)


def test_there_are_sixty_bad_files() -> None:
    assert len(BAD) >= 60


@pytest.mark.parametrize(
    ("text", "arguments", "message"),
    [
        (NUMBERS, {"target": "z"}, "there is no column 'z' to predict; there are 'x', 'y'"),
        (TABLE, {"target": "length"}, "line 2, column 'kind' holds text"),
        (TABLE, {"classes": False}, "line 2, column 'kind': 'setosa' is not a number"),
        ("x,y\n1,1\n2,1\n3,1", {"classes": True}, "one class only, '1'"),
        (NUMBERS, {"max_bytes": 10}, "the file is larger than 1e-05 MB; take fewer rows or raise max_bytes"),
    ],
)
def test_request_that_the_file_cannot_meet_is_refused(text: str, arguments: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        datasets.read_csv(text, **arguments)


def test_file_over_the_bound_is_refused_without_being_read_whole(tmp_path: Path) -> None:
    class Endless(io.RawIOBase):
        taken = 0

        def read(self, size: int = -1) -> bytes:
            assert size >= 0
            self.taken += size
            return b"1" * size

    endless = Endless()

    with pytest.raises(ValueError, match="the file is larger than 5 MB"):
        datasets.read_csv(endless)  # type: ignore[arg-type]
    assert endless.taken == 5_000_001


@pytest.mark.parametrize("source", [None, 5, ["x,y"], {"x": 1}])
def test_source_of_another_kind_is_refused(source: Any) -> None:
    with pytest.raises(TypeError, match="a path, text, bytes or an open file is needed, got"):
        datasets.read_csv(source)


def test_missing_file_is_an_error_of_the_system(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        datasets.read_csv(tmp_path / "nothing.csv")


def table_or_reason(source: Any) -> "datasets.Table | str":
    try:
        return datasets.read_csv(source)
    except ValueError as error:
        return str(error)


@given(
    st.binary(max_size=200) | st.text(alphabet='0159.,;\t "\n-eax', max_size=80).map(lambda text: f"{text}\n")
)
def test_nothing_brings_anything_but_a_whole_table_or_a_reason(source: Any) -> None:
    found = table_or_reason(source)

    assert found
    if isinstance(found, datasets.Table):
        assert np.isfinite(found.X).all()
        assert len(found.y) == len(found.X) >= 3
