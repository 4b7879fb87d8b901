"""The named rules, against figures worked out by hand or printed by their source."""

from decimal import Decimal
from typing import Any

import pytest

from luotsi.domain.questionnaires.rules.named import NAMED, Counted, quality_of_working_life, t_score


def numbers(*given: Any) -> list[Decimal]:
    return [Decimal(str(one)) for one in given]


@pytest.mark.parametrize(
    "attained, weights, t",
    [
        ((0, 0, 0), (1, 1, 1), "50.00"),
        ((1, 1, 1), (1, 1, 1), "63.69"),
        ((-1, -1, -1), (1, 1, 1), "36.31"),
        ((-2, -2), (1, 1), "25.19"),
        ((2, 2), (1, 1), "74.81"),
        ((1,), (1,), "60.00"),
        ((1, 0, -1), (3, 2, 1), "54.41"),
        ((2, 1, 0), (5, 3, 2), "67.28"),
        ((-1, 0, 1, 2), (1, 1, 1, 1), "57.25"),
    ],
)
def test_the_t_score_of_goals_is_that_of_the_published_formula(attained: Any, weights: Any, t: str) -> None:
    found = t_score(numbers(*attained), numbers(*weights))

    assert found is not None
    assert found.quantize(Decimal("0.01")) == Decimal(t)


def test_goals_that_weigh_nothing_have_no_t_score() -> None:
    assert t_score(numbers(1, 2), numbers(0, 0)) is None
    assert t_score([], []) is None
    assert t_score(numbers(1), numbers(-1)) is None


def test_goals_are_read_row_by_row_with_their_weights() -> None:
    counted = Counted(points={"attained": numbers(1, 0, -1), "weight": numbers(3, 2, 1)})

    assert round(NAMED["gas_t_score"](counted) or 0, 2) == Decimal("54.41")


def test_a_goal_without_attainment_is_left_out_with_its_weight() -> None:
    counted = Counted(points={"attained": [*numbers(1), None], "weight": numbers(1, 9)})

    assert NAMED["gas_t_score"](counted) == Decimal(60)


@pytest.mark.parametrize(
    "safety, together, creativity, index",
    [(".8", ".6", ".4", ".40"), ("1", "1", "1", "1"), ("0", "1", "1", "0"), (".7", ".7", ".7", ".49")],
)
def test_the_index_of_working_life_follows_its_structure(
    safety: str, together: str, creativity: str, index: str
) -> None:
    assert quality_of_working_life(*numbers(safety, together, creativity)) == Decimal(index)
    percent = [100 * one for one in numbers(safety, together, creativity)]
    counted = Counted(scores=dict(zip(("a", "b", "c"), percent, strict=True)))
    assert NAMED["qwl"](counted) == Decimal(index)


def test_the_curves_of_the_index_can_be_bent() -> None:
    shares = dict(zip(("a", "b", "c"), numbers(64, 100, 100), strict=True))

    assert NAMED["qwl"](Counted(scores=shares, settings={"safety": Decimal("0.5")})) == Decimal("0.8")


@pytest.mark.parametrize(
    "given, path",
    [
        ((20, 20), 1),
        ((80, 20), 2),
        ((20, 80), 3),
        ((80, 80), 4),
        ((50, 50), 4),
        ((Decimal("49.99"), 50), 3),
        ((20, 20, 30, 10), 1),
        ((20, 20, 80, 80), None),
    ],
)
def test_two_axes_give_the_path_and_differing_views_give_none(given: Any, path: int | None) -> None:
    counted = Counted(points={str(number): [one] for number, one in enumerate(numbers(*given))})

    assert NAMED["segment"](counted) == path


def test_an_axis_runs_from_its_lowest_to_its_highest_points() -> None:
    limits = {"a": (Decimal(1), Decimal(5)), "b": (Decimal(1), Decimal(5))}

    assert NAMED["axis_0_100"](Counted(points={"a": numbers(1), "b": numbers(1)}, limits=limits)) == 0
    assert NAMED["axis_0_100"](Counted(points={"a": numbers(5), "b": numbers(3)}, limits=limits)) == 75
    assert NAMED["axis_0_100"](Counted(points={"a": numbers(5), "b": [None]}, limits=limits)) == 100
    assert NAMED["axis_0_100"](Counted(points={"a": [None]}, limits=limits)) is None


def test_small_rules() -> None:
    two = Counted(scores={"a": Decimal(70), "b": Decimal(45)})
    assert (NAMED["lowest"](two), NAMED["highest"](two), NAMED["difference"](two)) == (45, 70, 25)
    assert NAMED["weighted_sum"](
        Counted(points={"a": numbers(2), "b": numbers(3)}, settings={"a": Decimal(10), "constant": Decimal(1)})
    ) == Decimal(24)
    assert [NAMED["net_promoter"](Counted(points={"a": numbers(one)})) for one in (6, 7, 8, 9)] == [-100, 0, 0, 100]
    assert NAMED["body_mass_index"](Counted(points={"kg": numbers(81), "cm": numbers(180)})) == 25
    assert NAMED["body_mass_index"](Counted(points={"kg": numbers(81), "cm": numbers(0)})) is None
