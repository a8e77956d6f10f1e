"""A file's bytes as text: what it holds, in the encoding it was written in, and no more than a page can take."""

from os import PathLike
from typing import IO, Any, TypeAlias

Source: TypeAlias = "str | bytes | PathLike[str] | IO[str] | IO[bytes]"
"""A path, the text itself if it has more than one line, its bytes, or an open file."""

_BINARY = (
    (b"PK\x03\x04", "an Excel workbook or a zip archive"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"PAR1", "a Parquet file"),
)
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


def read_text(source: Source, limit: int) -> str:
    """Read all of a source as text.

    Parameters
    ----------
    source
        A path, the text itself if it has more than one line, its bytes, or an open file.
    limit
        The most bytes that are taken.

    Raises
    ------
    OSError
        If there is no such file.
    TypeError
        If it is none of these.
    ValueError
        If it is empty, too large, or no text.

    Examples
    --------
    >>> read_text(b"x,y", limit=100)
    'x,y'
    """
    content = _content(source, limit)
    if len(content) > limit:
        raise ValueError(f"the file is larger than {limit / 1e6:g} MB; take fewer rows or raise max_bytes")
    text = content if isinstance(content, str) else _decoded(content)
    if not text.strip():
        raise ValueError("the file is empty; it must hold a header and rows of numbers")
    return text.removeprefix("\ufeff")


def _content(source: Any, limit: int) -> str | bytes:
    if isinstance(source, (bytes, bytearray, memoryview)):
        return bytes(source)
    if isinstance(source, str) and (not source.strip() or any(end in source for end in "\r\n")):
        return source
    if isinstance(source, (str, PathLike)):
        from pathlib import Path

        with Path(source).open("rb") as file:
            return file.read(limit + 1)
    if hasattr(source, "read"):
        content: str | bytes = source.read(limit + 1)
        return content
    raise TypeError(f"a path, text, bytes or an open file is needed, got {type(source).__name__}")


def _decoded(content: bytes) -> str:
    for start, kind in _BINARY:
        if content.startswith(start):
            raise ValueError(f"the file is {kind}, not text; save it as CSV")
    encoding = next((name for mark, name in _MARKS if content.startswith(mark)), _unmarked(content))
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise ValueError(f"byte {error.start} is no {encoding}; save the file as UTF-8") from None
    if "\x00" in text:
        line = text[: text.index("\x00")].count("\n") + 1
        raise ValueError(f"line {line} holds a byte 0: the file is not text; save it as CSV")
    return text


def _unmarked(content: bytes) -> str:
    """Guess the encoding of what does not begin with a mark."""
    even, odd = content[0:2000:2], content[1:2000:2]
    # In UTF-16 every other byte of plain letters and figures is 0.
    if odd and odd.count(0) > 0.4 * len(odd) and not even.count(0):
        return "utf-16-le"
    if even and even.count(0) > 0.4 * len(even) and not odd.count(0):
        return "utf-16-be"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        # Every byte means something in it: what Western European programs wrote before UTF-8.
        return "latin-1"
    return "utf-8"
