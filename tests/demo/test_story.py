"""What the source documents say of Kainuu can be seen in the demonstration's figures, at any size."""

from datetime import date
from itertools import pairwise

import numpy as np
import pytest

from luotsi.demo import story
from luotsi.demo.days import DAY
from luotsi.demo.matters import FORM, NEVER
from luotsi.demo.outcomes import Story
from tests.demo.conftest import tell


def of_unit(told: Story, unit: str) -> np.ndarray:
    return told.matters.unit == [one.unit for one in story.UNITS].index(unit)


def waiting(told: Story, unit: str) -> int:
    """Assessed, in need of care, and neither cared for nor closed; the cast's own is added by its own actions."""
    need = of_unit(told, unit) & told.matters.needs_time & (told.held == NEVER) & (told.closed == NEVER)
    return int(need.sum()) + story.CAST_WAITING.get(unit, 0)


def waits(told: Story, unit: str, since: date = date.min, until: date = date.max) -> np.ndarray:
    """Days from the assessment to the visit, of the needs assessed in that time."""
    day = told.matters.assessed // DAY
    first, last = (max(one, told.days.first) for one in (since, min(until, told.days.last)))
    then = (day >= told.days.number(first)) & (day <= told.days.number(last))
    seen = of_unit(told, unit) & told.matters.needs_time & (told.held < NEVER) & then
    assert seen.sum() > 20, "too few to say anything"
    return (told.held // DAY - day)[seen]


@pytest.mark.parametrize("count", [1_500, 5_000, 20_000])
def test_the_oral_queues_stand_in_proportion(count: int) -> None:
    told = tell(count)
    scale = count / story.RESIDENTS

    assert waiting(told, "suun-kajaani") == round(1_022 * scale)
    assert waiting(told, "suun-kuhmo") == round(66 * scale)
    assert max(waiting(told, "suun-sotkamo"), waiting(told, "suun-suomussalmi")) <= 3


@pytest.mark.parametrize("unit", ["sotkamo", "suomussalmi", "kajaani-virtuaalitiimi"])
def test_the_team_model_waits_days_where_kajaani_waits_weeks(told: Story, unit: str) -> None:
    assert np.median(waits(told, unit)) <= 3
    assert np.median(waits(told, "kajaani-hva")) > 14


def test_kuhmo_gathers_a_queue_in_the_summer_and_clears_it(told: Story) -> None:
    spring = np.median(waits(told, "kuhmo", date(2026, 3, 1), date(2026, 4, 30)))
    summer = np.median(waits(told, "kuhmo", date(2026, 6, 20), date(2026, 7, 31)))
    autumn = np.median(waits(told, "kuhmo", date(2026, 9, 20), date(2026, 10, 31)))

    assert spring <= 4
    assert autumn <= 4
    assert summer > 3 * max(spring, autumn)


def test_the_wait_for_oral_care_in_kajaani_is_long_and_gets_shorter(told: Story) -> None:
    before = np.median(waits(told, "suun-kajaani", date(2025, 6, 1), date(2025, 11, 30)))
    lately = np.median(waits(told, "suun-kajaani", date(2026, 5, 1), date(2026, 8, 31)))

    assert before > 120
    assert 40 < lately < before - 30


def test_more_and_more_contacts_are_digital(told: Story) -> None:
    day, digital = told.matters.received // DAY, told.matters.channel == FORM
    own = day >= told.days.start
    first, last = own & (day < told.days.start + 90), day > told.days.today - 90

    assert 0.2 < digital[first].mean() < 0.36
    assert 0.42 < digital[last].mean() < 0.6


def test_the_summer_is_quiet_and_sundays_quieter(told: Story) -> None:
    days = np.bincount(told.matters.received // DAY, minlength=told.days.count)
    month = np.array([day.month for day in told.days.dates])
    of_story = np.arange(told.days.count) >= told.days.start
    working = told.days.is_working & of_story & (np.arange(told.days.count) < told.days.today)

    assert days[working & (month == 7)].mean() < 0.75 * days[working & (month == 2)].mean()
    assert days[~told.days.is_working & of_story].mean() < 0.15 * days[working].mean()


def test_a_part_of_all_visits_comes_of_assessed_contacts_and_it_varies(told: Story) -> None:
    from_cases = int((told.held < NEVER).sum())
    booked = told.bookings.held[told.bookings.follow_up >= 0]
    others = int((booked < NEVER).sum() + (told.follow_ups.held < NEVER).sum())
    visits = from_cases + others

    assert 0.14 < from_cases / visits < 0.21
    assert visits == pytest.approx(1_400_000 * 1.5 * 5_000 / 73_000, rel=0.03)


def test_things_also_go_otherwise_than_planned(told: Story) -> None:
    it = told.bookings
    for moments in (it.declined, it.cancelled, told.times.walk_in, told.times.ended):
        assert (moments < NEVER).sum() > 50
    assert 0 < it.by_resident[it.cancelled < NEVER].mean() < 1
    assert set(told.matters.outcome.tolist()) == {0, 1, 2}


def test_the_same_seed_tells_the_same_story_and_another_seed_another() -> None:
    one, same, other = tell(400, seed=3), tell(400, seed=3), tell(400, seed=4)

    assert np.array_equal(one.case_ids, same.case_ids)
    assert np.array_equal(one.held, same.held)
    assert np.array_equal(one.bookings.starts, same.bookings.starts)
    assert not np.array_equal(one.case_ids[:100], other.case_ids[:100])


def test_nobody_sits_in_two_places_at_once(told: Story) -> None:
    seats = np.concatenate([told.bookings.seat, told.free.seat])
    starts = np.concatenate([told.bookings.starts, told.free.starts])

    assert len(np.unique(np.stack([seats, starts]), axis=1).T) == len(seats)
    assert len(told.free.seat) > 1_000


def test_what_follows_comes_after(told: Story) -> None:
    """The moments of each case stand in the order in which its actions must have been taken."""
    cases, times, it = told.matters, told.times, told.bookings

    def in_order(*moments: np.ndarray) -> bool:
        return all(bool(np.all((after == NEVER) | (before <= after))) for before, after in pairwise(moments))

    assert in_order(cases.received, cases.assessed, times.offered_1, times.answered_1, times.cancelled)
    assert in_order(times.answered_1, times.offered_2, times.answered_2)
    assert in_order(np.where(times.cancelled < NEVER, times.cancelled, 0), times.offered_2)
    assert in_order(cases.assessed, told.held, np.where(told.held < NEVER, told.closed, NEVER))
    assert in_order(it.offered, np.minimum(it.accepted, it.declined))
    assert np.all((it.accepted == NEVER) | (it.accepted < it.starts))
    assert np.all((it.held == NEVER) | (it.held > it.starts))
    assert told.closed[told.closed < NEVER].max() < told.days.now
