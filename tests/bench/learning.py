"""How fast the digits are learnt on their page, beside this machine's Python: `python -m tests.bench.learning`.

The page trains in its worker, shows what it has learnt ten times a second, and answers what is drawn meanwhile; a step
counts with all of that. Native Python makes the same run, with the same numbers recorded, one thread.
"""

from __future__ import annotations

import os

# Read when NumPy is imported.
os.environ["OPENBLAS_NUM_THREADS"] = "1"

from statistics import median
from threading import Thread
from time import perf_counter
from typing import TYPE_CHECKING, NamedTuple

from playwright.sync_api import sync_playwright
from tests.bench.browser import find_chromium
from tests.bench.server import Host, Line
from tests.bench.start import WEB

from fallline_app.demos.digits.model import Digits
from fallline_app.demos.digits.training import COLUMNS, TEST

if TYPE_CHECKING:
    from playwright.sync_api import Page

# What is promised of the page.
STEPS_A_SECOND, ACCURACY, STROKE = 40.0, 95.0, 60.0
# Trainings of so many steps, each from another seed; the default has batches of 128 and 64-32-10.
STEPS, SEEDS, STROKES = 1000, range(1, 6), 21
PATIENCE = 120_000
LIVE = "document.documentElement.dataset.fallline === 'live'"
TRAIN = """async ([seed, steps, column, part]) => {
  const { document } = fallline
  const root = (wanted) => document.roots().find(({ name }) => name === wanted)
  const setting = (wanted) => [...document.all_models].find(({ key }) => key === wanted)
  const [work, tape] = [root("work"), root("tape")]
  const done = new Promise((resolve) => work.properties.state.change.connect(() => work.state === "done" && resolve()))
  const began = performance.now()
  setting("steps").value = steps
  setting("seed").value = seed
  await done
  const seconds = (performance.now() - began) / 1000
  const { frames } = tape
  return [seconds, frames[(part * frames.shape[1] + column + 1) * frames.shape[2] - 1]]
}"""
DRAW = """async (strokes) => {
  const pad = [...fallline.document.all_models].find(({ key }) => key === "drawing")
  const painted = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
  const times = []
  for (let stroke = 0; stroke < strokes; stroke += 1) {
    const answered = new Promise((resolve) => pad.properties.chances.change.connect(resolve))
    const began = performance.now()
    pad.value = `${pad.value.slice(0, 60 + stroke)}_`
    await answered
    await painted()
    times.push(performance.now() - began)
  }
  return times
}"""


class Learnt(NamedTuple):
    """How many steps a second a training made, and what it read right of the test, in per cent."""

    rate: float
    accuracy: float


def on_page(page: Page, seed: int) -> Learnt:
    """Train on the page."""
    seconds, accuracy = page.evaluate(TRAIN, [seed, STEPS, COLUMNS.index("accuracy"), TEST])
    return Learnt(STEPS / seconds, accuracy)


def natively(seed: int) -> Learnt:
    """Train here."""
    model = Digits()
    model.param.update(steps=STEPS, seed=seed)
    began = perf_counter()
    training = model.trained()
    return Learnt(STEPS / (perf_counter() - began), training.rows[-1][TEST].accuracy)


def main() -> None:
    """Print what page and Python reached, one seed after another, and which promises are kept."""
    there: list[Learnt] = []
    here: list[Learnt] = []
    with sync_playwright() as playwright, Host(WEB, Line(None)) as host:
        Thread(target=host.serve_forever, daemon=True).start()
        flags = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=flags)
        page = browser.new_page()
        page.goto(host.address("digits.html"))
        page.wait_for_function(LIVE, timeout=PATIENCE)
        for seed in SEEDS:
            there.append(on_page(page, seed))
            here.append(natively(seed))
            print(f"  seed {seed}: page {_told(there[-1])}, native {_told(here[-1])}")
        strokes = median(page.evaluate(DRAW, STROKES))
        browser.close()
        host.shutdown()
    rate, accuracy = median(one.rate for one in there), min(one.accuracy for one in there)
    print(
        f"median: page {rate:.0f} steps/s, native {median(one.rate for one in here):.0f}; a stroke is answered in {strokes:.0f} ms"
    )
    for kept, text in (
        (rate >= STEPS_A_SECOND, f"at least {STEPS_A_SECOND:.0f} node-space steps a second on the page"),
        (accuracy >= ACCURACY, f"at least {ACCURACY:.0f} % of the test on the page, from every seed"),
        (strokes <= STROKE, f"a stroke answered and painted within {STROKE:.0f} ms"),
    ):
        print(f"  {'kept' if kept else 'BROKEN'}: {text}")


def _told(learnt: Learnt) -> str:
    return f"{learnt.rate:.0f}/s {learnt.accuracy:.1f} %"


if __name__ == "__main__":
    main()
