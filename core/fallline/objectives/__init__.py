"""Surfaces to descend, with what is known of them: where to look, where to start, where the bottom is.

Each is one function of points with its exact gradient and one row in `ALL`. Points are columns: shape (n,) or (n, m).
What has a condition number or a dimension is made by a function; `noisy` needs a source of chance, so it has no row, and
neither have the simulations with settings of their own: `ball_and_wall`, `thermostat`, `heating_plan`; `black_box` makes one of
any simulation.

>>> [objective.name for objective in ALL if len(objective.start) > 2]  # doctest: +NORMALIZE_WHITESPACE
['Rosenbrock in 10 dimensions', 'Rastrigin in 10 dimensions', 'Ackley in 10 dimensions',
 'Griewank in 10 dimensions', 'Levy in 10 dimensions', 'Styblinski–Tang in 10 dimensions']
"""

from fallline.objectives.boxes import unit_box
from fallline.objectives.heating import heating_plan, thermostat
from fallline.objectives.hills import ackley, ackley_n, griewank, griewank_n, levy, levy_n, mccormick
from fallline.objectives.objective import Objective, no_formula
from fallline.objectives.polynomials import (
    beale,
    goldstein_price,
    himmelblau,
    monkey_saddle,
    six_hump_camel,
    three_hump_camel,
)
from fallline.objectives.quadratics import booth, bowl, matyas, ravine, saddle, square
from fallline.objectives.rough import easom, kinked, noisy, plateau
from fallline.objectives.separable import rastrigin, rastrigin_n, styblinski_tang, styblinski_tang_n
from fallline.objectives.simulated import black_box
from fallline.objectives.throwing import thrown_ball
from fallline.objectives.valley import rosenbrock, rosenbrock_n
from fallline.objectives.walls import ball_and_wall

# One of each kind of trouble in the plane, all of them smooth: what a first look needs.
OBJECTIVES = (bowl(), himmelblau, rosenbrock, beale, saddle, rastrigin)

ALL = (
    *OBJECTIVES,
    square,
    ravine(),
    booth,
    matyas,
    monkey_saddle,
    three_hump_camel,
    six_hump_camel,
    goldstein_price,
    mccormick,
    ackley,
    griewank,
    levy,
    styblinski_tang,
    rosenbrock_n(),
    rastrigin_n(),
    ackley_n(),
    griewank_n(),
    levy_n(),
    styblinski_tang_n(),
    plateau,
    easom,
    kinked,
    thrown_ball,
)

__all__ = [
    "ALL",
    "OBJECTIVES",
    "Objective",
    "ackley",
    "ackley_n",
    "ball_and_wall",
    "beale",
    "black_box",
    "booth",
    "bowl",
    "easom",
    "goldstein_price",
    "griewank",
    "griewank_n",
    "heating_plan",
    "himmelblau",
    "kinked",
    "levy",
    "levy_n",
    "matyas",
    "mccormick",
    "monkey_saddle",
    "no_formula",
    "noisy",
    "plateau",
    "rastrigin",
    "rastrigin_n",
    "ravine",
    "rosenbrock",
    "rosenbrock_n",
    "saddle",
    "six_hump_camel",
    "square",
    "styblinski_tang",
    "styblinski_tang_n",
    "thermostat",
    "three_hump_camel",
    "thrown_ball",
    "unit_box",
]
