"""A day of home visits: who can be sent, how a day runs, why a visit has no place; and the search keeps every rule."""

from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from bench.rounds import a_day, check, naively
from luotsi.domain.bookings.definitions import offerings
from luotsi.domain.bookings.definitions.homerounds import Point, home_rounds, is_by_rounds
from luotsi.domain.bookings.rules.rounds import (
    Day,
    NotMovable,
    Placed,
    Visit,
    Worker,
    check_move,
    run_of,
    why_left,
)
from luotsi.domain.bookings.rules.routing import Progress, lay

ANNA, BO = UUID(int=1), UUID(int=2)
EIGHT, NOON, FOUR = 8 * 60, 12 * 60, 16 * 60
LUNCH = (10 * 60 + 30, 13 * 60, 30)


def visit(number: int, earliest: int = EIGHT, latest: int = FOUR, minutes: int = 30, **more: object) -> Visit:
    usual: dict[str, object] = {"able": frozenset({ANNA, BO})}
    return Visit(UUID(int=100 + number), minutes, earliest, latest, **usual | more)  # type: ignore[arg-type]


def ten(start: Visit | None, end: Visit | None) -> int:
    return 10


def day(*visits: Visit, workers: tuple[Worker, ...] = (Worker(ANNA, EIGHT, FOUR), Worker(BO, EIGHT, FOUR))) -> Day:
    return Day(visits, workers, ten)


def test_a_visit_without_a_place_says_the_nearest_reason() -> None:
    anna, bo = Worker(ANNA, EIGHT, NOON), Worker(BO, EIGHT, FOUR)

    assert why_left(visit(1), []) == "nobody_at_work"
    assert why_left(visit(1, able=frozenset()), [anna, bo]) == "not_qualified"
    assert why_left(visit(1, NOON, 14 * 60, able=frozenset({ANNA})), [anna, bo]) == "outside_hours"
    assert why_left(visit(1, EIGHT, 9 * 60, busy=((7 * 60, 10 * 60),)), [anna, bo]) == "other_time"
    assert why_left(visit(1, pinned=Placed(uuid4(), EIGHT)), [anna, bo]) == "pinned_away"
    assert why_left(visit(1), [anna, bo]) == "full"


def test_a_worker_day_has_drives_a_lunch_and_the_way_back() -> None:
    worker = Worker(ANNA, EIGHT, FOUR, LUNCH)
    first, second = visit(1), visit(2)
    run = run_of(worker, [(second, Placed(ANNA, NOON)), (first, Placed(ANNA, EIGHT + 10))], drive=ten)

    assert [(one.kind, one.starts, one.ends) for one in run] == [
        ("visit", 490, 520), ("lunch", 630, 660), ("visit", 720, 750), ("back", 750, 760),
    ]  # fmt: skip
    assert not any(one.troubles for one in run)


def test_what_is_tight_in_a_day_is_said() -> None:
    worker = Worker(ANNA, EIGHT, EIGHT + 90, (EIGHT, EIGHT + 90, 30))
    one, two, three = visit(1), visit(2), visit(3, earliest=NOON)
    places = [(one, Placed(ANNA, EIGHT + 10)), (two, Placed(ANNA, EIGHT + 35)), (three, Placed(ANNA, EIGHT + 70))]
    run = run_of(worker, places, drive=ten)

    assert [entry.troubles for entry in run] == [
        (), ("overlaps",), ("late", "outside_window", "outside_hours"), ("no_lunch", "outside_hours"),
    ]  # fmt: skip


def test_a_planner_moves_where_it_can_be_and_no_further() -> None:
    pinned = visit(2, pinned=Placed(ANNA, 10 * 60))
    moved = visit(1, earliest=EIGHT, latest=9 * 60, able=frozenset({ANNA}), busy=((14 * 60, 15 * 60),))
    whole = day(moved, pinned)

    check_move(moved, Placed(ANNA, 13 * 60), day=whole)  # outside of the wished hours: a planner may
    for to, why in (
        (Placed(uuid4(), NOON), "not_at_work"), (Placed(BO, NOON), "not_qualified"),
        (Placed(ANNA, FOUR - 10), "outside_hours"), (Placed(ANNA, 10 * 60 + 20), "meets_pinned"),
        (Placed(ANNA, 14 * 60), "other_time"),
    ):  # fmt: skip
        with pytest.raises(NotMovable) as refusal:
            check_move(moved, to, day=whole)
        assert refusal.value.why == why


