"""Files that people choose by mistake: each with what it is, and words that the page has to say of it."""

from __future__ import annotations

import gzip
import io
import zipfile

GOOD = "x,y,kind\n" + "".join(f"{i / 7:.3f},{(i * i) % 5},{'ab'[i % 2]}\n" for i in range(40))


def _rows(count: int, row: str = "1.5,2,a\n2.5,3,b\n", head: str = "x,y,kind\n") -> str:
    return head + row * (count // 2)


def _zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("x.csv", GOOD)
    return out.getvalue()


def _line(number: int, text: str) -> str:
    lines = GOOD.splitlines()
    lines[number - 1] = text
    return "\n".join(lines)


_TEXTS = {
    # Nothing, or next to nothing.
    "spaces": ("   \n  \n", "empty"),
    "a blank line": ("\n", "empty"),
    "header alone": ("x,y,kind\n", "no number below the first line"),
    "one row": ("x,y,kind\n1,2,a\n", "too few rows of data: 1"),
    "two rows": ("x,y,kind\n1,2,a\n3,4,b\n", "too few rows of data: 2"),
    "one word": ("hello", "no delimiter"),
    "one number": ("42\n", "no delimiter"),
    # Not parted, or parted by something else.
    "one column": ("x\n1\n2\n3\n", "no delimiter"),
    "pipes": (GOOD.replace(",", "|"), "no delimiter"),
    "colons": (GOOD.replace(",", ":"), "no delimiter"),
    "slashes": (GOOD.replace(",", "/"), "no delimiter"),
    "tildes": (GOOD.replace(",", "~"), "no delimiter"),
    "JSON": ('{\n"x": [1, 2],\n"y": [3, 4]\n}\n', "line"),
    "JSON lines": ('{"x": 1, "y": 2}\n{"x": 3, "y": 4}\n{"x": 5, "y": 6}\n', "line 1"),
    "XML": ("<table>\n<row><x>1</x></row>\n<row><x>2</x></row>\n</table>\n", "no delimiter"),
    "HTML": ("<!doctype html>\n<p>Not found, sorry\n<p>Ask the admin, please\n<p>a, b\n", "line 2"),
    "YAML": ("x:\n  - 1\n  - 2\ny:\n  - 3\n  - 4\n", "line"),
    "prose": ("It was a dark and stormy night; the rain\nfell in torrents, except at\noccasional intervals.\n", "line"),
    "a path": ("C:\\data\\iris.csv\nC:\\data\\iris.csv\n", "no delimiter"),
    # Ragged.
    "a short row": (_line(5, "1,2"), "line 5 has 2 cells"),
    "a long row": (_line(9, "1,2,a,7"), "line 9 has 4 cells"),
    "a row of one": (_line(7, "1"), "line 7 has 1 cells"),
    "a title above": ("My measurements\n" + GOOD, "line"),
    "a remark below": (GOOD + "measured by me\n", "has 1 cells"),
    "a short header": (_line(1, "x,y"), "cells"),
    "a long header": (_line(1, "x,y,kind,more"), "cells"),
    "thousands with commas": (_line(4, "1,000,2,a"), "line 4"),
    # Quotes.
    "an open quote": (_line(6, '1,2,"a'), "quote"),
    "a quote in a cell": (_line(6, '1,2,"a"b'), "line 6"),
    # Cells that are missing.
    "an empty cell": (_line(3, "1,,a"), "line 3, column 'y' is empty"),
    "an empty class": (_line(3, "1,2,"), "line 3, column 'kind' is empty"),
    "NaN": (_line(8, "nan,2,a"), "line 8, column 'x' holds 'nan'"),
    "NA": (_line(8, "1,NA,a"), "line 8, column 'y' holds 'NA'"),
    "N/A": (_line(8, "1,N/A,a"), "holds 'N/A'"),
    "null": (_line(8, "1,null,a"), "holds 'null'"),
    "None": (_line(8, "1,None,a"), "holds 'None'"),
    "a question mark": (_line(8, "?,2,a"), "holds '?'"),
    "a dash": (_line(8, "1,-,a"), "holds '-'"),
    # Text where numbers should be.
    "a word": (_line(10, "1,two,a"), "line 10, column 'y': 'two' is not a number"),
    "a unit": (_line(10, "1 cm,2,a"), "line 10, column 'x': '1 cm' is not a number"),
    "a percentage": (_line(10, "1,20%,a"), "'20%' is not a number"),
    "a price": (_line(10, "$1,2,a"), "'$1' is not a number"),
    "hexadecimal": (_line(10, "0x1F,2,a"), "'0x1F' is not a number"),
    "a spreadsheet's error": (_line(10, "#DIV/0!,2,a"), "'#DIV/0!' is not a number"),
    "a date": (_line(10, "2024-01-02,2,a"), "'2024-01-02' is not a number"),
    "infinity": (_line(10, "inf,2,a"), "'inf' is not a number"),
    "too large": (_line(10, "1e999,2,a"), "too large"),
    "two columns of text": ("x,y,name,kind\n" + "1,2,Ann,a\n3,4,Bob,b\n5,6,Eve,a\n7,8,Joe,b\n", "only the column to be predicted may"),
    "a column of dates": ("day,x,kind\n2024-01-01,1,a\n2024-01-02,2,b\n2024-01-03,3,a\n", "only the column to be predicted may"),
    "decimal comma and point": ("x;y;kind\n1,5;2;a\n1.5;3;b\n2,5;4;a\n3;5;b\n", "decimal comma"),
    # Headers.
    "a name missing": (_line(1, "x,,kind"), "column 2 has no name"),
    "a name twice": (_line(1, "x,x,kind"), "two columns are called 'x'"),
    "half a header": (_line(1, "x,2,a"), "neither a header nor data"),
    # Classes.
    "one class": (GOOD.replace(",b\n", ",a\n"), "one class only, 'a'"),
    "every row a class": ("x,y,id\n" + "".join(f"{i},{i * i},p{i}\n" for i in range(9)), "some rows must be of one class"),
    "nine classes": ("x,y,kind\n" + "".join(f"{i},{i * i},k{i % 9}\n" for i in range(40)), "holds 9 classes; at most 8"),
    "a class of one row": (GOOD + "1,2,c\n", "class 'c' of 'kind' has a single row"),
    "a number that never changes": ("x,y,price\n" + "".join(f"{i},{i * i},7.5\n" for i in range(60)), "one class only, '7.5'"),
    "no column of numbers": ("a,b,kind\nx,y,z\nx,y,z\nu,v,w\n", "no number below"),
    "one column of numbers": ("x,kind\n1,a\n2,b\n3,a\n4,b\n", "1 columns of numbers"),
    "thirteen columns": (",".join("abcdefghijklmn") + "\n" + "\n".join(",".join([*(["1.5"] * 13), "pq"[i % 2]]) for i in range(6)), "13 columns of numbers"),
    # Huge.
    "a line of 4 MB": ("x,y,kind\n1,2," + "a" * 4_000_000 + "\n3,4,b\n5,6,c\n", "line 2"),
    "5 MB and a byte": ("x,y,kind\n" + "1,2,a\n" * 833_332, "larger than 5 MB"),
}  # fmt: skip

_BYTES = {
    "a zip": (_zipped(), "zip"),
    "a workbook": (b"PK\x03\x04" + bytes(200), "Excel"),
    "an old workbook": (b"\xd0\xcf\x11\xe0" + bytes(200), "old Excel"),
    "gzip": (gzip.compress(GOOD.encode()), "gzip"),
    "a PDF": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "PDF"),
    "a PNG": (b"\x89PNG\r\n\x1a\n" + bytes(100), "picture"),
    "a JPEG": (b"\xff\xd8\xff\xe0" + bytes(100), "picture"),
    "Parquet": (b"PAR1" + bytes(100), "Parquet"),
    "zeros": (bytes(1000), "not text"),
    "a zero in a row": (GOOD.encode().replace(b"a", b"\0", 1), "byte 0"),
    "chance": (bytes((i * 197 + 31) % 256 for i in range(2000)), ""),
    "half of UTF-16": (GOOD.encode("utf-16")[:-1], ""),
    "UTF-16 with a wrong mark": (b"\xff\xfe" + GOOD.encode("utf-8") + b"x", ""),
}

BAD: dict[str, tuple[bytes, str]] = {
    name: (text.encode(), words) for name, (text, words) in _TEXTS.items()
} | _BYTES
