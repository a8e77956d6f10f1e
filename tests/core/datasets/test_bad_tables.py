"""Tables that cannot be read are refused with the line and the reason."""

import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fallline import datasets

TABLE = "length,width,kind\n5.1,3.5,setosa\n7.0,3.2,versicolor\n4.9,3.0,setosa\n"
NUMBERS = "x,y\n1,2\n3,4\n5,6\n"

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
