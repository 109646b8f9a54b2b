"""Single-case analysis: did the score of one pupil change when the teaching changed?

Most functions take the points of a ``baseline`` and of a ``treatment`` phase in the order of the sessions, and
``improvement``: "increase" or "decrease". Missing points (None, NaN) are allowed. Results are numbers that print as
a sentence (``Effect``) or small records that do. Higher is better, whatever the direction, unless a function says
otherwise. Bad input raises PracticumError.

A nonoverlap index near 1 says that almost every point improved, not that the effect is large; and no index of one
series shows what caused the change.
"""

from practicum.single_case.chance import LargeByChance, RegressionToMean, how_often_large, regression_to_mean
from practicum.single_case.change import lrm, lrr, pogo, reliable_change, smd
from practicum.single_case.description import (
    Phase, PhaseSummary, VisualAnalysis, autocorrelation, consistency, phase_summary, visual_analysis)
from practicum.single_case.design_comparable import design_comparable_smd
from practicum.single_case.effect import Effect
from practicum.single_case.judgement import (
    DualCriterion, RandomizationTest, binomial_p, conservative_dual_criterion, randomization_test,
    randomization_test_of_cases)
from practicum.single_case.lines import Line, trend
from practicum.single_case.lots import (
    Lot, Order, RuleErrors, draw_order, draw_starts, draw_starts_of_cases, randomization_test_of_phases, rule_errors)
from practicum.single_case.overlap import ird, nap, pand, pand_of_cases, pem, pet, pnd
from practicum.single_case.piecewise import PiecewiseRegression, piecewise_regression
from practicum.single_case.taus import combine_tau, tau, tau_bc, tau_u

__all__ = [
    "DualCriterion", "Effect", "LargeByChance", "Line", "Lot", "Order", "Phase", "PhaseSummary",
    "PiecewiseRegression", "RandomizationTest", "RegressionToMean", "RuleErrors", "VisualAnalysis", "autocorrelation",
    "binomial_p", "combine_tau", "conservative_dual_criterion", "consistency", "design_comparable_smd", "draw_order",
    "draw_starts", "draw_starts_of_cases", "how_often_large", "ird", "lrm", "lrr", "nap", "pand", "pand_of_cases",
    "pem", "pet", "phase_summary", "piecewise_regression", "pnd", "pogo", "randomization_test",
    "randomization_test_of_cases", "randomization_test_of_phases", "regression_to_mean", "reliable_change",
    "rule_errors", "smd", "tau", "tau_bc", "tau_u", "trend", "visual_analysis",
]
