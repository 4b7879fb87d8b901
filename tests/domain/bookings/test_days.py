"""Granted days: how many are left, what fits, and who gets a place when there are too few. No database."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luotsi.domain.bookings.definitions.days import SharedWish, granted_days, sharing_rule
from luotsi.domain.bookings.rules.days import DaysRefused, Granted, check_grant, check_wish, fit, left, span
from luotsi.domain.bookings.rules.sharing import Shared, Wish, share_out

FRIDAY = date(2026, 12, 11)
WEEKEND = span(FRIDAY, FRIDAY + timedelta(days=2))
AT = datetime(2026, 11, 2, 9, tzinfo=UTC)
HOUSE, OTHER = UUID(int=1), UUID(int=2)
YEAR = {"first": date(2026, 1, 1), "last": date(2026, 12, 31)}


def wish(number: int, days: tuple[date, ...] = WEEKEND, *, had: int = 0, whole: int = 24, **more: object) -> Wish:
    taken = frozenset(date(2026, 1, 5) + timedelta(days=step) for step in range(had))
    told = {"granted": Granted("whole", whole, **YEAR), "taken": taken, "entered_at": AT + timedelta(minutes=number)}
    return Wish(
        id=UUID(int=number), grant=UUID(int=100 + number), person=UUID(int=200 + number), days=days, **(told | more)
    )  # type: ignore[arg-type]


def shared(wishes: list[Wish], places: int, **other: dict[date, int]) -> dict[UUID, Shared]:
    there = {HOUSE: dict.fromkeys(WEEKEND, places), **{UUID(int=2): days for days in other.values()}}
    found = share_out(wishes, there, there, order=sharing_rule().order, draw="x")
    return {one.wish: one for one in found}


def test_examples_of_the_shelf_hold() -> None:
    examples = [(one, example) for one in granted_days().values() for example in one.examples]
    assert len(examples) >= 7
    for one, example in examples:
        granted = one.granted(example.days, example.first, example.last)
        assert left(granted, example.taken, on=example.on) == example.left, example.why


def test_examples_of_the_rule_of_sharing_hold() -> None:
    assert len(sharing_rule().examples) >= 4
    for example in sharing_rule().examples:
        wishes = [_of(number, one) for number, one in enumerate(example.wishes, 1)]
        found = shared(wishes, example.places)
        names = {UUID(int=number): one.name for number, one in enumerate(example.wishes, 1)}
        assert sorted(names[one.wish] for one in found.values() if one.place) == sorted(example.given), example.why


def _of(number: int, one: SharedWish) -> Wish:
    granted = Granted("whole", one.granted, date(2026, 1, 1), one.ends)
    return wish(number, had=one.had, granted=granted, left_without=one.left_without)


def test_who_has_had_less_of_their_days_comes_first_however_late_they_asked() -> None:
    found = shared([wish(1, had=12), wish(2, had=3), wish(3, had=6)], 2)
    assert [found[UUID(int=number)].place for number in (1, 2, 3)] == [None, HOUSE, HOUSE]
    lost = found[UUID(int=1)]
    assert (lost.why, lost.day, lost.places, lost.wished, lost.decided_by) == ("full", FRIDAY, 2, 3, "share_had")


def test_a_second_stay_waits_until_the_others_have_had_their_first() -> None:
    """A day that is given counts at once: no family's two wishes both go before another's only one."""
    early, late = span(date(2026, 11, 6), date(2026, 11, 8)), WEEKEND
    first, second = wish(1, early), wish(1, late, entered_at=AT + timedelta(minutes=5))
    second = Wish(**{**second.__dict__, "id": UUID(int=9)})
    places = {HOUSE: dict.fromkeys([*early, *late], 1)}
    found = share_out([first, second, wish(2, late, had=1)], places, places, order=sharing_rule().order, draw="x")
    assert {one.wish.int for one in found if one.place} == {1, 2}


def test_a_lot_decides_between_equals_and_falls_the_same_way_twice() -> None:
    wishes = [wish(number) for number in range(1, 30)]
    once, again = shared(wishes, 10), shared(wishes[::-1], 10)
    assert once == again
    got = [one.wish.int for one in once.values() if one.place]
    assert len(got) == 10
    assert got != list(range(1, 11)), "who asked first came first"
    assert {one.decided_by for one in once.values() if not one.place} == {"lot"}


def test_a_stay_is_given_whole_in_one_house_or_not_at_all() -> None:
    only_friday = {WEEKEND[0]: 5}
    found = shared([wish(1), wish(2)], 1, other=only_friday)
    assert sorted(str(one.place) for one in found.values()) == sorted([str(HOUSE), "None"])
    everywhere = shared([wish(1), wish(2)], 1, other=dict.fromkeys(WEEKEND, 1))
    assert {one.place for one in everywhere.values()} == {HOUSE, OTHER}
    elsewhere = shared([wish(1, place=OTHER), wish(2)], 2, other=only_friday)
    assert elsewhere[UUID(int=1)].why == "not_open"


def test_nobody_is_in_two_places_on_a_day() -> None:
    busy = wish(1, busy=frozenset({WEEKEND[1]}))
    assert shared([busy], 3)[busy.id].why == "same_days"
    other = Wish(**{**wish(2).__dict__, "person": wish(1).person})
    assert sorted(one.why for one in shared([wish(1), other], 3).values()) == ["", "same_days"]


def test_days_of_day_activity_skip_those_on_which_it_is_shut() -> None:
    one = wish(1, needs_all=False)
    found = share_out([one], {HOUSE: {WEEKEND[0]: 1}}, {HOUSE: {WEEKEND[0]: 1}}, order=("lot",), draw="x")
    assert (found[0].place, found[0].days) == (HOUSE, (WEEKEND[0],))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 20), st.integers(0, 3), st.booleans()), min_size=1, max_size=14),
    st.integers(0, 4),
)
def test_no_day_is_given_more_often_than_it_has_places_and_no_place_stays_empty(
    told: list[tuple[int, int, bool]], places: int
) -> None:
    wishes = [
        wish(number, WEEKEND if whole else WEEKEND[1:], had=had, left_without=without)
        for number, (had, without, whole) in enumerate(told, 1)
    ]
    found = shared(wishes, places)
    by_id = {one.id: one for one in wishes}
    given_days = [day for one in found.values() if one.place for day in by_id[one.wish].days]
    assert all(given_days.count(day) <= places for day in WEEKEND)
    assert set(found) == set(by_id)
    for one in found.values():
        if not one.place and fit(by_id[one.wish].granted, [*by_id[one.wish].taken, *by_id[one.wish].days]):
            assert any(given_days.count(day) == places for day in by_id[one.wish].days), (
                "left without, and there was room"
            )


@pytest.mark.parametrize(
    "why, told",
    [
        ("no_day", {"wanted": ()}),
        ("past", {"wanted": (date(2026, 11, 2),)}),
        ("too_far", {"wanted": (date(2028, 1, 1),)}),
        ("outside", {"wanted": (date(2027, 1, 1),)}),
        ("same_days", {"wanted": WEEKEND, "taken": WEEKEND[:1]}),
        ("no_days_left", {"wanted": span(date(2026, 11, 3), date(2026, 11, 20))}),
    ],
)
def test_a_wish_that_cannot_be_says_why(why: str, told: dict[str, tuple[date, ...]]) -> None:
    granted = Granted("whole", 10, **YEAR)
    with pytest.raises(DaysRefused) as refused:
        check_wish(granted, told["wanted"], told.get("taken", ()), today=date(2026, 11, 2))
    assert refused.value.why == why


@pytest.mark.parametrize(
    "why, days, last", [("least", 1, 30), ("backwards", 3, -1), ("too_long", 3, 2000), ("least", 400, 30)]
)
def test_fewer_days_than_the_law_are_not_granted(why: str, days: int, last: int) -> None:
    granted = Granted("month", days, FRIDAY, FRIDAY + timedelta(days=last), 12)
    with pytest.raises(DaysRefused) as refused:
        check_grant(granted, least=2, today=FRIDAY)
    assert refused.value.why == why


def test_a_leap_day_and_the_nights_of_clock_change_are_days_like_others() -> None:
    granted = Granted("month", 2, date(2028, 2, 1), date(2028, 12, 31), 0)
    assert fit(granted, [date(2028, 2, 28), date(2028, 2, 29)])
    assert not fit(granted, [date(2028, 2, 27), date(2028, 2, 28), date(2028, 2, 29)])
    assert len(span(date(2026, 3, 28), date(2026, 3, 30))) == len(span(date(2026, 10, 24), date(2026, 10, 26))) == 3
