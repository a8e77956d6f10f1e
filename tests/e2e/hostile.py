"""What strangers and slips put into links and fields: made by hand, and by chance from a seed."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode


def _read(name: str) -> Any:
    return json.loads(Path(__file__).with_name(name).read_text(encoding="utf-8"))


LINKS: list[str] = _read("hostile_links.json")
# Of each page, what its own settings do not take.
SETTINGS: dict[str, list[str]] = _read("hostile_settings.json")
EXPRESSIONS: list[str] = _read("hostile_expressions.json")
# The browser's stack is not deep enough to compile some of these: Python breaks down, and begins anew.
DEEP = [
    "(" * 900 + "x" + ")" * 900,
    "[" * 150 + "]" * 150,
    "-" * 1900 + "x",
    "x" + "+x" * 990,
    "x" + "**x" * 600,
    "lambda: " * 240 + "x",
    "x if x else " * 150 + "x",
]
# Too long or too odd to stand in a file.
EXPRESSIONS += [
    "x" * 2001,
    "x" * 100_000,
    "x\0",
    "x\x07\x1b[31m",
    "x\u202e2*",
    "\ufeffx",
    "x\u00a0+ 1",
    "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
]
# Pasted into a field for a number: what is a number there, and what is not.
NUMBERS = {
    "1,5": 1.5,
    "−0.5": -0.5,
    "1e-3": 1e-3,
    " 2 ": 2.0,
    "+1": 1.0,
    ".5": 0.5,
    "1.": 1.0,
    "0x1": 1.0,
    "1\n": 1.0,
}
NO_NUMBERS = [
    "", " ", "١", "2px", "NaN", "1/3", "1 000", "1.2.3", "1,2,3", "--1", "1e", "e1", "Infinity", "-Infinity", "∞", "½",
    "null", "undefined", "true", "1_0", "1e999", "²", "１", "0b", "x", "<b>1</b>", "1;2", "9" * 10_000,
]  # fmt: skip

_LETTERS = "abcxyzABC019.=&#%+-_<>\"'\\/;: \0\t\u00e9\u0661\u202e\u4e16\U0001f600"


def random_links(settings: list[dict[str, Any]], seed: int, count: int) -> list[str]:
    """Return links that name the settings of a page, its values and nonsense, damaged in most cases."""
    chance = random.Random(seed)
    makers = (_nonsense, _of_settings, _damaged)
    return ["#" + chance.choice(makers)(settings, chance) for _ in range(count)]


def _nonsense(_: list[dict[str, Any]], chance: random.Random) -> str:
    text = "".join(chance.choices(_LETTERS, k=chance.randrange(1, 60)))
    return chance.choice((text, quote(text), f"v=1&{text}"))


def _of_settings(settings: list[dict[str, Any]], chance: random.Random) -> str:
    chosen = chance.sample(settings, k=chance.randrange(1, min(6, len(settings)) + 1))
    pairs = [(setting["key"], _value(setting, chance)) for setting in chosen]
    return urlencode([("v", chance.choice(("1", "1", "1", "2", ""))), *pairs])


def _damaged(settings: list[dict[str, Any]], chance: random.Random) -> str:
    letters = list(_of_settings(settings, chance))
    for _ in range(chance.randrange(1, 6)):
        place = chance.randrange(len(letters))
        letters[place : place + chance.randrange(3)] = chance.choices(_LETTERS, k=chance.randrange(3))
        letters = letters or ["#"]
    return "".join(letters)


def _value(setting: dict[str, Any], chance: random.Random) -> str:
    if chance.random() < 0.2:
        return "".join(chance.choices(_LETTERS, k=chance.randrange(12)))
    if setting["kind"] == "choice":
        return str(chance.choice(setting["options"]))
    if setting["kind"] == "switch":
        return chance.choice(("on", "off", "true", ""))
    if setting["kind"] == "drawing":
        return chance.choice(("", "A", "__-_" * 42, "A" * 172, "<b>", "AA=="))
    if setting["kind"] == "painting":
        return chance.choice(
            ("", ".", "AAA.BBB", "AAA.", "AA.B", "AAA" * 1000 + ".", "AAA" * 1001 + ".", "A-_.9_9")
        )
    if setting["kind"] == "weights":
        return chance.choice(
            ("", "2-6-4-1_0w0v1", "2-6-4-1_1w1v-1e-9_9w9v99", "9-9_1w1v1", "2-6-4-1_0w0v", "x")
        )
    if setting["kind"] == "text":
        return chance.choice(("x", "1/0", "x * y", "__import__('os')", ")("))
    low, high = setting["start"], setting["end"]
    return repr(
        chance.choice(
            (low, high, 0.5 * (low + high), 2 * high + 1, -1e308, 1e-320, float("nan"), chance.random())
        )
    )
