"""The closed vocabulary of indicators: what a definition or a question about figures may say."""

from typing import Literal, get_args

Dimension = Literal[
    "unit", "service", "municipality", "profession", "line", "kind", "channel", "register", "rule", "mode",
    "demand", "reason", "questionnaire", "offering",
]  # fmt: skip
Period = Literal["week", "month", "quarter", "year"]
By = Literal[Dimension, Period]

Unit = Literal["percent", "days", "minutes", "count", "points", "ratio", "euros"]
Direction = Literal["more_is_better", "less_is_better", "neither"]

# What the coverage beside every value is a share of.
Coverage = Literal["assessed_visits", "known_channel", "known"]

# How a group's sums become its value: see luotsi/analytics/fold.py.
Statistic = Literal["share", "count", "median", "mean", "ratio", "survival"]

DIMENSIONS: tuple[Dimension, ...] = get_args(Dimension)
PERIODS: tuple[Period, ...] = get_args(Period)
BY: tuple[By, ...] = (*DIMENSIONS, *PERIODS)

# Under this coverage (percent) a value is shown greyed out: it speaks of too few of those it is about.
LOW_COVERAGE = 30
