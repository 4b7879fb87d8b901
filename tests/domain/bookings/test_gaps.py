"""Room in a day: free times that follow each other are one stretch, and what nobody planned between them is told."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from luotsi.domain.bookings.rules.gaps import Gap, Piece, gaps

DAY = datetime(2026, 3, 2, 6, tzinfo=UTC)


def piece(number: int, begins: int, ends: int, *, free: bool = True, kind: str = "visit") -> Piece:
    return Piece(UUID(int=number), DAY + timedelta(minutes=begins), DAY + timedelta(minutes=ends), free, kind)


def found(*pieces: Piece, minutes: int = 60, after: int = 0) -> list[tuple[int, int, int]]:
    """When each stretch begins and ends, in minutes, and of how many free times it is."""
    return [
        (_minute(one.starts_at), _minute(one.ends_at), len(one.times))
        for one in gaps(pieces, minutes=minutes, after=DAY + timedelta(minutes=after))
    ]


def _minute(at: datetime) -> int:
    return int((at - DAY).total_seconds() // 60)


def test_free_times_that_follow_each_other_are_one_stretch() -> None:
    row = [piece(1, 0, 20), piece(2, 25, 45), piece(3, 45, 65), piece(4, 65, 85, free=False), piece(5, 85, 105)]
    assert found(*row) == [(0, 65, 3)]
    assert found(*row, minutes=66) == []
    assert found(*row, minutes=20) == [(0, 65, 3), (85, 105, 1)]


def test_times_of_another_kind_are_not_joined() -> None:
    assert found(piece(1, 0, 40), piece(2, 40, 80, kind="phone")) == []


def test_what_nobody_planned_between_two_times_is_room_and_a_pause_is_none() -> None:
    day = [piece(1, 0, 60, free=False), piece(2, 70, 120, free=False), piece(3, 180, 240, free=False)]
    assert found(*day) == [(120, 180, 0)]
    assert found(*day, minutes=10) == [(120, 180, 0)]


def test_what_has_begun_is_no_room() -> None:
    day = [piece(1, 0, 60), piece(2, 180, 240, free=False)]
    assert found(*day, after=1) == [(60, 180, 0)]
    assert found(*day, after=100) == [(100, 180, 0)], "of what nobody planned the rest is left"


def test_a_long_time_over_a_short_one_leaves_no_room_between() -> None:
    long = [piece(1, 0, 200, free=False), piece(2, 30, 60, free=False), piece(3, 200, 230, free=False)]
    assert found(*long, minutes=5) == []


def test_a_stretch_knows_how_long_it_is() -> None:
    assert Gap(DAY, DAY + timedelta(minutes=75), ()).minutes == 75
