"""The automatic step on functions as somebody else would choose them: classics of the field, and what programs compute."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from tests.reference import classics, programs
from tests.reference.judgement import Judgement, judge
from tests.reference.problems import Problem

from fallline.differences.automatic import estimate_gradient

PROBLEMS = classics.PROBLEMS + programs.PROBLEMS

# The rounding of (1 - cos x)/x² grows without bound towards 0, and a step may reach there from where x is.
UNEVEN_NOISE = "1 - cos x over x²"


@cache
def judged(problem: Problem, points: int) -> Judgement:
    return judge(lambda f, x: estimate_gradient(f, x, vectorized=True), problem, points)


def test_bars_hold_are_narrow_and_cheap_on_functions_that_others_would_choose() -> None:
    judgements = [judged(problem, 4) for problem in PROBLEMS]

    assert np.mean([judgement.inside for judgement in judgements]) >= 0.99
    assert np.mean([judgement.evaluations for judgement in judgements]) <= 12.0
    assert np.nanmedian([judgement.width for judgement in judgements]) <= 30.0


def test_no_coordinate_of_functions_that_others_would_choose_is_silently_wrong() -> None:
    silently_wrong = {problem.name: judged(problem, 4).silently_wrong for problem in PROBLEMS}

    assert not any(silently_wrong.values()), silently_wrong


@pytest.mark.parametrize("name", ["square root near 0", "relu network", "single waves", "six decimals"])
def test_one_point_at_a_time_gives_what_many_at_once_give(name: str) -> None:
    (problem,) = (problem for problem in PROBLEMS if problem.name == name)
    (x,) = problem.points(1)
    f = problem.f

    together = estimate_gradient(f, x, vectorized=True)
    one_by_one = estimate_gradient(lambda p: f(p[:, None])[0], x)

    assert one_by_one.evaluations == pytest.approx(together.evaluations, rel=0.2)
    assert (np.abs(one_by_one.value - together.value) <= one_by_one.error + together.error).all()


@pytest.mark.slow
@pytest.mark.parametrize("problem", PROBLEMS, ids=lambda p: p.name)
def test_true_error_lies_inside_the_bar_at_many_points(problem: Problem) -> None:
    found = judged(problem, 60)

    assert found.inside >= (0.9 if problem.name == UNEVEN_NOISE else 0.97)
    assert found.silently_wrong <= 0.001 * 60 * problem.n
