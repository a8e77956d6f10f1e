"""Writes core/fallline/datasets/digits_bytes.py and iris_bytes.py anew, from scikit-learn's wheel.

python -m pip download --no-deps --dest FOLDER scikit-learn==1.9.1
python tests/reference/make_dataset_bytes.py FOLDER/scikit_learn-1.9.1-….whl
"""

import base64
import gzip
import sys
import textwrap
import zipfile
import zlib
from pathlib import Path

import numpy as np

HOME = Path(__file__).parents[2] / "core" / "fallline" / "datasets"

DIGITS = """The bytes of 1 797 handwritten digits.

Optical Recognition of Handwritten Digits, E. Alpaydin and C. Kaynak, UCI Machine Learning Repository (1998),
https://doi.org/10.24432/C50P49, licence CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/). These are the 1 797
images of its test file, unchanged but for the packing: 64 pixels of 0 to 16 and the digit, a byte each, row by row.
"""
IRIS = """The bytes of 150 measured flowers.

Iris, R. A. Fisher, "The use of multiple measurements in taxonomic problems", Annals of Eugenics 7 (1936), UCI Machine
Learning Repository, https://doi.org/10.24432/C56C76, licence CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/),
with the two rows right that the repository's file has wrong. Four lengths in tenths of a centimetre and the species, a
byte each, row by row.
"""


def write(name: str, about: str, table: np.ndarray) -> None:
    """Write a table of bytes as a module that holds it, packed."""
    packed = base64.b64encode(zlib.compress(np.rint(table).astype(np.uint8).tobytes(), 9)).decode()
    lines = "\n".join(textwrap.wrap(packed, 110))
    text = f'"""{about}\nzlib, then base64; written by tests/reference/make_dataset_bytes.py.\n"""\n\nPACKED = """\n{lines}\n"""\n'
    (HOME / name).write_text(text, encoding="utf-8")


def main(wheel: Path) -> None:
    """Read both tables out of a wheel and write their modules."""
    with zipfile.ZipFile(wheel) as archive:
        digits = gzip.decompress(archive.read("sklearn/datasets/data/digits.csv.gz")).decode()
        iris = archive.read("sklearn/datasets/data/iris.csv").decode()
    write("digits_bytes.py", DIGITS, np.loadtxt(digits.splitlines(), delimiter=","))
    measured = np.loadtxt(iris.splitlines()[1:], delimiter=",")
    write("iris_bytes.py", IRIS, measured * [10, 10, 10, 10, 1])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
