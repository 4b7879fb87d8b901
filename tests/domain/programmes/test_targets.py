"""Goals by date, and figures held against them."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from luotsi.base.now import HELSINKI
from luotsi.base.text import Text
from luotsi.domain.programmes import queries, rules
from luotsi.domain.programmes.definitions import Goal, Target, UnknownProgrammeError
from luotsi.domain.programmes.queries import LiveFigure

MADE = datetime(2026, 4, 1, 9, 15, tzinfo=HELSINKI)


def target(**given: object) -> Target:
    plain = {"key": "t", "name": Text(fi="t"), "unit": "percent", "direction": "at_least", "place": "luku 3"}
    return Target.model_validate(plain | given)


@pytest.mark.parametrize(
    ("day", "value"),
    [
        (date(2021, 6, 1), 85), (date(2022, 1, 1), 85), (date(2023, 12, 31), 90), (date(2024, 5, 5), 95),
        (date(2025, 12, 31), 95), (date(2027, 1, 1), 95),
    ],
)  # fmt: skip
def test_the_goal_in_force_is_the_years_own_else_the_next_else_the_last(day: date, value: int) -> None:
    goal = target(by_year={2022: 85, 2023: 90}, by_quarter={"4/2025": 95}).goal_on(day)

    assert goal is not None
    assert goal.value == value


@pytest.mark.parametrize(("day", "value"), [(date(2024, 9, 30), 60), (date(2024, 10, 1), 80)])
def test_a_quarters_goal_is_in_force_to_its_last_month(day: date, value: int) -> None:
    goal = target(by_quarter={"4/2025": 80, "3/2024": 60}).goal_on(day)

    assert goal is not None
    assert goal.value == value


def test_a_line_without_goals_has_none() -> None:
    assert target().goal_on(date(2022, 1, 1)) is None


def test_a_goal_on_the_shelf_is_a_number_words_or_more_than_a_number() -> None:
    line = target(by_year={2022: 10, 2023: "suunnitelma valmis", 2024: {"value": 30, "over": True}})

    assert line.by_year == {
        2022: Goal(value=10),
        2023: Goal(words="suunnitelma valmis"),
        2024: Goal(value=30, over=True),
    }
    with pytest.raises(ValueError, match="a number or words"):
        Goal()


@pytest.mark.parametrize("quarter", ["5/2025", "4-2025", "2025"])
def test_a_quarter_that_does_not_exist_is_refused(quarter: str) -> None:
    with pytest.raises(ValueError, match="by_quarter"):
        target(by_quarter={quarter: 80})


@pytest.mark.parametrize(
    ("direction", "over", "value", "reached"),
    [
        ("at_least", False, 80, True), ("at_least", False, 79.9, False), ("at_least", True, 80, False),
        ("at_least", True, 80.1, True), ("at_most", False, 80, True), ("at_most", False, 81, False),
        ("shrinks", False, 79, True), ("shrinks", False, 81, False),
        ("at_least", False, None, None),
    ],
)  # fmt: skip
def test_a_figure_is_held_against_its_goal(
    direction: str, over: bool, value: float | None, reached: bool | None
) -> None:
    exact = None if value is None else Decimal(str(value))

    assert rules.reaches(target(direction=direction), Goal(value=80, over=over), exact) is reached


def test_a_goal_in_words_is_not_compared() -> None:
    assert rules.reaches(target(unit="state"), Goal(words="käytössä"), Decimal(1)) is None


def test_a_share_is_compared_in_percent() -> None:
    figures = {"care_within_7_days": LiveFigure(value=0.81, unit="share", target=0.8)}
    report = queries.monthly_report("hella", month=date(2026, 3, 31), made_at=MADE, figures=figures)
    line = next(line for line in report.followed if line.target.indicator == "care_within_7_days")

    assert line.value == 81
    assert line.aim == Goal(value=80)
    assert line.is_reached is True


def test_another_countys_programme_gets_none_of_our_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    figures = {"oral_wait_days": LiveFigure(value=80, unit="days")}
    asked = {"month": date(2025, 3, 1), "made_at": MADE, "figures": figures}
    theirs = queries.monthly_report("soite-growth", **asked)
    monkeypatch.setenv("LUOTSI_COUNTY", "keski-pohjanmaa")
    ours = queries.monthly_report("soite-growth", **asked)

    assert {line.figure for line in theirs.followed} == {None}
    assert [line.is_reached for line in ours.followed if line.figure] == [True]


def test_a_month_is_any_day_in_it_and_parts_stand_in_their_order() -> None:
    report = queries.monthly_report("hella", month=date(2026, 3, 17), made_at=MADE, figures={})

    assert report.month == date(2026, 3, 1)
    assert [part.order for part in report.parts] == list(range(1, 12))
    assert {line.figure for line in report.followed} == {None}


def test_an_unknown_programme_is_said_with_those_that_exist() -> None:
    with pytest.raises(UnknownProgrammeError, match="no programme has the key 'none'; there are: hella, kestava"):
        queries.monthly_report("none", month=date(2026, 3, 1), made_at=MADE, figures={})
