"""A series is proposed whole: the same worker at the same time of the same day, and the nearest where there is none."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest

from luotsi.base.now import HELSINKI
from luotsi.domain.bookings.rules.series import CHOICES, Free, nearest, propose, target

FIRST = datetime(2026, 10, 14, 9, 20, tzinfo=HELSINKI)
OWN, OTHER = uuid4(), uuid4()


def free(starts: datetime, staff: UUID = OWN) -> Free:
    return Free(uuid4(), starts, staff)


@pytest.mark.parametrize("first", [FIRST, datetime(2027, 3, 24, 9, 20, tzinfo=HELSINKI)])
def test_the_time_of_day_stays_when_the_clock_is_changed(first: datetime) -> None:
    moments = [target(first, number, every_days=7).astimezone(HELSINKI) for number in range(4)]
    assert [(one.weekday(), one.hour, one.minute) for one in moments] == [(2, 9, 20)] * 4
    assert len({one.utcoffset() for one in moments}) == 2


def test_the_same_worker_goes_before_a_nearer_time_of_another() -> None:
    anchor, week = free(FIRST), FIRST + timedelta(days=7)
    mine, others = free(week + timedelta(days=1)), free(week, OTHER)
    assert propose([[anchor], [others, mine]], anchor, every_days=7) == [anchor.id, mine.id]
    assert propose([[anchor], [others]], anchor, every_days=7) == [anchor.id, others.id]


def test_a_round_without_a_time_says_so_and_no_time_stands_twice() -> None:
    anchor = free(FIRST)
    between = free(FIRST + timedelta(days=3, hours=12))
    found = propose([[anchor], [between], [between], []], anchor, every_days=4)
    assert found == [anchor.id, between.id, None, None]


def test_only_times_around_the_day_are_choices_and_not_many() -> None:
    far = free(FIRST + timedelta(days=3, minutes=1))
    near = [free(FIRST + timedelta(minutes=20 * number)) for number in range(20)]
    assert nearest([far], FIRST) == []
    assert nearest([*near, far], FIRST, staff=OWN) == near[:CHOICES]
