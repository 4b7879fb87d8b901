"""What the source documents say of Kainuu can be seen in the demonstration's figures, at any size."""

from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pytest

from luotsi.demo import demands, story
from luotsi.demo.days import DAY
from luotsi.demo.matters import CARRIED, FORM, NEVER
from luotsi.demo.outcomes import Story
from tests.demo.conftest import AT, tell


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


@pytest.mark.parametrize("count", [1_500, 5_000, 20_000, story.RESIDENTS])
def test_the_oral_queues_stand_in_proportion(count: int) -> None:
    told = tell(count)
    scale = count / story.RESIDENTS

    assert waiting(told, "suun-kajaani") == round(1_022 * scale)
    assert waiting(told, "suun-kuhmo") == round(66 * scale)
    assert max(waiting(told, "suun-sotkamo"), waiting(told, "suun-suomussalmi")) <= 3 + 8 * scale


def months_ago(months: float) -> date:
    return AT.date() - timedelta(days=30.44 * months)


@pytest.mark.parametrize("unit", ["sotkamo", "suomussalmi", "kuhmo"])
def test_the_queue_falls_where_the_team_model_is_taken_into_use(told: Story, unit: str) -> None:
    """From the month in which it was: weeks before it, days some months later."""
    since = story.MODEL[unit]
    before = np.median(waits(told, unit, months_ago(since + 3), months_ago(since + 1)))
    after = np.median(waits(told, unit, months_ago(since - 2.5), months_ago(since - 4)))

    assert before > 10
    assert after <= 4


def test_the_months_of_the_team_model_differ_and_kajaani_has_none() -> None:
    assert len(set(story.MODEL.values())) == len(story.MODEL) == 4
    assert "kajaani-hva" not in story.MODEL


def test_the_queue_stays_in_kajaani_and_its_virtual_team_has_none(told: Story) -> None:
    first, lately = months_ago(14), months_ago(2)

    assert np.median(waits(told, "kajaani-hva", until=first)) > 14
    assert np.median(waits(told, "kajaani-hva", first, lately)) > 14
    assert np.median(waits(told, "kajaani-virtuaalitiimi")) <= 3


def failure_share(told: Story, unit: str, since: date, until: date) -> float:
    """The part of failure demand among the classed contacts of that time."""
    day = told.matters.received // DAY
    then = (day >= told.days.number(since)) & (day <= told.days.number(until))
    chosen = of_unit(told, unit) & then & (told.demands.at < NEVER)
    return float(demands.is_failure(told.demands.code[chosen]).mean())


def test_failure_demand_grows_in_the_summer_and_falls_with_the_team_model(told: Story) -> None:
    quiet = failure_share(told, "kajaani-hva", date(2026, 4, 1), date(2026, 5, 31))
    summer = failure_share(told, "kajaani-hva", date(2026, 7, 1), date(2026, 8, 15))
    january = failure_share(told, "kajaani-hva", date(2026, 1, 1), date(2026, 1, 31))
    before = failure_share(told, "suomussalmi", date(2025, 9, 1), date(2025, 11, 30))
    after = failure_share(told, "suomussalmi", date(2026, 9, 1), date(2026, 11, 15))

    assert 0.28 < quiet < 0.42
    assert min(summer, january) > quiet + 0.02
    assert after < before - 0.1


def test_some_contacts_are_not_classed_and_no_carried_one_is(told: Story) -> None:
    came = told.matters.channel != CARRIED
    judged = came & (told.matters.assessed < NEVER)
    is_classed = told.demands.at < NEVER

    assert 0.06 < 1 - is_classed[judged].mean() < 0.18
    assert not is_classed[~judged].any()


def test_whoever_waits_long_asks_again_and_does_so_while_waiting(told: Story) -> None:
    it, cases = told.reminders, told.matters
    end = np.minimum(told.held, told.closed)[it.case]
    kajaani = [story.UNITS[unit].unit for unit in cases.unit[it.case]].count("kajaani-hva")

    assert it.count > 500
    assert np.all((it.received > cases.assessed[it.case]) & (it.received < end))
    assert kajaani > 0.3 * it.count


def test_the_team_knows_whose_every_open_case_is(told: Story) -> None:
    assessed = (told.matters.assessed < told.days.now - 60) & (told.closed == NEVER)
    has_one = np.zeros(told.matters.count, bool)
    has_one[told.handovers.case] = True
    since_the_start = told.matters.assessed >= told.days.start * DAY

    assert has_one[of_unit(told, "sotkamo") & assessed & since_the_start].all()
    assert not has_one[of_unit(told, "kajaani-hva")].any()
    assert (told.handovers.giver >= 0).sum() > 25
    assert np.all(told.handovers.at < np.minimum(told.closed[told.handovers.case], told.days.now))


def test_calls_come_between_the_contact_and_its_assessment(told: Story) -> None:
    it, cases = told.calls, told.matters

    assert {0, 1, 2, 3} == set(it.outcome.tolist())
    assert np.all((it.at >= cases.received[it.case]) & (it.at < np.minimum(cases.assessed[it.case], told.days.now)))


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
