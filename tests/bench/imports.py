"""How much longer `import fallline` takes than `import numpy`: `python -m tests.bench.imports [ROUNDS]`.

Each round starts two interpreters, one after the other, and reads the times that -X importtime prints.
"""

from __future__ import annotations

import subprocess
import sys
from statistics import median

# What is promised, in milliseconds.
MOST = 30.0


def main(rounds: int = 15) -> None:
    """Print the medians and whether the promise is kept."""
    pairs = [(milliseconds("numpy"), milliseconds("fallline")) for _ in range(rounds)]
    numpy, ours = (median(times) for times in zip(*pairs, strict=True))
    more = median(ours - numpy for numpy, ours in pairs)
    print(f"import numpy {numpy:.1f} ms, import fallline {ours:.1f} ms")
    print(f"{'kept' if more < MOST else 'BROKEN'}: {more:.1f} ms more, less than {MOST:g} promised")


def milliseconds(module: str) -> float:
    """Time to import a module and NumPy in a new interpreter."""
    command = [sys.executable, "-X", "importtime", "-c", f"import numpy, {module}"]
    lines = subprocess.run(command, capture_output=True, text=True, check=True).stderr.splitlines()
    return sum(milliseconds_of(line) for line in lines if module_of(line) in {"numpy", module})


def module_of(line: str) -> str:
    """Name of the module in a line; those inside a package that is being imported are indented, and keep that."""
    return line.rpartition("| ")[2]


def milliseconds_of(line: str) -> float:
    """Time of a line's module with all that it imports."""
    return float(line.split("|")[1]) / 1000.0


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
