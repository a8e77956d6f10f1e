from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.running import printed_by

from fallline_app.demos.cost import words
from fallline_app.demos.cost.code import script
from fallline_app.demos.cost.model import COLUMNS, METHODS, Cost, Survey

NAMES = [method.name for method in METHODS]


def plain(text: str) -> str:
    """Return it with breaking spaces, as it is typed here."""
    return text.replace("\N{NO-BREAK SPACE}", " ")


def count(**settings: object) -> Survey:
    model = Cost()
    model.param.update(**settings)
    return model.count()


def exponent(survey: Survey, name: str) -> float:
    return survey.growth(NAMES.index(name)).exponent


def test_naive_grows_with_the_square_and_the_others_with_the_number_of_parameters() -> None:
    survey = count(widest=2048)

    assert exponent(survey, "naive") == pytest.approx(2.0, abs=0.01)
    for name in ("weight", "node", "layerwise", "backprop"):
        assert exponent(survey, name) == pytest.approx(1.0, abs=0.02)


def test_units_of_deep_networks_cost_more_than_their_share() -> None:
    """Each of nL units is followed through what is left of the L layers: P^1.5 for three and more."""
    shallow, deep = count(widest=2048), count(widest=2048, depth=4)

    assert exponent(deep, "node") == pytest.approx(1.5, abs=0.05)
    assert exponent(deep, "weight") == pytest.approx(2.0, abs=0.1)
    assert exponent(deep, "backprop") == pytest.approx(1.0, abs=0.02)
    assert exponent(shallow, "node") < 1.02


def test_naive_runs_the_network_twice_for_each_parameter() -> None:
    survey = count(widest=32, batch=1)
    parameters = 65 * 32 + 33 * 10

    assert survey.parameters[-1] == parameters
    assert survey.evaluations[NAMES.index("naive"), -1] == 2 * parameters
    # 64·32 + 32·10 products, 32 activations and 10 outputs a run.
    assert survey.operations[NAMES.index("naive"), -1] == 2 * parameters * (64 * 32 + 320 + 42)


@pytest.mark.parametrize("widest", [32, 33, 512, 2048])
def test_widths_rise_by_the_same_factor_and_end_where_they_should(widest: int) -> None:
    model = Cost()
    model.widest = widest

    widths = model.widths

    assert widths[0] == 4
    assert widths[-1] == widest
    assert (np.diff(widths) > 0).all()
    assert max(np.diff(np.log2(widths))) < 0.65


def test_frames_hold_a_row_of_columns_for_each_method() -> None:
    survey = count()
    frames = survey.frames()

    assert frames.shape == (len(METHODS), len(COLUMNS), survey.parameters.size)
    np.testing.assert_array_equal(frames[:, COLUMNS.index("drawn")], survey.operations)
    assert np.isnan(frames[:, COLUMNS.index("milliseconds")]).all()


def test_counted_summary_says_that_nothing_was_timed() -> None:
    survey = count()

    said = plain(words.summarize(survey, range(len(METHODS))))

    assert said.startswith(
        "Counted, not timed, one gradient of P parameters grows like P to the 2.00 for naive,"
    )
    assert "At P = 38 410 naive takes 2·10¹¹ multiply-adds" in said
    assert "Recorded when this page was built" in words.note(survey)


def test_measured_summary_gives_errors_and_times() -> None:
    counted = count()
    seconds = 1e-9 * counted.operations
    survey = Survey(counted.parameters, counted.evaluations, counted.operations, counted.memory, seconds)

    said = plain(words.summarize(survey, range(len(METHODS))))

    assert "like P to the 2.00 ± 0.00 for naive" in said
    assert "naive takes 3.1 min, timed on some parameters and scaled, 36 000 times backprop's 5.2 ms" in said


@pytest.mark.parametrize("running", [[], [4], [0, 1]])
def test_summary_of_some_methods_speaks_of_them_alone(running: list[int]) -> None:
    said = words.summarize(count(), running)

    assert ("backprop" in said) == (4 in running)
    assert ("naive" in said) == (0 in running)


def test_row_says_how_many_parameters_fit_into_the_budget() -> None:
    survey = count(widest=2048)
    index = NAMES.index("backprop")

    *_, within = words.row(survey, index, budget=2e6)

    held = float(plain(within).split(" parameters")[0].replace(" ", ""))
    near = int(np.abs(survey.parameters - held).argmin())
    assert survey.memory[index, near] == pytest.approx(2e6, rel=0.25)


@pytest.mark.parametrize(("seen", "said"), [(0, "0 sizes"), (1, "1 size"), (3, "3 sizes")])
def test_method_that_ended_too_early_has_the_reason_where_its_exponent_would_be(seen: int, said: str) -> None:
    survey = count()
    weight = NAMES.index("weight")
    some = np.where(np.arange(survey.parameters.size) < seen, survey.operations * 1e-9, np.nan)
    measured = replace(survey, seconds=some, memory=np.where(np.isfinite(some), survey.memory, np.nan))

    _, grows, *_, within = words.row(measured, weight, budget=2e6)

    assert grows == within == f"{said}, too few to tell"
    assert "to no fewer than four" in words.note(measured)
    assert "longer than 50 ms" in words.note(measured)


def test_script_prints_the_numbers_of_the_page() -> None:
    model = Cost()
    model.widest, model.batch, model.depth = 64, 8, 2
    model.takers[1].runs = False

    printed = [line.split() for line in printed_by(script(model)).splitlines()]

    survey = model.count()
    running = [index for index, taker in enumerate(model.takers) if taker.runs]
    ours = [
        (
            survey.parameters[place],
            NAMES[index],
            *(getattr(survey, name)[index, place] for name in ("evaluations", "operations", "memory")),
        )
        for place in range(survey.parameters.size)
        for index in running
    ]
    assert [(float(p), name, float(e), float(o), float(m)) for p, name, e, o, m, *_ in printed] == ours
    assert all(line[-1] == "ms" for line in printed if float(line[3]) < 3e7)