def test_the_search_sends_the_own_worker_and_leaves_pins_alone() -> None:
    own = visit(1, own=BO)
    pinned = visit(2, pinned=Placed(ANNA, 9 * 60))
    met = visit(3, known=frozenset({ANNA}))
    found = lay(day(own, pinned, met), seconds=1)

    assert found.placed[own.id].staff == BO
    assert found.placed[pinned.id] == Placed(ANNA, 9 * 60)
    assert found.placed[met.id].staff == ANNA
    assert found.left == {}


def test_a_day_planned_anew_keeps_what_was_told() -> None:
    told = [visit(number, told=Placed(ANNA if number % 2 else BO, EIGHT + 60 * number)) for number in range(1, 5)]
    found = lay(day(*told), seconds=2)

    assert found.placed == {one.id: one.told for one in told}


def test_an_urgent_visit_goes_before_others_when_the_day_is_full() -> None:
    alone = (Worker(ANNA, EIGHT, EIGHT + 60),)
    usual, urgent = visit(1), visit(2, is_urgent=True)
    found = lay(day(usual, urgent, workers=alone), seconds=1)

    assert set(found.placed) == {urgent.id}
    assert found.left == {usual.id: "full"}


def test_two_choices_of_a_planner_that_meet_both_stay_and_the_day_says_so() -> None:
    one, two = visit(1, pinned=Placed(ANNA, EIGHT + 10)), visit(2, pinned=Placed(ANNA, EIGHT + 20))
    whole = day(one, two)
    found = lay(whole, seconds=1)

    assert found.placed == {one.id: one.pinned, two.id: two.pinned}
    run = run_of(whole.workers[0], [(one, found.placed[one.id]), (two, found.placed[two.id])], drive=ten)
    assert ("overlaps",) in [entry.troubles for entry in run]


def test_a_day_without_anybody_says_so_of_each_visit_and_does_not_search() -> None:
    found = lay(day(visit(1), visit(2), workers=()), seconds=1)

    assert set(found.left.values()) == {"nobody_at_work"}
    assert found.placed == {}


def test_how_far_it_is_is_told_after_each_slice() -> None:
    heard: list[Progress] = []
    lay(a_day(12, 3), seconds=3, told=heard.append)

    assert [one.slice for one in heard] == list(range(1, len(heard) + 1))
    assert heard[-1].placed > 0
    assert heard[-1].slices == 3


def test_the_search_keeps_every_rule_and_beats_the_naive_way() -> None:
    whole = a_day(20, 3)
    found, plain = lay(whole, seconds=2), naively(whole)
    check(found, whole)

    assert len(found.placed) >= len(plain.placed)
    if len(found.placed) == len(plain.placed):
        assert found.drive_minutes < plain.drive_minutes


def test_the_check_of_rules_speaks_when_somebody_is_late() -> None:
    whole = a_day(6, 2)
    found = lay(whole, seconds=1)
    first = next(iter(found.placed))
    found.placed[first] = Placed(found.placed[first].staff, 3 * 60)

    with pytest.raises(AssertionError):
        check(found, whole)


@settings(max_examples=8, deadline=None)
@given(seed=some.integers(min_value=0, max_value=10_000), size=some.integers(min_value=1, max_value=10))
def test_whatever_the_day_every_visit_is_placed_by_the_rules_or_said_why(seed: int, size: int) -> None:
    whole = a_day(size, 2, seed=seed)
    found = lay(whole, seconds=1)
    check(found, whole)

    assert set(found.placed) | set(found.left) == {one.id for one in whole.visits}
    assert not set(found.placed) & set(found.left)


def test_what_the_shelf_says_of_rounds_exists_and_a_plan_for_it_makes_no_times() -> None:
    assert home_rounds()
    for unit, rounds in home_rounds().items():
        assert all(unit in offerings()[key].units and offerings()[key].mode == "home" for key in rounds.offerings)
        assert rounds.name.is_complete
    assert is_by_rounds(["home-care", "home-nursing"])
    assert not is_by_rounds([])
    assert not is_by_rounds(["home-care", "family-work"])


def test_a_drive_is_an_estimate_from_the_straight_line() -> None:
    travel = home_rounds()["kotihoito"].travel
    here, there = Point(northing=7_123_000, easting=535_200), Point(northing=7_133_000, easting=535_200)

    assert travel.minutes(here, there) == 3 + 16  # 10 km are 13 km of road, 15.6 minutes at 50 km/h
    assert travel.minutes(here, None) == travel.unknown_minutes
