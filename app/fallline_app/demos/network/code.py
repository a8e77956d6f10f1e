"""The Python that trains the same network again, with the same numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fallline_app.demos.network.data import FILE, INPUTS, MOST_ROWS, PAINTED
from fallline_app.demos.network.edits import legs
from fallline_app.demos.network.model import OWN, RULES
from fallline_app.painting import REACH, SIDE, decode

if TYPE_CHECKING:
    from fallline_app.demos.network.model import Training
    from fallline_app.demos.network.run import Run
    from fallline_app.demos.network.setup import Setup

SCRIPT = """\
{imports}
import numpy as np

import fallline as fl

{data}
X, y, X_test, y_test = fl.datasets.split(points, {targets}, {held!r}, np.random.default_rng([{seed}, 1]))
{given}{activation}network = fl.Network({sizes}{settings})
rng = np.random.default_rng([{seed}, 2])
{training}
plain = fl.Network({sizes}{plain})
print(f"step {{step}}: loss {{plain.loss(theta, X, y)!r}} on what it learnt from, {{plain.loss(theta, X_test, y_test)!r}} on the rest")
{judged}"""
RIGHT = """\
print(f"right: {(network.predict(theta, X) == y).mean():.1%} and {(network.predict(theta, X_test) == y_test).mean():.1%}")
"""
OFF = """\
for name, rows, numbers in (("what it learnt from", X, y), ("the rest", X_test, y_test)):
    off = %snetwork.predict(theta, rows)[:, 0] - %snumbers
    print(f"off by {float(np.sqrt(np.mean(off**2)))!r} on {name} (root mean square)")
"""

STRAIGHT = """\
frames = fl.train(network, X, y, {optimizer}, {batches}, method={method!r}, rng=rng)
for frame in islice(frames, {steps} + 1):
    step, theta = frame.step, frame.x
    if not abs(frame.value) <= {bound!r}:
        break
"""

LEGS = """\
loss = fl.DataLoss(network.loss, (X, y), {batches}, partial(network.gradient, method={method!r}))
theta, begun = network.initial(rng), 0
# Until which step, and which weights are set there.
for until, changes in {legs}:
    for frame in islice(fl.descend(loss, theta, {optimizer}, fl.exact, rng), until - begun + 1):
        step, theta = begun + frame.step, frame.x
        if not abs(frame.value) <= {bound!r}:
            break
    theta, begun = theta.copy(), until
    theta[list(changes)] = list(changes.values())
"""


def script(model: Training, run: Run, bound: float) -> str:
    """Return a script that trains as far as the run has come, and prints the page's numbers."""
    setup = run.setup
    network = setup.network
    own = model.activation == OWN
    activation = "activation" if own else repr(model.activation)
    known = [("activation", activation, "'tanh'"), ("loss", repr(network.criterion), "'cross_entropy'")]
    plain = "".join(f", {name}={value}" for name, value, default in known if value != default)
    more = [
        ("l1", repr(network.l1), "0.0"),
        ("l2", repr(network.l2), "0.0"),
        ("initialization", repr(network.initialization), "'glorot'"),
    ]
    return SCRIPT.format(
        imports="from functools import partial\nfrom itertools import islice\n"
        if setup.edits
        else "from itertools import islice\n",
        data=_data(model, setup),
        held=setup.data.held,
        targets=_targets(setup),
        judged=_judged(setup),
        given=_given(model, setup),
        activation=f"\n\ndef activation(x):\n    return {model.own.strip()}\n\n\n" if own else "",
        sizes=list(network.sizes),
        settings=plain + "".join(f", {name}={value}" for name, value, default in more if value != default),
        plain=plain,
        seed=setup.seed,
        training=_training(model, run, bound).rstrip("\n"),
    )


def _data(model: Training, setup: Setup) -> str:
    if model.data == FILE and model.table is not None:
        asked = ", classes=True" if setup.data.is_classed else ""
        lines = f"table = fl.datasets.read_csv({model.file!r}, target={model.table.target!r}{asked})\n"
        named = f"points, {_targets(setup)}"
        if len(model.table.y) <= MOST_ROWS:
            return f"{lines}{named} = table.X, table.y"
        rows = f"np.sort(np.random.default_rng([{setup.seed}, 3]).permutation(len(table.y))[:{MOST_ROWS}])"
        return f"{lines}rows = {rows}\n{named} = table.X[rows], table.y[rows]"
    if not len(setup.y):
        return "points, classes = np.empty((0, 2)), np.empty(0, int)  # Nothing was chosen yet."
    if model.data == PAINTED:
        grid, classes = decode(model.painted)
        counts = [int((classes == kind).sum()) for kind in (0, 1)]
        return (
            f"grid = np.array({grid.ravel().tolist()}).reshape(-1, 2)\n"
            f"points = {2.0 * REACH} * grid / {SIDE - 1} - {REACH}\nclasses = np.repeat([0, 1], {counts})"
        )
    return f"points, {_targets(setup)} = fl.datasets.{model.data}({model.points}, noise={model.noise!r}, rng={setup.seed})"


def _targets(setup: Setup) -> str:
    return "classes" if setup.data.is_classed else "numbers"


def _judged(setup: Setup) -> str:
    """Return the line that says how well it answers, numbers in their own unit."""
    if setup.data.is_classed:
        return RIGHT
    unit = "" if setup.data.spread == 1.0 else "scale.spread[0] * "
    return OFF.replace("%s", unit)


def _given(model: Training, setup: Setup) -> str:
    if model.data == FILE and model.table is not None:
        lines = "X, scaling = fl.datasets.standardise(X)\nX_test = scaling(X_test)\n"
        if setup.data.is_classed:
            return lines
        return f"{lines}y, scale = fl.datasets.standardise(y[:, None])\ny, y_test = y[:, 0], scale(y_test[:, None])[:, 0]\n"
    if setup.inputs == ("x", "y"):
        return ""
    written = ", ".join(INPUTS[name] for name in setup.inputs)
    return f"X, X_test = (np.stack([{written}], axis=1) for x, y in (X.T, X_test.T))\n"


def _training(model: Training, run: Run, bound: float) -> str:
    setup, steps = run.setup, run.setup.steps if run.ended else run.step
    rule = f"fl.{RULES[model.optimizer].kind.__name__}(rate={setup.optimizer.rate!r})"
    batches = "fl.FullBatch()" if setup.batch >= len(setup.y) else f"fl.MiniBatch({setup.batch})"
    known = {"optimizer": rule, "batches": batches, "method": setup.method, "bound": bound}
    if not setup.edits:
        return STRAIGHT.format(**known, steps=steps)
    met = tuple(edit for edit in setup.edits if edit.step <= steps)
    return LEGS.format(**known, legs=legs(met, steps))
